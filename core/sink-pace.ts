/**
 * Judges by the clock whether a sink is quick. Each event may take it {@link FREE_MS}; what is more is a
 * debt, which later events that take less pay back. One that owes much is slow until it has paid all.
 */

/** What one event may take on average. */
const FREE_MS = 1;
/** The debt that makes a sink slow. */
const SLOW_MS = 10;
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
    this.#debtMs = Math.min(MAX_DEBT_MS, Math.max(0, this.#debtMs + ms - FREE_MS));
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
