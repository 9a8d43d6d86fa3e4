/** `format % args`: the directives of the specification, and the flags, widths and precisions of Python. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { Dict } from './dict.js';
import { directive } from './directive.js';
import type { Options } from './directive.js';
import { isInteger } from './integer.js';
import { typeName } from './kind.js';
import { TextBuilder } from './text-builder.js';
import { Tuple } from './value.js';
import type { Value } from './value.js';

/** Fills the directives of a format: by position from a tuple or one value, by name from a dict. */
export function formatPercent(budget: Budget, format: string, args: Value): string {
  return new Filling(budget, format, args).run();
}

/** What may stand between `%` or `%(name)` and the letter. */
const OPTIONS = /([-#0 +]*)(\*|\d*)(?:\.(\*|\d*))?/y;

/** No option is written with this unit or one above. */
const LETTERS_FROM = 65;

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
    this.budget.step(1);
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
    if (end < 0) throw runtimeError('incomplete format key').as('ValueError');
    const name = this.format.slice(this.at + 1, end);
    this.at = end + 1;
    return name;
  }

  private named(name: string): Value {
    if (!(this.args instanceof Dict)) throw runtimeError('format requires a mapping');
    const value = this.args.getString(name);
    if (value === undefined) throw runtimeError(`key not found: ${name}`).as('KeyError');
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
