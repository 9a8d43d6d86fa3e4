/**
 * Puts values in order: a stable merge sort that charges each comparison, and gives way to the event loop
 * between two of them.
 *
 * Runs of a few values are sorted by JavaScript's own sort. They are merged pairwise from the left, then
 * the merged ones, until one run is left.
 */
import { chargeItems, compare } from '../values/index.js';
import type { Budget, Eventual, Thread, Value } from '../values/index.js';
import { naming } from './definition.js';

type Order = (x: Value, y: Value) => number;
type Then = (sorted: Value[]) => Eventual;

/** Sorts the array itself, then goes on with the result. */
export function sortValues(thread: Thread, values: Value[], reverse: boolean, then: Then): Eventual {
  if (areNumbers(values)) {
    chargeRun(thread.budget, values.length, values.length);
    return then(sortNumbers(values, reverse));
  }
  const { order, run } = orderOf(thread.budget, values, reverse);
  return new Sort(thread, values, order, run, then).sorted();
}

/** The values by their keys, in a new array. */
export function sortByKeys(
  thread: Thread,
  values: readonly Value[],
  keys: readonly Value[],
  reverse: boolean,
  then: Then,
): Eventual {
  chargeItems(thread.budget, values.length);
  if (areNumbers(keys) && canPack(keys)) {
    chargeRun(thread.budget, values.length, values.length);
    return then(placesByNumbers(keys, reverse).map((place) => values[place]!));
  }
  const { order, run } = orderOf(thread.budget, keys, reverse);
  const places = values.map((_, place) => place as Value);
  const byKey: Order = (x, y) => order(keys[x as number]!, keys[y as number]!);
  return new Sort(thread, places, byKey, run, (sorted) =>
    then(sorted.map((place) => values[place as number]!)),
  ).sorted();
}

/** One sort under way. */
class Sort {
  private readonly budget: Budget;
  private into: Value[];
  /** How long the runs are that are merged, and where in two of them the merging stands. */
  private width: number;
  private first = 0;
  private left = 0;
  private right = 0;

  constructor(
    private readonly thread: Thread,
    private from: Value[],
    private readonly order: Order,
    private readonly run: number,
    private readonly then: Then,
  ) {
    this.budget = thread.budget;
    this.into = from;
    this.width = run;
  }

  sorted(): Eventual {
    return naming('sorted', () => this.begin());
  }

  private begin(): Eventual {
    const { from, run } = this;
    chargeRun(this.budget, from.length, run);
    if (from.length <= run) return this.then(from.sort(this.order));
    chargeItems(this.budget, from.length);
    this.into = from.slice();
    return this.sortRuns(0);
  }

  private sortRuns(first: number): Eventual {
    const { from, run, order, budget } = this;
    for (let start = first; start < from.length; start += run) {
      if (--budget.left < 0 && budget.refill()) {
        budget.left++;
        return this.thread.giveWay(() => naming('sorted', () => this.sortRuns(start)));
      }
      const sorted = from.slice(start, start + run).sort(order);
      for (let i = 0; i < sorted.length; i++) from[start + i] = sorted[i]!;
    }
    this.beginPair(0);
    return this.merge();
  }

  private beginPair(start: number): void {
    this.first = start;
    this.left = start;
    this.right = Math.min(start + this.width, this.from.length);
  }

  /** One value after another, from where it stands. */
  private merge(): Eventual {
    const { budget, order } = this;
    const { length } = this.from;
    while (this.width < length) {
      const { from, into, width, first } = this;
      const middle = Math.min(first + width, length);
      const end = Math.min(middle + width, length);
      let { left, right } = this;
      for (let at = left + right - middle; at < end; at++) {
        if (--budget.left < 0 && budget.refill()) {
          budget.left++;
          [this.left, this.right] = [left, right];
          return this.thread.giveWay(() => naming('sorted', () => this.merge()));
        }
        const takesLeft = left < middle && (right >= end || order(from[left]!, from[right]!) <= 0);
        into[at] = takesLeft ? from[left++]! : from[right++]!;
      }
      this.nextPair(end);
    }
    return this.then(this.from);
  }

  private nextPair(end: number): void {
    if (end < this.from.length) {
      this.beginPair(end);
      return;
    }
    [this.from, this.into] = [this.into, this.from];
    this.width *= 2;
    this.beginPair(0);
  }
}

/** Charges sorting so many values in runs of at most so many. */
function chargeRun(budget: Budget, count: number, run: number): void {
  budget.step(count * Math.ceil(Math.log2(Math.min(count, run) + 1)));
}

/** Numbers that JavaScript sorts in a few milliseconds. */
const QUICK_NUMBERS = 1 << 16;

/** Whether these are numbers, and few enough to be sorted at once. */
function areNumbers(values: readonly Value[]): values is readonly number[] {
  return values.length <= QUICK_NUMBERS && values.every((value) => typeof value === 'number');
}

/** Equal numbers cannot be told apart. */
function sortNumbers(numbers: readonly number[], reverse: boolean): number[] {
  const sorted = new Float64Array(numbers).sort();
  const last = sorted.length - 1;
  return numbers.map((_, at) => sorted[reverse ? last - at : at]!);
}

/** Whether a number can hold any of these keys and any place of theirs. */
function canPack(keys: readonly number[]): boolean {
  const [least, most] = boundsOf(keys);
  return (most - least + 1) * keys.length <= Number.MAX_SAFE_INTEGER;
}

function boundsOf(keys: readonly number[]): [least: number, most: number] {
  let [least, most] = [0, 0];
  for (const key of keys) {
    if (key < least) least = key;
    if (key > most) most = key;
  }
  return [least, most];
}

/**
 * Where in the order of the keys each place of theirs comes: numbers that hold a key and its place sort
 * faster than places that ask for their keys.
 */
function placesByNumbers(keys: readonly number[], reverse: boolean): number[] {
  const count = keys.length;
  const [least, most] = boundsOf(keys);
  const packed = new Float64Array(count);
  for (let place = 0; place < count; place++) {
    const key = keys[place]!;
    packed[place] = (reverse ? most - key : key - least) * count + place;
  }
  packed.sort();
  return keys.map((_, at) => packed[at]! % count);
}

/** Values that are sorted without a look at the clock, by how long a comparison may take. */
const QUICK_RUN = 2048;
const SLOW_RUN = 16;

/** Long strings, and all that has parts, charge what they touch, besides the step. */
function orderOf(budget: Budget, keys: readonly Value[], reverse: boolean): { order: Order; run: number } {
  const quick = quickOrder(keys);
  const order = quick ?? ((x, y) => compare(budget, x, y, '<'));
  return {
    order: reverse ? (x, y) => -order(x, y) : order,
    run: quick === undefined ? SLOW_RUN : QUICK_RUN,
  };
}

/** Strings this long at the most are compared for the price of the step. */
const SHORT = 64;

function quickOrder(keys: readonly Value[]): Order | undefined {
  if (keys.every((key) => typeof key === 'number')) return byNumber as Order;
  if (keys.every((key) => typeof key === 'string' && key.length <= SHORT)) return byText as Order;
  return undefined;
}

function byNumber(x: number, y: number): number {
  return x - y;
}

/** By UTF-16 units. */
function byText(x: string, y: string): number {
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
