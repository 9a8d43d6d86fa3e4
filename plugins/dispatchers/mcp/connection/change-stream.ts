/**
 * The stream on which a server of the 2026-07-28 era tells of changes (`subscriptions/listen`), opened
 * again when it ends. What it tells arrives with the connection's other notifications. A server that
 * refuses it is not asked again until something else is wanted.
 */
import {
  ProtocolError,
  type Client,
  type McpSubscription,
  type SubscriptionFilter,
} from '@modelcontextprotocol/client';

import type { Clock } from '../../../../core/index.js';

/** What a change stream tells. */
interface ChangeStreamEvents {
  /** It was closed for a while: anything may have changed meanwhile. */
  resumed(): void;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
const ACK_TIMEOUT_MS = 30_000;

/** The one stream of a connection; open only while something is wanted. */
export class ChangeStream {
  readonly #client: Client;
  readonly #lists: SubscriptionFilter;
  readonly #clock: Clock;
  readonly #events: ChangeStreamEvents;
  readonly #closing = new AbortController();
  #uris: ReadonlySet<string> = new Set();
  #open: McpSubscription | undefined;
  /** What is wanted changed while the stream was being opened. */
  #stale = false;
  #opening = false;
  #missed = false;
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: () => void = () => undefined;

  /** Opens it when any of the `lists` is wanted. */
  constructor(client: Client, lists: SubscriptionFilter, clock: Clock, events: ChangeStreamEvents) {
    this.#client = client;
    this.#lists = lists;
    this.#clock = clock;
    this.#events = events;
    void this.#renew();
  }

  /** Sets the resources whose updates are wanted. */
  follow(uris: ReadonlySet<string>): void {
    this.#uris = new Set(uris);
    void this.#renew();
  }

  close(): void {
    this.#closing.abort(new Error('closed'));
    this.#cancelRetry();
    void this.#open?.close().catch(() => undefined);
  }

  async #renew(): Promise<void> {
    if (this.#opening) this.#stale = true;
    if (this.#opening || this.#closing.signal.aborted) return;
    this.#opening = true;
    this.#cancelRetry();
    try {
      this.#stale = true;
      while (this.#isStale()) await this.#openNext();
      this.#retryMs = FIRST_RETRY_MS;
    } catch (error) {
      if (!(error instanceof ProtocolError)) this.#retryLater();
    } finally {
      this.#opening = false;
    }
  }

  /** Opens a stream for what is wanted now, then closes the one before: nothing is missed between them. */
  async #openNext(): Promise<void> {
    const before = this.#open;
    const filter = this.#filter();
    const options = { timeout: ACK_TIMEOUT_MS, signal: this.#closing.signal };
    const next = filter === undefined ? undefined : await this.#client.listen(filter, options);
    this.#open = next;
    void next?.closed.then(() => this.#ended(next));
    await before?.close();
    if (next !== undefined && this.#missed) this.#events.resumed();
    this.#missed = false;
  }

  /** Tells once whether what is wanted changed. */
  #isStale(): boolean {
    const stale = this.#stale;
    this.#stale = false;
    return stale;
  }

  #filter(): SubscriptionFilter | undefined {
    const uris = this.#uris.size > 0 && { resourceSubscriptions: [...this.#uris] };
    const filter = { ...this.#lists, ...uris };
    return Object.keys(filter).length === 0 ? undefined : filter;
  }

  #ended(stream: McpSubscription): void {
    if (this.#open !== stream || this.#closing.signal.aborted) return;
    this.#open = undefined;
    this.#retryLater();
  }

  #retryLater(): void {
    if (this.#closing.signal.aborted) return;
    this.#missed = true;
    const delayMs = this.#retryMs * (0.75 + Math.random() / 2);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
    this.#cancelRetry = this.#clock.after(delayMs, () => void this.#renew());
  }
}
