/**
 * Judges by the clock whether a sink is quick. Each event may take it {@link FREE_MS}; what is more is a
 * debt, which later events that take less pay back. One that owes much is slow until it has paid all.
 *
 * On a busy machine the clock runs on while nobody works: a single event adds little to the debt of a quick
 * sink unless it took very long.
 */

/** What one event may take on average. */
const FREE_MS = 1;
/** The debt that makes a sink slow. */
const SLOW_MS = 15;
/** The most that one event adds to the debt of a quick sink. */
const MOST_MS = 5;
/** What takes as long as this makes a sink slow by itself. */
const AT_ONCE_MS = 100;
/** The most it can owe: after so many quick events it is quick again. */
const MAX_DEBT_MS = 100;
/** How long a slow sink may hold up everybody, in sum, before it is too slow to be borne. */
const UNBEARABLE_MS = 3_000;

/** The pace of one sink. */
export class SinkPace {
  #debtMs = 0;
  #heldUpMs = 0;
  #isSlow = false;

  get isSlow(): boolean {
    return this.#isSlow;
  }

  get isUnbearable(): boolean {
    return this.#heldUpMs > UNBEARABLE_MS;
  }

  /** Milliseconds that it held up everybody since it became slow. */
  get heldUpMs(): number {
    return this.#heldUpMs;
  }

  /** It took so long for one event; answers whether that made it slow. */
  took(ms: number): boolean {
    if (ms <= FREE_MS && this.#debtMs === 0) return false;
    const wasSlow = this.#isSlow;
    const added = wasSlow || ms >= AT_ONCE_MS ? ms - FREE_MS : Math.min(ms - FREE_MS, MOST_MS);
    this.#debtMs = Math.min(MAX_DEBT_MS, Math.max(0, this.#debtMs + added));
    this.#isSlow ||= this.#debtMs > SLOW_MS;
    if (this.#isSlow) this.#heldUpMs += ms;
    return this.#isSlow && !wasSlow;
  }

  /** It has caught up: whoever owes nothing is quick again. */
  caughtUp(): void {
    if (this.#debtMs > 0) return;
    this.#isSlow = false;
    this.#heldUpMs = 0;
  }
}
