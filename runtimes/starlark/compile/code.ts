/**
 * What a node compiles to: a closure over what is known of it, with the facts that the node around it
 * decides by. Each node has one form. It is *plain* when nothing below it can suspend, else
 * *suspending*: then it may answer PENDING.
 *
 * `weight` is the steps of one evaluation: one for each node that is evaluated whenever this one is.
 */
import type { Eventual, Value } from '../values/index.js';
import type { Completion } from './completion.js';
import type { Frame } from './frame.js';

/** An expression that answers at once. */
export interface PlainCode {
  readonly suspends: false;
  readonly weight: number;
  readonly run: (frame: Frame) => Value;
  /** For a local variable its place, so that the node around it reads it itself; for a constant -1; else 0. */
  readonly place: number;
  readonly constant: Value;
}

/** An expression that may answer PENDING. */
export interface SuspendingCode {
  readonly suspends: true;
  readonly weight: number;
  readonly run: (frame: Frame) => Eventual;
  readonly place: 0;
  readonly constant: null;
}

/** An expression. */
export type ExpressionCode = PlainCode | SuspendingCode;

/** A statement. */
export interface StatementCode {
  readonly suspends: boolean;
  /** Whether it may complete otherwise than normally. */
  readonly abrupt: boolean;
  readonly weight: number;
  readonly run: (frame: Frame) => Completion;
  /** The same for those who ignore the completion: only where it neither suspends nor is abrupt. */
  readonly act: (frame: Frame) => unknown;
}

/** An expression that nothing below can suspend. */
export function plain(weight: number, run: (frame: Frame) => Value): PlainCode {
  return { suspends: false, weight, run, place: 0, constant: null };
}

/** A variable of the frame at hand. `run` is for those who do not read the place themselves. */
export function local(place: number, run: (frame: Frame) => Value): PlainCode {
  return { suspends: false, weight: 1, run, place, constant: null };
}

/** A value that is known while compiling. */
export function constant(value: Value): PlainCode {
  return { suspends: false, weight: 1, run: () => value, place: -1, constant: value };
}

/** An expression with a call or a loop in it. */
export function suspending(weight: number, run: (frame: Frame) => Eventual): SuspendingCode {
  return { suspends: true, weight, run, place: 0, constant: null };
}

/** A statement that always completes normally, at once. */
export function action(weight: number, run: (frame: Frame) => undefined): StatementCode {
  return { suspends: false, abrupt: false, weight, run, act: run };
}

/** A statement that may suspend, or complete abruptly. */
export function statement(
  weight: number,
  facts: { readonly suspends: boolean; readonly abrupt: boolean },
  run: (frame: Frame) => Completion,
): StatementCode {
  return { suspends: facts.suspends, abrupt: facts.abrupt, weight, run, act: run };
}

/** Whether the block around it must look at how it completed. */
export function mustWatch(code: StatementCode): boolean {
  return code.suspends || code.abrupt;
}
