/** `round`, as Python has it: halves go to the even neighbour. */
import { FLOAT_BYTES, Float, integerText, isInteger, makeInteger, truncate } from '../values/index.js';
import type { Budget, Integer, Thread, Value } from '../values/index.js';
import { clamped } from './count.js';

/** Beyond so many places a float has no digits to round that a reader would miss. */
const MOST_PLACES = 22;
/** From here on a float is whole. */
const WHOLE = 1e21;
/** Enough places to show a float between {@link MOST_PLACES} and zero exactly, as far as ties go. */
const ALL_PLACES = 100;

/** Without `ndigits`, or with None, the nearest int; else of the number's own type. */
export function round({ budget }: Thread, x: Integer | Float, ndigits: Integer | null = null): Value {
  const places = ndigits === null ? 0 : clamped(ndigits);
  if (isInteger(x)) return places >= 0 ? x : roundInteger(budget, x, -places);
  if (ndigits === null) return truncate(halfToEven(x.value));
  budget.allocate(FLOAT_BYTES);
  budget.step(8);
  return new Float(roundFloat(x.value, places));
}

function roundInteger(budget: Budget, x: Integer, zeros: number): Integer {
  if (zeros > integerText(budget, x).length) return 0;
  const [whole, unit] = [BigInt(x), 10n ** BigInt(zeros)];
  const rest = ((whole % unit) + unit) % unit;
  const below = whole - rest;
  const isUp = 2n * rest > unit || (2n * rest === unit && (below / unit) % 2n !== 0n);
  return makeInteger(isUp ? below + unit : below);
}

function roundFloat(x: number, places: number): number {
  if (!Number.isFinite(x) || places > MOST_PLACES || (places >= 0 && Math.abs(x) >= WHOLE)) return x;
  if (places < -308) return 0 * x;
  if (places < 0) return halfToEven(x / 10 ** -places) * 10 ** -places;
  const digits = x.toFixed(ALL_PLACES);
  const kept = digits.length - ALL_PLACES + places;
  const isTie = /^50*$/.test(digits.slice(kept));
  const isEven = /[02468]\.?$/.test(digits.slice(0, kept));
  return Number(isTie && isEven ? digits.slice(0, kept) : x.toFixed(places));
}

function halfToEven(x: number): number {
  const below = Math.floor(x);
  const over = x - below;
  if (over === 0.5) return below % 2 === 0 ? below : below + 1;
  return over < 0.5 ? below : below + 1;
}
