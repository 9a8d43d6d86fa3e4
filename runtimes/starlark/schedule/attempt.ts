/** `attempt(f, *args, **kwargs)`: calls, and answers how it went instead of failing. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import {
  Builtin,
  Callable,
  Struct,
  caughtValue,
  chargeEntries,
  chargeItems,
  isNoFunction,
  judge,
  sampleOf,
  typeName,
} from '../values/index.js';
import type { Budget, CallFault, GlimpsedCall, Value } from '../values/index.js';

/** Answers `struct(ok, value, error)`; limits and cancellation pass through. */
export const attempt = new Builtin(
  'attempt',
  (thread, args, names) => {
    const { budget } = thread;
    const callee = calleeOf(args, names);
    chargeItems(budget, args.length - 1);
    return thread.guard(
      callee,
      args.slice(1),
      names,
      (value) => struct(budget, { ok: true, value, error: null }),
      (error) => struct(budget, { ok: false, value: null, error: caughtValue(budget, error) }),
    );
  },
  true,
  undefined,
  check,
);

/** The first argument is a function, and the others are arguments that it takes. */
function check({ args, names, more }: GlimpsedCall): readonly CallFault[] {
  const [callee, ...passed] = args;
  if (args.length === names.length || callee === undefined)
    return more ? [] : [{ error: noFunction('nothing') }];
  if (isNoFunction(callee)) return [{ error: noFunction(typeName(sampleOf(callee)!)), argument: callee }];
  return judge(callee, { args: passed, names, more });
}

function calleeOf(args: readonly Value[], names: readonly string[]): Value {
  const callee = args.length > names.length ? args[0] : undefined;
  if (callee instanceof Callable) return callee;
  throw noFunction(callee === undefined ? 'nothing' : typeName(callee));
}

function noFunction(met: string): StarlarkError {
  return runtimeError(`attempt: got ${met}, want a function first`, 'attempt(f, x) calls f(x)');
}

function struct(budget: Budget, fields: Readonly<Record<string, Value>>): Struct {
  const entries = Object.entries(fields);
  chargeEntries(budget, entries.length);
  return new Struct(new Map(entries));
}
