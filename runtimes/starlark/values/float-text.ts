/** Floats as text, and back. Rounding to a number of digits is exact, with ties to even, as in C. */
import { runtimeError } from '../error.js';

/**
 * The shortest text that reads back as the same float, always with a point or an exponent: `1.0`,
 * `1e+30`, `+inf`. An exponent is used below 1e-4 and from 1e16 on, as in Python.
 */
export function floatText(value: number): string {
  return shortestText(value, 1e16);
}

/** As {@link floatText}, but with an exponent from 1e6 on: what `%g` gives where no precision is said. */
export function shortGeneralText(value: number): string {
  return shortestText(value, 1e6);
}

function shortestText(value: number, exponentFrom: number): string {
  const size = Math.abs(value);
  if (size >= 1e-4 && size < exponentFrom) return Number.isInteger(value) ? `${value}.0` : String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (!Number.isFinite(value)) return nonFiniteText(value);
  const [mantissa = '', power = ''] = value.toExponential().split('e');
  return `${mantissa}e${exponentText(Number(power))}`;
}

/** `nan`, `+inf` or `-inf`. */
export function nonFiniteText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? '+inf' : '-inf';
}

/** A finite, non-negative float with so many digits after the point. */
export function fixedText(value: number, digits: number): string {
  if (digits > EXACT_PLACES) return fixedText(value, EXACT_PLACES) + '0'.repeat(digits - EXACT_PLACES);
  const doubled = 2 * value * 10 ** digits;
  const safe = digits <= 20 && doubled < Number.MAX_SAFE_INTEGER;
  // Only halfway between two results do C and toFixed differ, and then this product is a whole number.
  if (safe && !Number.isInteger(doubled)) return value.toFixed(digits);
  const text = String(roundedScaled(value, digits)).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** A finite, non-negative float as a digit, so many digits after the point, and an exponent. */
export function scientificText(value: number, digits: number): string {
  const [all, exponent] = significantDigits(value, Math.min(digits, EXACT_PLACES) + 1);
  const fraction = all.slice(1) + '0'.repeat(digits + 1 - all.length);
  return `${all.charAt(0)}${fraction && '.'}${fraction}e${exponentText(exponent)}`;
}

/**
 * A finite, non-negative float with so many significant digits, plain or with an exponent as C's `%g`
 * chooses. Trailing zeros go unless `keepZeros`.
 */
export function generalText(value: number, digits: number, keepZeros: boolean): string {
  const wanted = Math.max(digits, 1);
  const [all, exponent] = significantDigits(value, Math.min(wanted, EXACT_PLACES));
  const missing = keepZeros ? '0'.repeat(wanted - all.length) : '';
  if (exponent < -4 || exponent >= wanted) {
    const mantissa = trimmed(`${all.charAt(0)}.${all.slice(1)}`, keepZeros);
    return `${mantissa}${missing}e${exponentText(exponent)}`;
  }
  if (exponent < 0) return trimmed(`0.${'0'.repeat(-exponent - 1)}${all}`, keepZeros) + missing;
  const whole = all.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return trimmed(`${whole}.${all.slice(exponent + 1)}`, keepZeros) + missing;
}

/** No float has more digits than this after its point, or as significant ones. */
const EXACT_PLACES = 1100;

/**
 * Reads a decimal literal with an optional sign, or a name of infinity or NaN in any case; undefined for
 * others. A literal beyond the largest float throws.
 */
export function parseFloatText(text: string): number | undefined {
  const special = SPECIAL_NAMES.get(text.slice(0, 10).toLowerCase());
  if (special !== undefined && text.length < 10) return special;
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw runtimeError('floating-point number too large').as('OverflowError');
}

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

const SPECIAL_NAMES = new Map([
  ...['inf', '+inf', 'infinity', '+infinity'].map((name) => [name, Infinity] as const),
  ...['-inf', '-infinity'].map((name) => [name, -Infinity] as const),
  ...['nan', '+nan', '-nan'].map((name) => [name, NaN] as const),
]);

function exponentText(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function trimmed(text: string, keepZeros: boolean): string {
  return keepZeros ? text : text.replace(/\.?0*$/, '');
}

/** Exactly so many significant digits, and the power of ten of the first. */
function significantDigits(value: number, count: number): [digits: string, exponent: number] {
  if (value === 0) return ['0'.repeat(count), 0];
  const exponent = exponentOf(value);
  const digits = String(roundedScaled(value, count - 1 - exponent));
  return digits.length > count ? [digits.slice(0, count), exponent + 1] : [digits, exponent];
}

/** The power of ten at or below a positive float. The shortest text may have been rounded up to the next. */
function exponentOf(value: number): number {
  const exponent = Number(value.toExponential().split('e')[1]);
  const [numerator, denominator] = exactFraction(value);
  const power = 10n ** BigInt(Math.abs(exponent));
  const below = exponent < 0 ? numerator * power < denominator : numerator < denominator * power;
  return below ? exponent - 1 : exponent;
}

/** The whole number nearest to `value · 10^power`; of two equally near, the even one. */
function roundedScaled(value: number, power: number): bigint {
  const [numerator, denominator] = exactFraction(value);
  const scale = 10n ** BigInt(Math.abs(power));
  return power < 0
    ? roundedQuotient(numerator, denominator * scale)
    : roundedQuotient(numerator * scale, denominator);
}

const bits = new DataView(new ArrayBuffer(8));

/** A finite, non-negative float as a fraction whose denominator is a power of two. */
function exactFraction(value: number): [numerator: bigint, denominator: bigint] {
  bits.setFloat64(0, value);
  const field = bits.getUint32(0) >>> 20;
  const fraction = bits.getBigUint64(0) & (HIDDEN_BIT - 1n);
  const numerator = field === 0 ? fraction : fraction | HIDDEN_BIT;
  const power = Math.max(field, 1) - 1075;
  return power < 0 ? [numerator, 1n << BigInt(-power)] : [numerator << BigInt(power), 1n];
}

/** The bit before the fraction, which a float does not store. */
const HIDDEN_BIT = 1n << 52n;

function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  const up = twice > denominator || (twice === denominator && whole % 2n === 1n);
  return up ? whole + 1n : whole;
}
