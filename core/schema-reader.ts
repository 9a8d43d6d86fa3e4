/**
 * Reads a JSON Schema of any draft into a shape.
 *
 * The schema is a stranger's: it may be huge, run in circles, contradict itself or be no schema at all.
 * Reading never throws, takes a bounded time whatever the schema, and says of what it leaves out that there
 * is more. What only a validator needs (bounds, patterns, `if`, `not`) is not read.
 */
import { isJsonArray, isJsonObject } from './json.js';
import type { Json, JsonObject } from './json.js';
import { referenced } from './schema-pointer.js';
import { ANY, NEVER, SOME_OBJECT, unionOf, UNTOLD } from './shape.js';
import type { ObjectShape, Shape, ShapeField, SimpleType } from './shape.js';
import { meet } from './shape-meeting.js';
import type { Work } from './shape-meeting.js';

/** Schemas, fields and meetings of shapes that are read for one tool, and for each of its parameters. */
const MAX_WORK = 5_000;
const MAX_WORK_FOR_EACH = 500;
/** Levels of schemas within schemas, references included. */
const MAX_DEPTH = 16;
/** Fields of an object that is no list of parameters. */
const MAX_FIELDS = 100;
/** Constants of an enumeration, and forms of a choice. */
const MAX_LITERALS = 100;
const MAX_OPTIONS = 30;
const MAX_ITEMS = 20;
/** Required names that are compared with the fields. */
const MAX_LOOKS = 300;

/** Reads one schema, and what it refers to in itself. */
export class SchemaReader {
  readonly #root: Json | undefined;
  readonly #within = new Set<JsonObject>();
  readonly #keys = new Map<JsonObject, readonly string[]>();
  readonly #required = new Map<Json, ReadonlySet<Json>>();
  #work: Work = { left: MAX_WORK };
  /** Values within values; 0 for the whole. */
  #level = 0;

  constructor(root: Json | undefined) {
    this.#root = root;
  }

  /** The shape of the whole. Of an object at the very top all fields are named. */
  read(): Shape {
    return this.#shape(this.#root);
  }

  #shape(schema: Json | undefined): Shape {
    if (schema === false) return NEVER;
    if (!isJsonObject(schema)) return ANY;
    this.#work.left -= 1;
    if (this.#work.left < 0 || this.#within.size >= MAX_DEPTH || this.#within.has(schema))
      return outline(schema);
    this.#within.add(schema);
    const shape = this.#parts(schema).reduce((whole, part) => meet(whole, part, this.#work), ANY);
    this.#within.delete(schema);
    return schema['nullable'] === true ? unionOf([shape, NULL]) : shape;
  }

