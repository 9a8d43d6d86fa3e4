/** The machine's time, with timers for which no process stays alive. */
import { systemClock, type Clock } from '../../../core/index.js';

/** The same time as the system clock's. */
export const idleClock: Clock = {
  now: () => systemClock.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
