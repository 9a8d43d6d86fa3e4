/** `| & ^ -` on sets, and `|` on dicts: always a new one. */
import type { Budget } from './budget.js';
import { Dict } from './dict.js';
import { StarlarkSet } from './set.js';
import type { Value } from './value.js';

/** What is in either; the first one's order, then what is new. */
export function union(budget: Budget, x: StarlarkSet, y: StarlarkSet): StarlarkSet {
  return setOf(budget, [...x.items(), ...y.items()]);
}

/** What is in both, in the first one's order. */
export function intersection(budget: Budget, x: StarlarkSet, y: StarlarkSet): StarlarkSet {
  return setOf(budget, x.items(), (item) => y.has(budget, item));
}

/** What is in the first only. */
export function difference(budget: Budget, x: StarlarkSet, y: StarlarkSet): StarlarkSet {
  return setOf(budget, x.items(), (item) => !y.has(budget, item));
}

/** What is in just one of them: first those of the one, then those of the other. */
export function symmetricDifference(budget: Budget, x: StarlarkSet, y: StarlarkSet): StarlarkSet {
  const [inX, inY] = [x.items(), y.items()];
  return setOf(budget, [...inX, ...inY], (item) => x.has(budget, item) !== y.has(budget, item));
}

/** The entries of both; for a key of both, the first one's place and the second one's value. */
export function mergeDicts(budget: Budget, x: Dict, y: Dict): Dict {
  const result = new Dict();
  for (const dict of [x, y]) {
    budget.step(dict.size);
    for (const [key, value] of dict.entries()) result.set(budget, key, value);
  }
  return result;
}

function setOf(budget: Budget, items: readonly Value[], accepts?: (item: Value) => boolean): StarlarkSet {
  budget.step(items.length);
  const result = new StarlarkSet();
  for (const item of items) {
    if (accepts === undefined || accepts(item)) result.add(budget, item);
  }
  return result;
}
