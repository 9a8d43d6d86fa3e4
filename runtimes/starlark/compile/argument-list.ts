/** The arguments of a call as it is written: positional, named, `*args`, `**kwargs`, evaluated in this order. */
import { runtimeError } from '../error.js';
import type { CallExpression } from '../syntax/tree.js';
import { Dict, NO_NAMES, iterate, typeName } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import { bindArguments, fillDefaults } from './arguments.js';
import type { ExpressionCode } from './code.js';
import type { Compiler } from './compiler.js';
import { allocateAt, located, overdrawn } from './failure.js';
import type { Frame } from './frame.js';
import type { Closure, FunctionCode } from './function-code.js';

/** How the evaluated operands of a call become its arguments. */
export class ArgumentList {
  readonly codes: readonly ExpressionCode[];
  readonly names: readonly string[];
  private readonly budget: Budget;

  constructor(
    compiler: Compiler,
    private readonly node: CallExpression,
  ) {
    const { positional, named, star, starStar } = node;
    const nodes = [...positional, ...named.map((argument) => argument.value)];
    if (star !== null) nodes.push(star);
    if (starStar !== null) nodes.push(starStar);
    this.codes = nodes.map((operand) => compiler.expression(operand));
    this.names = named.length === 0 ? NO_NAMES : named.map((argument) => argument.name);
    this.budget = compiler.budget;
  }

  /** Whether the operands are the arguments as they stand. */
  get fixed(): boolean {
    return this.node.star === null && this.node.starStar === null;
  }

  /** Spreads `*args` and `**kwargs`. */
  spread(values: Value[]): { args: Value[]; names: readonly string[] } {
    const { star, starStar, positional, named } = this.node;
    const kwargs = starStar === null ? null : values.pop()!;
    const extra = star === null ? [] : this.items(values.pop()!, star.at);
    allocateAt(this.budget, 32 + 8 * (values.length + extra.length), this.node.at);
    const args = values.slice(0, positional.length).concat(extra, values.slice(positional.length));
    if (starStar === null) return { args, names: this.names };
    const names = named.map((argument) => argument.name);
    this.addNamed(args, names, kwargs, starStar.at);
    return { args, names };
  }

  private items(value: Value, at: number): readonly Value[] {
    try {
      return iterate(this.budget, value);
    } catch (error) {
      throw located(error, at);
    }
  }

  private addNamed(args: Value[], names: string[], kwargs: Value | null, at: number): void {
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
