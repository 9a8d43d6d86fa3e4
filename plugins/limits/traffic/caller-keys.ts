/**
 * Names callers for counting, without keeping all of them.
 *
 * Whoever came within the last window is counted apart, up to a bound; whoever comes beyond it shares a
 * key with some others. A caller may be counted too strictly then, never too kindly for the rest.
 */
import { createHash } from 'node:crypto';

const SHARED_KEYS = 1_024;

/** The keys of one budget. */
export class CallerKeys {
  readonly #maxCallers: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  /** By caller, when the window ends; the one that ends first comes first. */
  readonly #known = new Map<string, number>();

  constructor(maxCallers: number, windowMs: number, now: () => number) {
    this.#maxCallers = maxCallers;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** How many callers are counted apart now. */
  get size(): number {
    return this.#known.size;
  }

  /** The key of a caller; the same within a window. */
  of(caller: string): string {
    const now = this.#now();
    const ends = this.#known.get(caller);
    if (ends !== undefined && ends > now) return `own:${caller}`;
    this.#known.delete(caller);
    this.#forget(now);
    if (this.#known.size >= this.#maxCallers) return `shared:${slotOf(caller)}`;
    this.#known.set(caller, now + this.#windowMs);
    return `own:${caller}`;
  }

  #forget(now: number): void {
    for (const [caller, ends] of this.#known) {
      if (ends > now) return;
      this.#known.delete(caller);
    }
  }
}

/** A caller as other processes know it: of one length, and telling nobody who it is. */
export function digestOf(caller: string): string {
  return createHash('sha256').update(caller).digest('base64url');
}

function slotOf(caller: string): number {
  return createHash('sha256').update(caller).digest().readUInt32LE(0) % SHARED_KEYS;
}
