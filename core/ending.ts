/** Why and when something under way must end: the caller leaves, its time is up, or the composition closes. */
import { onAbort } from './abort.js';
import type { Clock } from './clock.js';
import { ToolscriptError } from './error.js';
import { asToolscriptError } from './thrown.js';

/** One ending. The first reason stays. Any number may listen. */
export class Ending {
  /** Made when somebody asks for it. */
  #controller: AbortController | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #clock: Clock;
  readonly #leaveCaller: () => void;
  #reason: ToolscriptError | undefined;
  #cancelTimer = (): void => undefined;

  /** `callerSignal` aborts when the caller leaves. */
  constructor(clock: Clock, callerSignal?: AbortSignal) {
    this.#clock = clock;
    this.#leaveCaller = onAbort(callerSignal, () => {
      this.end(asToolscriptError(callerSignal?.reason) ?? callerLeft());
    });
  }

  /** For one listener or two outside: aborts with the reason. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Why it ended; undefined before. */
  get reason(): ToolscriptError | undefined {
    return this.#reason;
  }

  /** Ends it now. */
  end(reason: ToolscriptError): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  /** Ends it after so many milliseconds; replaces the time set before. */
  endAfter(delayMs: number, reason: () => ToolscriptError): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(Math.max(delayMs, 0), () => {
      this.end(reason());
    });
  }

  /** Calls back at the end, at once if it is over; the answer stops that. */
  onEnd(listener: () => void): () => void {
    if (this.#reason !== undefined) listener();
    else this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** What the promise answers, or rejects with the reason as soon as it is over. */
  until<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const stop = this.onEnd(() => {
        reject(this.reason);
      });
      promise.then(
        (value) => {
          stop();
          resolve(value);
        },
        (error: unknown) => {
          stop();
          reject(error);
        },
      );
    });
  }

  /** Stops the timer and leaves the caller's signal. */
  dispose(): void {
    this.#cancelTimer();
    this.#leaveCaller();
  }
}

function callerLeft(): ToolscriptError {
  return new ToolscriptError({ code: 'cancelled', message: 'run: the caller went away' });
}
