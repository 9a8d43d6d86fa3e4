/** The arguments of a call as it is written, evaluated from left to right. */
import { runtimeError } from '../error.js';
import type { CallExpression, Expression } from '../syntax/tree.js';
import { Dict, ITEM_BYTES, NO_NAMES, isIterable, iterate, sequenceBytes, typeName } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import { bindArguments, fillDefaults } from './arguments.js';
import type { ExpressionCode } from './code.js';
import type { Compiler } from './compiler.js';
import { allocateAt, located, overdrawn } from './failure.js';
import type { Frame } from './frame.js';
import type { Closure, FunctionCode } from './function-code.js';

/** One argument as it is written. */
interface Written {
  readonly operand: Expression;
  /** The name of a named one; whether it is spread as `*` or `**`, else by position. */
  readonly as: { readonly name: string } | '*' | '**' | 'position';
  readonly at: number;
}

/** How the evaluated operands of a call become its arguments. */
export class ArgumentList {
  readonly codes: readonly ExpressionCode[];
  readonly names: readonly string[];
  /** Whether the operands are the arguments as they stand. */
  readonly fixed: boolean;
  private readonly written: readonly Written[];
  private readonly budget: Budget;

  constructor(
    compiler: Compiler,
    private readonly node: CallExpression,
  ) {
    this.written = writtenIn(node);
    this.codes = this.written.map(({ operand }) => compiler.expression(operand));
    this.fixed = !this.written.some(({ as }) => as === '*' || as === '**');
    this.names = node.named.length === 0 ? NO_NAMES : node.named.flatMap(({ name }) => name ?? []);
    this.budget = compiler.budget;
  }

  /** Spreads `*args` and `**kwargs`. */
  spread(values: readonly Value[]): { args: Value[]; names: readonly string[] } {
    allocateAt(this.budget, sequenceBytes(values.length), this.node.at);
    const args: Value[] = [];
    const named: Value[] = [];
    const names: string[] = [];
    this.written.forEach(({ as, operand }, i) => {
      const value = values[i]!;
      if (as === 'position') {
        args.push(value);
      } else if (as === '*') {
        this.addItems(args, value, operand.at);
      } else if (as === '**') {
        this.addNamed(named, names, value, operand.at);
      } else {
        names.push(as.name);
        named.push(value);
      }
    });
    for (const value of named) args.push(value);
    return { args, names };
  }

  private addItems(args: Value[], value: Value, at: number): void {
    if (!isIterable(this.budget, value)) {
      throw located(runtimeError(`argument after * must be iterable, not ${typeName(value)}`), at);
    }
    const items = this.items(value, at);
    allocateAt(this.budget, ITEM_BYTES * items.length, at);
    for (const item of items) args.push(item);
  }

  private items(value: Value, at: number): readonly Value[] {
    try {
      return iterate(this.budget, value);
    } catch (error) {
      throw located(error, at);
    }
  }

  private addNamed(args: Value[], names: string[], kwargs: Value, at: number): void {
    if (!(kwargs instanceof Dict)) {
      throw located(runtimeError(`argument after ** must be a dict, not ${typeName(kwargs)}`), at);
    }
    allocateAt(this.budget, 16 * kwargs.size, at);
    if ((this.budget.left -= kwargs.size) < 0) overdrawn(this.budget, at);
    for (const [key, value] of kwargs.entries()) {
      if (typeof key !== 'string') {
        throw located(runtimeError(`keywords of ** must be strings, not ${typeName(key)}`), at);
      }
      names.push(key);
      args.push(value);
    }
  }
}

/** The arguments in the order of the text, in which they are evaluated. */
function writtenIn({ positional, named }: CallExpression): Written[] {
  const written = [
    ...positional.map((node): Written => {
      const { at } = node;
      return node.kind === 'star'
        ? { operand: node.value, as: '*', at }
        : { operand: node, as: 'position', at };
    }),
    ...named.map(({ name, value, at }): Written => ({
      operand: value,
      as: name === null ? '**' : { name },
      at,
    })),
  ];
  return named.length > 0 && positional.some(({ kind }) => kind === 'star')
    ? written.sort((x, y) => x.at - y.at)
    : written;
}

/** Calls with more names than this bind them one by one, each time. */
const MOST_NAMES = 64;

/**
 * The frames of a call by name. Where each argument goes is worked out for the first callee and kept:
 * nearly every call has only one.
 */
export class NamedFrames {
  private code: FunctionCode | null = null;
  private places: readonly number[] = [];
  private complete = false;

  constructor(
    private readonly budget: Budget,
    private readonly positional: number,
    private readonly names: readonly string[],
  ) {}

  make(callee: Closure, args: readonly Value[]): Frame {
    if (callee.code !== this.code && !this.learn(callee.code)) {
      return bindArguments(this.budget, callee, args, this.names);
    }
    const frame = callee.code.makeFrame(callee.up);
    const { places } = this;
    for (let i = 0; i < places.length; i++) frame[places[i]!] = args[i];
    if (!this.complete) fillDefaults(callee, frame);
    return frame;
  }

  /** Answers whether every argument has a place of its own. */
  private learn(code: FunctionCode): boolean {
    if (code.star + code.starStar > 0 || this.positional > code.positional) return false;
    if (this.names.length > MOST_NAMES) return false;
    const places: number[] = [];
    for (let i = 1; i <= this.positional; i++) places.push(i);
    for (const name of this.names) {
      const place = code.placeOf(name);
      if (place === undefined || places.includes(place)) return false;
      places.push(place);
    }
    this.code = code;
    this.places = places;
    this.complete = places.length === code.named;
    return true;
  }
}
