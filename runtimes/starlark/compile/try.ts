/**
 * `try`, `except`, `else`, `finally`.
 *
 * The body is protected by the handlers; what comes of both is protected by `finally`, which runs on every
 * way out but that of an error that no script catches: after a limit nothing of the script runs.
 */
import type { StarlarkError } from '../error.js';
import type { ErrorHandler, Statement, TryStatement } from '../syntax/tree.js';
import { PENDING, caughtValue } from '../values/index.js';
import type { Value } from '../values/index.js';
import { charged } from './branch.js';
import { statement } from './code.js';
import type { StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import type { Completion } from './completion.js';
import { located } from './failure.js';
import type { Frame } from './frame.js';
import { protectedRun } from './protection.js';
import { targetOf } from './target.js';

/** The body weighs with the statements around it; all else is charged when it is reached. */
export function tryCode(compiler: Compiler, node: TryStatement): StatementCode {
  const body = compiler.block(node.body);
  const handled = node.handlers.length > 0 ? handledCode(compiler, node, body) : body;
  const whole = node.finally.length > 0 ? finishedCode(compiler, node, handled) : handled;
  return { ...whole, weight: body.weight + 1 };
}

function blockOf(compiler: Compiler, statements: readonly Statement[], at: number): StatementCode {
  return charged(compiler, compiler.block(statements), at);
}

function factsOf(codes: readonly StatementCode[]) {
  return {
    suspends: codes.some((code) => code.suspends),
    abrupt: codes.some((code) => code.abrupt),
  };
}

// ── except ──────────────────────────────────────────────────────────────────────────────────────

/** A handler: which errors it takes, and what it does with one. */
interface Handler {
  readonly body: StatementCode;
  readonly takes: (error: StarlarkError) => boolean;
  readonly handle: (frame: Frame, error: StarlarkError) => Completion;
}

/** The body, then `else`, which is not protected; or the first handler that takes the error. */
function handledCode(compiler: Compiler, node: TryStatement, body: StatementCode): StatementCode {
  const { budget } = compiler;
  const handlers = node.handlers.map((handler) => handlerOf(compiler, handler));
  const orElse = blockOf(compiler, node.orElse, node.at);
  const then = (frame: Frame, completion: Completion): Completion =>
    completion === undefined ? orElse.run(frame) : completion;
  const caught = (frame: Frame, error: StarlarkError): Completion => {
    for (const { takes, handle } of handlers) {
      budget.step(1);
      if (takes(error)) return handle(frame, error);
    }
    throw error;
  };
  const facts = factsOf([body, orElse, ...handlers.map((handler) => handler.body)]);
  return statement(0, facts, protectedRun(compiler.machine, body.run, then, caught));
}

function handlerOf(compiler: Compiler, { at, classes, name, body: statements }: ErrorHandler): Handler {
  const { caughtPlace } = compiler;
  const place = compiler.hiddenPlace();
  const names = classes === null ? null : [...new Set(classes.map((each) => each.name))];
  const target = name === null ? null : targetOf(compiler, name, at);
  compiler.caughtPlace = place;
  const body = blockOf(compiler, statements, at);
  compiler.caughtPlace = caughtPlace;
  return {
    body,
    takes: (error) => names === null || names.some((each) => error.counts(each)),
    handle: (frame, error) => {
      const value = errorAt(compiler, error, at);
      frame[place] = value;
      target?.assign(frame, value);
      return body.run(frame);
    },
  };
}

function errorAt(compiler: Compiler, error: StarlarkError, at: number): Value {
  try {
    return caughtValue(compiler.budget, error);
  } catch (limit) {
    throw located(limit, at);
  }
}

// ── finally ─────────────────────────────────────────────────────────────────────────────────────

/**
 * How `finally` completes abruptly is how the whole does; else what was under way goes on. Within an
 * `except`, a `raise` without an error means the one that is under way here, if there is one.
 */
function finishedCode(compiler: Compiler, node: TryStatement, inner: StatementCode): StatementCode {
  const { machine, caughtPlace } = compiler;
  const place = caughtPlace === 0 ? 0 : compiler.hiddenPlace();
  compiler.caughtPlace = place;
  const ending = blockOf(compiler, node.finally, node.at);
  compiler.caughtPlace = caughtPlace;
  const then = (frame: Frame, completion: Completion): Completion => {
    if (place > 0) frame[place] = frame[caughtPlace];
    const last = ending.run(frame);
    if (last === PENDING) return machine.after((later) => (later === undefined ? completion : later));
    return last === undefined ? completion : last;
  };
  const caught = (frame: Frame, error: StarlarkError): Completion => {
    if (place > 0) frame[place] = errorAt(compiler, error, node.at);
    const last = ending.run(frame);
    if (last === PENDING) return machine.after((later) => passedOn(error, later));
    return passedOn(error, last);
  };
  return statement(0, factsOf([inner, ending]), protectedRun(machine, inner.run, then, caught));
}

function passedOn(error: StarlarkError, last: Completion): Completion {
  if (last === undefined) throw error;
  return last;
}
