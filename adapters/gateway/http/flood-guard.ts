/**
 * Bounds how many requests one address may send, before anybody looks at them.
 *
 * Addresses share a fixed number of slots, by a hash with a secret of this process: memory stays bounded
 * however many addresses there are, and nobody can choose whose slot to fill.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

import { refusal } from './refusal.js';

const SLOTS = 65_536;
const SECONDS = 60;

/** Counts requests by address. */
export class FloodGuard {
  readonly #secret = randomBytes(16);
  readonly #limiter: RateLimiterMemory;

  constructor(requestsPerMinute: number) {
    this.#limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: SECONDS });
  }

  /** What a request is answered that is one too many: 429; nothing for others. */
  async refusal(address: string): Promise<Response | undefined> {
    try {
      await this.#limiter.consume(this.#slotOf(address));
      return undefined;
    } catch (refused) {
      const waitMs = refused instanceof RateLimiterRes ? refused.msBeforeNext : SECONDS * 1_000;
      const headers = { 'retry-after': String(Math.ceil(waitMs / 1_000)) };
      return refusal(429, 'Too many requests from this address', headers);
    }
  }

  #slotOf(address: string): number {
    const digest = createHmac('sha256', this.#secret).update(networkOf(address)).digest();
    return digest.readUInt32LE(0) % SLOTS;
  }
}

/** Who has one IPv6 address has all of its network: the first 64 bits are one sender. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::', 2);
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(8 - front.length - back.length, 0);
  return [...front, ...Array<string>(missing).fill('0'), ...back].slice(0, 4).join(':');
}
