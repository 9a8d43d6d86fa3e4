/** Names and values that a stranger might choose, and how values are compared. */
import { isJsonArray, isJsonObject } from '../json.js';
import type { Json } from '../json.js';

/** Texts that cost the careless something. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  '__proto__',
  'x'.repeat(100_000),
  '"\n\u0000\u202e{}%s${x}',
  '\ud800',
];

/** Values that come through whole: digits, keys and depth. */
export const HOSTILE_VALUES: readonly Json[] = [
  null,
  '',
  '"\n\u0000\u202e{}%s${x}\u{1f600}',
  [0, -1, 0.5, 1e300, true, false],
  12345678901234567890n,
  JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"then":2,"toJSON":3}') as Json,
  { 10: 'ten', 9: 'nine', '': 'none' },
  nested(50),
  'x'.repeat(100_000),
];

function nested(depth: number): Json {
  return depth === 0 ? [] : [nested(depth - 1)];
}

/** Whether two values are the same JSON; the order of keys does not count, digits do. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (isJsonArray(one) && isJsonArray(other))
    return one.length === other.length && one.every((item, index) => isSameJson(item, other[index]));
  if (isJsonObject(one) && isJsonObject(other)) {
    const keys = Object.keys(one);
    const isOwn = (key: string): boolean => Object.hasOwn(other, key) && isSameJson(one[key], other[key]);
    return keys.length === Object.keys(other).length && keys.every(isOwn);
  }
  return one === other;
}

/** A value as people read it in a message, cut short. */
export function shown(value: unknown): string {
  if (value === undefined) return 'undefined';
  const text = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? String(item) : item,
  );
  return text.slice(0, 100);
}
