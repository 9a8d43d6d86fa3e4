/** JSON for the validator, which knows no integers beyond 2^53. */
import { isJsonArray, isJsonObject, setKey } from './json.js';
import type { Json } from './json.js';

/** The same value with bigints as the nearest number; itself where it has none. */
export function withoutBigints(value: Json): Json {
  return hasBigint(value) ? converted(value) : value;
}

function hasBigint(value: Json): boolean {
  if (isJsonArray(value)) return value.some(hasBigint);
  return isJsonObject(value) ? Object.values(value).some(hasBigint) : typeof value === 'bigint';
}

function converted(value: Json): Json {
  if (typeof value === 'bigint') return nearestNumber(value);
  if (isJsonArray(value)) return value.map(converted);
  if (!isJsonObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) setKey(copy, key, converted(item));
  return copy;
}

function nearestNumber(value: bigint): number {
  const number = Number(value);
  return Number.isFinite(number) ? number : Math.sign(number) * Number.MAX_VALUE;
}
