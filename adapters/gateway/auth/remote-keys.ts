/**
 * The keys of an identity provider, from its JWKS URL.
 *
 * They are kept for a while, and asked for again when a token names a key that is not among them: that is
 * how keys rotate. Neither a flood of made-up key names nor a provider that is down makes many requests. A
 * provider that is down goes unnoticed for an hour by those whose keys are known.
 */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

import type { Clock } from '../../../core/index.js';
import { Refusal } from './refusal.js';

/** How keys are fetched. */
export interface RemoteKeyOptions {
  readonly url: string;
  readonly clock: Clock;
  /** Default: the global one. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

const FRESH_MS = 600_000;
const USABLE_MS = 3_600_000;
/** Between two requests because of a key name that is not known. */
const PAUSE_MS = 10_000;
/** After a request that failed. */
const FAILURE_PAUSE_MS = 5_000;
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;

/** Keys of one address. */
export class RemoteKeys {
  readonly #options: RemoteKeyOptions;
  #keys: JWTVerifyGetKey | undefined;
  #fetchedMs = Number.NEGATIVE_INFINITY;
  #failedMs = Number.NEGATIVE_INFINITY;
  #fetching: Promise<void> | undefined;

  constructor(options: RemoteKeyOptions) {
    this.#options = options;
  }

  /** The key that a token names; rejects with a {@link Refusal} (`unavailable`) while nobody can tell. */
  readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.#current();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.#age() < PAUSE_MS) throw error;
    }
    if (!(await this.#refresh())) throw unavailable();
    return this.#keys!(header, token);
  };

  async #current(): Promise<JWTVerifyGetKey> {
    if (this.#age() >= FRESH_MS) await this.#refresh();
    if (this.#keys === undefined || this.#age() >= USABLE_MS) throw unavailable();
    return this.#keys;
  }

  /** Milliseconds since the keys came. */
  #age(): number {
    return this.#options.clock.now() - this.#fetchedMs;
  }

  /** Whether there are new keys now. Those who ask at the same time share one request. */
  async #refresh(): Promise<boolean> {
    const { clock } = this.#options;
    if (clock.now() - this.#failedMs < FAILURE_PAUSE_MS) return false;
    this.#fetching ??= this.#fetch().finally(() => (this.#fetching = undefined));
    try {
      await this.#fetching;
      return true;
    } catch {
      this.#failedMs = clock.now();
      return false;
    }
  }

  async #fetch(): Promise<void> {
    const { clock, url, fetch = globalThis.fetch } = this.#options;
    const patience = new AbortController();
    const cancel = clock.after(TIMEOUT_MS, () => patience.abort());
    try {
      const response = await fetch(url, {
        redirect: 'error',
        signal: patience.signal,
        headers: { accept: 'application/jwk-set+json, application/json' },
      });
      if (response.status !== 200) throw new Error(`the keys came with status ${response.status}`);
      this.#keys = createLocalJWKSet(JSON.parse(await boundedText(response)) as JSONWebKeySet);
      this.#fetchedMs = clock.now();
    } finally {
      cancel();
    }
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error(`the keys are longer than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unavailable(): Refusal {
  return new Refusal('unavailable', 'tokens cannot be checked now, try again later');
}
