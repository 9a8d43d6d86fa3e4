/** `format % args`: the directives of the specification, and the flags, widths and precisions of Python. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { Dict } from './dict.js';
import { characterOf, formatBySpec } from './field.js';
import { floatText } from './float-text.js';
import type { FormatSpec } from './format-spec.js';
import { integerText } from './integer-text.js';
import { isInteger, truncate } from './integer.js';
import type { Integer } from './integer.js';
import { typeName } from './kind.js';
import { toNumber } from './number.js';
import { TextBuilder } from './text-builder.js';
import { display, repr } from './text.js';
import { Float, Tuple } from './value.js';
import type { Value } from './value.js';

/** Fills the directives of a format: by position from a tuple or one value, by name from a dict. */
export function formatPercent(budget: Budget, format: string, args: Value): string {
  return new Filling(budget, format, args).run();
}

/** What may stand between `%` or `%(name)` and the letter. */
const OPTIONS = /([-#0 +]*)(\*|\d*)(?:\.(\*|\d*))?/y;

/** No option is written with this unit or one above. */
const LETTERS_FROM = 65;

/** The options of one directive as written. */
interface Options {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

class Filling {
  private readonly out: TextBuilder;
  private readonly positional: readonly Value[];
  private used = 0;
  private at = 0;

  constructor(
    private readonly budget: Budget,
    private readonly format: string,
    private readonly args: Value,
  ) {
    this.out = new TextBuilder(budget);
    this.positional = args instanceof Tuple ? args.items : [args];
  }

  run(): string {
    const { format, out } = this;
    for (let next = format.indexOf('%'); next >= 0; next = format.indexOf('%', this.at)) {
      out.add(format.slice(this.at, next));
      this.at = next + 1;
      this.fill();
    }
    out.add(format.slice(this.at));
    if (this.used < this.positional.length && !(this.args instanceof Dict)) {
      throw runtimeError(
        `too many arguments for format string: got ${this.positional.length}, want ${this.used}`,
      );
    }
    return out.finish();
  }

  private fill(): void {
    if (this.format.startsWith('%', this.at)) {
      this.at++;
      this.out.add('%');
      return;
    }
    const name = this.name();
    const options = this.options();
    const value = name === undefined ? this.next() : this.named(name);
    const letter = this.format.charAt(this.at++);
    this.out.add(directive(this.budget, letter, value, options));
  }

  private name(): string | undefined {
    if (!this.format.startsWith('(', this.at)) return undefined;
    const end = this.format.indexOf(')', this.at);
    if (end < 0) throw runtimeError('incomplete format key');
    const name = this.format.slice(this.at + 1, end);
    this.at = end + 1;
    return name;
  }

  private named(name: string): Value {
    if (!(this.args instanceof Dict)) throw runtimeError('format requires a mapping');
    const value = this.args.getString(name);
    if (value === undefined) throw runtimeError(`key not found: ${name}`);
    this.used = this.positional.length;
    return value;
  }

  private next(): Value {
    const value = this.positional[this.used++];
    if (value !== undefined) return value;
    throw runtimeError(`not enough arguments for format string: got ${this.positional.length}`);
  }

  /** Undefined in the usual case that there are none. */
  private options(): Options | undefined {
    if (this.format.charCodeAt(this.at) >= LETTERS_FROM) return undefined;
    OPTIONS.lastIndex = this.at;
    const [all = '', flags = '', width = '', precision] = OPTIONS.exec(this.format) ?? [];
    if (all === '') return undefined;
    this.at += all.length;
    return {
      flags,
      width: this.size(width),
      precision: precision === undefined ? undefined : this.size(precision),
    };
  }

  private size(text: string): number {
    if (text !== '*') return Number(text);
    const value = this.next();
    if (!isInteger(value) || value < 0)
      throw runtimeError(`* wants a non-negative int, got ${typeName(value)}`);
    return Number(value);
  }
}

function directive(budget: Budget, letter: string, value: Value, options: Options | undefined): string {
  const write = LETTERS.get(letter);
  if (write !== undefined) return write(budget, value, options, letter);
  throw runtimeError(letter === '' ? 'incomplete format' : `unknown conversion %${letter}`);
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
  if (options === undefined && (letter === 'g' || !Number.isFinite(n))) return floatText(n);
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
