/**
 * Sees at a glance that a value fits a plain schema.
 *
 * Most schemas of tools are plain (types, properties, items, enums) and most arguments fit, so most calls
 * need no compiled validator. Only a yes is an answer; everything else is left to the validator.
 */
import { isJsonArray, isJsonObject } from './json.js';
import type { Json, JsonObject } from './json.js';

const MAX_DEPTH = 20;

/** Whether the value certainly fits. */
export function fitsPlainly(schema: Json | undefined, value: Json, depth = 0): boolean {
  if (!isJsonObject(schema) || depth > MAX_DEPTH) return false;
  const { type, enum: options } = schema;
  const check = typeof type === 'string' ? TYPES.get(type) : undefined;
  if (check === undefined || !Object.keys(schema).every((keyword) => PLAIN.has(keyword))) return false;
  if (options !== undefined && !(isJsonArray(options) && options.includes(value))) return false;
  return check(schema, value, depth);
}

type Check = (schema: JsonObject, value: Json, depth: number) => boolean;

const TYPES = new Map<string, Check>([
  ['null', (_schema, value) => value === null],
  ['string', (_schema, value) => typeof value === 'string'],
  ['boolean', (_schema, value) => typeof value === 'boolean'],
  ['number', (_schema, value) => Number.isFinite(value) || typeof value === 'bigint'],
  ['integer', (_schema, value) => Number.isInteger(value) || typeof value === 'bigint'],
  ['array', fitsArray],
  ['object', fitsObject],
]);

function fitsArray({ items }: JsonObject, value: Json, depth: number): boolean {
  if (!isJsonArray(value)) return false;
  return items === undefined || value.every((item) => fitsPlainly(items, item, depth + 1));
}

function fitsObject(schema: JsonObject, value: Json, depth: number): boolean {
  if (!isJsonObject(value)) return false;
  const { properties = {}, required = [], additionalProperties = true } = schema;
  if (!isJsonObject(properties) || !isJsonArray(required) || typeof additionalProperties !== 'boolean')
    return false;
  if (!required.every((key) => typeof key === 'string' && Object.hasOwn(value, key))) return false;
  return Object.entries(value).every(([key, item]) =>
    Object.hasOwn(properties, key) ? fitsPlainly(properties[key], item, depth + 1) : additionalProperties,
  );
}

/** The keywords that this file knows, and those that say nothing about what fits. */
const PLAIN: ReadonlySet<string> = new Set([
  'type',
  'enum',
  'items',
  'properties',
  'required',
  'additionalProperties',
  '$schema',
  '$defs',
  'definitions',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
]);
