/** Tokens that were found good a moment ago: checking a signature costs half a millisecond. */
import { createHash } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/server';

import type { Clock } from '../../../core/index.js';

/** For so long a key that is withdrawn goes unnoticed. */
const HELD_MS = 10_000;
const MAX_HELD = 10_000;

/** Keeps senders for a while, by the digests of their tokens. */
export class GoodTokens {
  readonly #clock: Clock;
  /** The one held for longest first. */
  readonly #held = new Map<string, { readonly sender: AuthInfo; readonly untilMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whose token it is, as far as that is known. */
  get(token: string): AuthInfo | undefined {
    const held = this.#held.get(digestOf(token));
    return held !== undefined && this.#clock.now() < held.untilMs ? held.sender : undefined;
  }

  /** Keeps a sender whose token is good for so long at most. */
  keep(token: string, sender: AuthInfo, goodForMs: number): void {
    const untilMs = this.#clock.now() + Math.min(goodForMs, HELD_MS);
    const digest = digestOf(token);
    this.#held.delete(digest);
    this.#held.set(digest, { sender, untilMs });
    const [first] = this.#held.keys();
    if (first !== undefined && this.#held.size > MAX_HELD) this.#held.delete(first);
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
