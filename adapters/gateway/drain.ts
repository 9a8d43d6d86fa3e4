/** Emptying a door: what is under way is answered first, if it does not take too long. */
import type { Clock } from '../../core/index.js';

/** How long a door may take to empty. Milliseconds. */
export interface DrainOptions {
  /** How long requests under way may take, the delay included. */
  readonly withinMs: number;
  /** How long new requests are still taken: as long as those who send them need to notice. Default 0. */
  readonly delayMs?: number;
  /**
   * How long connections stay open that nobody uses, for a request that may be on its way; at most half of
   * the time. Default 1,000.
   */
  readonly lingerMs?: number;
}

/** How long connections linger that nobody uses. */
export function lingerTime({ withinMs, delayMs = 0, lingerMs = 1_000 }: DrainOptions): number {
  return Math.min(lingerMs, (withinMs - delayMs) / 2);
}

/** Whether something comes to its end in time. */
export function inTime(end: Promise<void>, withinMs: number, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(withinMs, () => resolve(false));
    void end.then(() => {
      cancel();
      resolve(true);
    });
  });
}

/** Resolves after so many milliseconds; at once for 0. */
export function pause(delayMs: number, clock: Clock): Promise<void> {
  if (delayMs <= 0) return Promise.resolve();
  return new Promise((resolve) => void clock.after(delayMs, resolve));
}
