/** Counts what a sink loses, and tells it: the first loss at once, further ones in sum, once a second; at once in the end. */
import type { Clock } from './clock.js';
import { oneLine } from './short-text.js';

const TELL_AFTER_MS = 1_000;
const LONGEST_REASON = 200;

/** The losses of one sink. */
export class SinkLoss {
  readonly #clock: Clock;
  readonly #tell: (events: number, reason: string) => void;
  #events = 0;
  #reason = '';
  #cancelTelling: (() => void) | undefined;
  #isEnding = false;

  /** `tell` takes the sum, and the reason of the last loss. */
  constructor(clock: Clock, tell: (events: number, reason: string) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Counts a loss. The sink may have said it: what is no count is none. */
  count(events: number, reason: unknown): void {
    if (!Number.isSafeInteger(events) || events <= 0) return;
    this.#events += events;
    this.#reason = (typeof reason === 'string' && oneLine(reason, LONGEST_REASON)) || 'no reason given';
    if (this.#isEnding) this.#tellSum();
    else if (this.#cancelTelling === undefined) this.#tellNow();
  }

  /** Tells what is left to tell, and from now on each loss at once. */
  end(): void {
    this.#isEnding = true;
    this.#cancelTelling?.();
    this.#cancelTelling = undefined;
    this.#tellSum();
  }

  #tellNow(): void {
    this.#cancelTelling = this.#clock.after(TELL_AFTER_MS, () => {
      this.#cancelTelling = undefined;
      if (this.#events > 0) this.#tellNow();
    });
    this.#tellSum();
  }

  #tellSum(): void {
    if (this.#events === 0) return;
    const events = this.#events;
    this.#events = 0;
    this.#tell(events, this.#reason);
  }
}
