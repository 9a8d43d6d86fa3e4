/** Ints and floats side by side, without losing a digit of either. */
import { integerToNumber, isInteger } from './integer.js';
import type { Integer } from './integer.js';
import { Float } from './value.js';
import type { Value } from './value.js';

/** The size of an int or a float, or undefined for what is no number. */
export function magnitude(value: Value): Integer | undefined {
  if (isInteger(value)) return value;
  return value instanceof Float ? value.value : undefined;
}

/** The float nearest to an int or a float, or undefined for what is no number. */
export function toNumber(value: Value): number | undefined {
  if (value instanceof Float) return value.value;
  return isInteger(value) ? integerToNumber(value) : undefined;
}

/** Orders two magnitudes exactly. NaN equals itself and is greater than everything else. */
export function compareMagnitudes(x: Integer, y: Integer): number {
  if (x < y) return -1;
  if (x > y) return 1;
  return Number(isNan(x)) - Number(isNan(y));
}

function isNan(n: Integer): boolean {
  return typeof n === 'number' && Number.isNaN(n);
}
