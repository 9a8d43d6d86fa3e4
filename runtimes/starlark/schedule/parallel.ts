/** `parallel([f, g, …])`: calls functions at the same time; their results in order. */
import { runtimeError } from '../error.js';
import { Builtin, Callable, List, Tuple, sequenceBytes, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';

/** The first error by index is the call's, after all have settled. */
export const parallel = new Builtin(
  'parallel',
  (thread, args, names) =>
    thread.fork(callablesOf(args, names), (results) => {
      thread.budget.allocate(sequenceBytes(results.length));
      return new List(results);
    }),
  true,
);

const HINT = 'parallel([lambda: f(1), lambda: f(2)])';

function callablesOf(args: readonly Value[], names: readonly string[]): readonly Value[] {
  if (names.length > 0) throw runtimeError(`parallel: unexpected keyword argument ${names[0]!}`, HINT);
  const [functions] = args;
  if (args.length !== 1) {
    throw runtimeError(`parallel: got ${String(args.length)} arguments, want one list of functions`, HINT);
  }
  if (!(functions instanceof List || functions instanceof Tuple)) {
    throw runtimeError(`parallel: got ${typeName(functions!)}, want a list of functions`, HINT);
  }
  functions.items.forEach((item, index) => {
    if (!(item instanceof Callable)) {
      throw runtimeError(`parallel: got ${typeName(item)} at index ${String(index)}, want a function`, HINT);
    }
  });
  return functions.items.slice();
}
