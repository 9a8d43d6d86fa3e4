/** Several sequences side by side: for `zip` and `map`. */
import { runtimeError } from '../error.js';
import { Range, isIterable, iterationHint, iterate, length, typeName } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import { chargeRows } from './many.js';

/**
 * A row for each item of the shortest sequence, with one item of each. Charges no more of a range than is
 * needed, and the rows as tuples in a list. Where it is strict, no sequence may be longer than another.
 */
export function rowsOf(budget: Budget, iterables: readonly Value[], strict = false): Value[][] {
  const counts = iterables.map((value, at) => itemCount(budget, value, at));
  if (strict && counts.some((count) => count !== counts[0])) {
    throw runtimeError(`got sequences of ${counts.join(' and ')} items, want as many in each`);
  }
  const rows = counts.reduce((least, count) => Math.min(least, count), counts[0] ?? 0);
  const columns = iterables.map((iterable) => iterate(budget, firstItems(iterable, rows)));
  chargeRows(budget, rows, columns.length);
  return Array.from({ length: rows }, (_, at) => columns.map((column) => column[at]!));
}

function itemCount(budget: Budget, value: Value, at: number): number {
  if (isIterable(budget, value)) return length(value)!;
  throw runtimeError(`argument #${at + 1} is not iterable: ${typeName(value)}`, iterationHint(value));
}

function firstItems(value: Value, count: number): Value {
  if (!(value instanceof Range) || value.length <= count) return value;
  return new Range(value.start, value.start + count * value.step, value.step, count);
}
