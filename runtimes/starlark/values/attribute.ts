/** Fields reached by a dot. Methods are not here: they belong to types, not to values. */
import { Module, Struct } from './value.js';
import type { Value } from './value.js';

/** The field of a struct or the member of a module; undefined for others and for unknown names. */
export function getAttribute(value: Value, name: string): Value | undefined {
  if (value instanceof Struct) return value.fields.get(name);
  return value instanceof Module ? value.members.get(name) : undefined;
}

/** The names that {@link getAttribute} knows, in order. */
export function attributeNames(value: Value): string[] {
  if (value instanceof Struct) return [...value.fields.keys()];
  return value instanceof Module ? [...value.members.keys()] : [];
}
