/** `map` and `filter`, which answer lists here. */
import { List, truth } from '../values/index.js';
import type { Callable, Eventual, Thread, Value } from '../values/index.js';
import { copyOf } from './copy.js';
import { callingBuiltin, naming } from './definition.js';
import { anything, callable, iterable, orNone, required, rest } from './parameter.js';
import type { Iterable } from './parameter.js';
import { rowsOf } from './rows.js';

/** For the open dialect: the specification has neither. */
export const mapping = [
  callingBuiltin('filter', [required('function', orNone(callable)), required('iterable', iterable)], filter),
  callingBuiltin('map', [required('function', callable), rest('iterables', anything)], map),
];

/** Without a function: the items that are true. */
function filter(thread: Thread, test: Callable | null, iterable: Iterable): Eventual {
  const items = copyOf(thread.budget, iterable);
  if (test === null) return new List(items.filter(truth));
  const kept: Value[] = [];
  return thread.invokeEach(
    test,
    items.length,
    (at) => [items[at]!],
    (result, at) => {
      if (truth(result)) kept.push(items[at]!);
    },
    () => new List(kept),
  );
}

/** Goes as far as the shortest of the sequences. */
function map(thread: Thread, callee: Callable, iterables: readonly Value[]): Eventual {
  const rows = naming('map', () => rowsOf(thread.budget, iterables));
  const results: Value[] = [];
  return thread.invokeEach(
    callee,
    rows.length,
    (at) => rows[at]!,
    (result) => results.push(result),
    () => new List(results),
  );
}
