/** Lengths of time in words: `350 ms`, `1.24 s`, `2 min 5 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1_000).toFixed(milliseconds < 9_995 ? 2 : 1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };

/** Milliseconds of `500ms`, `30s`, `1.5m`; undefined for anything else, a bare number included. */
export function readDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text.trim()) ?? [];
  const factor = unit === undefined || !Object.hasOwn(UNITS, unit) ? undefined : UNITS[unit];
  return factor === undefined ? undefined : Math.round(Number(amount) * factor);
}
