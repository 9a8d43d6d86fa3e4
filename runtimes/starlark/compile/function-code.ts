/** Functions of the script: their code, and the values that stand for them. */
import type { FunctionNode, Parameter } from '../syntax/tree.js';
import { Func } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Completion } from './completion.js';
import { frameAbove, frameMaker, placeOf } from './frame.js';
import type { Frame, FrameMaker } from './frame.js';

/** What all values made by one `def` or `lambda` share. */
export class FunctionCode {
  readonly name: string;
  /** How many positional arguments fill the frame just so; -1 where no plain number does. */
  readonly exact: number;
  /** Places 1 to `positional` take positional arguments. */
  readonly positional: number;
  /** Places 1 to `named` have a name; those above `positional` are by name only. */
  readonly named: number;
  /** The place of `*args`, or 0. */
  readonly star: number;
  /** The place of `**kwargs`, or 0. */
  readonly starStar: number;
  /** Steps of the body's straight line. */
  weight = 0;
  makeFrame: FrameMaker = frameMaker(0);
  body: (frame: Frame) => Completion = notCompiled;
  private places: Map<string, number> | null = null;

  constructor(readonly node: FunctionNode) {
    this.name = node.name;
    this.positional = node.parameters.length;
    this.named = this.positional + node.keywordOnly.length;
    this.star = node.star === null ? 0 : this.named + 1;
    this.starStar = node.starStar === null ? 0 : this.named + (node.star === null ? 1 : 2);
    this.exact = this.named > this.positional || this.star + this.starStar > 0 ? -1 : this.positional;
  }

  /** The place of a parameter by name, if there is one. */
  placeOf(name: string): number | undefined {
    this.places ??= this.namedPlaces();
    return this.places.get(name);
  }

  private namedPlaces(): Map<string, number> {
    const places = this.parameters().map((parameter, index): [string, number] => [
      parameter.name.name,
      index + 1,
    ]);
    return new Map(places.slice(this.node.positionalOnly));
  }

  /** Those that have a place of their own, in the order of the places. */
  parameters(): readonly Parameter[] {
    return [...this.node.parameters, ...this.node.keywordOnly];
  }
}

function notCompiled(): never {
  throw new Error('call of a function that is not compiled');
}

/** A function as a value: its code, the frame that it was made in, and its defaults. */
export class Closure extends Func {
  constructor(
    readonly code: FunctionCode,
    readonly up: Frame,
    /** By place less one; `undefined` where a parameter has none. */
    readonly defaults: readonly (Value | undefined)[],
  ) {
    super();
  }

  override get name(): string {
    return this.code.name;
  }

  override *held(): Iterable<Value> {
    for (const value of this.defaults) if (value !== undefined) yield value;
    for (const [variable, depth] of this.code.node.scope?.free ?? []) {
      const value = frameAbove(this.up, depth - 1)[placeOf(variable)];
      if (value !== undefined) yield value as Value;
    }
  }
}
