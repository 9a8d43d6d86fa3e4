/** Methods of lists (specification: "built-in methods", list·…). */
import { runtimeError } from '../error.js';
import {
  List,
  checkMutable,
  chargeGrowth,
  chargeItems,
  equals,
  iterate,
  sliceBounds,
  truth,
} from '../values/index.js';
import type { Budget, Eventual, Integer, Thread, Value } from '../values/index.js';
import { clamped } from './count.js';
import { method } from './definition.js';
import type { MethodTable } from './definition.js';
import { sorted } from './ordering.js';
import { anything, callable, int, iterable, keyword, optional, orNone, required } from './parameter.js';
import type { Iterable } from './parameter.js';
import { signature } from './signature.js';

const x = required('x', anything);

/** Those of the specification. */
export const listMethods: MethodTable<List> = new Map([
  method('append', [x], append),
  method('clear', [], clear),
  method('extend', [required('x', iterable)], extend),
  method('index', [x, optional('start', anything), optional('end', anything)], index),
  method('insert', [required('i', int), x], insert),
  method('pop', [optional('i', int)], pop),
  method('remove', [x], remove),
]);

/** With those that Python has beyond it. */
export const openListMethods: MethodTable<List> = new Map([
  ...listMethods,
  method('copy', [], copy),
  method('count', [x], count),
  method('reverse', [], reverse),
  ['sort', sort],
]);

function append({ budget }: Thread, list: List, item: Value): null {
  checkMutable(list, 'append to');
  chargeGrowth(budget, list.items.length, 1);
  budget.step(1);
  list.items.push(item);
  return null;
}

function clear({ budget }: Thread, list: List): null {
  checkMutable(list, 'clear');
  budget.step(1);
  list.items.length = 0;
  return null;
}

/** A list may be extended by itself: the count is taken before. */
function extend({ budget }: Thread, list: List, other: Iterable): null {
  checkMutable(list, 'extend');
  const items = iterate(budget, other);
  const count = items.length;
  chargeGrowth(budget, list.items.length, count);
  budget.step(count);
  for (let at = 0; at < count; at++) list.items.push(items[at]!);
  return null;
}

function index({ budget }: Thread, list: List, item: Value, start: Value = null, end: Value = null): number {
  const [low, high] = sliceBounds(list.items.length, start, end);
  const at = place(budget, list, item, low, high);
  if (at < 0) throw runtimeError('value not in list', 'test with "x in list" before').as('ValueError');
  return at;
}

function insert({ budget }: Thread, list: List, index: Integer, item: Value): null {
  checkMutable(list, 'insert into');
  const [at] = sliceBounds(list.items.length, index, null);
  chargeGrowth(budget, list.items.length, 1);
  budget.step(1);
  chargeShift(budget, list.items.length - at);
  list.items.splice(at, 0, item);
  return null;
}

function pop({ budget }: Thread, list: List, index: Integer = -1): Value {
  const { items } = list;
  const at = index < 0 ? clamped(index) + items.length : clamped(index);
  if (at < 0 || at >= items.length) throw outOfRange(index, items.length);
  checkMutable(list, 'pop from');
  chargeShift(budget, items.length - at);
  return at === items.length - 1 ? items.pop()! : items.splice(at, 1)[0]!;
}

function remove({ budget }: Thread, list: List, item: Value): null {
  checkMutable(list, 'remove from');
  const at = place(budget, list, item, 0, list.items.length);
  if (at < 0) throw runtimeError('element not found', 'test with "x in list" before').as('ValueError');
  chargeShift(budget, list.items.length - at);
  list.items.splice(at, 1);
  return null;
}

function copy({ budget }: Thread, list: List): List {
  chargeItems(budget, list.items.length);
  return new List(list.items.slice());
}

function count({ budget }: Thread, list: List, item: Value): number {
  budget.step(list.items.length);
  return list.items.reduce<number>((count, other) => (equals(budget, other, item) ? count + 1 : count), 0);
}

function reverse({ budget }: Thread, list: List): null {
  checkMutable(list, 'reverse');
  budget.step(list.items.length);
  list.items.reverse();
  return null;
}

const bindSort = signature('sort', [keyword('key', orNone(callable)), keyword('reverse', anything)]);

/** In place; the list must still be free to change when all keys are there. */
function sort(thread: Thread, list: List, args: Value[], names: readonly string[]): Eventual {
  const [key, reverse = false] = bindSort(args, names);
  checkMutable(list, 'sort');
  return sorted(thread, list, key, truth(reverse), (items) => {
    checkMutable(list, 'sort');
    list.items.length = 0;
    for (const item of items) list.items.push(item);
    return null;
  });
}

function place(budget: Budget, list: List, item: Value, low: number, high: number): number {
  for (let at = low; at < high; at++) {
    budget.step(1);
    if (equals(budget, list.items[at]!, item)) return at;
  }
  return -1;
}

/** Items are moved many at a time. */
function chargeShift(budget: Budget, count: number): void {
  budget.step(1 + Math.floor(count / 16));
}

function outOfRange(index: Integer, length: number): unknown {
  if (length === 0) return runtimeError(`index ${clamped(index)} out of range: empty list`).as('IndexError');
  return runtimeError(`index ${clamped(index)} out of range [${-length}:${length - 1}]`).as('IndexError');
}
