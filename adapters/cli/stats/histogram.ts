/** Histograms as Prometheus shows them, several put together, and what can be said of their values. */
import type { Sample } from './prometheus-text.js';

/** How many values were at most so large, in the order of the bounds; the last bound is infinite. */
export type Buckets = readonly (readonly [bound: number, count: number])[];

/** What is shown of a histogram. */
export interface Spread {
  readonly count: number;
  /** Estimated; null where there is no value, or they lie beyond the greatest bound that is known. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** Adds up the `_bucket` samples of one metric. */
export function bucketsOf(samples: readonly Sample[]): Buckets {
  const counts = new Map<number, number>();
  for (const { labels, value } of samples) {
    const bound = boundOf(labels.get('le'));
    if (bound === undefined || !Number.isFinite(value) || value < 0) continue;
    counts.set(bound, (counts.get(bound) ?? 0) + value);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

/** What can be said of the values. */
export function spreadOf(buckets: Buckets): Spread {
  const count = buckets.at(-1)?.[1] ?? 0;
  const at = (share: number): number | null => quantile(buckets, share) ?? null;
  return { count, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/**
 * The value that this share of all values does not exceed, as `histogram_quantile` of PromQL estimates it:
 * values of one bucket are taken to lie evenly in it.
 */
export function quantile(buckets: Buckets, share: number): number | undefined {
  const total = buckets.at(-1)?.[1] ?? 0;
  const rank = share * total;
  const index = buckets.findIndex(([, count]) => count >= rank);
  const [bound, count] = buckets[index] ?? [Number.POSITIVE_INFINITY, 0];
  if (total === 0 || bound === Number.POSITIVE_INFINITY) return undefined;
  const [lower, below] = buckets[index - 1] ?? [Math.min(0, bound), 0];
  return count === below ? bound : lower + ((bound - lower) * (rank - below)) / (count - below);
}

function boundOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const bound = text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text);
  return Number.isNaN(bound) ? undefined : bound;
}
