/**
 * The answer to one posted request, written as Node's own: JSON, or a stream of events once something is
 * told before it (2026-07-28 and 2025-11-25, basic/transports). What is told does not wait for the client:
 * one that leaves too much of it unread is cut.
 */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { Clock } from '../../../core/index.js';
import type { HttpBounds } from './options.js';

/** How an answer is written. */
export interface ReplyOptions {
  readonly bounds: Pick<HttpBounds, 'maxUnreadBytes' | 'streamPingMs'>;
  readonly clock: Clock;
  readonly headers?: OutgoingHttpHeaders;
}

const STREAM_HEADERS: OutgoingHttpHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};
const PING = ': keepalive\n\n';

/** One answer. The client has said that it takes both kinds. */
export class PostedReply {
  readonly #response: ServerResponse;
  readonly #options: ReplyOptions;
  #isOver = false;
  #cancelPing: (() => void) | undefined;

  constructor(response: ServerResponse, options: ReplyOptions) {
    this.#response = response;
    this.#options = options;
    this.#pingLater();
    response.once('close', () => this.#finish());
  }

  /** Tells something before the answer. */
  tell(message: object): void {
    this.#write(event(message));
  }

  /** Answers, and nothing more; without a message there is no answer: the request was cancelled. */
  end(message?: object, status = 200): void {
    if (this.#isOver) return;
    this.#finish();
    const response = this.#response;
    if (response.headersSent) {
      response.end(message && event(message));
    } else if (message === undefined) {
      response.writeHead(200, { ...STREAM_HEADERS, ...this.#options.headers }).end();
    } else {
      const body = JSON.stringify(message);
      const length = Buffer.byteLength(body);
      const type = 'application/json';
      const headers = { 'content-type': type, 'content-length': length, ...this.#options.headers };
      response.writeHead(status, headers).end(body);
    }
  }

  #write(text: string): void {
    if (this.#isOver) return;
    const response = this.#response;
    const { bounds, headers } = this.#options;
    if (!response.headersSent) response.writeHead(200, { ...STREAM_HEADERS, ...headers });
    if (response.writableLength > bounds.maxUnreadBytes) response.destroy();
    else response.write(text);
  }

  /** Also makes a stream of an answer that takes long, so that proxies keep its connection. */
  #pingLater(): void {
    const { bounds, clock } = this.#options;
    if (bounds.streamPingMs <= 0) return;
    this.#cancelPing = clock.after(bounds.streamPingMs, () => {
      this.#write(PING);
      this.#pingLater();
    });
  }

  #finish(): void {
    this.#isOver = true;
    this.#cancelPing?.();
  }
}

function event(message: object): string {
  return `event: message\ndata: ${JSON.stringify(message)}\n\n`;
}
