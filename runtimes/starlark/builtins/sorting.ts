/** Puts values in order: a stable sort that charges before it works. */
import { compare } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';

type Order<T> = (x: T, y: T) => number;

/** Sorts the array itself. */
export function sortValues(budget: Budget, values: Value[], reverse: boolean): Value[] {
  return values.sort(orderOf(budget, values, reverse));
}

/** The values by their keys, in a new array. */
export function sortByKeys(
  budget: Budget,
  values: readonly Value[],
  keys: readonly Value[],
  reverse: boolean,
): Value[] {
  const order = orderOf(budget, keys, reverse);
  budget.allocate(32 + 8 * values.length);
  const places = values.map((_, place) => place).sort((x, y) => order(keys[x]!, keys[y]!));
  return places.map((place) => values[place]!);
}

/** Charges n·log n comparisons. Those of long strings, and of all that has parts, charge what they touch, too. */
function orderOf(budget: Budget, keys: readonly Value[], reverse: boolean): Order<Value> {
  budget.step(keys.length * Math.ceil(Math.log2(keys.length + 1)));
  const order = quickOrder(keys) ?? timedOrder(budget);
  return reverse ? (x, y) => -order(x, y) : order;
}

/** Comparisons after which the clock is read, for their steps were spent before. */
const TIMED = 4096;

function timedOrder(budget: Budget): Order<Value> {
  let left = TIMED;
  return (x, y) => {
    if (--left === 0) {
      left = TIMED;
      budget.refill();
    }
    return compare(budget, x, y, '<');
  };
}

/** Strings this long at the most are compared for the price of the step. */
const SHORT = 64;

function quickOrder(keys: readonly Value[]): Order<Value> | undefined {
  if (keys.every((key) => typeof key === 'number')) return byNumber as Order<Value>;
  if (keys.every((key) => typeof key === 'string' && key.length <= SHORT)) return byText as Order<Value>;
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
