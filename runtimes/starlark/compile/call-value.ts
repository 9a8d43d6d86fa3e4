/** Calls of values of which nothing is known but at run time. */
import { runtimeError } from '../error.js';
import { Builtin, PENDING, typeName } from '../values/index.js';
import type { BuiltinBody, Eventual, MethodBody, Value } from '../values/index.js';
import { bindArguments, exactFrame } from './arguments.js';
import { SuspendedBuiltin, enter } from './enter.js';
import { INSIDE_BUILTIN, leavingBuiltin, located } from './failure.js';
import type { Frame } from './frame.js';
import { Closure } from './function-code.js';
import type { Machine } from './machine.js';

/** Calls any value; `args` holds the positional arguments, then one for each of `names`. */
export function callValue(
  machine: Machine,
  callee: Value,
  args: Value[],
  names: readonly string[],
  at: number,
): Eventual {
  if (callee instanceof Closure)
    return enter(machine, callee.code, bound(machine, callee, args, names, at), at);
  if (callee instanceof Builtin) return callBuiltin(machine, callee.body, args, names, at);
  throw notCallable(callee, at);
}

function bound(
  machine: Machine,
  callee: Closure,
  args: Value[],
  names: readonly string[],
  at: number,
): Frame {
  if (names.length === 0 && args.length === callee.code.exact) return exactFrame(callee, args);
  try {
    return bindArguments(machine.budget, callee, args, names);
  } catch (error) {
    throw located(error, at);
  }
}

/** Calls a builtin that may wait, or call back. A host function that returns nothing answers None. */
export function callBuiltin(
  machine: Machine,
  body: BuiltinBody,
  args: Value[],
  names: readonly string[],
  at: number,
): Eventual {
  const { site } = machine;
  if (at !== INSIDE_BUILTIN) machine.site = at;
  let result: Eventual;
  try {
    result = body(machine, args, names) ?? null;
  } catch (error) {
    throw leavingBuiltin(error, at);
  } finally {
    machine.site = site;
  }
  return result === PENDING ? machine.unwind(new SuspendedBuiltin(at)) : result;
}

/** Calls a builtin that is known to answer at once. */
export function callPlainBuiltin(
  machine: Machine,
  body: BuiltinBody,
  args: Value[],
  names: readonly string[],
  at: number,
): Value {
  try {
    return (body(machine, args, names) as Value) ?? null;
  } catch (error) {
    throw leavingBuiltin(error, at);
  }
}

/** Calls a method of a type on one of its values. */
export function callMethod(
  machine: Machine,
  body: MethodBody,
  self: Value,
  args: Value[],
  names: readonly string[],
  at: number,
): Eventual {
  let result: Eventual;
  try {
    result = body(machine, self, args, names);
  } catch (error) {
    throw leavingBuiltin(error, at);
  }
  return result === PENDING ? machine.unwind(new SuspendedBuiltin(at)) : result;
}

function notCallable(callee: Value, at: number): unknown {
  if (at === INSIDE_BUILTIN) return runtimeError(`invalid call of non-function (${typeName(callee)})`);
  return located(runtimeError(`invalid call of non-function (${typeName(callee)})`), at);
}
