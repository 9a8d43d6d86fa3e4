/**
 * Tells an operator of processes that ended, without a flood: what is said the first time is told at once,
 * what is said again within a minute is counted, and the count told with the next line or at the end.
 */
import type { Clock } from '../../../core/index.js';

const WINDOW_MS = 60_000;
/** Different lines of one minute; what comes beyond is counted with the rest. */
const MOST_LINES = 10;

/** The lines of one pool. */
export class EndReport {
  readonly #report: (line: string) => void;
  readonly #clock: Clock;
  readonly #told = new Set<string>();
  #untold = 0;
  #endsAt = Number.NEGATIVE_INFINITY;

  constructor(report: (line: string) => void, clock: Clock) {
    this.#report = report;
    this.#clock = clock;
  }

  /** A process ended. */
  tell(line: string): void {
    const now = this.#clock.now();
    if (now >= this.#endsAt) {
      this.close();
      this.#endsAt = now + WINDOW_MS;
    }
    if (this.#told.has(line) || this.#told.size >= MOST_LINES) this.#untold += 1;
    else {
      this.#told.add(line);
      this.#report(line);
    }
  }

  /** Tells what was counted. */
  close(): void {
    if (this.#untold > 0) this.#report(`${String(this.#untold)} more processes for scripts ended like that`);
    this.#untold = 0;
    this.#told.clear();
  }
}
