/** The timers of one run; none outlives it. */
import type { Clock } from './clock.js';

/** Timers that end together. */
export class Timers {
  private readonly running = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /** Calls back after so many milliseconds, unless the run ends before. */
  after(delayMs: number, callback: () => void): void {
    const cancel = this.clock.after(delayMs, () => {
      this.running.delete(cancel);
      callback();
    });
    this.running.add(cancel);
  }

  cancelAll(): void {
    for (const cancel of this.running) cancel();
    this.running.clear();
  }
}
