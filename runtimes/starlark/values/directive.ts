/** One directive of a `%` format, by its letter. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { formatBySpec } from './field.js';
import { shortGeneralText } from './float-text.js';
import type { FormatSpec } from './format-spec.js';
import { integerText } from './integer-text.js';
import { isInteger, truncate } from './integer.js';
import type { Integer } from './integer.js';
import { typeName } from './kind.js';
import { characterOf } from './number-field.js';
import { toNumber } from './number.js';
import { display, repr } from './text.js';
import { Float } from './value.js';
import type { Value } from './value.js';

/** The options of one directive as written. */
export interface Options {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

/** Formats a value as a letter and its options say. */
export function directive(
  budget: Budget,
  letter: string,
  value: Value,
  options: Options | undefined,
): string {
  const write = LETTERS.get(letter);
  if (write !== undefined) return write(budget, value, options, letter);
  throw runtimeError(letter === '' ? 'incomplete format' : `unknown conversion %${letter}`).as('ValueError');
}

type Writer = (budget: Budget, value: Value, options: Options | undefined, letter: string) => string;

const LETTERS = new Map<string, Writer>([
  ['s', (budget, value, options) => writeText(budget, display(budget, value), options)],
  ['r', (budget, value, options) => writeText(budget, repr(budget, value), options)],
  ['c', (budget, value, options) => writeText(budget, character(value), options)],
  ...['d', 'i', 'o', 'x', 'X'].map((letter) => [letter, writeInteger] as const),
  ...['e', 'f', 'g', 'E', 'F', 'G'].map((letter) => [letter, writeFloat] as const),
  ['%', () => '%'],
]);

function writeText(budget: Budget, text: string, options: Options | undefined): string {
  if (options === undefined) return text;
  return formatBySpec(budget, text, { ...specOf(options, 's'), fill: ' ', align: textAlign(options) });
}

function textAlign({ flags }: Options): '<' | '>' {
  return flags.includes('-') ? '<' : '>';
}

function character(value: Value): string {
  if (isInteger(value)) return characterOf(value);
  if (typeof value !== 'string') {
    throw runtimeError(`%c format requires int or single-character string, not ${typeName(value)}`);
  }
  if (/^[^]$/u.test(value)) return value;
  throw runtimeError('%c format requires a single-character string');
}

function writeInteger(budget: Budget, value: Value, options: Options | undefined, letter: string): string {
  const n = integerArgument(value, letter);
  if (options === undefined && letter === 'd') return integerText(budget, n);
  const { precision, ...rest } = options ?? NO_OPTIONS;
  const spec = { ...specOf({ ...rest, precision: undefined }, letter === 'i' ? 'd' : letter) };
  return formatBySpec(budget, n, precision === undefined ? spec : { ...spec, leastDigits: precision });
}

const NO_OPTIONS: Options = { flags: '', width: 0, precision: undefined };

function integerArgument(value: Value, letter: string): Integer {
  if (isInteger(value)) return value;
  if (value instanceof Float) return truncate(value.value);
  throw runtimeError(`%${letter} format requires integer: cannot convert ${typeName(value)} to int`);
}

function writeFloat(budget: Budget, value: Value, options: Options | undefined, letter: string): string {
  const n = toNumber(value);
  if (n === undefined) throw runtimeError(`%${letter} format requires float, not ${typeName(value)}`);
  if (options === undefined && (letter === 'g' || !Number.isFinite(n))) return shortGeneralText(n);
  return formatBySpec(budget, new Float(n), specOf(options ?? NO_OPTIONS, letter));
}

function specOf({ flags, width, precision }: Options, type: string): FormatSpec {
  const left = flags.includes('-');
  const zero = flags.includes('0') && !left;
  return {
    fill: zero ? '0' : ' ',
    align: left ? '<' : zero ? '=' : '>',
    sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-',
    alternate: flags.includes('#'),
    width,
    grouping: '',
    precision,
    type,
  };
}
