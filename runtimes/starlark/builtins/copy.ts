/** The items of an iterable in an array of one's own. */
import { List, Tuple, chargeItems, iterate } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import type { Iterable } from './parameter.js';

/** A new array, charged as the list that it will be. */
export function copyOf(budget: Budget, iterable: Iterable): Value[] {
  const items = iterate(budget, iterable);
  if (!(iterable instanceof List || iterable instanceof Tuple)) return items as Value[];
  chargeItems(budget, items.length);
  return items.slice();
}
