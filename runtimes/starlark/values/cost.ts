/**
 * What work on values costs: the one table of charges.
 *
 * | what | bytes | steps |
 * | --- | --- | --- |
 * | string of n units | 16 + 2n | n / 16 |
 * | bytes of length n | 16 + n | n / 16 |
 * | list, tuple of n | 32 + 8n | n |
 * | dict or set entry | 64 | 1 |
 * | float | 16 | |
 * | integer of n bits beyond a number | 16 + n / 8 | n / 512; n²-like work: see `integer.ts` |
 *
 * Everything here throws `limit/memory`, `limit/steps` or `limit/wall-time`, and is called before the
 * work is done.
 */
import { StarlarkError } from '../error.js';
import type { Budget } from './budget.js';

/** String units, or bytes, that one step pays for. */
const UNITS_PER_STEP = 16;

/** Bytes charged for one entry of a dict or a set. */
export const ENTRY_BYTES = 64;

/** Bytes charged for one float. */
export const FLOAT_BYTES = 16;

/** Charges a new string. */
export function chargeText(budget: Budget, units: number): void {
  budget.allocate(16 + 2 * units);
  chargeScan(budget, units);
}

/** Charges a new value of type bytes. */
export function chargeBytes(budget: Budget, length: number): void {
  budget.allocate(16 + length);
  chargeScan(budget, length);
}

/** Charges reading so many string units or bytes. */
export function chargeScan(budget: Budget, units: number): void {
  if (units >= UNITS_PER_STEP) budget.step(Math.floor(units / UNITS_PER_STEP));
}

/** Charges a new list or tuple and the filling of it. */
export function chargeItems(budget: Budget, count: number): void {
  budget.allocate(32 + 8 * count);
  budget.step(count);
}

/** Charges so many new entries of a dict or a set. */
export function chargeEntries(budget: Budget, count: number): void {
  budget.allocate(32 + ENTRY_BYTES * count);
  budget.step(count);
}

/** Refuses a value nested deeper than `limits.valueDepth`; `act` says what was being done. */
export function checkDepth(budget: Budget, depth: number, act: string): void {
  if (depth > budget.limits.valueDepth) {
    throw new StarlarkError(
      'limit/depth',
      `${act}: values nested deeper than ${String(budget.limits.valueDepth)} levels`,
    );
  }
}
