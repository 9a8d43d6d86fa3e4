/** `==`: by content for data, by identity for what can be called. */
import type { Budget } from './budget.js';
import { TypeBuiltin } from './builtin.js';
import { chargeScan, checkDepth } from './cost.js';
import { Dict } from './dict.js';
import { compareMagnitudes, magnitude } from './number.js';
import { StarlarkSet } from './set.js';
import { Bytes, List, Range, Struct, Tuple } from './value.js';
import type { Value } from './value.js';

/**
 * Tells whether two values are equal. Ints and floats compare exactly; NaN equals itself. Data is compared
 * item by item, also with itself, so cyclic values meet `limit/depth`.
 */
export function equals(budget: Budget, x: Value, y: Value): boolean {
  return equalAt(budget, x, y, 0);
}

function equalAt(budget: Budget, x: Value, y: Value, depth: number): boolean {
  if (typeof x === 'string' && typeof y === 'string') return equalTexts(budget, x, y);
  if (x === y && typeof x !== 'object') return true;
  const size = magnitude(x);
  if (size !== undefined) return equalMagnitude(size, y);
  if (typeof x !== 'object' || typeof y !== 'object' || x === null || y === null)
    return x === y || isTypeNamed(x, y);
  checkDepth(budget, depth, 'compare');
  budget.step(1);
  return equalObjects(budget, x, y, depth + 1);
}

/** Tells whether one is a type, and the other its name. */
function isTypeNamed(x: Value, y: Value): boolean {
  return (
    (typeof x === 'string' && y instanceof TypeBuiltin && y.typeName === x) ||
    (typeof y === 'string' && x instanceof TypeBuiltin && x.typeName === y)
  );
}

function equalTexts(budget: Budget, x: string, y: string): boolean {
  if (x.length !== y.length) return false;
  chargeScan(budget, x.length);
  return x === y;
}

function equalMagnitude(size: number | bigint, y: Value): boolean {
  const other = magnitude(y);
  return other !== undefined && compareMagnitudes(size, other) === 0;
}

function equalObjects(budget: Budget, x: object, y: object, depth: number): boolean {
  if (x instanceof List) return y instanceof List && equalItems(budget, x.items, y.items, depth);
  if (x instanceof Tuple) return y instanceof Tuple && equalItems(budget, x.items, y.items, depth);
  if (x instanceof Dict) return y instanceof Dict && equalDicts(budget, x, y, depth);
  if (x instanceof StarlarkSet) return y instanceof StarlarkSet && equalSets(budget, x, y);
  if (x instanceof Struct) return y instanceof Struct && equalFields(budget, x.fields, y.fields, depth);
  if (x instanceof Bytes) return y instanceof Bytes && equalBytes(budget, x.data, y.data);
  if (x instanceof Range) return y instanceof Range && equalRanges(x, y);
  return x === y;
}

function equalItems(budget: Budget, x: readonly Value[], y: readonly Value[], depth: number): boolean {
  if (x.length !== y.length) return false;
  for (let i = 0; i < x.length; i++) {
    budget.step(1);
    if (!equalAt(budget, x[i]!, y[i]!, depth)) return false;
  }
  return true;
}

function equalDicts(budget: Budget, x: Dict, y: Dict, depth: number): boolean {
  if (x.size !== y.size) return false;
  for (const [key, value] of x.entries()) {
    budget.step(1);
    const other = y.get(budget, key);
    if (other === undefined || !equalAt(budget, value, other, depth)) return false;
  }
  return true;
}

function equalSets(budget: Budget, x: StarlarkSet, y: StarlarkSet): boolean {
  return x.size === y.size && isSubset(budget, x, y);
}

/** Tells whether every item of one set is in the other. */
export function isSubset(budget: Budget, x: StarlarkSet, y: StarlarkSet): boolean {
  if (x.size > y.size) return false;
  budget.step(x.size);
  return x.items().every((item) => y.has(budget, item));
}

type Fields = ReadonlyMap<string, Value>;

function equalFields(budget: Budget, x: Fields, y: Fields, depth: number): boolean {
  if (x.size !== y.size) return false;
  for (const [name, value] of x) {
    budget.step(1);
    const other = y.get(name);
    if (other === undefined || !equalAt(budget, value, other, depth)) return false;
  }
  return true;
}

function equalBytes(budget: Budget, x: Uint8Array, y: Uint8Array): boolean {
  if (x.length !== y.length) return false;
  chargeScan(budget, x.length);
  return x.every((byte, i) => byte === y[i]);
}

/** Ranges are equal when they yield the same numbers. */
function equalRanges(x: Range, y: Range): boolean {
  if (x.length !== y.length) return false;
  if (x.length === 0) return true;
  return x.start === y.start && (x.length === 1 || x.step === y.step);
}
