/**
 * What compiled code asks of the machine that runs it, beyond what builtins ask.
 *
 * When a call answers PENDING, every node on the way out keeps one resumption, innermost first, and
 * answers PENDING too. What was kept is the stack of the branch: the machine goes on by handing the
 * value to the innermost, its answer to the next one, and so on. A resumption is used at most once.
 */
import type { StarlarkError } from '../error.js';
import type { Pending, Thread, Value } from '../values/index.js';
import type { Completion } from './completion.js';
import type { FunctionCode } from './function-code.js';

/** Goes on with what a statement completed with; never PENDING. */
export type Continuation = (completion: Completion) => Completion;

/** A resumption that also has something to do when an error unwinds the branch. */
export interface Unwinding {
  resume(completion: Completion): Completion;
  /** Passes the error on by throwing it, or answers it. */
  fail(error: StarlarkError): Completion;
}

/**
 * The machine, as compiled code sees it.
 *
 * What goes on later is handed over with what it is given, `later(goOn, frame)`, not as a function made
 * on the spot: a node would allocate whatever it captures each time it runs, also when nothing waits.
 */
export interface Machine extends Thread {
  /** Calls within calls in the branch that runs. */
  depth: number;
  /** Where the builtin was called that runs now; `INSIDE_BUILTIN` while none does, or one that was waiting. */
  site: number;
  readonly maximumDepth: number;
  /** The depth at which the stack of JavaScript is tall enough, or the greatest depth allowed. */
  readonly roof: number;
  /** A call at this depth goes on from the stack of the branch: the stack of JavaScript is empty again. */
  backAt(depth: number): void;
  /** Takes the stack of JavaScript down into the stack of the branch, then goes on at once. */
  takeDown<Given extends unknown[]>(then: (...given: Given) => Completion, ...given: Given): Pending;
  /** Keeps what an expression does with the value that it waits for, which comes last. */
  later<Given extends unknown[]>(then: (...given: [...Given, Value]) => Completion, ...given: Given): Pending;
  /** Keeps what a statement does after the one that it waits for; how that completed comes last. */
  after<Given extends unknown[]>(
    then: (...given: [...Given, Completion]) => Completion,
    ...given: Given
  ): Pending;
  /** Keeps what must hear of errors, too. */
  unwind(unwinding: Unwinding): Pending;
  /** Whether a script may catch what was thrown: limits, cancellation and faults of the engine it may not. */
  catches(error: unknown): error is StarlarkError;
  /** Forgets what was kept on the way to an error that was caught by code that runs at this depth. */
  recover(depth: number): void;
  /** Lets the event loop breathe, then goes on. */
  giveWay<Given extends unknown[]>(then: (...given: Given) => Completion, ...given: Given): Pending;
  /** Where functions may not call themselves: those that run, by depth. Else null. */
  readonly callers: FunctionCode[] | null;
}
