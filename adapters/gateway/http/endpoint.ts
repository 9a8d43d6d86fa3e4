/** Routes a request over HTTP to the era that it belongs to. */
import {
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  type McpHandlerRequestOptions,
  type McpHttpHandler,
} from '@modelcontextprotocol/server';

import { systemClock } from '../../../core/index.js';
import { protocolServer, type Served } from '../protocol-server.js';
import { watchTools } from '../tool-watch.js';
import { HttpSessions } from './sessions.js';

const MAX_SESSIONS = 1_000;
const MAX_IDLE_MS = 3_600_000;
const SESSION_HEADER = 'mcp-session-id';
/** Names the method of a request in the 2026-07-28 era; the SDK sees to it that it is the same. */
const METHOD_HEADER = 'mcp-method';

/** Everything that is answered under the path of the gateway. */
export class Endpoint {
  readonly #handler: McpHttpHandler;
  readonly #sessions: HttpSessions;
  readonly #stopWatching: () => void;

  constructor(served: Served, maxRequestBodySize: number, report: (error: Error) => void) {
    const options = { maxRequestBodySize, onerror: report };
    this.#handler = createMcpHandler(
      ({ era, requestInfo }) => protocolServer(served, era, requestInfo?.headers.get(METHOD_HEADER)),
      options,
    );
    this.#sessions = new HttpSessions({
      makeServer: () => protocolServer(served, 'legacy'),
      maxBodyBytes: maxRequestBodySize,
      clock: systemClock,
      maxSessions: MAX_SESSIONS,
      maxIdleMs: MAX_IDLE_MS,
      onError: report,
    });
    this.#stopWatching = watchTools(served.codeMode, () => {
      this.#handler.notify.toolsChanged();
      this.#sessions.toolsChanged();
    });
  }

  /** A session, a request that opens one, or one that stands alone. */
  readonly fetch = async (request: Request, options?: McpHandlerRequestOptions): Promise<Response> => {
    const session = request.headers.get(SESSION_HEADER);
    if (session !== null) {
      return (await this.#sessions.serve(session, request, options)) ?? sessionNotFound();
    }
    const body: unknown = await bodyOf(request);
    if (body === undefined) return this.#handler.fetch(request, options);
    const parsed = { ...options, parsedBody: body };
    const opens = isInitializeRequest(body) && (await isLegacyRequest(request, body));
    return opens ? this.#sessions.open(request, parsed) : this.#handler.fetch(request, parsed);
  };

  async close(): Promise<void> {
    this.#stopWatching();
    await Promise.all([this.#handler.close(), this.#sessions.close()]);
  }
}

/** The JSON of a request; nothing when there is none, which the handler then says. */
async function bodyOf(request: Request): Promise<unknown> {
  if (request.method !== 'POST') return undefined;
  try {
    return await request.clone().json();
  } catch {
    return undefined;
  }
}

function sessionNotFound(): Response {
  return Response.json(
    { jsonrpc: '2.0', error: { code: -32_001, message: 'Session not found' }, id: null },
    { status: 404 },
  );
}
