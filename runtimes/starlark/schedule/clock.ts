/** Time and the event loop, handed in so that tests own them. */
export interface Clock {
  /** Milliseconds on a scale that never goes back. */
  now(): number;
  /** Calls back after so many milliseconds, once; the answer cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Calls back when the event loop has seen to everything else that waits. */
export function nextTurn(callback: () => void): void {
  if (typeof setImmediate === 'function') setImmediate(callback);
  else setTimeout(callback, 0);
}
