/** `del x[i]` and `del x[low:high:step]`. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { Dict } from './dict.js';
import { place } from './element.js';
import { missingKey } from './missing-key.js';
import { typeName } from './kind.js';
import { checkMutable } from './mutation.js';
import { sliceExtent } from './slice.js';
import { List } from './value.js';
import type { Value } from './value.js';

/** Takes an item out of a list, or a key out of a dict. */
export function deleteIndex(budget: Budget, x: Value, i: Value): void {
  if (x instanceof Dict) {
    if (x.delete(budget, i) === undefined) throw missingKey(budget, x, i);
  } else if (x instanceof List) {
    const at = place(x, x.items.length, i);
    checkMutable(x, 'delete from');
    budget.step(x.items.length - at);
    x.items.splice(at, 1);
  } else {
    throw undeletable(x);
  }
}

/** Takes a slice out of a list. */
export function deleteSlice(budget: Budget, x: Value, low: Value, high: Value, step: Value): void {
  if (!(x instanceof List)) throw undeletable(x);
  const { items } = x;
  const { start, step: stride, count } = sliceExtent(items.length, low, high, step);
  checkMutable(x, 'delete from');
  budget.step(items.length);
  if (count === 0) return;
  const last = start + stride * (count - 1);
  const [first, distance] = stride > 0 ? [start, stride] : [last, -stride];
  closeGaps(items, first, distance, count);
}

/** Moves what stays over what goes: `count` items from `first` on, each so far from the one before. */
function closeGaps(items: Value[], first: number, distance: number, count: number): void {
  let to = first;
  let gone = 0;
  for (let from = first; from < items.length; from++) {
    if (gone < count && from === first + gone * distance) gone++;
    else items[to++] = items[from]!;
  }
  items.length = to;
}

function undeletable(x: Value): unknown {
  return runtimeError(`${typeName(x)} value does not support deleting its elements`);
}
