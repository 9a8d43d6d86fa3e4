/** One value formatted by a spec: what f-strings, `.format` and `%` share. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { chargeText } from './cost.js';
import { fixedText, floatText, generalText, nonFiniteText, scientificText } from './float-text.js';
import { parseFormatSpec } from './format-spec.js';
import type { FormatSpec } from './format-spec.js';
import { integerText } from './integer-text.js';
import { integerToNumber, isInteger } from './integer.js';
import type { Integer } from './integer.js';
import { typeName } from './kind.js';
import { display, repr } from './text.js';
import { Float } from './value.js';
import type { Value } from './value.js';

/** Digits after the point, or significant ones, where the spec names none. */
const DEFAULT_PRECISION = 6;

/**
 * Formats a value. `conversion` is `s`, `r` or empty; `spec` may be empty. A bool without a number's
 * type is text; so is every value that is neither number nor string.
 */
export function formatField(budget: Budget, value: Value, conversion: string, spec: string): string {
  const shown = converted(budget, value, conversion);
  if (spec === '') return display(budget, shown);
  return formatBySpec(budget, shown, parseFormatSpec(spec));
}

function converted(budget: Budget, value: Value, conversion: string): Value {
  if (conversion === '') return value;
  if (conversion === 's') return display(budget, value);
  if (conversion === 'r' || conversion === 'a') return repr(budget, value);
  throw runtimeError(`format: unknown conversion ${JSON.stringify(conversion)}, want "s" or "r"`);
}

/** Formats a value by a spec taken apart. */
export function formatBySpec(budget: Budget, value: Value, spec: FormatSpec): string {
  if (isInteger(value)) return formatInteger(budget, value, spec);
  if (value instanceof Float) return formatFloat(budget, value.value, spec);
  if (typeof value === 'boolean' && spec.type !== '' && spec.type !== 's') {
    return formatInteger(budget, Number(value), spec);
  }
  return formatText(budget, value, spec);
}

function formatText(budget: Budget, value: Value, spec: FormatSpec): string {
  if (spec.type !== '' && spec.type !== 's') throw wrongType(value, spec);
  if (spec.grouping !== '')
    throw runtimeError(`format: "${spec.grouping}" is for numbers, got ${typeName(value)}`);
  const text = display(budget, value).slice(0, spec.precision);
  return pad(budget, '', text, spec.align === '=' ? { ...spec, align: '<' } : spec, '<');
}

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

function formatInteger(budget: Budget, value: Integer, spec: FormatSpec): string {
  const writer = INTEGER_TYPES.get(spec.type);
  if (writer === undefined) return formatOddInteger(budget, value, spec);
  if (spec.precision !== undefined)
    throw runtimeError(`format: a precision is for floats and strings, got int`);
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
  if (floatWriter(spec.type) === undefined) throw wrongType(value, spec);
  return formatFloat(budget, integerToNumber(value), spec);
}

/** The character of a code point. */
export function characterOf(code: Integer): string {
  if (code >= 0 && code <= 0x10ffff) return String.fromCodePoint(Number(code));
  throw runtimeError('%c format requires a valid Unicode code point');
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

function formatFloat(budget: Budget, value: number, spec: FormatSpec): string {
  const write = floatWriter(spec.type);
  if (write === undefined) throw wrongType(new Float(value), spec);
  chargeText(budget, (spec.precision ?? 0) + 330);
  const sign = signOf(value < 0 || Object.is(value, -0), spec);
  const size = Math.abs(value);
  const text = Number.isFinite(size) ? pointed(write(size, spec), spec) : nonFiniteText(value).slice(-3);
  return padNumber(budget, sign, /[EFG]/.test(spec.type) ? text.toUpperCase() : text, 3, spec);
}

function wrongType(value: Value, spec: FormatSpec) {
  return runtimeError(`format: unknown format type "${spec.type}" for ${typeName(value)}`);
}

function signOf(negative: boolean, spec: FormatSpec): string {
  if (negative) return '-';
  return spec.sign === '-' ? '' : spec.sign;
}

/** Groups the digits before the point, and pads; zeros that fill are grouped too. */
function padNumber(budget: Budget, sign: string, text: string, group: number, spec: FormatSpec): string {
  if (spec.grouping === '') return pad(budget, sign, text, spec, '>');
  const end = text.search(/[^0-9]/);
  const rest = end < 0 || group === 4 ? '' : text.slice(end);
  const whole = text.slice(0, text.length - rest.length);
  const filled = spec.align === '=' && spec.fill === '0';
  const least = filled ? spec.width - sign.length - rest.length : 0;
  chargeText(budget, 2 * Math.max(whole.length, least));
  return pad(budget, sign, grouped(whole, least, group, spec.grouping) + rest, spec, '>');
}

/** Digits in groups from the right, with as many zeros before them as make `least` units. */
function grouped(digits: string, least: number, group: number, separator: string): string {
  const [groups, over] = [Math.floor(least / (group + 1)), least % (group + 1)];
  const filled = digits.padStart(groups * group + Math.max(over, 1), '0');
  const first = filled.length % group || group;
  let text = filled.slice(0, first);
  for (let at = first; at < filled.length; at += group) text += separator + filled.slice(at, at + group);
  return text;
}

function pad(budget: Budget, sign: string, text: string, spec: FormatSpec, align: '<' | '>'): string {
  const missing = spec.width - sign.length - text.length;
  if (missing <= 0) return sign + text;
  chargeText(budget, spec.width * spec.fill.length);
  const { fill } = spec;
  switch (spec.align === '' ? align : spec.align) {
    case '<':
      return sign + text + fill.repeat(missing);
    case '>':
      return fill.repeat(missing) + sign + text;
    case '=':
      return sign + fill.repeat(missing) + text;
    default:
      return fill.repeat(missing >> 1) + sign + text + fill.repeat(missing - (missing >> 1));
  }
}
