/** Errors on their way out: who adds the position, and who adds the call. */
import { StarlarkError, runtimeError } from '../error.js';
import type { Budget } from '../values/index.js';
import type { FunctionCode } from './function-code.js';

/** Stands for the place of a call that a builtin made: the call of the builtin fills it in. */
export const INSIDE_BUILTIN = -1;

/** The error with its position, unless an inner node knew better. */
export function located(error: unknown, at: number): unknown {
  if (at !== INSIDE_BUILTIN && error instanceof StarlarkError && error.trace.length === 0) error.at ??= at;
  return error;
}

/** The error after it left a function of the script that was called at `at`. */
export function leaving(error: unknown, code: FunctionCode, at: number): unknown {
  if (error instanceof StarlarkError) {
    error.at ??= code.node.at;
    error.trace.push({ function: code.name, at });
  }
  return error;
}

/** The error after it left a builtin that was called at `at`. */
export function leavingBuiltin(error: unknown, at: number): unknown {
  if (at === INSIDE_BUILTIN || !(error instanceof StarlarkError)) return error;
  const { trace } = error;
  const last = trace.at(-1);
  if (last === undefined) error.at ??= at;
  else if (last.at === INSIDE_BUILTIN) trace[trace.length - 1] = { function: last.function, at };
  return error;
}

/** Throws a failure of the node at `at`. */
export function failAt(at: number, message: string, hint?: string): never {
  throw located(runtimeError(message, hint), at);
}

/** Grants the next slice of steps; answers whether the run should give way. */
export function overdrawn(budget: Budget, at: number): boolean {
  try {
    return budget.refill();
  } catch (error) {
    throw located(error, at);
  }
}

/** Charges a new value. */
export function allocateAt(budget: Budget, bytes: number, at: number): void {
  try {
    budget.allocate(bytes);
  } catch (error) {
    throw located(error, at);
  }
}