  /** What each keyword says, for all of it to hold at once. */
  #parts(schema: JsonObject): Shape[] {
    if (this.#isEverything(schema['not'])) return [NEVER];
    const parts = [this.#own(schema)];
    for (const keyword of REFERENCES) {
      if (Object.hasOwn(schema, keyword)) parts.push(this.#shape(referenced(this.#root!, schema[keyword])));
    }
    for (const part of listAt(schema, 'allOf').slice(0, MAX_OPTIONS)) parts.push(this.#shape(part));
    for (const keyword of CHOICES) {
      const forms = listAt(schema, keyword);
      if (forms.length === 0) continue;
      const options = forms.slice(0, MAX_OPTIONS).map((form) => this.#shape(form));
      parts.push(unionOf(options, forms.length > MAX_OPTIONS));
    }
    return parts;
  }

  /** What the schema says by itself. */
  #own(schema: JsonObject): Shape {
    const types = typesOf(schema).map((type) => this.#typed(type, schema));
    const typed = types.length === 0 ? ANY : unionOf(types);
    if (Object.hasOwn(schema, 'const')) return meet(typed, literal(schema['const']!), this.#work);
    const values = schema['enum'];
    if (!isJsonArray(values)) return typed;
    const told = unionOf(values.slice(0, MAX_LITERALS).map(literal), values.length > MAX_LITERALS);
    return meet(typed, told, this.#work);
  }

  #typed(type: Json, schema: JsonObject): Shape {
    if (type === 'object') return this.#object(schema);
    if (type === 'array') return this.#array(schema);
    return simple(type, schema) ?? ANY;
  }

  #object(schema: JsonObject): ObjectShape {
    const properties = objectAt(schema, 'properties');
    const required = this.#requiredOf(schema);
    const keys = this.#keysOf(properties);
    const told = this.#level === 0 ? keys : keys.slice(0, MAX_FIELDS);
    const fields = [...told, ...unnamed(required, properties)].map((name) =>
      this.#field(name, ownValue(properties, name), required.has(name)),
    );
    return { kind: 'object', fields, isCut: told.length < keys.length, others: this.#others(schema) };
  }

  #field(name: string, schema: Json | undefined, isRequired: boolean): ShapeField {
    const shape = this.#level === 0 ? this.#apart(schema) : this.#inner(schema);
    const field = { name, isRequired, shape };
    if (!isJsonObject(schema)) return field;
    const { description } = schema;
    return {
      ...field,
      ...(Object.hasOwn(schema, 'default') && { default: schema['default']! }),
      ...(typeof description === 'string' && { description }),
    };
  }

  /** With work of its own, so that what one parameter takes is not missing to the next. */
  #apart(schema: Json | undefined): Shape {
    const all = this.#work;
    this.#work = { left: Math.min(all.left, MAX_WORK_FOR_EACH) };
    const before = this.#work.left;
    const shape = this.#inner(schema);
    all.left -= before - this.#work.left;
    this.#work = all;
    return shape;
  }

  /** What a part of a value may be. */
  #inner(schema: Json | undefined): Shape {
    this.#level += 1;
    const shape = this.#shape(schema);
    this.#level -= 1;
    return shape;
  }

  /** What keys may hold that are not named. */
  #others(schema: JsonObject): Shape | null {
    const patterns = objectAt(schema, 'patternProperties');
    const forms = this.#keysOf(patterns)
      .slice(0, MAX_ITEMS)
      .map((pattern) => this.#inner(patterns[pattern]));
    const { additionalProperties: more } = schema;
    if (more === undefined || (more === false && forms.length > 0))
      return forms.length === 0 ? null : unionOf(forms);
    return unionOf([...forms, this.#inner(more)]);
  }

  #array(schema: JsonObject): Shape {
    const { items } = schema;
    const first = isJsonArray(schema['prefixItems']) ? schema['prefixItems'] : items;
    if (!isJsonArray(first)) return { kind: 'list', item: this.#inner(items) };
    const rest = first === items ? schema['additionalItems'] : items;
    return {
      kind: 'tuple',
      items: first.slice(0, MAX_ITEMS).map((item) => this.#inner(item)),
      rest: first.length > MAX_ITEMS ? UNTOLD : isJsonObject(rest) ? this.#inner(rest) : null,
    };
  }

  #isEverything(schema: Json | undefined): boolean {
    return schema === true || (isJsonObject(schema) && this.#keysOf(schema).length === 0);
  }

  #keysOf(object: JsonObject): readonly string[] {
    const keys = this.#keys.get(object) ?? Object.keys(object);
    this.#keys.set(object, keys);
    return keys;
  }

  #requiredOf({ required }: JsonObject): ReadonlySet<Json> {
    if (!isJsonArray(required)) return NOTHING;
    const names = this.#required.get(required) ?? new Set(required);
    this.#required.set(required, names);
    return names;
  }
}

const NOTHING: ReadonlySet<Json> = new Set();
const NULL: Shape = { kind: 'simple', type: 'null' };

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'];
const CHOICES = ['anyOf', 'oneOf'];

/** What its type alone tells of a schema that is not read any further. */
function outline(schema: JsonObject): Shape {
  const [type, ...others] = typesOf(schema);
  if (type === undefined || others.length > 0) return UNTOLD;
  if (type === 'object') return SOME_OBJECT;
  return type === 'array' ? { kind: 'list', item: UNTOLD } : (simple(type, schema) ?? UNTOLD);
}

/** A schema without a type has the one that its keywords are for. */
function typesOf(schema: JsonObject): readonly Json[] {
  const { type } = schema;
  if (isJsonArray(type)) return type.slice(0, SIMPLE.size + 2);
  if (type !== undefined) return [type];
  const meant = IMPLIED.find(([keyword]) => Object.hasOwn(schema, keyword));
  return meant === undefined ? [] : [meant[1]];
}

const IMPLIED: readonly (readonly [keyword: string, type: string])[] = [
  ['properties', 'object'],
  ['additionalProperties', 'object'],
  ['patternProperties', 'object'],
  ['items', 'array'],
  ['prefixItems', 'array'],
  ['pattern', 'string'],
  ['minLength', 'string'],
  ['maxLength', 'string'],
  ['format', 'string'],
  ['minimum', 'number'],
  ['maximum', 'number'],
];

const SIMPLE: ReadonlyMap<Json, SimpleType> = new Map<Json, SimpleType>([
  ['string', 'string'],
  ['integer', 'integer'],
  ['number', 'number'],
  ['boolean', 'boolean'],
  ['null', 'null'],
]);

function simple(name: Json, { format, contentEncoding }: JsonObject): Shape | undefined {
  const type = SIMPLE.get(name);
  if (type === undefined) return undefined;
  const told = [format, contentEncoding].find((text) => TELLING.has(text));
  return type === 'string' && typeof told === 'string'
    ? { kind: 'simple', type, format: told }
    : { kind: 'simple', type };
}

/** Formats of texts by which a model writes another text. */
const TELLING: ReadonlySet<Json | undefined> = new Set([
  ...['date', 'time', 'date-time', 'duration'],
  ...['uri', 'url', 'uri-reference', 'uri-template', 'iri', 'email', 'idn-email'],
  ...['hostname', 'ipv4', 'ipv6', 'uuid', 'regex', 'json-pointer', 'binary', 'byte', 'base64', 'base64url'],
]);

/** What must be there though nothing is said of it. */
function unnamed(required: ReadonlySet<Json>, properties: JsonObject): readonly string[] {
  const names: string[] = [];
  let looks = 0;
  for (const name of required) {
    looks += 1;
    if (looks > MAX_LOOKS) break;
    if (typeof name === 'string' && !Object.hasOwn(properties, name)) names.push(name);
  }
  return names;
}

/** A constant; of one with parts, only its type. */
function literal(value: Json): Shape {
  if (isJsonArray(value)) return { kind: 'list', item: ANY };
  return isJsonObject(value)
    ? { kind: 'object', fields: [], isCut: false, others: null }
    : { kind: 'literal', value };
}

function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function objectAt(schema: JsonObject, key: string): JsonObject {
  const value = ownValue(schema, key);
  return isJsonObject(value) ? value : {};
}

function listAt(schema: JsonObject, key: string): readonly Json[] {
  const value = ownValue(schema, key);
  return isJsonArray(value) ? value : [];
}
