/**
 * Sees at a glance that a value fits a plain schema.
 *
 * Most schemas of tools are plain and most arguments fit, so most calls need no compiled validator. Only
 * a yes is an answer; a keyword that is not in the table, or a case that is not clear, is left to the
 * validator.
 */
import { isJsonArray, isJsonObject } from './json.js';
import type { Json, JsonObject } from './json.js';

const MAX_DEPTH = 20;

/** Whether the value certainly fits. */
export function fitsPlainly(schema: Json | undefined, value: Json, depth = 0): boolean {
  if (schema === true) return true;
  if (!isJsonObject(schema) || depth > MAX_DEPTH) return false;
  return Object.keys(schema).every((keyword) => {
    const check = CHECKS.get(keyword);
    return check?.(schema[keyword]!, value, schema, depth) === true;
  });
}

/** Whether a value certainly fits one keyword, given the keyword's own value and the schema around it. */
type Check = (argument: Json, value: Json, schema: JsonObject, depth: number) => boolean;

const anything: Check = () => true;

/** A bound on numbers; what is no number, it does not concern. An integer beyond 2^53 is not clear. */
function bound(holds: (value: number, limit: number) => boolean): Check {
  return (limit, value) => {
    if (typeof value !== 'number') return typeof value !== 'bigint';
    return typeof limit === 'number' && holds(value, limit);
  };
}

/** A bound on lengths in characters: a text of n units has between n/2 and n of them. */
function textBound(holds: (units: number, limit: number) => boolean): Check {
  return (limit, value) =>
    typeof value !== 'string' || (typeof limit === 'number' && holds(value.length, limit));
}

function itemBound(holds: (count: number, limit: number) => boolean): Check {
  return (limit, value) => !isJsonArray(value) || (typeof limit === 'number' && holds(value.length, limit));
}

const CHECKS: ReadonlyMap<string, Check> = new Map([
  [
    'type',
    (types, value) =>
      (isJsonArray(types) ? types : [types]).some((type) => TYPES.get(type)?.(value) === true),
  ],
  ['enum', (options, value) => isJsonArray(options) && options.includes(value)],
  ['const', (only, value) => only === value],
  ['minimum', bound((value, limit) => value >= limit)],
  ['maximum', bound((value, limit) => value <= limit)],
  ['exclusiveMinimum', bound((value, limit) => value > limit)],
  ['exclusiveMaximum', bound((value, limit) => value < limit)],
  ['minLength', textBound((units, limit) => units >= 2 * limit)],
  ['maxLength', textBound((units, limit) => units <= limit)],
  ['minItems', itemBound((count, limit) => count >= limit)],
  ['maxItems', itemBound((count, limit) => count <= limit)],
  ['items', fitsItems],
  ['properties', fitsProperties],
  ['required', hasRequired],
  ['additionalProperties', hasNoOthers],
  [
    'anyOf',
    (forms, value, _schema, depth) =>
      isJsonArray(forms) && forms.some((form) => fitsPlainly(form, value, depth + 1)),
  ],
  ['$schema', anything],
  ['$defs', anything],
  ['definitions', anything],
  ['$comment', anything],
  ['title', anything],
  ['description', anything],
  ['default', anything],
  ['examples', anything],
  ['deprecated', anything],
] satisfies [string, Check][]);

const TYPES: ReadonlyMap<Json, (value: Json) => boolean> = new Map<Json, (value: Json) => boolean>([
  ['null', (value) => value === null],
  ['string', (value) => typeof value === 'string'],
  ['boolean', (value) => typeof value === 'boolean'],
  ['number', (value) => Number.isFinite(value) || typeof value === 'bigint'],
  ['integer', (value) => Number.isInteger(value) || typeof value === 'bigint'],
  ['array', isJsonArray],
  ['object', isJsonObject],
]);

function fitsItems(items: Json, value: Json, _schema: JsonObject, depth: number): boolean {
  return !isJsonArray(value) || value.every((item) => fitsPlainly(items, item, depth + 1));
}

function fitsProperties(properties: Json, value: Json, _schema: JsonObject, depth: number): boolean {
  if (!isJsonObject(properties) || !isJsonObject(value)) return isJsonObject(properties);
  return Object.keys(properties).every(
    (key) => !Object.hasOwn(value, key) || fitsPlainly(properties[key], value[key]!, depth + 1),
  );
}

function hasRequired(keys: Json, value: Json): boolean {
  if (!isJsonArray(keys) || !isJsonObject(value)) return isJsonArray(keys);
  return keys.every((key) => typeof key === 'string' && Object.hasOwn(value, key));
}

function hasNoOthers(others: Json, value: Json, { properties = {} }: JsonObject): boolean {
  if (others === true || !isJsonObject(value)) return typeof others === 'boolean';
  return others === false && Object.keys(value).every((key) => Object.hasOwn(properties as object, key));
}
