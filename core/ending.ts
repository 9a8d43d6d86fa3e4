/** Why and when something under way must end: the caller leaves, its time is up, or the composition closes. */
import { onAbort } from './abort.js';
import type { Clock } from './clock.js';
import { ToolscriptError } from './error.js';
import { asToolscriptError } from './thrown.js';

/** One ending, with a signal for those who have to stop. The first reason stays. */
export class Ending {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #stopListening: () => void;
  #cancelTimer = (): void => undefined;

  /** `callerSignal` aborts when the caller leaves. */
  constructor(clock: Clock, callerSignal?: AbortSignal) {
    this.#clock = clock;
    this.#stopListening = onAbort(callerSignal, () => {
      this.end(asToolscriptError(callerSignal?.reason) ?? callerLeft());
    });
  }

  /** Aborts with the reason, a ToolscriptError. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it ended; undefined before. */
  get reason(): ToolscriptError | undefined {
    return this.signal.aborted ? (this.signal.reason as ToolscriptError) : undefined;
  }

  /** Ends it now. */
  end(reason: ToolscriptError): void {
    if (!this.signal.aborted) this.#controller.abort(reason);
  }

  /** Ends it after so many milliseconds. */
  endAfter(delayMs: number, reason: () => ToolscriptError): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(Math.max(delayMs, 0), () => {
      this.end(reason());
    });
  }

  /** Stops the timer and leaves the caller's signal. */
  dispose(): void {
    this.#cancelTimer();
    this.#stopListening();
  }
}

function callerLeft(): ToolscriptError {
  return new ToolscriptError({ code: 'cancelled', message: 'run: the caller went away' });
}
