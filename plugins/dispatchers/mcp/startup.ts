/** Waiting for servers to start, but not for ever. */
import type { Clock } from '../../../core/index.js';

/** The wait for servers that start side by side. */
export class Startup {
  /** Resolves when all have started or failed, or when the time is up; never rejects. */
  readonly over: Promise<void>;
  #end: () => void = () => undefined;

  /** `waitMs` may be Infinity. */
  constructor(started: readonly Promise<void>[], waitMs: number, clock: Clock) {
    this.over = new Promise((resolve) => {
      const cancel = Number.isFinite(waitMs) ? clock.after(waitMs, resolve) : () => undefined;
      this.#end = () => {
        cancel();
        resolve();
      };
    });
    void Promise.all(started).then(this.#end);
  }

  /** Ends the wait at once. */
  end(): void {
    this.#end();
  }
}
