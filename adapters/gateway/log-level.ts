/** The levels of log messages, as MCP has them from RFC 5424. */

/** From the least severe on. */
const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

/** Whether it is the name of a level. */
export function isLogLevel(level: unknown): level is string {
  return typeof level === 'string' && LEVELS.includes(level);
}

/** Whether a message passes where only `wanted` and what is more severe does; none where nothing is wanted. */
export function passesLevel(level: unknown, wanted: string | undefined): boolean {
  if (wanted === undefined || !isLogLevel(level)) return false;
  return LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);
}
