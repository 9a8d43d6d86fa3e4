/** Severities of log messages (RFC 5424), and which of them servers are asked for. */

const LEVELS: readonly string[] = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
];

/** Tells whether a message of one level is wanted where another is the least; never for names that are none. */
export function isWanted(level: unknown, least: string | undefined): boolean {
  if (least === undefined || typeof level !== 'string') return false;
  const wanted = LEVELS.indexOf(least);
  return wanted !== -1 && LEVELS.indexOf(level) >= wanted;
}

/** The least level that any client of one connection wants: servers up to 2025-11-25 know one for all. */
export class SharedLogLevel {
  #level = LEVELS.length;

  /** The level to set now; nothing when the one that is set will do. */
  lower(level: string): string | undefined {
    const wanted = LEVELS.indexOf(level);
    if (wanted === -1 || wanted >= this.#level) return undefined;
    this.#level = wanted;
    return level;
  }
}
