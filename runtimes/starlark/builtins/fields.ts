/** What values of the open dialect have under a dot, besides methods. */
import { Callable, Dict, TypeBuiltin, getAttribute, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';
import { pythonTypeName } from './types.js';

/** A string key of a dict, a method of a type, or a field; `__name__` of functions and of names of types, `__class__` of all. */
export function openField(value: Value, name: string): Value | undefined {
  if (name === '__class__') return typeName(value);
  if (value instanceof Dict) return value.getString(name);
  if (value instanceof TypeBuiltin) return value.members.get(name);
  if (name !== '__name__') return getAttribute(value, name);
  if (value instanceof Callable) return value.name;
  return typeof value === 'string' ? pythonTypeName(value) : getAttribute(value, name);
}

/** Whether a value of this type may have a field of this name: of a dict and a string the type alone does not tell. */
export function mayHaveField(value: Value, name: string): boolean {
  if (value instanceof Dict || (typeof value === 'string' && name === '__name__')) return true;
  return openField(value, name) !== undefined;
}
