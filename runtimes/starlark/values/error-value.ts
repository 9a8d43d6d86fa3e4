/** Errors as values: what `except` binds, what `attempt` answers, what `raise` takes. */
import { StarlarkError } from '../error.js';
import type { ErrorClassName } from '../error-class.js';
import type { Budget } from './budget.js';
import { Builtin, TypeBuiltin } from './builtin.js';
import type { BuiltinBody } from './thread.js';
import { Struct, Tuple } from './value.js';
import type { Value } from './value.js';

/** Bytes of an error value, besides its text. */
const ERROR_BYTES = 512;
/** The calls nearest to where it happened that an error keeps when it is raised again. */
const KEPT_CALLS = 64;

/** A struct of `code`, `message` and `tool`, whose text is its message. */
export class ErrorValue extends Struct {
  /** The error as which it was caught last. */
  origin: StarlarkError | null = null;

  constructor(
    readonly errorClass: ErrorClassName,
    readonly args: Tuple,
    code: string,
    readonly message: string,
    tool: string | null,
  ) {
    super(
      new Map([
        ['code', code],
        ['message', message],
        ['tool', tool],
      ]),
    );
  }
}

/** A class of errors as a value: called, it makes an error. */
export class ErrorClass extends TypeBuiltin {
  constructor(
    readonly errorClass: ErrorClassName,
    body: BuiltinBody,
  ) {
    super(new Builtin(errorClass, body), errorClass, new Map([['__name__', errorClass]]));
  }
}

/** An error that a script raised. */
class RaisedError extends StarlarkError {
  constructor(
    readonly value: ErrorValue,
    at: number,
  ) {
    const { origin, errorClass, message } = value;
    const text = message === '' ? errorClass : `${errorClass}: ${message}`;
    const { hint, tool } = origin ?? {};
    super(origin?.code ?? RAISED, origin?.message ?? text, {
      at: origin?.at ?? at,
      ...(hint !== undefined && { hint }),
      ...(tool !== undefined && { tool }),
    });
    this.as(errorClass);
    this.trace.push(...(origin?.trace.slice(0, KEPT_CALLS) ?? []));
  }
}

const RAISED = 'script/runtime';

/** A new error of a class; `message` is the text of its arguments. */
export function makeError(
  budget: Budget,
  errorClass: ErrorClassName,
  args: readonly Value[],
  message: string,
): ErrorValue {
  budget.allocate(ERROR_BYTES + 8 * args.length);
  return new ErrorValue(errorClass, new Tuple(args), RAISED, message, null);
}

/** An error that was caught, as a value: the one that was raised, if one was. */
export function caughtValue(budget: Budget, error: StarlarkError): ErrorValue {
  const value = error instanceof RaisedError ? error.value : valueOf(budget, error);
  value.origin = error;
  return value;
}

function valueOf(budget: Budget, { errorClass, code, message, tool }: StarlarkError): ErrorValue {
  budget.allocate(ERROR_BYTES);
  return new ErrorValue(errorClass, new Tuple([message]), code, message, tool ?? null);
}

/** What `raise` at this place throws. An error that was caught before keeps its code and place. */
export function raised(budget: Budget, value: ErrorValue, at: number): StarlarkError {
  budget.allocate(ERROR_BYTES + 2 * value.message.length);
  return new RaisedError(value, at);
}
