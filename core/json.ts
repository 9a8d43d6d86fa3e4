/**
 * JSON values as they cross between rooms.
 *
 * Integers beyond 2^53 are bigints, so that no digit is lost. Objects may come from the wire and may
 * own keys such as `__proto__`: they are read with `Object.keys`/`Object.entries` and built with
 * {@link setKey}, never with a plain assignment.
 */
export type Json =
  null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Tells whether a value is a JSON object (not null, not an array). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells whether a value is a JSON array. */
export function isJsonArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** Sets an own key of an object under construction; `__proto__` becomes an ordinary key. */
export function setKey<T>(object: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}
