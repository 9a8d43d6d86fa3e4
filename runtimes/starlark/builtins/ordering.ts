/** `sorted`, `min` and `max`: builtins that may ask a function of the script for keys. */
import { runtimeError } from '../error.js';
import {
  List,
  chargeItems,
  compare,
  isIterable,
  iterationHint,
  iterate,
  sequenceBytes,
  truth,
  typeName,
} from '../values/index.js';
import type { Budget, Builtin, Callable, Eventual, Thread, Value } from '../values/index.js';
import { copyOf } from './copy.js';
import { callingBuiltin, naming } from './definition.js';
import {
  anything,
  bool,
  callable,
  iterable,
  keyword,
  named,
  optional,
  orNone,
  required,
  rest,
} from './parameter.js';
import type { Iterable } from './parameter.js';
import { sortByKeys, sortValues } from './sorting.js';

const values = rest('values', anything);
const key = keyword('key', callable);

/** One end of an order. */
type Extreme = 'min' | 'max';

/** Those of the specification. */
export const ordering: readonly Builtin[] = [
  callingBuiltin('max', [values, key], (thread, args, key) => extreme(thread, 'max', args, key)),
  callingBuiltin('min', [values, key], (thread, args, key) => extreme(thread, 'min', args, key)),
  callingBuiltin(
    'sorted',
    [
      named(required('iterable', iterable)),
      named(optional('key', callable)),
      named(optional('reverse', bool)),
    ],
    (thread, iterable, key, reverse) => sorted(thread, iterable, key, reverse, (items) => new List(items)),
  ),
];

/** `min` and `max` with what to answer for an empty sequence; None as key is no key. */
export const openOrdering: readonly Builtin[] = [
  ...(['max', 'min'] as const).map((which) =>
    callingBuiltin(
      which,
      [values, keyword('key', orNone(callable)), keyword('default', anything)],
      (thread, args, key, byDefault) => extreme(thread, which, args, key ?? undefined, byDefault),
    ),
  ),
  callingBuiltin(
    'sorted',
    [
      named(required('iterable', iterable)),
      named(optional('key', orNone(callable))),
      named(optional('reverse', anything)),
    ],
    (thread, iterable, key, reverse = false) =>
      sorted(thread, iterable, key, truth(reverse), (items) => new List(items)),
  ),
];

/** Sorts a copy of the items, then goes on with it. */
export function sorted(
  thread: Thread,
  iterable: Iterable,
  key: Callable | null | undefined,
  reverse: boolean | undefined,
  then: (items: Value[]) => Value,
): Eventual {
  const { budget } = thread;
  const items = naming('sorted', () => copyOf(budget, iterable));
  if (key === undefined || key === null) return sortValues(thread, items, reverse ?? false, then);
  budget.allocate(sequenceBytes(items.length));
  const keys: Value[] = [];
  return thread.invokeEach(
    key,
    items.length,
    (at) => [items[at]!],
    (result) => keys.push(result),
    () => sortByKeys(thread, items, keys, reverse ?? false, then),
  );
}

function extreme(
  thread: Thread,
  which: Extreme,
  args: readonly Value[],
  key?: Callable,
  byDefault?: Value,
): Eventual {
  if (args.length === 0) throw runtimeError(`${which} requires at least one positional argument`);
  const items = naming(which, () => candidates(thread.budget, args));
  if (items.length === 0) {
    if (byDefault !== undefined) return byDefault;
    throw runtimeError(`${which}: argument is an empty sequence`).as('ValueError');
  }
  const best = new Best(thread.budget, which);
  if (key === undefined) {
    items.forEach((item, at) => best.see(item, at));
    return items[best.at]!;
  }
  chargeItems(thread.budget, items.length);
  const own = items.slice();
  return thread.invokeEach(
    key,
    own.length,
    (at) => [own[at]!],
    (result, at) => best.see(result, at),
    () => own[best.at]!,
  );
}

/** One argument is the sequence; of several, each is an item. */
function candidates(budget: Budget, args: readonly Value[]): readonly Value[] {
  const [only] = args;
  if (args.length > 1 || only === undefined) return args;
  if (!isIterable(budget, only))
    throw runtimeError(`${typeName(only)} value is not iterable`, iterationHint(only));
  return iterate(budget, only);
}

/** The extreme of the values seen so far: the first of those that are equal. */
class Best {
  at = 0;
  private value: Value | undefined;

  constructor(
    private readonly budget: Budget,
    private readonly which: Extreme,
  ) {}

  see(value: Value, at: number): void {
    this.budget.step(1);
    if (this.value !== undefined && !this.isBeatenBy(value, this.value)) return;
    this.value = value;
    this.at = at;
  }

  private isBeatenBy(value: Value, best: Value): boolean {
    const { budget, which } = this;
    if (typeof value === 'number' && typeof best === 'number')
      return which === 'max' ? value > best : value < best;
    return naming(which, () =>
      which === 'max' ? compare(budget, value, best, '>') > 0 : compare(budget, value, best, '<') < 0,
    );
  }
}
