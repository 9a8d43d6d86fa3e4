/** One request of a client, of either era, as the desks of the gateway read it. */
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  LOG_LEVEL_META_KEY,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/server';

import {
  isJsonObject,
  passesLevel,
  traceContextOf,
  type Caller,
  type ClientLink,
  type EndCode,
  type JsonObject,
  type OpenRequest,
  type Progress,
  type RequestContext,
  type RequestStart,
} from '../../core/index.js';
import { callerFrom, sessionLabel } from './caller.js';
import type { RequestSource } from './request-source.js';

/** The eras of the protocol: `legacy` is 2025-11-25 and older, `modern` is 2026-07-28 and newer. */
export type Era = 'legacy' | 'modern';

/** What a client of 2025-11-25 and older says once, of itself and of what it can do. */
export interface Introduction {
  getClientVersion(): object | undefined;
  getClientCapabilities(): object | undefined;
  getNegotiatedProtocolVersion(): string | undefined;
}

/** A client of one era, for as long as it stays: a session, or a stdio connection. */
export interface Connection {
  readonly era: Era;
  readonly transport: RequestStart['transport'];
  /** Absent where each request says it. */
  readonly introduction?: Introduction;
  /** Who the client is when no token says. */
  readonly self?: Caller | undefined;
  /** What its session is known by, once a request of it has come. */
  session?: string;
  /** What `logging/setLevel` said last; only sessions have it. */
  logLevel?: string;
  /** What `resources/subscribe` asked for; only sessions have it. */
  readonly subscriptions?: Subscriptions;
}

/** The resources that a session listens to. */
export interface Subscriptions {
  /** By URI, each with what ends it. */
  readonly stops: Map<string, () => void>;
  /** Tells the session that one was updated. */
  tell(uri: string): void;
}

/** Sessions hear what a server logs until they say otherwise, as they do without a gateway. */
const SESSION_LOG_LEVEL = 'debug';

/** What is asked for, as it came. */
interface Asked {
  readonly id: string | number;
  readonly method: string;
  readonly params?: { readonly _meta?: unknown } | undefined;
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
  /** As the sinks know it; absent where nobody listens. */
  opened: OpenRequest | undefined;
  /** How a result ends it; `ok` unless who made the result says otherwise. */
  code: EndCode = 'ok';
  readonly #id: string | number;
  readonly #source: RequestSource;
  readonly #progressToken: string | number | undefined;
  readonly #meta: JsonObject | undefined;
  #answered = false;
  #furthest = Number.NEGATIVE_INFINITY;

  constructor({ id, method, params = {} }: Asked, source: RequestSource, connection: Connection) {
    const { _meta, ...rest } = params;
    const { progressToken, ...meta } = (_meta ?? {}) as JsonObject & { progressToken?: string | number };
    const client = source.envelope[CLIENT_INFO_META_KEY] ?? connection.introduction?.getClientVersion();
    this.#id = id;
    this.method = method;
    this.params = rest;
    this.connection = connection;
    this.caller = callerFrom(source.auth, client, labelOf(source.session, connection), connection.self);
    this.signal = source.signal;
    this.#source = source;
    this.#progressToken = progressToken;
    this.#meta = Object.keys(meta).length > 0 ? meta : undefined;
  }

  get era(): Era {
    return this.connection.era;
  }

  /** What the client says that it can do. */
  get capabilities(): JsonObject {
    const said: unknown =
      this.era === 'modern'
        ? this.#source.envelope[CLIENT_CAPABILITIES_META_KEY]
        : this.connection.introduction?.getClientCapabilities();
    return isJsonObject(said) ? said : {};
  }

  /** The least severe log message that the client wants; none when absent. */
  get logLevel(): string | undefined {
    if (this.era === 'legacy') return this.connection.logLevel ?? SESSION_LOG_LEVEL;
    const level = this.#source.envelope[LOG_LEVEL_META_KEY];
    return typeof level === 'string' ? level : undefined;
  }

  /** The client's answers to the questions of the round before. */
  get responses(): JsonObject | undefined {
    return this.#source.responses;
  }

  /** What the client brings back from the round before; whatever it sent. */
  get state(): unknown {
    return this.#source.state;
  }

  /** What the sinks are told of it. A URI may hold a secret: it is left out. */
  get start(): RequestStart {
    const { caller, connection, method } = this;
    const { transport } = connection;
    const [target, version, trace] = [targetOf(this), this.#protocolVersion, traceContextOf(this.#meta)];
    return {
      caller,
      method,
      transport,
      ...(target !== undefined && { target }),
      ...(typeof version === 'string' && { protocolVersion: version }),
      ...(String(this.#id).length <= MAX_TOLD && { rpcId: this.#id }),
      ...(trace !== undefined && { trace }),
    };
  }

  get #protocolVersion(): unknown {
    const { era, introduction } = this.connection;
    if (era === 'modern') return this.#source.envelope[PROTOCOL_VERSION_META_KEY];
    return introduction?.getNegotiatedProtocolVersion();
  }

  /** What to hand to the core with it. */
  context(client: ClientLink = this.link(), signal: AbortSignal = this.signal): RequestContext {
    return {
      caller: this.caller,
      signal,
      client,
      ...(this.opened !== undefined && { request: this.opened }),
      ...(this.#meta !== undefined && { meta: this.#meta }),
      ...(this.#progressToken !== undefined && { onProgress: (step) => this.progress(step) }),
    };
  }

  /** The client, as far as it can be reached while the request is under way. */
  link(): ClientLink {
    const { capabilities, logLevel } = this;
    const source = this.#source;
    return {
      capabilities,
      ...(logLevel !== undefined && { logLevel }),
      ...(this.era === 'legacy' &&
        source.ask !== undefined && {
          ask: (question, signal) => source.ask!(question, capabilities, signal),
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

  #notify(method: string, params: JsonObject): void {
    if (this.#answered || this.signal.aborted) return;
    this.#source.notify(method, params);
  }
}

/** Longer names and ids are told to nobody: no tool has such a name, and no client such an id. */
const MAX_TOLD = 512;

/** The tool or the prompt that is meant. */
function targetOf({ method, params }: ClientRequest): string | undefined {
  const { name, ref } = params;
  const named = method === 'completion/complete' && isJsonObject(ref) ? ref['name'] : name;
  return typeof named === 'string' && named.length <= MAX_TOLD ? named : undefined;
}

function labelOf(id: string | undefined, connection: Connection): string | undefined {
  return id === undefined ? undefined : (connection.session ??= sessionLabel(id));
}
