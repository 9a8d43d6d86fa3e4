/** Redis, where several replicas count together. Its package is loaded only here, and only when it is asked for. */
import type { Redis } from 'ioredis';
import { RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';

import { ToolscriptError } from '../../../core/index.js';
import type { StoreSettings } from './settings.js';

/** A connection, which mends itself. */
export class SharedStore {
  readonly onFailure: StoreSettings['onFailure'];
  readonly #redis: Redis;
  readonly #prefix: string;
  #isWorking = true;

  private constructor(redis: Redis, { onFailure, prefix }: StoreSettings) {
    this.onFailure = onFailure;
    this.#redis = redis;
    this.#prefix = prefix;
    // Each failure is met where something is counted.
    redis.on('error', () => undefined);
  }

  /** Connects; a server that is not there yet is a failure like any later one. Rejects with `config/invalid`. */
  static async connect(settings: StoreSettings): Promise<SharedStore> {
    const { Redis: Client } = await import('ioredis').catch((cause: unknown) => {
      const message = 'count in Redis: the package ioredis is not installed, wanted beside toolscript';
      throw new ToolscriptError({ code: 'config/invalid', message }, { cause });
    });
    const redis = new Client(settings.redis, {
      commandTimeout: settings.timeoutMs,
      connectTimeout: settings.timeoutMs,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      lazyConnect: true,
    });
    const store = new SharedStore(redis, settings);
    await redis.connect().catch(() => undefined);
    return store;
  }

  /** Counts one kind of thing. */
  limiter(name: string, points: number, duration: number): RateLimiterAbstract {
    return new RateLimiterRedis({
      storeClient: this.#redis,
      keyPrefix: `${this.#prefix}:${name}`,
      points,
      duration,
      rejectIfRedisNotReady: true,
    });
  }

  /** It has answered. */
  works(): void {
    this.#isWorking = true;
  }

  /** It has not; the process is warned once until it does again. */
  fails(): void {
    if (this.#isWorking) process.emitWarning(`toolscript traffic: Redis fails, ${MEANWHILE[this.onFailure]}`);
    this.#isWorking = false;
  }

  close(): void {
    this.#redis.disconnect();
  }
}

const MEANWHILE: Readonly<Record<StoreSettings['onFailure'], string>> = {
  memory: 'each replica counts alone meanwhile',
  allow: 'nothing is counted meanwhile',
  refuse: 'everything is refused meanwhile',
};
