/**
 * Integers: a number within ±(2^53−1), a bigint beyond; never both for one value.
 *
 * Work on bigints is charged by their bits before it is done: a limb of 64 bits and a product of two
 * limbs cost next to nothing, so a step pays for many.
 */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import type { Value } from './value.js';

/** An int as values hold it. */
export type Integer = number | bigint;

const LIMB_BITS = 64;
/** Limbs added, or pairs of limbs multiplied, that one step pays for. */
const LIMBS_PER_STEP = 64;

/** Tells whether a value is an int. */
export function isInteger(value: Value): value is Integer {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** The int of this size in its one form; `n` is whole. */
export function makeInteger(n: Integer): Integer {
  if (typeof n === 'number') return Number.isSafeInteger(n) ? n + 0 : BigInt(n);
  const small = Number(n);
  return Number.isSafeInteger(small) ? small : n;
}

/** How many bits an int has: exactly, or one more just below a power of two. */
export function bitsOf(n: Integer): number {
  const size = Math.abs(Number(n));
  if (size < 2 ** 32) return 32 - Math.clz32(size | 1);
  if (size <= Number.MAX_VALUE) return Math.floor(Math.log2(size)) + 1;
  return bitsOfLarge(BigInt(n));
}

/** Shifts by ever more bits while something is left, then by ever fewer, until a float can hold the rest. */
function bitsOfLarge(n: bigint): number {
  let rest = n < 0n ? -n : n;
  let bits = 0;
  let step = 0;
  for (let shifted = rest >> SHIFTS[step]!; shifted !== 0n; shifted = rest >> SHIFTS[step]!) {
    rest = shifted;
    bits += LEAST_SHIFT * 2 ** step;
    if (step < SHIFTS.length - 1) step++;
  }
  while (step > 0) {
    const shifted = rest >> SHIFTS[--step]!;
    if (shifted === 0n) continue;
    rest = shifted;
    bits += LEAST_SHIFT * 2 ** step;
  }
  return bits + bitsOf(rest);
}

/** A shift that leaves fewer bits than it takes leaves a float's worth. */
const LEAST_SHIFT = 512;

/** By 512 bits, 1024 and so on. */
const SHIFTS = Array.from({ length: 16 }, (_, step) => BigInt(LEAST_SHIFT * 2 ** step));

/** Charges a new bigint of so many bits and the making of it in linear time. */
export function chargeInteger(budget: Budget, bits: number): void {
  budget.checkIntegerBits(bits);
  budget.allocate(16 + Math.ceil(bits / 8));
  budget.step(Math.ceil(bits / LIMB_BITS / LIMBS_PER_STEP));
}

/** Charges work in proportion to the product of two sizes in bits: multiplying, dividing, printing. */
export function chargeProduct(budget: Budget, bitsX: number, bitsY: number): void {
  budget.step(Math.ceil(((bitsX / LIMB_BITS) * (bitsY / LIMB_BITS)) / LIMBS_PER_STEP));
}

/** The nearest float; an int too large for one is an error. */
export function integerToNumber(n: Integer): number {
  const value = Number(n);
  if (!Number.isFinite(value)) throw runtimeError('int too large to convert to float').as('OverflowError');
  return value;
}

/** The int that a float is without its fraction; NaN and the infinities are errors. */
export function truncate(value: number): Integer {
  if (Number.isFinite(value)) return makeInteger(Math.trunc(value));
  throw runtimeError(`cannot convert float ${Number.isNaN(value) ? 'NaN' : 'infinity'} to integer`).as(
    'ValueError',
  );
}
