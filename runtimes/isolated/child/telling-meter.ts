/** The meter of a script in the child: it tells the parent when the script sleeps, whose clock counts. */
import { Meter, systemClock } from '../../../core/index.js';
import type { Limits } from '../../../core/index.js';

/** A meter with the parent's limits. */
export class TellingMeter extends Meter {
  readonly #tell: (waits: boolean) => void;
  #sleeps = 0;

  /** `elapsedMs` of the wall time are gone. */
  constructor(limits: Limits, elapsedMs: number, tell: (waits: boolean) => void) {
    super(limits, systemClock, systemClock.now() - elapsedMs);
    this.#tell = tell;
  }

  override beginWait(): () => void {
    this.#sleeps += 1;
    if (this.#sleeps === 1) this.#tell(true);
    const end = super.beginWait();
    return () => {
      end();
      this.#sleeps -= 1;
      if (this.#sleeps === 0) this.#tell(false);
    };
  }
}
