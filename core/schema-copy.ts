/**
 * Copies a tool's input schema for the validator: the keywords that are checked, and nothing else.
 *
 * The schema is a stranger's. The copy leaves out what could cost more than it is worth
 * (`uniqueItems`, identifiers, references that leave the schema make it unusable), reads older drafts'
 * spelling of tuples, and marks every subschema with {@link VISIT}, so that the
 * validator's work can be counted.
 */
import { isJsonObject } from './json.js';
import type { Json } from './json.js';

/** The keyword with which each subschema of a copy begins. */
export const VISIT = 'visit';

/** A schema as the validator takes it. */
export type CheckedSchema = boolean | Record<string, unknown>;

const MAX_SUBSCHEMAS = 500;
const MAX_DEPTH = 40;
const MAX_LIST = 10_000;

type Copy = (value: Json, copier: SchemaCopier) => unknown;

/**
 * Copies one schema; throws a text that says why it cannot be used. With `isPartial`, the copy holds of a
 * value from which keys of objects or items of arrays are taken away, if the schema holds of the whole.
 */
export function copySchema(schema: Json, isPartial = false): CheckedSchema {
  return new SchemaCopier(isPartial).schema(schema);
}

class SchemaCopier {
  readonly isPartial: boolean;
  #subschemas = 0;
  #depth = 0;

  constructor(isPartial: boolean) {
    this.isPartial = isPartial;
  }

  schema(schema: Json): CheckedSchema {
    if (typeof schema === 'boolean') return schema;
    if (!isJsonObject(schema)) throw 'a subschema that is no object';
    this.#subschemas += 1;
    if (this.#subschemas > MAX_SUBSCHEMAS) throw `more than ${String(MAX_SUBSCHEMAS)} subschemas`;
    if (this.#depth >= MAX_DEPTH) throw `more than ${String(MAX_DEPTH)} levels of subschemas`;
    this.#depth += 1;
    const copy: Record<string, unknown> = { [VISIT]: true };
    for (const [keyword, value] of Object.entries(schema)) this.#keyword(copy, keyword, value);
    if (this.isPartial && Object.hasOwn(schema, 'prefixItems')) delete copy['items'];
    if (schema['nullable'] === true && Array.isArray(copy['type'])) copy['type'].push('null');
    this.#depth -= 1;
    return copy;
  }

  #keyword(copy: Record<string, unknown>, keyword: string, value: Json): void {
    const renamed = olderSpelling(keyword, value, copy);
    if (this.isPartial && NEEDING_ALL.has(renamed)) return;
    const how = KEYWORDS.get(renamed);
    const copied = how?.(value, this);
    if (copied !== undefined) copy[this.isPartial && renamed === 'oneOf' ? 'anyOf' : renamed] = copied;
  }
}

/** Drafts before 2020-12 wrote tuples as a list in `items`, and the rest as `additionalItems`. */
function olderSpelling(keyword: string, value: Json, copy: Record<string, unknown>): string {
  if (keyword === 'items' && Array.isArray(value)) return 'prefixItems';
  if (keyword === 'additionalItems' && 'prefixItems' in copy) return 'items';
  return keyword;
}

const asText: Copy = (value) => (typeof value === 'string' ? value : undefined);
const asNumber: Copy = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const asPositive: Copy = (value) => (typeof value === 'number' && value > 0 ? value : undefined);
const asCount: Copy = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
const asSchema: Copy = (value, copier) => copier.schema(value);

const asSchemas: Copy = (value, copier) =>
  Array.isArray(value) && value.length > 0 ? value.map((item: Json) => copier.schema(item)) : undefined;

const asSchemaMap: Copy = (value, copier) => {
  if (!isJsonObject(value)) return undefined;
  const copy: Record<string, CheckedSchema> = {};
  for (const [key, schema] of Object.entries(value)) {
    if (key === '__proto__') throw 'a property named __proto__';
    if (!Array.isArray(schema)) copy[key] = copier.schema(schema);
  }
  return copy;
};

const asTexts: Copy = (value) =>
  Array.isArray(value) && value.length <= MAX_LIST
    ? [...new Set(value.filter((item) => typeof item === 'string'))]
    : undefined;

const TYPES = new Set<unknown>(['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']);

const asTypes: Copy = (value) => {
  const types = new Set((Array.isArray(value) ? value : [value]).filter((type) => TYPES.has(type)));
  return types.size > 0 ? [...types] : undefined;
};

const asEnum: Copy = (value, { isPartial }) => {
  const isList = Array.isArray(value) && value.length > 0 && value.length <= MAX_LIST;
  return isList && !(isPartial && value.some(isContainer)) ? value : undefined;
};

const asConst: Copy = (value, { isPartial }) => (isPartial && isContainer(value) ? undefined : value);

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

const asReference: Copy = (value) => {
  if (typeof value !== 'string') return undefined;
  if (value !== '#' && !value.startsWith('#/')) throw 'a reference that leaves the schema';
  return value;
};

/** Every keyword that is checked, and how it is copied. */
const KEYWORDS = new Map<string, Copy>([
  ['$ref', asReference],
  ['$defs', asSchemaMap],
  ['definitions', asSchemaMap],
  ['type', asTypes],
  ['enum', asEnum],
  ['const', asConst],
  ['minimum', asNumber],
  ['maximum', asNumber],
  ['exclusiveMinimum', asNumber],
  ['exclusiveMaximum', asNumber],
  ['multipleOf', asPositive],
  ['minLength', asCount],
  ['maxLength', asCount],
  ['pattern', asText],
  ['format', asText],
  ['minItems', asCount],
  ['maxItems', asCount],
  ['prefixItems', asSchemas],
  ['items', asSchema],
  ['contains', asSchema],
  ['minContains', asCount],
  ['maxContains', asCount],
  ['minProperties', asCount],
  ['maxProperties', asCount],
  ['required', asTexts],
  ['properties', asSchemaMap],
  ['patternProperties', asSchemaMap],
  ['additionalProperties', asSchema],
  ['propertyNames', asSchema],
  ['dependentSchemas', asSchemaMap],
  ['dependencies', asSchemaMap],
  ['allOf', asSchemas],
  ['anyOf', asSchemas],
  ['oneOf', asSchemas],
  ['not', asSchema],
  ['if', asSchema],
  ['then', asSchema],
  ['else', asSchema],
  ['unevaluatedProperties', asSchema],
  ['unevaluatedItems', asSchema],
]);

/** What a value can break by lacking something that it will have. */
const NEEDING_ALL: ReadonlySet<string> = new Set([
  'required',
  'minProperties',
  'minItems',
  'contains',
  'minContains',
  'maxContains',
  'prefixItems',
  'dependentSchemas',
  'dependencies',
  'not',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'unevaluatedItems',
]);
