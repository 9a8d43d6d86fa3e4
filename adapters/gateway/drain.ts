/** Emptying a door: what is under way is answered first, if it does not take too long. */
import type { Clock } from '../../core/index.js';

/** How long a door may take to empty. Milliseconds. */
export interface DrainOptions {
  /** How long requests under way may take, the delay included. */
  readonly withinMs: number;
  /** How long new requests are still taken: as long as those who send them need to notice. Default 0. */
  readonly delayMs?: number;
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
