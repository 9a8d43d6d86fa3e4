/**
 * Streamable HTTP where every request ends: with its answer, or with one that we make up as soon as none
 * can come any more. The SDK's would wait for its timeout.
 *
 * Tool calls are posted by ourselves, over connections that are kept; all else is left to the SDK.
 */
import {
  PROTOCOL_VERSION_META_KEY,
  StreamableHTTPClientTransport,
  type JSONRPCMessage,
  type JSONRPCNotification,
  type JSONRPCRequest,
} from '@modelcontextprotocol/client';

import { boundedFetch } from './bounded-fetch.js';
import { failedAnswer, LOST_ANSWER } from './failed-answer.js';
import { fieldValue } from './header-parameters.js';
import { HttpExchanges } from './http-exchange.js';
import { CLOSED, PostedAnswer } from './posted-answer.js';

type SendOptions = Parameters<StreamableHTTPClientTransport['send']>[1];

/** Speaks to one server. */
export class AnsweringHttpTransport extends StreamableHTTPClientTransport {
  readonly #exchanges: HttpExchanges;
  readonly #headers: Readonly<Record<string, string>>;
  /** The calls under way, by the id of their request. */
  readonly #calls = new Map<string | number, AbortController>();

  constructor(url: URL, headers: Readonly<Record<string, string>>) {
    super(url, { requestInit: { headers: { ...headers } }, fetch: boundedFetch });
    this.#exchanges = new HttpExchanges(url);
    this.#headers = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
  }

  override send(message: JSONRPCMessage | JSONRPCMessage[], options?: SendOptions): Promise<void> {
    if (!('method' in message)) return super.send(message, options);
    if (!('id' in message)) return this.#notify(message, options);
    if (message.method === 'tools/call') return this.#call(message, options);
    return super.send(message, this.#ending(message, options));
  }

  override async close(): Promise<void> {
    for (const call of this.#calls.values()) call.abort();
    this.#exchanges.close();
    await super.close();
  }

  /** A call that was cancelled keeps its connection no longer than it takes to say so. */
  async #notify(message: JSONRPCNotification, options: SendOptions): Promise<void> {
    try {
      await super.send(message, options);
    } finally {
      const id = message.method === 'notifications/cancelled' ? message.params?.['requestId'] : undefined;
      if (typeof id === 'number' || typeof id === 'string') this.#calls.get(id)?.abort();
    }
  }

  async #call(request: JSONRPCRequest, options: SendOptions): Promise<void> {
    const call = new AbortController();
    const giveUp = (): void => call.abort();
    options?.requestSignal?.addEventListener('abort', giveUp, { once: true });
    this.#calls.set(request.id, call);
    try {
      await this.#post(request, options, call.signal);
    } finally {
      options?.requestSignal?.removeEventListener('abort', giveUp);
      this.#calls.delete(request.id);
    }
  }

  /** What the server sends elsewhere, and a stream that is to be taken up again, the SDK knows how to follow. */
  async #post(request: JSONRPCRequest, options: SendOptions, signal: AbortSignal): Promise<void> {
    const body = JSON.stringify(request);
    const answer = await this.#exchanges.post(body, this.#headersOf(request, options), signal);
    if (REDIRECTS.has(answer.statusCode)) {
      answer.destroy();
      return super.send(request, this.#ending(request, options));
    }
    const read = new PostedAnswer(request.id, (message) => this.onmessage?.(message)).read(answer);
    const resumption = await read;
    if (resumption !== undefined)
      await super.send(request, { ...this.#ending(request, options), ...resumption });
  }

  #headersOf({ params }: JSONRPCRequest, options: SendOptions): Record<string, string> {
    const { sessionId, protocolVersion } = this;
    const claimed = params?._meta?.[PROTOCOL_VERSION_META_KEY];
    const isModern = typeof claimed === 'string';
    return {
      ...this.#headers,
      ...options?.headers,
      ...(sessionId !== undefined && { 'mcp-session-id': sessionId }),
      ...(protocolVersion !== undefined && { 'mcp-protocol-version': protocolVersion }),
      ...(isModern && { 'mcp-protocol-version': claimed, 'mcp-method': 'tools/call' }),
      ...(isModern && { 'mcp-name': fieldValue(String(params?.['name'])) }),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    };
  }

  /** The SDK's own requests, ended by the end of their stream. */
  #ending({ id }: JSONRPCRequest, options: SendOptions): SendOptions {
    const onRequestStreamEnd = (): void => {
      options?.onRequestStreamEnd?.();
      this.onmessage?.(failedAnswer(id, CLOSED, LOST_ANSWER));
    };
    return { ...options, onRequestStreamEnd };
  }
}

const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);
