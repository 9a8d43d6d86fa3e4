/** Charges for many small values at once. */
import { chargeItems, chargeScan, sequenceBytes } from '../values/index.js';
import type { Budget } from '../values/index.js';

/** Charges so many new tuples of `size` items each, and the list that holds them. */
export function chargeRows(budget: Budget, count: number, size: number): void {
  chargeItems(budget, count);
  budget.step(count * size);
  allocateMany(budget, count * sequenceBytes(size));
}

/** Charges so many new strings of so many units together, and the list that holds them. */
export function chargePieces(budget: Budget, count: number, units: number): void {
  chargeItems(budget, count);
  chargeScan(budget, units);
  allocateMany(budget, 16 * count + 2 * units);
}

/** Bytes charged at a time: few enough to be no value that is too large. */
const LOT = 1 << 16;

function allocateMany(budget: Budget, bytes: number): void {
  const lot = Math.max(1, Math.min(LOT, budget.limits.valueBytes));
  for (let left = bytes; left > 0; left -= lot) budget.allocate(Math.min(left, lot));
}
