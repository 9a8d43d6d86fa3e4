/** How often each caller may do one kind of thing, counted in windows that start with the first time. */
import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';

import type { Clock } from '../../../core/index.js';
import { CallerKeys, digestOf } from './caller-keys.js';
import type { RateSettings } from './settings.js';
import type { SharedStore } from './shared-store.js';

/** A refusal. */
export interface Overdraft {
  /** For sinks. */
  readonly reason: string;
  /** Milliseconds until the caller may try again. */
  readonly retryAfterMs: number;
}

/** One budget for all callers, each with its own count. */
export interface Budget {
  /** Takes one; answers why not, or nothing. Never rejects. */
  spend(caller: string): Promise<Overdraft | undefined>;
}

/** Counts in this process. */
export class OwnBudget implements Budget {
  readonly #limiter: RateLimiterMemory;
  readonly #keys: CallerKeys;

  constructor({ count, perSeconds }: RateSettings, maxCallers: number, clock: Clock) {
    this.#limiter = new RateLimiterMemory({ points: count, duration: perSeconds });
    this.#keys = new CallerKeys(maxCallers, perSeconds * 1_000, () => clock.now());
  }

  async spend(caller: string): Promise<Overdraft | undefined> {
    return overdraftOf(await settle(this.#limiter, this.#keys.of(caller)));
  }
}

/** Counts in a store, together with other replicas. */
export class SharedBudget implements Budget {
  readonly #limiter: RateLimiterAbstract;
  readonly #store: SharedStore;
  readonly #own: Budget;

  constructor(name: string, { count, perSeconds }: RateSettings, store: SharedStore, own: Budget) {
    this.#limiter = store.limiter(name, count, perSeconds);
    this.#store = store;
    this.#own = own;
  }

  async spend(caller: string): Promise<Overdraft | undefined> {
    const answer = await settle(this.#limiter, digestOf(caller));
    if (answer instanceof RateLimiterRes || answer === undefined) {
      this.#store.works();
      return overdraftOf(answer);
    }
    this.#store.fails();
    const { onFailure } = this.#store;
    if (onFailure === 'memory') return this.#own.spend(caller);
    return onFailure === 'allow' ? undefined : STORE_FAILS;
  }
}

const STORE_FAILS: Overdraft = { reason: 'the store of counts fails', retryAfterMs: 1_000 };

/** Nothing when there was one to take; what the limiter, or the store behind it, rejects with otherwise. */
async function settle(limiter: RateLimiterAbstract, key: string): Promise<unknown> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (refusal) {
    return refusal ?? new Error('refused without a reason');
  }
}

function overdraftOf(refusal: unknown): Overdraft | undefined {
  if (!(refusal instanceof RateLimiterRes)) return undefined;
  return { reason: 'more often than its rate', retryAfterMs: refusal.msBeforeNext };
}
