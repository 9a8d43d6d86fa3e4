/** Routes a request over HTTP to the era that it belongs to. */
import type { IncomingMessage } from 'node:http';
import {
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  type McpHandlerRequestOptions,
  type McpHttpHandler,
  type McpRequestContext,
  type McpServer,
} from '@modelcontextprotocol/server';

import { systemClock } from '../../../core/index.js';
import { callerFrom } from '../caller.js';
import { clientInfoOf, isListenMessage } from '../listen-filter.js';
import { lastingServer, protocolServer, type Served } from '../protocol-server.js';
import { DirectCalls } from './direct-calls.js';
import type { Exchange } from './exchanges.js';
import { ListenDesk } from './listen-desk.js';
import type { HttpBounds } from './options.js';
import { ParameterHeaders } from './parameter-headers.js';
import type { PostedRequest } from './visit.js';
import { closing } from './refusal.js';
import { HttpSessions } from './sessions.js';

const SESSION_HEADER = 'mcp-session-id';
const VERSION_HEADER = 'mcp-protocol-version';
/** From here on there are no sessions; a header that names one is nobody's concern. */
const FIRST_WITHOUT_SESSIONS = '2026-07-28';
/** Names the method of a request in the 2026-07-28 era; the SDK sees to it that it is the same. */
const METHOD_HEADER = 'mcp-method';
const LISTEN = 'subscriptions/listen';

/** Whether a request asks for a stream that stands until somebody closes it. */
export function opensStream({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' || headers[METHOD_HEADER] === LISTEN;
}

/** Everything that is answered under the path of the gateway. */
export class Endpoint {
  readonly #served: Served;
  readonly #parameters: ParameterHeaders;
  readonly #direct: DirectCalls;
  /** What is not answered directly. */
  readonly #calls: McpHttpHandler;
  /** Apart, so that standing streams can end before calls do. */
  readonly #listens: ListenDesk;
  readonly #sessions: HttpSessions;
  #takesStreams = true;

  constructor(served: Served, bounds: HttpBounds, report: (error: Error) => void) {
    this.#served = served;
    this.#parameters = new ParameterHeaders(served.codeMode);
    this.#direct = new DirectCalls(served, this.#parameters, bounds);
    const options = { keepAliveMs: bounds.streamPingMs, onerror: report };
    this.#calls = createMcpHandler((context) => this.#serverFor(context), options);
    this.#listens = new ListenDesk(served, options);
    this.#sessions = new HttpSessions({
      makeServer: () => lastingServer(served, 'legacy', report),
      clock: systemClock,
      bounds,
      onError: report,
    });
  }

  /** Answers what is plainly good, of either era; false for all else, which is for `fetch`. */
  async answer(posted: PostedRequest): Promise<boolean> {
    const { [SESSION_HEADER]: session, [VERSION_HEADER]: version } = posted.incoming.headers;
    if (session === undefined || !knowsSessions(version)) return this.#direct.answer(posted);
    return this.#sessions.answer(String(session), posted);
  }

  /** A session, a request that opens one, or one that stands alone; with `parsedBody` if it has JSON. */
  async fetch(request: Request, options: McpHandlerRequestOptions, exchange: Exchange): Promise<Response> {
    const session = request.headers.get(SESSION_HEADER);
    if (session !== null && knowsSessions(request.headers.get(VERSION_HEADER))) {
      return this.#sessions.serve(session, request, options, exchange) ?? sessionNotFound();
    }
    if (request.headers.get(METHOD_HEADER) === LISTEN) return this.#listen(request, options);
    const body = options.parsedBody;
    const opens = isInitializeRequest(body) && (await isLegacyRequest(request, body));
    return opens ? this.#sessions.open(request, options, exchange) : this.#calls.fetch(request, options);
  }

  /** Ends standing streams; their clients are told, and no new ones are opened. */
  async endStreams(): Promise<void> {
    this.#takesStreams = false;
    this.#sessions.endStreams();
    await this.#listens.close();
  }

  async close(): Promise<void> {
    await Promise.all([this.endStreams(), this.#calls.close(), this.#sessions.close()]);
  }

  async #listen(request: Request, options: McpHandlerRequestOptions): Promise<Response> {
    if (!this.#takesStreams) return closing();
    const { parsedBody: message, authInfo } = options;
    if (!isListenMessage(message)) return this.#calls.fetch(request, options);
    return this.#listens.open(request, message, callerFrom(authInfo, clientInfoOf(message)));
  }

  async #serverFor({ era, requestInfo, authInfo }: McpRequestContext): Promise<McpServer> {
    const method = requestInfo?.headers.get(METHOD_HEADER);
    const server = protocolServer(this.#served, era, method);
    if (era === 'modern' && method === 'tools/call') {
      const schemas = await this.#parameters.declaredFor(callerFrom(authInfo, undefined));
      if (schemas.size > 0) server.toolInputSchemaJson = (name) => schemas.get(name);
    }
    return server;
  }
}

/** Revisions are dates: they sort as text. */
function knowsSessions(version: unknown): boolean {
  return typeof version !== 'string' || version < FIRST_WITHOUT_SESSIONS;
}

function sessionNotFound(): Response {
  return Response.json(
    { jsonrpc: '2.0', error: { code: -32_001, message: 'Session not found' }, id: null },
    { status: 404 },
  );
}
