/** `parallel([f, g, …])`: calls functions at the same time; their results in order. */
import { StarlarkError, runtimeError } from '../error.js';
import {
  Builtin,
  Callable,
  List,
  NO_NAMES,
  Tuple,
  isNoFunction,
  judge,
  sampleOf,
  sequenceBytes,
  typeName,
} from '../values/index.js';
import type { CallFault, Glimpse, GlimpsedCall, Value } from '../values/index.js';

/** The first error by index is the call's, after all have settled. */
export const parallel = new Builtin(
  'parallel',
  (thread, args, names) =>
    thread.fork(callablesOf(args, names), (results) => {
      thread.budget.allocate(sequenceBytes(results.length));
      return new List(results);
    }),
  true,
  undefined,
  check,
);

const HINT = 'parallel([lambda: f(1), lambda: f(2)])';

/** One list of functions that take no arguments. */
function check({ args, names, more }: GlimpsedCall): readonly CallFault[] {
  const [functions] = args;
  if (names.length > 0)
    return [{ error: unexpectedName(names[0]!), argument: args[args.length - names.length]! }];
  if (functions === undefined) return more ? [] : [{ error: wrongCount(0) }];
  if (args.length > 1) return [{ error: wrongCount(args.length), argument: args[1]! }];
  if (functions.kind === 'each') return itemFaults(functions.item, null);
  if (functions.kind === 'list' || functions.kind === 'tuple') return functions.items.flatMap(itemFaults);
  const sample = sampleOf(functions);
  return sample === undefined || isSequence(sample) ? [] : [{ error: noList(sample), argument: functions }];
}

function itemFaults(item: Glimpse, index: number | null): CallFault[] {
  if (isNoFunction(item)) return [{ error: noFunction(sampleOf(item)!, index), argument: item }];
  return judge(item, { args: [], names: NO_NAMES, more: false }).map(({ error }) => ({
    error: new StarlarkError(error.code, `parallel: ${error.message}`, {
      hint: 'it is called without arguments: write lambda: f(x), or lambda x=x: f(x) within a loop',
      ...(error.tool !== undefined && { tool: error.tool }),
    }),
    argument: item,
  }));
}

function callablesOf(args: readonly Value[], names: readonly string[]): readonly Value[] {
  const [functions] = args;
  if (names.length > 0) throw unexpectedName(names[0]!);
  if (args.length !== 1) throw wrongCount(args.length);
  if (!isSequence(functions!)) throw noList(functions!);
  functions.items.forEach((item, index) => {
    if (!(item instanceof Callable)) throw noFunction(item, index);
  });
  return functions.items.slice();
}

function isSequence(value: Value): value is List | Tuple {
  return value instanceof List || value instanceof Tuple;
}

function unexpectedName(name: string): StarlarkError {
  return runtimeError(`parallel: unexpected keyword argument ${name}`, HINT);
}

function wrongCount(given: number): StarlarkError {
  return runtimeError(`parallel: got ${String(given)} arguments, want one list of functions`, HINT);
}

function noList(met: Value): StarlarkError {
  return runtimeError(`parallel: got ${typeName(met)}, want a list of functions`, HINT);
}

function noFunction(met: Value, index: number | null): StarlarkError {
  const where = index === null ? '' : ` at index ${String(index)}`;
  return runtimeError(`parallel: got ${typeName(met)}${where}, want a function`, HINT);
}
