/**
 * What work on values costs: the one table of charges.
 *
 * | what | bytes | steps |
 * | --- | --- | --- |
 * | string of n units | 16 + 2n | n / 16 |
 * | bytes of length n | 200 + n | n / 16 |
 * | list, tuple of n | 64 + 8n | n |
 * | dict, set | 160 with its first entry, 64 for each | 1 for each, where many are made at once |
 * | float | 32 | |
 * | integer of n bits, beyond 2^53 | 16 + n / 8 | n / 4096; its square where that is the work: `integer.ts` |
 *
 * The bytes are about what V8 takes, measured. Everything here throws `limit/memory`, `limit/steps` or `limit/wall-time`, and is called before the
 * work is done.
 */
import { StarlarkError } from '../error.js';
import type { Budget } from './budget.js';

/** String units, or bytes, that one step pays for. */
const UNITS_PER_STEP = 16;

/** Bytes charged for one entry of a dict or a set. */
export const ENTRY_BYTES = 64;

/** Bytes charged for the table of a dict or a set, with its first entry. */
export const TABLE_BYTES = 160;

/** Bytes charged for one float. */
export const FLOAT_BYTES = 32;

/** Bytes charged for a list or a tuple besides its items. */
export const SEQUENCE_BYTES = 64;

/** Bytes that a value of type bytes takes besides its own. */
const BUFFER_BYTES = 200;

/** Charges a new string. */
export function chargeText(budget: Budget, units: number): void {
  budget.allocate(16 + 2 * units);
  chargeScan(budget, units);
}

/** Charges a new value of type bytes. */
export function chargeBytes(budget: Budget, length: number): void {
  budget.allocate(BUFFER_BYTES + length);
  chargeScan(budget, length);
}

/** Charges reading so many string units or bytes. */
export function chargeScan(budget: Budget, units: number): void {
  if (units >= UNITS_PER_STEP) budget.step(Math.floor(units / UNITS_PER_STEP));
}

/** Charges a new list or tuple and the filling of it. */
export function chargeItems(budget: Budget, count: number): void {
  budget.allocate(SEQUENCE_BYTES + 8 * count);
  budget.step(count);
}

/** Charges so many new entries of a dict or a set. */
export function chargeEntries(budget: Budget, count: number): void {
  budget.allocate(TABLE_BYTES + ENTRY_BYTES * count);
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
