/** A clock that stands still until it is told to go on. */
import type { Clock } from '../clock.js';

/** For tests of what takes time. */
export class HandClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** How many callbacks are due some day. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Milliseconds until the next callback is due, infinite when none is. */
  get untilNextMs(): number {
    return Math.min(...[...this.#timers].map(({ at }) => at - this.#now));
  }

  /** So much time goes by in one go, while nothing else can run. */
  pass(ms: number): void {
    this.#now += ms;
  }

  /** Goes on by so many milliseconds; callbacks run at their times, and what follows from them settles. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.callback();
      await settled();
    }
    this.#now = Math.max(this.#now, end);
  }

  #next(end: number): { readonly at: number; readonly callback: () => void } | undefined {
    return [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets everything run that waits for nothing but its turn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
