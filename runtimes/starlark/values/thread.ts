/**
 * What a builtin may ask of the machine that runs it: its budget, calling back into the script, and
 * waiting for the world. The scheduler implements it; values and builtins only know this face.
 *
 * Suspension: a call answers {@link PENDING} when something below it waits. Whoever gets PENDING
 * returns it at once, after pushing one continuation that goes on with the value when it is there.
 * `invoke` and `invokeEach` do that for builtins; a builtin that never calls back never sees it.
 */
import type { Budget } from './budget.js';
import type { StarlarkError } from '../error.js';
import type { CallCheck } from './glimpse.js';
import type { Value } from './value.js';

/** Stands for a value that is not there yet. Never a value of a script. */
export const PENDING: unique symbol = Symbol('pending');
/** The type of `PENDING`. */
export type Pending = typeof PENDING;

/** A value now, or later. */
export type Eventual = Value | Pending;

/** The machine, as a builtin sees it. */
export interface Thread {
  readonly budget: Budget;
  /**
   * Where in the script's text the call stands that runs now: of a builtin that another one calls, where that
   * was called.
   */
  readonly callSite: number | undefined;
  /** Where `print` goes. */
  print(line: string): void;
  /** Calls a function of any kind. `args` holds the positional arguments, then one for each of `names`. */
  call(callee: Value, args: Value[], names: readonly string[]): Eventual;
  /** Calls, then goes on with the result, now or later. */
  invoke(callee: Value, args: Value[], then: (result: Value) => Eventual): Eventual;
  /**
   * Calls once for each of `count` argument lists, in order, one after another, then goes on. `take`
   * sees each result and its index. Runs in a loop: no stack grows with `count`.
   */
  invokeEach(
    callee: Value,
    count: number,
    argsOf: (index: number) => Value[],
    take: (result: Value, index: number) => void,
    then: () => Eventual,
  ): Eventual;
  /** Calls, and hands an error that a script may catch to `caught` instead of passing it on. */
  guard(
    callee: Value,
    args: Value[],
    names: readonly string[],
    then: (result: Value) => Eventual,
    caught: (error: StarlarkError) => Eventual,
  ): Eventual;
  /** Lets the event loop breathe, then goes on: for long work, where the budget's `refill` says so. */
  giveWay(then: () => Eventual): Pending;
  /** Waits for a promise of a value; a rejection must be a StarlarkError. */
  wait(promise: Promise<Value>): Pending;
  /** Runs callables without arguments at the same time; results in order. The first error by index wins, after all have settled. */
  fork(callables: readonly Value[], then: (results: Value[]) => Eventual): Eventual;
}

/** A call's arguments as a builtin takes them: the positional ones, then one for each of `names`. */
export type BuiltinBody = (thread: Thread, args: Value[], names: readonly string[]) => Eventual;

/** A method's body; `self` is of the type in whose table it stands. */
export interface MethodBody<Self extends Value = Value> {
  (thread: Thread, self: Self, args: Value[], names: readonly string[]): Eventual;
  /** What is wrong with a call of it, as far as the text alone tells. */
  readonly check?: CallCheck;
}

/** No names: for calls without keyword arguments. */
export const NO_NAMES: readonly string[] = [];
