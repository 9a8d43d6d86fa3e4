/** JSON as text, for records: integers beyond 2^53 keep their digits, what is no JSON has no text. */
import { isJsonArray, isJsonObject, setKey } from './json.js';
import type { Json } from './json.js';
import { measureJson } from './json-measure.js';
import { plainJson } from './output-gate.js';

/** The text; `null` for what is no JSON. Integers that JavaScript cannot read stand as texts. */
export function jsonText(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return isJson(value) ? JSON.stringify(plainJson(value)) : 'null';
  }
}

/** The same for all orders of the keys. */
export function canonicalText(value: Json): string {
  return isJson(value) ? jsonText(sorted(value)) : 'null';
}

function isJson(value: Json): boolean {
  return measureJson(value, Number.POSITIVE_INFINITY).fault === undefined;
}

function sorted(value: Json): Json {
  if (isJsonArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(value).sort()) setKey(copy, key, sorted(value[key]!));
  return copy;
}
