/** Figures as the page writes them: short, of a steady width, in the units that a person thinks in. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration: `0.4 ms`, `38 ms`, `1.24 s`, `2 min 05 s`, `3 min`. */
export function durationText(ms: number): string {
  if (ms < 1) return ms <= 0 ? '0 ms' : `${ms.toFixed(1)} ms`;
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(2)} s`;
  if (ms < MINUTE) return `${(ms / SECOND).toFixed(1)} s`;
  const minutes = Math.floor(ms / MINUTE);
  if (ms < HOUR)
    return ms % MINUTE < SECOND
      ? `${minutes} min`
      : `${minutes} min ${pad(Math.floor((ms % MINUTE) / SECOND))} s`;
  return `${Math.floor(ms / HOUR)} h ${pad(minutes % 60)} min`;
}

/** A size: `512 B`, `12.3 KiB`, `4 MiB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${scaled(bytes / 1024)} KiB`;
  if (bytes < 1024 ** 3) return `${scaled(bytes / 1024 ** 2)} MiB`;
  return `${scaled(bytes / 1024 ** 3)} GiB`;
}

/** A count: `950`, `12,400`, `1.2 M`. */
export function countText(count: number): string {
  if (count < 1_000_000) return count.toLocaleString('en');
  if (count < 1e9) return `${scaled(count / 1e6)} M`;
  return `${scaled(count / 1e9)} G`;
}

/** How long ago: `now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function sinceText(at: number, now: number): string {
  const ms = now - at;
  if (ms < 5 * SECOND) return 'now';
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s ago`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  return `${Math.floor(ms / DAY)} d ago`;
}

/** `1 call`, `3 calls`. */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function scaled(figure: number): string {
  return figure < 100 ? figure.toFixed(1).replace(/\.0$/, '') : String(Math.round(figure));
}

function pad(figure: number): string {
  return String(figure).padStart(2, '0');
}
