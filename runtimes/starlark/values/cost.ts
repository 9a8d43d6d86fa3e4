/**
 * What work on values costs: the one table of charges.
 *
 * | what | bytes | steps |
 * | --- | --- | --- |
 * | string of n units | 16 + 2n | n / 16 |
 * | bytes of length n | 200 + n | n / 16 |
 * | list, tuple of n | 96 + 16n, and 128 with the first item that is added | n |
 * | dict, set | 64; 160 with its first entry, 64 for each | 2 for each new entry |
 * | float | 48 | |
 * | range | 96 | |
 * | method that is no call, e.g. `f = x.append` | 192 | |
 * | integer of n bits, beyond 2^53 | 16 + n / 8 | n / 4096; its square where that is the work: `integer.ts` |
 *
 * The bytes are about what V8 takes, measured; an item has room for a number beyond 2^31, too. Everything here throws `limit/memory`, `limit/steps` or `limit/wall-time`, and is called before the
 * work is done.
 */
import { StarlarkError } from '../error.js';
import type { Budget } from './budget.js';

/** String units, or bytes, that one step pays for. */
const UNITS_PER_STEP = 16;

/** Bytes charged for one entry of a dict or a set. */
export const ENTRY_BYTES = 64;

/** Steps charged for making one entry of a dict or a set, besides what its key costs. */
export const ENTRY_STEPS = 2;

/** Bytes charged for the table of a dict or a set, with its first entry. */
export const TABLE_BYTES = 160;

/** Bytes charged for one float. */
export const FLOAT_BYTES = 48;

/** Bytes charged for one range. */
export const RANGE_BYTES = 96;

/** Bytes charged for one method that is bound to its value. */
export const METHOD_BYTES = 192;

/** Bytes charged for a dict or a set that is empty. */
export const COLLECTION_BYTES = 64;

/** Bytes charged for a list or a tuple besides its items. */
export const SEQUENCE_BYTES = 96;

/** Bytes charged for one item of a list or a tuple. */
export const ITEM_BYTES = 16;

/** Bytes of the room that an empty list gets with the first item that is added. */
const FIRST_ROOM_BYTES = 128;

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

/** Bytes of a list or a tuple of so many items. */
export function sequenceBytes(count: number): number {
  return SEQUENCE_BYTES + ITEM_BYTES * count;
}

/** Charges a new list or tuple and the filling of it. */
export function chargeItems(budget: Budget, count: number): void {
  budget.allocate(sequenceBytes(count));
  budget.step(count);
}

/** Charges so many more items of a list of this length. */
export function chargeGrowth(budget: Budget, length: number, count: number): void {
  budget.checkValueBytes(sequenceBytes(length + count));
  budget.allocate(ITEM_BYTES * count + (length === 0 ? FIRST_ROOM_BYTES : 0));
}

/** Charges putting so many names in order. */
export function chargeSort(budget: Budget, count: number): void {
  budget.step(count * Math.ceil(Math.log2(count + 1)));
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
