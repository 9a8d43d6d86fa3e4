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

/** How sessions are made. */
export interface SessionOptions {
  readonly makeServer: () => McpServer;
  readonly clock: Clock;
  readonly maxBodyBytes: number;
  readonly maxSessions: number;
  /** How long a session may go unused before it makes room for a new one. */
  readonly maxIdleMs: number;
  readonly onError: (error: Error) => void;
}

interface Session {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly server: McpServer;
  usedAt: number;
}

/** All sessions of one endpoint; the ones unused for longest make room for new ones. */
export class HttpSessions {
  readonly #options: SessionOptions;
  /** By id, the one unused for longest first. */
  readonly #sessions = new Map<string, Session>();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Answers a request within a session; nothing when there is no such session. */
  serve(id: string, request: Request, options?: McpHandlerRequestOptions): Promise<Response> | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined) return undefined;
    this.#keep(id, session);
    return session.transport.handleRequest(request, options);
  }

  /** Answers an `initialize` request with a new session. */
  async open(request: Request, options?: McpHandlerRequestOptions): Promise<Response> {
    this.#makeRoom();
    const server = this.#options.makeServer();
    const transport: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: this.#options.maxBodyBytes,
      onsessioninitialized: (id) => this.#keep(id, { transport, server, usedAt: 0 }),
    });
    transport.onclose = () => {
      if (transport.sessionId !== undefined) this.#sessions.delete(transport.sessionId);
    };
    transport.onerror = this.#options.onError;
    await server.connect(transport);
    const response = await transport.handleRequest(request, options);
    if (transport.sessionId === undefined) await server.close();
    return response;
  }

  /** Tells the clients that the list of tools is another now. */
  toolsChanged(): void {
    for (const { server } of this.#sessions.values()) {
      server.server.sendToolListChanged().catch(this.#options.onError);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map(({ server }) => server.close()));
  }

  #keep(id: string, session: Session): void {
    session.usedAt = this.#options.clock.now();
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
  }

  #makeRoom(): void {
    const { clock, maxSessions, maxIdleMs, onError } = this.#options;
    const oldest = clock.now() - maxIdleMs;
    for (const [id, { server, usedAt }] of this.#sessions) {
      if (usedAt > oldest && this.#sessions.size < maxSessions) return;
      this.#sessions.delete(id);
      server.close().catch(onError);
    }
  }
}
