/**
 * Makes builtins and methods from a name, a row of parameters and what they do.
 *
 * What they throw begins with their name, so that a body says only what went wrong. Bodies that call back
 * into the script are the exception: an error that passes through them is not theirs to rename.
 */
import { StarlarkError } from '../error.js';
import { Builtin } from '../values/index.js';
import type { BuiltinBody, Eventual, MethodBody, Thread, Value } from '../values/index.js';
import { callCheck } from './call-check.js';
import type { Bound, Parameter } from './parameter.js';
import { signature } from './signature.js';

/** The methods of one type by name. */
export type MethodTable<Self extends Value> = ReadonlyMap<string, MethodBody<Self>>;

/** What a builtin does, for a call that knows no more of its parameters than their number: spreading takes longer. */
type Act = (thread: Thread, ...values: Bound<readonly Parameter[]>) => Value;
/** The same of a method. */
type MethodAct<Self> = (thread: Thread, self: Self, ...values: Bound<readonly Parameter[]>) => Value;

/** A builtin that never calls back and never waits. */
export function builtin<const P extends readonly Parameter[]>(
  name: string,
  parameters: P,
  act: (thread: Thread, ...values: Bound<P>) => Value,
): Builtin {
  const bind = signature(name, parameters);
  const run = act as Act;
  const body: BuiltinBody = (thread, args, names) => {
    const values = bind(args, names);
    try {
      switch (values.length) {
        case 1:
          return run(thread, values[0]);
        case 2:
          return run(thread, values[0], values[1]);
        default:
          return run(thread, ...values);
      }
    } catch (error) {
      throw named(error, name);
    }
  };
  return new Builtin(name, body, false, undefined, callCheck(name, parameters));
}

/** A builtin that calls functions of the script, which may wait. */
export function callingBuiltin<const P extends readonly Parameter[]>(
  name: string,
  parameters: P,
  act: (thread: Thread, ...values: Bound<P>) => Eventual,
): Builtin {
  const bind = signature(name, parameters);
  const body: BuiltinBody = (thread, args, names) => act(thread, ...bind(args, names));
  return new Builtin(name, body, true, undefined, callCheck(name, parameters));
}

/** A row of a method table. */
export function method<Self extends Value, const P extends readonly Parameter[]>(
  name: string,
  parameters: P,
  act: (thread: Thread, self: Self, ...values: Bound<P>) => Value,
): [name: string, body: MethodBody<Self>] {
  const bind = signature(name, parameters);
  const run = act as MethodAct<Self>;
  const body = (thread: Thread, self: Self, args: Value[], names: readonly string[]): Value => {
    const values = bind(args, names);
    try {
      switch (values.length) {
        case 0:
          return run(thread, self);
        case 1:
          return run(thread, self, values[0]);
        case 2:
          return run(thread, self, values[0], values[1]);
        default:
          return run(thread, self, ...values);
      }
    } catch (error) {
      throw named(error, name);
    }
  };
  return [name, Object.assign(body, { check: callCheck(name, parameters) })];
}

/** Does a part of a {@link callingBuiltin} that does not call back: its errors begin with the name, too. */
export function naming<T>(name: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw named(error, name);
  }
}

/** The builtins of a scope or a module, each under the last part of its name. */
export function byName(builtins: readonly Builtin[]): [name: string, builtin: Builtin][] {
  return builtins.map((builtin) => [builtin.name.slice(builtin.name.lastIndexOf('.') + 1), builtin]);
}

/** Puts the name before an error of the script; limits and the like stay as they are. */
function named(error: unknown, name: string): unknown {
  if (!(error instanceof StarlarkError) || error.code !== 'script/runtime') return error;
  if (error.message.startsWith(`${name}: `)) return error;
  return new StarlarkError(error.code, `${name}: ${error.message}`, {
    ...(error.hint !== undefined && { hint: error.hint }),
  }).as(error.errorClass);
}
