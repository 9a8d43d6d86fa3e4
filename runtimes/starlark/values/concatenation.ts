/** `x + y` on sequences. */
import type { Budget } from './budget.js';
import { chargeBytes, chargeItems, chargeText } from './cost.js';
import { Bytes, List, Tuple } from './value.js';
import type { Value } from './value.js';

/** Joins two sequences of one type; undefined for others. */
export function concatenate(budget: Budget, x: Value, y: Value): Value | undefined {
  if (typeof x === 'string' && typeof y === 'string') {
    chargeText(budget, x.length + y.length);
    return x + y;
  }
  if (x instanceof List && y instanceof List) return new List(joined(budget, x.items, y.items));
  if (x instanceof Tuple && y instanceof Tuple) return new Tuple(joined(budget, x.items, y.items));
  if (x instanceof Bytes && y instanceof Bytes) return new Bytes(joinedBytes(budget, x.data, y.data));
  return undefined;
}

function joined(budget: Budget, x: readonly Value[], y: readonly Value[]): Value[] {
  chargeItems(budget, x.length + y.length);
  return x.concat(y);
}

function joinedBytes(budget: Budget, x: Uint8Array, y: Uint8Array): Uint8Array {
  chargeBytes(budget, x.length + y.length);
  const data = new Uint8Array(x.length + y.length);
  data.set(x);
  data.set(y, x.length);
  return data;
}
