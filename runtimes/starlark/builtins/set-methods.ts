/** Methods of sets (specification: "built-in methods", set·…). */
import { runtimeError } from '../error.js';
import {
  StarlarkSet,
  checkMutable,
  difference as without,
  intersection as common,
  isIterable,
  isSubset,
  iterate,
  symmetricDifference,
  typeName,
} from '../values/index.js';
import type { Budget, Thread, Value } from '../values/index.js';
import { method } from './definition.js';
import type { MethodTable } from './definition.js';
import { anything, iterable, required, rest } from './parameter.js';
import type { Iterable } from './parameter.js';

const x = required('x', anything);
const other = required('x', iterable);
const others = rest('others', anything);

/** Those of the specification. */
export const setMethods: MethodTable<StarlarkSet> = new Map([
  method('add', [x], add),
  method('clear', [], clear),
  method('difference', [others], difference),
  method('difference_update', [others], differenceUpdate),
  method('discard', [x], discard),
  method('intersection', [others], intersection),
  method('intersection_update', [others], intersectionUpdate),
  method('isdisjoint', [other], isdisjoint),
  method('issubset', [other], issubset),
  method('issuperset', [other], issuperset),
  method('pop', [], pop),
  method('remove', [x], remove),
  method('symmetric_difference', [other], symmetric),
  method('symmetric_difference_update', [other], symmetricUpdate),
  method('union', [others], union),
  method('update', [others], update),
]);

/** With those that Python has beyond it. */
export const openSetMethods: MethodTable<StarlarkSet> = new Map([...setMethods, method('copy', [], copy)]);

function add({ budget }: Thread, set: StarlarkSet, item: Value): null {
  set.add(budget, item);
  return null;
}

function clear({ budget }: Thread, set: StarlarkSet): null {
  budget.step(1);
  if (set.size > 0) set.clear();
  return null;
}

function discard({ budget }: Thread, set: StarlarkSet, item: Value): null {
  set.delete(budget, item);
  return null;
}

function remove({ budget }: Thread, set: StarlarkSet, item: Value): null {
  if (!set.delete(budget, item))
    throw runtimeError('missing key', 's.discard(x) does nothing instead').as('KeyError');
  return null;
}

/** Finding the first item costs more the more have been deleted before it. */
function pop({ budget }: Thread, set: StarlarkSet): Value {
  budget.step(1 + Math.floor(set.size / 16));
  const first = set.first();
  if (first === undefined) throw runtimeError('empty set').as('KeyError');
  set.delete(budget, first);
  return first;
}

function copy({ budget }: Thread, set: StarlarkSet): StarlarkSet {
  return setOf(budget, set);
}

function union({ budget }: Thread, set: StarlarkSet, others: readonly Value[]): StarlarkSet {
  const result = setOf(budget, set);
  addAll(budget, result, others);
  return result;
}

function update({ budget }: Thread, set: StarlarkSet, others: readonly Value[]): null {
  checkMutable(set, 'insert into');
  addAll(budget, set, others);
  return null;
}

function difference({ budget }: Thread, set: StarlarkSet, others: readonly Value[]): StarlarkSet {
  return sets(budget, others).reduce((left, other) => without(budget, left, other), setOf(budget, set));
}

function differenceUpdate(thread: Thread, set: StarlarkSet, others: readonly Value[]): null {
  return become(thread, set, difference(thread, set, others));
}

function intersection({ budget }: Thread, set: StarlarkSet, others: readonly Value[]): StarlarkSet {
  return sets(budget, others).reduce((left, other) => common(budget, left, other), setOf(budget, set));
}

function intersectionUpdate(thread: Thread, set: StarlarkSet, others: readonly Value[]): null {
  return become(thread, set, intersection(thread, set, others));
}

function symmetric({ budget }: Thread, set: StarlarkSet, other: Iterable): StarlarkSet {
  return symmetricDifference(budget, set, asSet(budget, other));
}

function symmetricUpdate(thread: Thread, set: StarlarkSet, other: Iterable): null {
  return become(thread, set, symmetric(thread, set, other));
}

function isdisjoint({ budget }: Thread, set: StarlarkSet, other: Iterable): boolean {
  return iterate(budget, other).every((item) => !set.has(budget, item));
}

function issubset({ budget }: Thread, set: StarlarkSet, other: Iterable): boolean {
  return isSubset(budget, set, asSet(budget, other));
}

function issuperset({ budget }: Thread, set: StarlarkSet, other: Iterable): boolean {
  return iterate(budget, other).every((item) => set.has(budget, item));
}

/** A new set of the items. */
export function setOf(budget: Budget, items: Iterable): StarlarkSet {
  const result = new StarlarkSet();
  for (const item of iterate(budget, items)) result.add(budget, item);
  return result;
}

function addAll(budget: Budget, set: StarlarkSet, others: readonly Value[]): void {
  for (const other of iterables(budget, others)) {
    for (const item of iterate(budget, other)) set.add(budget, item);
  }
}

function sets(budget: Budget, others: readonly Value[]): StarlarkSet[] {
  return iterables(budget, others).map((other) => asSet(budget, other));
}

function asSet(budget: Budget, other: Iterable): StarlarkSet {
  return other instanceof StarlarkSet ? other : setOf(budget, other);
}

function iterables(budget: Budget, others: readonly Value[]): readonly Iterable[] {
  others.forEach((other, at) => {
    if (!isIterable(budget, other))
      throw runtimeError(`argument #${at + 1} is not iterable: ${typeName(other)}`);
  });
  return others as readonly Iterable[];
}

/** Gives a set the items of a result; what is left keeps its order. */
function become({ budget }: Thread, set: StarlarkSet, result: StarlarkSet): null {
  checkMutable(set, 'change');
  budget.step(set.size);
  set.clear();
  for (const item of iterate(budget, result)) set.add(budget, item);
  return null;
}
