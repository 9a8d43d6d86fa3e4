/** The time axis of a waterfall: round marks, few enough for its width. */

/** A mark on the axis; milliseconds from the run's asking. */
export interface Tick {
  readonly atMs: number;
  readonly text: string;
}

/** At most about so many marks from 0 to `spanMs`, at round figures, the last within the span. */
export function ticksOf(spanMs: number, most: number): Tick[] {
  if (!(spanMs > 0)) return [{ atMs: 0, text: '0' }];
  const step = roundStep(spanMs / Math.max(1, most));
  const ticks: Tick[] = [];
  for (let index = 0; index * step <= spanMs * (1 + 1e-9); index++) {
    ticks.push({ atMs: index * step, text: tickText(index * step, step) });
  }
  return ticks;
}

/** The least of 1, 2, 5, 10, 20, … times a power of ten that is not below. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
}

function tickText(ms: number, step: number): string {
  if (ms === 0) return '0';
  if (step >= 1000) return `${Math.round(ms / 1000)} s`;
  if (step >= 100 && ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Number(ms.toPrecision(4))} ms`;
}
