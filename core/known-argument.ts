/**
 * Checks one argument by itself, before the call is made and while others are not known.
 *
 * What is said here holds whatever the others are: an object fits a schema only if each of its values fits
 * the schema of its property, at the place where the properties are. Of an argument of which a part is not
 * known, only keywords are checked that the missing part cannot mend.
 */
import { schemaFault, typeFault } from './argument-fault.js';
import { isJsonArray, isJsonObject } from './json.js';
import type { Json, JsonObject } from './json.js';
import { withoutBigints } from './nearest-number.js';
import { fitsPlainly } from './plain-schema.js';
import { compileSchema } from './schema-validator.js';
import type { SchemaValidator } from './schema-validator.js';

/** A type as JSON Schema names it. */
export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** What is known of an argument: all; all but some keys of objects and items of arrays; or its type. */
export type KnownArgument = { readonly value: Json } | { readonly part: Json } | { readonly type: JsonType };

/** Sees at a glance that an argument fits. `schema` is the one that holds the properties. */
export function knownToFit(schema: JsonObject, name: string, known: KnownArgument): boolean {
  const property = propertyOf(schema, name);
  if (property === undefined) return true;
  if ('type' in known) return refusedTypes(property, known.type) === null;
  return fitsPlainly(property, 'value' in known ? known.value : known.part);
}

/** The check of single arguments of one tool; its schemas compile when they are first needed. */
export class SingleArgumentCheck {
  readonly #root: JsonObject;
  readonly #schema: JsonObject;
  readonly #validators = new Map<'value' | 'part', SchemaValidator | null>();

  constructor(root: JsonObject, schema: JsonObject) {
    this.#root = root;
    this.#schema = schema;
  }

  /** What is wrong, or nothing. */
  fault(name: string, known: KnownArgument): string {
    if ('type' in known) {
      const wanted = refusedTypes(propertyOf(this.#schema, name), known.type);
      return wanted === null ? '' : typeFault(name, known.type, wanted);
    }
    const [kind, value] = 'value' in known ? ['value' as const, known.value] : ['part' as const, known.part];
    try {
      const faults = this.#validator(kind)?.(withoutBigints({ [name]: value })) ?? [];
      return faults.length === 0 ? '' : schemaFault(faults);
    } catch {
      return '';
    }
  }

  #validator(kind: 'value' | 'part'): SchemaValidator | null {
    const known = this.#validators.get(kind);
    if (known !== undefined) return known;
    const validator = compiled(this.#ofProperties(), kind === 'part');
    this.#validators.set(kind, validator);
    return validator;
  }

  /** The keywords that look at each property by itself, and what they may refer to. */
  #ofProperties(): JsonObject {
    return { ...picked(this.#root, DEFINITIONS), ...picked(this.#schema, OF_EACH) };
  }
}

const DEFINITIONS = ['$defs', 'definitions'];
const OF_EACH = ['properties', 'patternProperties', 'additionalProperties'];

function compiled(schema: JsonObject, isPartial: boolean): SchemaValidator | null {
  try {
    return compileSchema(schema, isPartial);
  } catch {
    return null;
  }
}

function picked(schema: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(
    keys.filter((key) => Object.hasOwn(schema, key)).map((key) => [key, schema[key]!]),
  );
}

function propertyOf({ properties }: JsonObject, name: string): Json | undefined {
  return isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** The types that are wanted, where this one is certainly none of them; else null. */
function refusedTypes(schema: Json | undefined, type: JsonType): readonly JsonType[] | null {
  const wanted = typesOf(schema, 0);
  if (wanted === null || wanted.size === 0 || wanted.has(type)) return null;
  const isNumber = type === 'integer' || type === 'number';
  return isNumber && (wanted.has('number') || wanted.has('integer')) ? null : [...wanted];
}

const TYPES: ReadonlySet<unknown> = new Set<JsonType>([
  'null',
  'boolean',
  'integer',
  'number',
  'string',
  'array',
  'object',
]);
const MAX_DEPTH = 5;

/** All types that a value may have; null where that is not plain. */
function typesOf(schema: Json | undefined, depth: number): Set<JsonType> | null {
  if (!isJsonObject(schema) || depth > MAX_DEPTH || Object.hasOwn(schema, 'nullable')) return null;
  if (Object.hasOwn(schema, 'type')) return typeNames(schema['type']!);
  const forms = schema['anyOf'] ?? schema['oneOf'];
  if (!isJsonArray(forms)) return null;
  const types = forms.map((form) => typesOf(form, depth + 1));
  return types.includes(null) ? null : new Set(types.flatMap((some) => [...some!]));
}

function typeNames(type: Json): Set<JsonType> | null {
  const names = isJsonArray(type) ? type : [type];
  return names.every((name) => TYPES.has(name)) ? new Set(names as JsonType[]) : null;
}
