/** `raise` and `assert`. */
import { runtimeError } from '../error.js';
import type { AssertStatement, RaiseStatement } from '../syntax/tree.js';
import { ErrorClass, ErrorValue, PENDING, makeError, raised, str, typeName } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import { charged, single } from './branch.js';
import { action, constant, statement } from './code.js';
import type { ExpressionCode, StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import { located } from './failure.js';
import type { Frame } from './frame.js';

/** Ends in the error; without one, in the error that the `except` around it caught. */
export function raiseCode(compiler: Compiler, { at, error }: RaiseStatement): StatementCode {
  const { budget, caughtPlace } = compiler;
  const raise = (value: Value): never => fail(at, () => raised(budget, errorOf(budget, value), at));
  if (error !== null) return failing(compiler, compiler.expression(error), raise);
  return statement(1, ABRUPT, (frame: Frame) => raise(frame[caughtPlace] as Value));
}

/** The message is evaluated only where the condition does not hold. */
export function assertCode(compiler: Compiler, { at, condition, message }: AssertStatement): StatementCode {
  const { budget } = compiler;
  const raise = (value: Value): never =>
    fail(at, () => raised(budget, assertion(budget, value, message !== null), at));
  const text = message === null ? constant(null) : compiler.expression(message);
  const no = charged(compiler, failing(compiler, text, raise), at);
  const yes = action(0, () => undefined);
  return single(compiler, { condition: compiler.expression(condition), body: yes, at }, no);
}

const ABRUPT = { suspends: false, abrupt: true };

function failing(compiler: Compiler, code: ExpressionCode, raise: (value: Value) => never): StatementCode {
  const { machine } = compiler;
  const { suspends, weight, run } = code;
  return statement(weight + 1, { suspends, abrupt: true }, (frame) => {
    const value = run(frame);
    return value === PENDING ? machine.later(raise) : raise(value);
  });
}

function fail(at: number, make: () => unknown): never {
  let error: unknown;
  try {
    error = make();
  } catch (fault) {
    error = fault;
  }
  throw located(error, at);
}

function errorOf(budget: Budget, value: Value): ErrorValue {
  if (value instanceof ErrorValue) return value;
  if (value instanceof ErrorClass) return makeError(budget, value.errorClass, [], '');
  throw runtimeError(`raise: got ${typeName(value)}, want an error`, 'write raise Exception("…")');
}

function assertion(budget: Budget, message: Value, given: boolean): ErrorValue {
  return makeError(budget, 'AssertionError', given ? [message] : [], given ? str(budget, message) : '');
}
