/** What one engine is asked to measure, and what it answers; the same for both. */

/** A program: once from text to program, so many times from program to result. */
export interface Task {
  readonly source: string;
  readonly repeat: number;
}

/** Nanoseconds. */
export interface Timing {
  readonly first: number;
  readonly least: number;
  readonly median: number;
}

/** `cpu` is what the whole process computed meanwhile, in nanoseconds: compilers and collectors too. */
export interface Measured {
  readonly parse: Timing;
  readonly run: Timing;
  readonly cpu: number;
  readonly value?: unknown;
  readonly faults?: readonly { readonly message: string; readonly line: number }[];
}

/** First, least and middle of some times in milliseconds. */
export function timingOf(times: readonly number[]): Timing {
  const sorted = times.map((ms) => Math.round(ms * 1e6)).sort((a, b) => a - b);
  return { first: Math.round(times[0]! * 1e6), least: sorted[0]!, median: sorted[sorted.length >> 1]! };
}
