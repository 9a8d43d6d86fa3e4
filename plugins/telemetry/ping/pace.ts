/** When the next ping is due. Moments are spread by chance, so that installations do not come all at once. */

/** How often, in milliseconds. */
export interface Pace {
  readonly firstMs: number;
  readonly periodMs: number;
}

/** After so many failures in a row no further ping is tried in the life of the process. */
export const MAX_FAILURES = 8;

const RETRY_MS = 600_000;

/** How long to wait after so many failures in a row; `random` from 0 to 1. */
export function waitAfter(failures: number, { periodMs }: Pace, random: number): number {
  if (failures === 0) return spread(periodMs, random);
  return spread(Math.min(RETRY_MS * 2 ** (failures - 1), periodMs), random);
}

/** A quarter less to a quarter more. */
export function spread(ms: number, random: number): number {
  return Math.round(ms * (0.75 + random / 2));
}
