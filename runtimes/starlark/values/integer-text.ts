/** Ints as text, and back. */
import type { Budget } from './budget.js';
import { bitsOf, chargeInteger, chargeProduct, makeInteger } from './integer.js';
import type { Integer } from './integer.js';

/** Digits that a JavaScript number reads exactly in any base. */
const CHUNK_DIGITS = 10;

/** The prefixes with which JavaScript reads a base itself. */
const NATIVE = new Map([
  [2, '0b'],
  [8, '0o'],
  [10, ''],
  [16, '0x'],
]);

const PREFIXES = new Map([
  ['0b', 2],
  ['0o', 8],
  ['0x', 16],
]);

/** An int in a base of 2 to 36, with a minus sign where it is negative. */
export function integerText(budget: Budget, n: Integer, base = 10): string {
  if (typeof n === 'bigint') chargePrinting(budget, bitsOf(n));
  return base === 10 ? String(n) : n.toString(base);
}

/** Printing and reading take more than linear time, so that digits are charged by their square. */
function chargePrinting(budget: Budget, bits: number): void {
  chargeInteger(budget, bits);
  chargeProduct(budget, bits, bits);
}

/**
 * Reads an int in a base of 2 to 36, with an optional sign and the base's own prefix; base 0 goes by the
 * prefix. Undefined for what is no int.
 */
export function parseInteger(budget: Budget, text: string, base: number): Integer | undefined {
  const negative = text.startsWith('-');
  const unsigned = negative || text.startsWith('+') ? text.slice(1) : text;
  const magnitude = parseUnsigned(budget, unsigned, base);
  if (magnitude === undefined || !negative) return magnitude;
  return typeof magnitude === 'number' ? 0 - magnitude : -magnitude;
}

function parseUnsigned(budget: Budget, text: string, base: number): Integer | undefined {
  const prefixed = PREFIXES.get(text.slice(0, 2).toLowerCase());
  if (prefixed !== undefined && (base === 0 || base === prefixed) && text.length > 2) {
    return parseDigits(budget, text.slice(2), prefixed);
  }
  if (base === 0 && text.startsWith('0')) return /^0+$/.test(text) ? 0 : undefined;
  return parseDigits(budget, text, base === 0 ? 10 : base);
}

function parseDigits(budget: Budget, digits: string, base: number): Integer | undefined {
  if (!digitsOf(base).test(digits)) return undefined;
  if (digits.length <= CHUNK_DIGITS) return Number.parseInt(digits, base);
  chargePrinting(budget, Math.ceil(digits.length * Math.log2(base)));
  const prefix = NATIVE.get(base);
  return makeInteger(prefix === undefined ? joined(digits, base) : BigInt(prefix + digits));
}

function digitsOf(base: number): RegExp {
  if (base <= 10) return new RegExp(`^[0-${base - 1}]+$`);
  return new RegExp(`^[0-9a-${(base - 1).toString(36)}]+$`, 'i');
}

/** By halves, so that most of the work is one large product. */
function joined(digits: string, base: number): bigint {
  if (digits.length <= CHUNK_DIGITS) return BigInt(Number.parseInt(digits, base));
  const middle = digits.length >> 1;
  const scale = BigInt(base) ** BigInt(digits.length - middle);
  return joined(digits.slice(0, middle), base) * scale + joined(digits.slice(middle), base);
}
