/**
 * What a script may compute. Monty counts no steps: a microsecond of computing is a step here.
 *
 * Monty ends what computes too long by itself, but counts from the moment when a state was made, waiting included.
 * So it has a quarter more than the budget, and a state that has waited longer than that is made anew: no
 * script is ended for what it waited, and each ends before it has computed for little more than twice its budget.
 */
import type { Meter } from '../../../core/index.js';

const MICROSECONDS = 1_000;
/** The part of the budget that a state may wait before it is made anew. */
const LATENESS = 0.25;
/** Milliseconds that Monty is given at the least: a shorter time is over before it has begun. */
const LEAST_MS = 1;

export class ComputeBudget {
  /** Milliseconds that were computed. */
  computedMs = 0;
  #countedFrom = -1;
  readonly #meter: Meter;
  readonly #budgetMs: number;

  constructor(meter: Meter) {
    this.#meter = meter;
    this.#budgetMs = Math.min(meter.limits.steps / MICROSECONDS, meter.limits.wallTimeMs);
  }

  /** Milliseconds after which Monty ends a state. */
  get sliceMs(): number {
    return Math.max(LEAST_MS, this.#budgetMs * (1 + LATENESS));
  }

  get steps(): number {
    return Math.ceil(this.computedMs * MICROSECONDS);
  }

  /** What the slice answers, or throws; throws `limit/steps` where it took too long. */
  measured<T>(slice: () => T): T {
    const start = performance.now();
    try {
      const answer = slice();
      this.#count(start);
      return answer;
    } catch (thrown) {
      this.#count(start);
      throw thrown;
    }
  }

  #count(start: number): void {
    if (this.#countedFrom === start) return;
    this.#countedFrom = start;
    this.computedMs += performance.now() - start;
    if (this.steps > this.#meter.limits.steps) throw this.#meter.exceeded('steps');
  }

  /** Tells of a state that is made now when it must be made anew. */
  clock(): { isLate(): boolean; restart(): void } {
    let [madeMs, computedMs] = [performance.now(), this.computedMs];
    return {
      isLate: () => {
        const waitedMs = performance.now() - madeMs - (this.computedMs - computedMs);
        return waitedMs > this.#budgetMs * LATENESS;
      },
      restart: () => {
        [madeMs, computedMs] = [performance.now(), this.computedMs];
      },
    };
  }
}
