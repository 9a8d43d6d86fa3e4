/** The bars of the chart of usage: calls of scripts and of clients themselves, over time. */
import type { UsageBucket } from '../../api.js';

/** One bar, in the units of the drawing. */
export interface UsageBar {
  readonly bucket: UsageBucket;
  readonly x: number;
  readonly width: number;
  readonly scriptHeight: number;
  readonly directHeight: number;
}

/** A drawing of so many units, its greatest bar as high as it is. */
export interface UsageChart {
  readonly bars: readonly UsageBar[];
  /** Calls of the greatest bar. */
  readonly most: number;
  /** Where the drawing begins, milliseconds since 1970. */
  readonly beginsAt: number;
}

/** Bars that are drawn; of more, the latest. */
const MOST_BARS = 120;

/** The least time that a chart spans, in buckets, so that the first of them is no wall. */
const LEAST_BARS = 24;

/** The chart of these buckets; stretches in which nothing happened keep their room. */
export function usageChart(buckets: readonly UsageBucket[], width: number, height: number): UsageChart {
  const last = buckets.at(-1);
  if (last === undefined) return { bars: [], most: 0, beginsAt: 0 };
  const slot = (bucket: UsageBucket): number => Math.round((last.at - bucket.at) / Math.max(1, last.spanMs));
  const shown = buckets.filter((bucket) => slot(bucket) < MOST_BARS);
  const slots = Math.max(LEAST_BARS, ...shown.map((bucket) => slot(bucket) + 1));
  const most = Math.max(1, ...shown.map(({ scriptCalls, directCalls }) => scriptCalls + directCalls));
  const step = width / slots;
  return {
    most,
    beginsAt: last.at - (slots - 1) * last.spanMs,
    bars: shown.map((bucket) => ({
      bucket,
      x: width - (slot(bucket) + 1) * step,
      width: step,
      scriptHeight: (height * bucket.scriptCalls) / most,
      directHeight: (height * bucket.directCalls) / most,
    })),
  };
}

/** The buckets in one. */
export function usageTotal(buckets: readonly UsageBucket[]): Omit<UsageBucket, 'at' | 'spanMs'> {
  const sum = (figure: (bucket: UsageBucket) => number): number =>
    buckets.reduce((all, bucket) => all + figure(bucket), 0);
  return {
    scripts: sum(({ scripts }) => scripts),
    failed: sum(({ failed }) => failed),
    scriptCalls: sum(({ scriptCalls }) => scriptCalls),
    directCalls: sum(({ directCalls }) => directCalls),
    savedTokens: sum(({ savedTokens }) => savedTokens),
  };
}
