/** How often a script's progress crosses: a client sees a few steps a second, whatever a loop tells. */
import type { Clock } from '../../../core/index.js';

const FREE_STEPS = 1_000;
const INTERVAL_MS = 20;

/** The pace of one script. */
export class ProgressPace {
  readonly #clock: Clock;
  #steps = 0;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this step may cross. */
  allows(): boolean {
    const now = this.#clock.now();
    if (this.#steps >= FREE_STEPS && now - this.#lastMs < INTERVAL_MS) return false;
    this.#steps += 1;
    this.#lastMs = now;
    return true;
  }
}
