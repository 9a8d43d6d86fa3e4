/** Passes a script's progress on to whoever asked for it: only forward, and not in floods. */
import type { Clock } from './clock.js';
import { cutText } from './short-text.js';
import type { Progress } from './progress.js';

/** Steps that pass at once; those after them at most one each interval. */
const FREE_STEPS = 100;
const INTERVAL_MS = 100;
const MAX_MESSAGE = 1_000;

/** The progress of one script. */
export class ProgressRelay {
  readonly #listener: ((progress: Progress) => unknown) | undefined;
  readonly #clock: Clock;
  #steps = 0;
  #furthest = Number.NEGATIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(listener: ((progress: Progress) => unknown) | undefined, clock: Clock) {
    this.#listener = listener;
    this.#clock = clock;
  }

  /** Tells of one step. Steps back and steps that are no numbers are left out. */
  tell(done: number, total?: number, message?: string): void {
    if (this.#listener === undefined || !this.#mayPass(done)) return;
    this.#steps += 1;
    this.#furthest = done;
    this.#lastMs = this.#clock.now();
    this.#send({
      progress: done,
      ...(total !== undefined && Number.isFinite(total) && { total }),
      ...(message !== undefined && { message: cutText(message, MAX_MESSAGE) }),
    });
  }

  #mayPass(done: number): boolean {
    if (!Number.isFinite(done) || done <= this.#furthest) return false;
    return this.#steps < FREE_STEPS || this.#clock.now() - this.#lastMs >= INTERVAL_MS;
  }

  /** A listener that fails does not touch the script. */
  #send(progress: Progress): void {
    try {
      const answer = this.#listener?.(progress);
      if (answer instanceof Promise) answer.catch(() => undefined);
    } catch {
      // The listener is the host's; the script goes on.
    }
  }
}
