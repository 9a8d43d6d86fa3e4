/** Time, handed in so that tests own it. */
export interface Clock {
  /** Milliseconds on a scale that never goes back. */
  now(): number;
  /** Calls back after so many milliseconds, once; the answer cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The clock of the machine. Who sets a timer cancels it: it keeps the process alive. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Milliseconds to the microsecond: what is shown needs no more. */
export function roundedMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
