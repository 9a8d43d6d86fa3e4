/** Counts and indices that a JavaScript number must hold. */
import type { Integer } from '../values/index.js';

/** The nearest int that a number holds exactly: for what is bounded by a length anyway. */
export function clamped(value: Integer): number {
  if (typeof value === 'number') return value;
  return value > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
}

/** A number of times, where a negative one or none stands for "as often as can be". */
export function most(count: Integer | undefined): number {
  if (count === undefined) return Infinity;
  const times = clamped(count);
  return times < 0 ? Infinity : times;
}
