/** What every value can be asked without looking inside: its type, its truth, its length. */
import { Builtin } from './builtin.js';
import { Dict } from './dict.js';
import { ErrorValue } from './error-value.js';
import { StarlarkSet } from './set.js';
import { Bytes, Callable, Float, List, Module, Mutable, Range, Struct, Tuple } from './value.js';
import type { Value } from './value.js';

/** The type's name, as `type` answers it. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
    default:
      return value === null ? 'NoneType' : className(value);
  }
}

function className(value: object): string {
  if (value instanceof Mutable) return value.typeName;
  if (value instanceof Float) return 'float';
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof Builtin) return 'builtin_function_or_method';
  if (value instanceof Callable) return 'function';
  if (value instanceof Struct) return value instanceof ErrorValue ? value.errorClass : 'struct';
  if (value instanceof Bytes) return 'bytes';
  if (value instanceof Range) return 'range';
  return value instanceof Module ? 'module' : 'unknown';
}

/** Whether a value counts as true: what is zero or empty does not. */
export function truth(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object') return value !== 0 && value !== '';
  if (value === null) return false;
  if (value instanceof Float) return value.value !== 0;
  return length(value) !== 0;
}

/** How many items a value has, as `len` answers it; undefined where that is no question. */
export function length(value: Value): number | undefined {
  if (typeof value === 'string') return value.length;
  if (value instanceof List) return value.items.length;
  if (value instanceof Dict || value instanceof StarlarkSet) return value.size;
  if (value instanceof Tuple) return value.items.length;
  if (value instanceof Range) return value.length;
  if (value instanceof Bytes) return value.data.length;
  return undefined;
}
