/** Making a value immutable, and all that it holds. */
import { Dict } from './dict.js';
import { StarlarkSet } from './set.js';
import { HostValue } from './host-value.js';
import { Func, List, Module, Mutable, Struct, Tuple } from './value.js';
import type { Value } from './value.js';

/**
 * Freezes a value and everything reachable from it; from a function, its defaults and what it sees of the
 * functions around it, but not the script's variables. Each is visited once; nothing recurs.
 */
export function freeze(value: Value): void {
  const seen = new Set<Value>();
  const waiting: Value[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (next instanceof Mutable) {
      if (next.frozen) continue;
      next.frozen = true;
    }
    for (const part of parts(next)) {
      if (typeof part === 'object' && part !== null) waiting.push(part);
    }
  }
}

function parts(value: object): Iterable<Value> {
  if (value instanceof List || value instanceof Tuple) return value.items;
  if (value instanceof Dict) return [...value.keys(), ...value.values()];
  if (value instanceof StarlarkSet) return value.items();
  if (value instanceof Struct) return value.fields.values();
  if (value instanceof Func) return value.held();
  if (value instanceof HostValue) return fieldValues(value);
  return value instanceof Module ? value.members.values() : [];
}

function* fieldValues(value: HostValue): Iterable<Value> {
  for (const name of value.fields()) yield value.field(name) ?? null;
}
