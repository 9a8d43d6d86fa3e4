/**
 * Sessions of clients that speak 2025-11-25 and older over Streamable HTTP: what they cancel, and what
 * they are told of, must meet the server that answers them.
 */
import { randomUUID } from 'node:crypto';
import {
  WebStandardStreamableHTTPServerTransport,
  type AuthInfo,
  type McpHandlerRequestOptions,
  type McpServer,
} from '@modelcontextprotocol/server';

import type { Clock } from '../../../core/index.js';
import type { Exchange } from './exchanges.js';
import type { HttpBounds } from './options.js';
import type { PostedRequest } from './visit.js';
import { refusal } from './refusal.js';
import { SessionTransport } from './session-transport.js';

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
  /** The SDK's; `transport` answers what it can before. */
  readonly wire: WebStandardStreamableHTTPServerTransport;
  readonly transport: SessionTransport;
  readonly server: McpServer;
  /** Requests and streams under way. */
  open: number;
  usedAt: number;
}

/** All sessions of one endpoint. The one unused for longest makes room for a new one; one in use never does. */
export class HttpSessions {
  readonly #options: SessionOptions;
  /** By id, the one unused for longest first. */
  readonly #sessions = new Map<string, Session>();
  #cancelSweep: (() => void) | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Answers a request within a session straight away, if it is one of that kind. */
  answer(id: string, posted: PostedRequest): boolean {
    const session = this.#sessionOf(id, posted.sender);
    if (session?.transport.answer(posted) !== true) return false;
    this.#use(id, session, posted.exchange);
    return true;
  }

  /** Answers a request within a session; nothing when the sender has no such session. */
  serve(
    id: string,
    request: Request,
    options: McpHandlerRequestOptions,
    exchange: Exchange,
  ): Promise<Response> | undefined {
    const session = this.#sessionOf(id, options.authInfo);
    if (session === undefined) return undefined;
    this.#use(id, session, exchange);
    return session.wire.handleRequest(request, options);
  }

  /** Answers an `initialize` request with a new session; with 503 when all there may be are in use. */
  async open(request: Request, options: McpHandlerRequestOptions, exchange: Exchange): Promise<Response> {
    const { makeServer, bounds, clock, onError } = this.#options;
    if (this.#sessions.size >= bounds.maxSessions && !this.#endLongestUnused()) return allInUse();
    const server = makeServer();
    const owner = options.authInfo?.clientId;
    const wire: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: bounds.maxBodyBytes,
      keepAliveMs: bounds.streamPingMs,
      onsessioninitialized: (id) =>
        this.#use(id, { owner, wire, transport, server, open: 0, usedAt: 0 }, exchange),
    });
    const transport = new SessionTransport(wire, { bounds, clock });
    transport.onclose = () => {
      if (wire.sessionId !== undefined) this.#sessions.delete(wire.sessionId);
    };
    transport.onerror = onError;
    await server.connect(transport);
    const response = await wire.handleRequest(request, options);
    if (wire.sessionId === undefined) await server.close();
    return response;
  }

  /** Ends the streams on which clients wait to be told something; the sessions stay. */
  endStreams(): void {
    for (const { wire } of this.#sessions.values()) wire.closeStandaloneSSEStream();
  }

  async close(): Promise<void> {
    this.#cancelSweep?.();
    await Promise.all([...this.#sessions.values()].map(({ server }) => server.close()));
  }

  #sessionOf(id: string, sender: AuthInfo | undefined): Session | undefined {
    const session = this.#sessions.get(id);
    return session?.owner === sender?.clientId ? session : undefined;
  }

  /** It is in use until the exchange ends, and counts as unused from then. */
  #use(id: string, session: Session, exchange: Exchange): void {
    session.open += 1;
    this.#touch(id, session);
    exchange.onEnd(() => {
      session.open -= 1;
      if (this.#sessions.get(id) === session) this.#touch(id, session);
    });
  }

  #touch(id: string, session: Session): void {
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

  /** Ends what has been idle for too long, and comes back when the next one may have been. */
  #sweep(): void {
    const { clock, bounds } = this.#options;
    for (const [id, session] of this.#sessions) {
      const leftMs = session.usedAt + bounds.sessionIdleMs - clock.now();
      if (leftMs > 0) {
        this.#sweepLater(leftMs);
        return;
      }
      if (session.open === 0) this.#end(id, session);
    }
    if (this.#sessions.size > 0) this.#sweepLater(bounds.sessionIdleMs);
  }

  /** Whether one could make room. */
  #endLongestUnused(): boolean {
    for (const [id, session] of this.#sessions) {
      if (session.open > 0) continue;
      this.#end(id, session);
      return true;
    }
    return false;
  }

  #end(id: string, { server }: Session): void {
    this.#sessions.delete(id);
    server.close().catch(this.#options.onError);
  }
}

function allInUse(): Response {
  return refusal(503, 'All sessions are in use: try again later', { 'retry-after': RETRY_AFTER_SECONDS });
}

const RETRY_AFTER_SECONDS = '5';
