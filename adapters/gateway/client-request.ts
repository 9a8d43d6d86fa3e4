/** One request of a client, of either era, as the desks of the gateway read it. */
import {
  CLIENT_CAPABILITIES_META_KEY,
  LOG_LEVEL_META_KEY,
  type JSONRPCRequest,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';

import {
  isJsonObject,
  passesLevel,
  type Caller,
  type ClientLink,
  type JsonObject,
  type Progress,
  type RequestContext,
} from '../../core/index.js';
import { callerOf } from './caller.js';
import { askOverSession } from './session-question.js';

/** The eras of the protocol: `legacy` is 2025-11-25 and older, `modern` is 2026-07-28 and newer. */
export type Era = 'legacy' | 'modern';

/** A client of one era, for as long as its server lives: a session, a stdio connection, or one request. */
export interface Connection {
  readonly era: Era;
  readonly server: McpServer;
  /** Who the client is when no token says. */
  readonly self: Caller | undefined;
  /** What `logging/setLevel` said last; only sessions have it. */
  logLevel?: string;
  /** What `resources/subscribe` asked for, by URI, each with what ends it; only sessions have it. */
  readonly subscriptions: Map<string, () => void>;
}

/** Sessions hear what a server logs until they say otherwise, as they do without a gateway. */
const SESSION_LOG_LEVEL = 'debug';

/** What a server remembers of a client of 2025-11-25 and older, which says once what it can do. */
interface Introduced {
  getClientCapabilities(): object | undefined;
}

function introducedBy({ server }: McpServer): Introduced {
  return server;
}

/** A request under way. */
export class ClientRequest {
  readonly method: string;
  /** Without `_meta`, and without what answers questions. */
  readonly params: JsonObject;
  readonly caller: Caller;
  readonly connection: Connection;
  /** Aborted when the client cancels it, or goes. */
  readonly signal: AbortSignal;
  readonly #context: ServerContext;
  readonly #progressToken: string | number | undefined;
  readonly #meta: JsonObject | undefined;
  #answered = false;
  #furthest = Number.NEGATIVE_INFINITY;

  constructor({ method, params = {} }: JSONRPCRequest, context: ServerContext, connection: Connection) {
    const { _meta, ...rest } = params;
    const { progressToken, ...meta } = (_meta ?? {}) as JsonObject & { progressToken?: string | number };
    this.method = method;
    this.params = rest as JsonObject;
    this.connection = connection;
    this.caller = callerOf(connection.server, context, connection.self);
    this.signal = signalOf(context, connection.era);
    this.#context = context;
    this.#progressToken = progressToken;
    this.#meta = Object.keys(meta).length > 0 ? meta : undefined;
  }

  get era(): Era {
    return this.connection.era;
  }

  /** What the client says that it can do. */
  get capabilities(): JsonObject {
    const { connection } = this;
    const said: unknown =
      connection.era === 'modern'
        ? this.#envelope[CLIENT_CAPABILITIES_META_KEY]
        : introducedBy(connection.server).getClientCapabilities();
    return isJsonObject(said) ? said : {};
  }

  /** The least severe log message that the client wants; none when absent. */
  get logLevel(): string | undefined {
    if (this.era === 'legacy') return this.connection.logLevel ?? SESSION_LOG_LEVEL;
    const level = this.#envelope[LOG_LEVEL_META_KEY];
    return typeof level === 'string' ? level : undefined;
  }

  /** The client's answers to the questions of the round before. */
  get responses(): JsonObject | undefined {
    return this.#context.mcpReq.inputResponses as JsonObject | undefined;
  }

  /** What the client brings back from the round before; whatever it sent. */
  get state(): unknown {
    return this.#context.mcpReq.requestState();
  }

  /** What to hand to the core with it. */
  context(client: ClientLink = this.link(), signal: AbortSignal = this.signal): RequestContext {
    return {
      caller: this.caller,
      signal,
      client,
      ...(this.#meta !== undefined && { meta: this.#meta }),
      ...(this.#progressToken !== undefined && { onProgress: (step) => this.progress(step) }),
    };
  }

  /** The client, as far as it can be reached while the request is under way. */
  link(): ClientLink {
    const { capabilities, logLevel } = this;
    const context = this.#context;
    return {
      capabilities,
      ...(logLevel !== undefined && { logLevel }),
      ...(this.era === 'legacy' && {
        ask: (question, signal) => askOverSession(context, capabilities, question, signal),
      }),
      notify: ({ method, params }) => {
        if (method !== 'notifications/message' || passesLevel(params['level'], logLevel)) {
          this.#notify(method, params);
        }
      },
    };
  }

  /** Tells a client that asked for progress; it goes forward only, whatever a server says of it. */
  progress(step: Progress): void {
    const progressToken = this.#progressToken;
    if (progressToken === undefined || !(step.progress > this.#furthest)) return;
    this.#furthest = step.progress;
    this.#notify('notifications/progress', { ...step, progressToken });
  }

  /** Nothing is told of it any more. */
  answered(): void {
    this.#answered = true;
  }

  /** What a request of 2026-07-28 says of its client. */
  get #envelope(): Readonly<Record<string, unknown>> {
    return this.#context.mcpReq.envelope ?? {};
  }

  #notify(method: string, params: JsonObject): void {
    if (this.#answered || this.signal.aborted) return;
    this.#context.mcpReq.notify({ method, params }).catch(() => undefined);
  }
}

/**
 * A session outlives the connection on which a request came (2025-11-25, basic/transports: its end is no
 * cancellation). But we keep no events for the client to come back to, so nobody can get the answer then.
 */
function signalOf({ mcpReq, http }: ServerContext, era: Era): AbortSignal {
  const connected = era === 'legacy' ? http?.req?.signal : undefined;
  return connected === undefined ? mcpReq.signal : AbortSignal.any([mcpReq.signal, connected]);
}
