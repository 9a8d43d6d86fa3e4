/** `<`, `<=`, `>`, `>=`. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { chargeScan, checkDepth } from './cost.js';
import { equals, isSubset } from './equality.js';
import { typeName } from './kind.js';
import { compareMagnitudes, magnitude } from './number.js';
import { StarlarkSet } from './set.js';
import { Bytes, List, Tuple } from './value.js';
import type { Value } from './value.js';

/** An ordering operator. */
export type OrderOperator = '<' | '<=' | '>' | '>=';

/**
 * Answers a number that stands to 0 as `x` stands to `y`. Sets are ordered by inclusion: for them the
 * number is true of the given operator only. Values without an order throw.
 */
export function compare(budget: Budget, x: Value, y: Value, operator: OrderOperator): number {
  return compareAt(budget, x, y, operator, 0);
}

function compareAt(budget: Budget, x: Value, y: Value, operator: OrderOperator, depth: number): number {
  checkDepth(budget, depth, 'compare');
  if (typeof x === 'string' && typeof y === 'string') return compareTexts(budget, x, y);
  const sizeX = magnitude(x);
  const sizeY = magnitude(y);
  if (sizeX !== undefined && sizeY !== undefined) return compareMagnitudes(sizeX, sizeY);
  if (typeof x === 'boolean' && typeof y === 'boolean') return Number(x) - Number(y);
  if (x instanceof List && y instanceof List) return compareItems(budget, x.items, y.items, operator, depth);
  if (x instanceof Tuple && y instanceof Tuple)
    return compareItems(budget, x.items, y.items, operator, depth);
  if (x instanceof Bytes && y instanceof Bytes) return compareBytes(budget, x.data, y.data);
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) return compareSets(budget, x, y, operator);
  throw runtimeError(`${typeName(x)} ${operator} ${typeName(y)} not implemented`);
}

/** By UTF-16 units, as the language's strings are made of. */
function compareTexts(budget: Budget, x: string, y: string): number {
  chargeScan(budget, Math.min(x.length, y.length));
  if (x === y) return 0;
  return x < y ? -1 : 1;
}

function compareItems(
  budget: Budget,
  x: readonly Value[],
  y: readonly Value[],
  operator: OrderOperator,
  depth: number,
): number {
  const common = Math.min(x.length, y.length);
  for (let i = 0; i < common; i++) {
    budget.step(1);
    const a = x[i]!;
    const b = y[i]!;
    if (typeof a === 'number' && typeof b === 'number') {
      if (a === b) continue;
      return a < b ? -1 : 1;
    }
    if (!equals(budget, a, b)) return compareAt(budget, a, b, operator, depth + 1);
  }
  return x.length - y.length;
}

function compareBytes(budget: Budget, x: Uint8Array, y: Uint8Array): number {
  const common = Math.min(x.length, y.length);
  chargeScan(budget, common);
  for (let i = 0; i < common; i++) {
    if (x[i] !== y[i]) return x[i]! - y[i]!;
  }
  return x.length - y.length;
}

function compareSets(budget: Budget, x: StarlarkSet, y: StarlarkSet, operator: OrderOperator): number {
  const [small, large, sign] = operator.startsWith('<') ? [x, y, -1] : [y, x, 1];
  if (!isSubset(budget, small, large)) return -sign;
  return small.size === large.size ? 0 : sign;
}
