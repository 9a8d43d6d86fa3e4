/** Ints and floats formatted by a spec. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import type { Budget } from './budget.js';
import { chargeText } from './cost.js';
import { fixedText, floatText, generalText, nonFiniteText, scientificText } from './float-text.js';
import type { FormatSpec } from './format-spec.js';
import { integerText } from './integer-text.js';
import { integerToNumber } from './integer.js';
import type { Integer } from './integer.js';
import { pad, padNumber, signOf } from './padding.js';

/** Digits after the point, or significant ones, where the spec names none. */
const DEFAULT_PRECISION = 6;

type IntegerWriter = { readonly base: number; readonly prefix: string; readonly group: number };

const INTEGER_TYPES = new Map<string, IntegerWriter>([
  ['', { base: 10, prefix: '', group: 3 }],
  ['d', { base: 10, prefix: '', group: 3 }],
  ['n', { base: 10, prefix: '', group: 3 }],
  ['b', { base: 2, prefix: '0b', group: 4 }],
  ['o', { base: 8, prefix: '0o', group: 4 }],
  ['x', { base: 16, prefix: '0x', group: 4 }],
  ['X', { base: 16, prefix: '0X', group: 4 }],
]);

/** Formats an int. */
export function formatInteger(budget: Budget, value: Integer, spec: FormatSpec): string {
  const writer = INTEGER_TYPES.get(spec.type);
  if (writer === undefined) return formatOddInteger(budget, value, spec);
  if (spec.precision !== undefined)
    throw runtimeError(`format: a precision is for floats and strings, got int`).as('ValueError');
  const text = integerText(budget, value, writer.base);
  const digits = text.startsWith('-') ? text.slice(1) : text;
  const sign = signOf(value < 0, spec) + (spec.alternate ? writer.prefix : '');
  const filled = atLeast(budget, digits, spec.leastDigits ?? 0);
  return padNumber(budget, sign, spec.type === 'X' ? filled.toUpperCase() : filled, writer.group, spec);
}

function atLeast(budget: Budget, digits: string, least: number): string {
  if (digits.length >= least) return digits;
  chargeText(budget, least);
  return digits.padStart(least, '0');
}

/** An int as a character or as a float. */
function formatOddInteger(budget: Budget, value: Integer, spec: FormatSpec): string {
  if (spec.type === 'c') return pad(budget, '', characterOf(value), spec, '>');
  if (floatWriter(spec.type) === undefined) throw wrongType('int', spec);
  return formatFloat(budget, integerToNumber(value), spec);
}

/** The character of a code point. */
export function characterOf(code: Integer): string {
  if (code >= 0 && code <= 0x10ffff) return String.fromCodePoint(Number(code));
  throw runtimeError('%c format requires a valid Unicode code point').as('ValueError');
}

type FloatWriter = (value: number, spec: FormatSpec) => string;

const FLOAT_TYPES = new Map<string, FloatWriter>([
  ['', plainFloat],
  ['e', (value, { precision }) => scientificText(value, precision ?? DEFAULT_PRECISION)],
  ['f', (value, { precision }) => fixedText(value, precision ?? DEFAULT_PRECISION)],
  ['g', (value, { precision, alternate }) => generalText(value, precision ?? DEFAULT_PRECISION, alternate)],
  ['n', (value, { precision, alternate }) => generalText(value, precision ?? DEFAULT_PRECISION, alternate)],
  ['%', percentage],
]);

function floatWriter(type: string): FloatWriter | undefined {
  return FLOAT_TYPES.get(/[EFG]/.test(type) ? type.toLowerCase() : type);
}

/** `#` keeps the point that has no digits after it. */
function pointed(text: string, { alternate }: FormatSpec): string {
  return alternate && !text.includes('.') ? text.replace(/(?=[e%]|$)/, '.') : text;
}

function percentage(value: number, { precision }: FormatSpec): string {
  const scaled = value * 100;
  return `${Number.isFinite(scaled) ? fixedText(scaled, precision ?? DEFAULT_PRECISION) : 'inf'}%`;
}

/** Without a type: as it prints itself, or with so many significant digits. */
function plainFloat(value: number, { precision }: FormatSpec): string {
  if (precision === undefined) return floatText(value);
  const text = generalText(value, precision, false);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Formats a float. */
export function formatFloat(budget: Budget, value: number, spec: FormatSpec): string {
  const write = floatWriter(spec.type);
  if (write === undefined) throw wrongType('float', spec);
  chargeText(budget, (spec.precision ?? 0) + 330);
  const sign = signOf(value < 0 || Object.is(value, -0), spec);
  const size = Math.abs(value);
  const text = Number.isFinite(size) ? pointed(write(size, spec), spec) : nonFiniteText(value).slice(-3);
  return padNumber(budget, sign, /[EFG]/.test(spec.type) ? text.toUpperCase() : text, 3, spec);
}

/** The error of a type letter that is not for such values. */
export function wrongType(met: string, spec: FormatSpec): StarlarkError {
  return runtimeError(`format: unknown format type "${spec.type}" for ${met}`).as('ValueError');
}
