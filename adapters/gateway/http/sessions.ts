/**
 * Sessions of clients that speak 2025-11-25 and older over Streamable HTTP: what they cancel, and what
 * they are told of, must meet the server that answers them.
 */
import { randomUUID } from 'node:crypto';
import {
  WebStandardStreamableHTTPServerTransport,
  type McpHandlerRequestOptions,
  type McpServer,
} from '@modelcontextprotocol/server';

import type { Clock } from '../../../core/index.js';
import type { HttpBounds } from './options.js';

/** How sessions are made. */
export interface SessionOptions {
  readonly makeServer: () => McpServer;
  readonly clock: Clock;
  readonly bounds: HttpBounds;
  readonly onError: (error: Error) => void;
}

interface Session {
  /** Who opened it, as a token told; to all others it does not exist. */
  readonly owner: string | undefined;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly server: McpServer;
  usedAt: number;
}

/** All sessions of one endpoint; the ones unused for longest make room for new ones. */
export class HttpSessions {
  readonly #options: SessionOptions;
  /** By id, the one unused for longest first. */
  readonly #sessions = new Map<string, Session>();
  #cancelSweep: (() => void) | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Answers a request within a session; nothing when the sender has no such session. */
  serve(id: string, request: Request, options?: McpHandlerRequestOptions): Promise<Response> | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined || session.owner !== options?.authInfo?.clientId) return undefined;
    this.#keep(id, session);
    return session.transport.handleRequest(request, options);
  }

  /** Answers an `initialize` request with a new session. */
  async open(request: Request, options?: McpHandlerRequestOptions): Promise<Response> {
    const { makeServer, bounds, onError } = this.#options;
    while (this.#sessions.size >= bounds.maxSessions) this.#endOldest();
    const server = makeServer();
    const owner = options?.authInfo?.clientId;
    const transport: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: bounds.maxBodyBytes,
      keepAliveMs: bounds.streamPingMs,
      onsessioninitialized: (id) => this.#keep(id, { owner, transport, server, usedAt: 0 }),
    });
    transport.onclose = () => {
      if (transport.sessionId !== undefined) this.#sessions.delete(transport.sessionId);
    };
    transport.onerror = onError;
    await server.connect(transport);
    const response = await transport.handleRequest(request, options);
    if (transport.sessionId === undefined) await server.close();
    return response;
  }

  /** Ends the streams on which clients wait to be told something; the sessions stay. */
  endStreams(): void {
    for (const { transport } of this.#sessions.values()) transport.closeStandaloneSSEStream();
  }

  async close(): Promise<void> {
    this.#cancelSweep?.();
    await Promise.all([...this.#sessions.values()].map(({ server }) => server.close()));
  }

  #keep(id: string, session: Session): void {
    session.usedAt = this.#options.clock.now();
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    this.#sweepLater(this.#options.bounds.sessionIdleMs);
  }

  #sweepLater(delayMs: number): void {
    this.#cancelSweep ??= this.#options.clock.after(delayMs, () => {
      this.#cancelSweep = undefined;
      this.#sweep();
    });
  }

  /** Ends what has been idle for too long, and comes back when the next one will have been. */
  #sweep(): void {
    const { clock, bounds } = this.#options;
    for (const { usedAt } of this.#sessions.values()) {
      const leftMs = usedAt + bounds.sessionIdleMs - clock.now();
      if (leftMs > 0) {
        this.#sweepLater(leftMs);
        return;
      }
      this.#endOldest();
    }
  }

  #endOldest(): void {
    const [oldest] = this.#sessions;
    if (oldest === undefined) return;
    const [id, { server }] = oldest;
    this.#sessions.delete(id);
    server.close().catch(this.#options.onError);
  }
}
