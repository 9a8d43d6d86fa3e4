/** The levels of log messages, as MCP has them from RFC 5424. */

/** From the least severe on. */
export const LOG_LEVELS: readonly string[] = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
];

/** Whether it is the name of a level. */
export function isLogLevel(level: unknown): level is string {
  return typeof level === 'string' && LOG_LEVELS.includes(level);
}

/** Whether a message passes where only `least` and what is more severe does; none where nothing is wanted. */
export function passesLevel(level: unknown, least: string | undefined): boolean {
  if (!isLogLevel(level) || !isLogLevel(least)) return false;
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
}
