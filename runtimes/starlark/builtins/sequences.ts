/** Builtins that go over sequences without calling back into the script. */
import { runtimeError } from '../error.js';
import { List, RANGE_BYTES, Range, Tuple, add, iterate, length, truth, typeName } from '../values/index.js';
import type { Integer, Thread, Value } from '../values/index.js';
import { copyOf } from './copy.js';
import { builtin } from './definition.js';
import { chargeRows } from './many.js';
import { anything, bool, int, iterable, keyword, named, optional, required, rest } from './parameter.js';
import type { Iterable } from './parameter.js';
import { rowsOf } from './rows.js';

const items = required('iterable', iterable);
const start = optional('start', int);

/** A row for each, by name. */
export const sequences = [
  builtin('all', [items], ({ budget }, items) => iterate(budget, items).every(truth)),
  builtin('any', [items], ({ budget }, items) => iterate(budget, items).some(truth)),
  builtin('enumerate', [items, start], enumerate),
  builtin('len', [required('x', anything)], len),
  builtin('range', [required('start', int), optional('stop', int), optional('step', int)], range),
  builtin('reversed', [items], ({ budget }, items) => new List(copyOf(budget, items).reverse())),
  builtin('zip', [rest('iterables', anything)], (thread, iterables) => zip(thread, iterables)),
];

/** `enumerate` that takes `start` by name, too. */
export const openEnumerate = builtin('enumerate', [items, named(start)], enumerate);

/** `zip` that can insist on as many items in each. */
export const openZip = builtin('zip', [rest('iterables', anything), keyword('strict', bool)], zip);

function enumerate({ budget }: Thread, iterable: Iterable, start: Integer = 0): List {
  const items = iterate(budget, iterable);
  chargeRows(budget, items.length, 2);
  return new List(items.map((item, at) => new Tuple([add(budget, start, at), item])));
}

function zip({ budget }: Thread, iterables: readonly Value[], strict = false): List {
  return new List(rowsOf(budget, iterables, strict).map((row) => new Tuple(row)));
}

function len(_: Thread, x: Value): number {
  const count = length(x);
  if (count === undefined) throw runtimeError(`value of type ${typeName(x)} has no len`);
  return count;
}

function range({ budget }: Thread, first: Integer, second?: Integer, third: Integer = 1): Range {
  budget.allocate(RANGE_BYTES);
  const [start, stop, step] = second === undefined ? [0, safe(first), 1] : [first, second, third].map(safe);
  return makeRange(start!, stop!, step!);
}

function makeRange(start: number, stop: number, step: number): Range {
  if (step === 0) throw runtimeError('step argument must not be zero').as('ValueError');
  return new Range(start, stop, step, rangeLength(start, stop, step));
}

/** Exact: the distance may be more than a number holds, and then the length is, too. */
function rangeLength(start: number, stop: number, step: number): number {
  const distance = step > 0 ? stop - start : start - stop;
  if (distance <= 0) return 0;
  if (Number.isSafeInteger(distance)) return Math.floor((distance - 1) / Math.abs(step)) + 1;
  const whole = step > 0 ? BigInt(stop) - BigInt(start) : BigInt(start) - BigInt(stop);
  return safe((whole - 1n) / BigInt(Math.abs(step)) + 1n);
}

function safe(value: Integer): number {
  if (Number.isSafeInteger(Number(value))) return Number(value);
  throw runtimeError('got int out of range (want value in signed 54-bit range)').as('OverflowError');
}
