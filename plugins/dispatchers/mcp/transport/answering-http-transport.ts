/**
 * Streamable HTTP where every request ends: with its answer, or with one that we make up as soon as none
 * can come any more. The SDK's would wait for its timeout. And each message tells on which request's
 * stream it came: the SDK's do not, and then nobody knows who is asked.
 *
 * Requests are posted by ourselves, over connections that are kept. Connecting, listening, and what the
 * server sends elsewhere are left to the SDK.
 */
import { setTimeout } from 'node:timers/promises';
import {
  PROTOCOL_VERSION_META_KEY,
  StreamableHTTPClientTransport,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type RequestId,
  type Transport,
} from '@modelcontextprotocol/client';

import { boundedFetch } from './bounded-fetch.js';
import { failedAnswer, LOST_ANSWER } from './failed-answer.js';
import { fieldValue } from './field-value.js';
import { HttpExchanges } from './http-exchange.js';
import type { MessageOrigin } from './message-origin.js';
import { CLOSED, PostedAnswer, type Resumption } from './posted-answer.js';

type SendOptions = Parameters<StreamableHTTPClientTransport['send']>[1];

/** Speaks to one server. */
export class AnsweringHttpTransport extends StreamableHTTPClientTransport {
  declare onmessage?: NonNullable<Transport['onmessage']>;
  readonly #url: URL;
  readonly #exchanges: HttpExchanges;
  readonly #headers: Readonly<Record<string, string>>;
  /** The requests under way. */
  readonly #calls = new Map<RequestId, AbortController>();
  /** Streams of requests that the SDK follows. */
  readonly #followed = new Map<RequestId, StreamableHTTPClientTransport>();
  #left: Promise<void> | undefined;

  constructor(url: URL, headers: Readonly<Record<string, string>>) {
    super(url, {
      requestInit: { headers: { ...headers } },
      fetch: boundedFetch,
      reconnectionOptions: PATIENT,
    });
    this.#url = url;
    this.#exchanges = new HttpExchanges(url);
    this.#headers = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
  }

  override send(message: JSONRPCMessage | JSONRPCMessage[], options?: SendOptions): Promise<void> {
    if (!('method' in message && 'id' in message)) return super.send(message, options);
    if (LEFT_TO_THE_SDK.has(message.method)) return super.send(message, this.#ending(message, options));
    return this.#call(message, options);
  }

  override async close(): Promise<void> {
    for (const call of this.#calls.values()) call.abort();
    for (const stream of this.#followed.values()) void stream.close();
    this.#followed.clear();
    this.#exchanges.close();
    await (this.#left ??= this.#leaveSession());
    await super.close();
  }

  /** The server keeps the session until it is told (2025-11-25, basic/transports); nobody waits long for that. */
  async #leaveSession(): Promise<void> {
    if (this.sessionId === undefined) return;
    const told = this.terminateSession().catch(() => undefined);
    await Promise.race([told, setTimeout(FAREWELL_MS, undefined, { ref: false })]);
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
      return this.#follow(request, options);
    }
    const origin: MessageOrigin = { stream: request.id };
    const read = new PostedAnswer(request.id, (message) => this.onmessage?.(message, origin)).read(answer);
    const resumption = await read;
    if (resumption !== undefined) await this.#resume(request, resumption, options, signal);
  }

  async #resume(
    request: JSONRPCRequest,
    { lastEventId, retryMs }: Resumption,
    options: SendOptions,
    signal: AbortSignal,
  ): Promise<void> {
    await setTimeout(retryMs, undefined, { signal });
    await this.#follow(request, { ...options, resumptionToken: lastEventId });
  }

  /** By a transport of the SDK's for this one request; a server may leave its stream open after the answer. */
  async #follow(request: JSONRPCRequest, options: SendOptions): Promise<void> {
    const { id } = request;
    const { sessionId, protocolVersion } = this;
    const stream = new StreamableHTTPClientTransport(this.#url, {
      requestInit: { headers: this.#headers },
      fetch: boundedFetch,
      ...(sessionId !== undefined && { sessionId }),
      ...(protocolVersion !== undefined && { protocolVersion }),
    });
    const origin: MessageOrigin = { stream: id };
    stream.onmessage = (message) => {
      this.onmessage?.(message, origin);
      if ('method' in message || !this.#followed.delete(id)) return;
      void stream.close();
    };
    stream.onerror = (error) => this.onerror?.(error);
    this.#followed.set(id, stream);
    await stream.start();
    await stream.send(request, this.#ending(request, options)).catch((error: unknown) => {
      this.#followed.delete(id);
      throw error;
    });
  }

  #headersOf({ method, params }: JSONRPCRequest, options: SendOptions): Record<string, string> {
    const { sessionId, protocolVersion } = this;
    const claimed = params?._meta?.[PROTOCOL_VERSION_META_KEY];
    const isModern = typeof claimed === 'string';
    const name = params?.[method === 'resources/read' ? 'uri' : 'name'];
    return {
      ...this.#headers,
      ...options?.headers,
      ...(sessionId !== undefined && { 'mcp-session-id': sessionId }),
      ...(protocolVersion !== undefined && { 'mcp-protocol-version': protocolVersion }),
      ...(isModern && { 'mcp-protocol-version': claimed, 'mcp-method': method }),
      ...(isModern && typeof name === 'string' && { 'mcp-name': fieldValue(name) }),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    };
  }

  /** The SDK's own requests, ended by the end of their stream. */
  #ending({ id }: JSONRPCRequest, options: SendOptions): SendOptions {
    const onRequestStreamEnd = (): void => {
      this.#followed.delete(id);
      options?.onRequestStreamEnd?.();
      this.onmessage?.(failedAnswer(id, CLOSED, LOST_ANSWER));
    };
    return { ...options, onRequestStreamEnd };
  }
}

const FAREWELL_MS = 1_000;

/** They make the session, or stay open. */
const LEFT_TO_THE_SDK: ReadonlySet<string> = new Set([
  'initialize',
  'server/discover',
  'subscriptions/listen',
]);

/** The stream that belongs to no request is opened again for as long as the connection is used. */
const PATIENT = {
  initialReconnectionDelay: 1_000,
  maxReconnectionDelay: 30_000,
  reconnectionDelayGrowFactor: 1.5,
  maxRetries: Number.POSITIVE_INFINITY,
};

const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);
