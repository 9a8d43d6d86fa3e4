/** Making a value immutable, and all that it holds. */
import { Dict } from './dict.js';
import { StarlarkSet } from './set.js';
import { List, Module, Mutable, Struct, Tuple } from './value.js';
import type { Value } from './value.js';

/** Freezes a value and everything reachable from it. Each is visited once; nothing recurs. */
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
  return value instanceof Module ? value.members.values() : [];
}
