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
    for (const part of parts(next)) waiting.push(part);
  }
}

function* parts(value: object): Iterable<Value> {
  if (value instanceof List) yield* value.items;
  else if (value instanceof Dict) {
    yield* value.keys();
    yield* value.values();
  } else if (value instanceof StarlarkSet) yield* value.items();
  else if (value instanceof Tuple) yield* value.items;
  else if (value instanceof Struct) yield* value.fields.values();
  else if (value instanceof Module) yield* value.members.values();
}
