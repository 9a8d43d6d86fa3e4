/** The level of log messages that a server is asked for. */
import { LOG_LEVELS } from '../../../../core/index.js';

/** The least level that any client of one connection wants: servers up to 2025-11-25 know one for all. */
export class SharedLogLevel {
  #level = LOG_LEVELS.length;

  /** The level to set now; nothing when the one that is set will do. */
  lower(level: string): string | undefined {
    const wanted = LOG_LEVELS.indexOf(level);
    if (wanted === -1 || wanted >= this.#level) return undefined;
    this.#level = wanted;
    return level;
  }
}
