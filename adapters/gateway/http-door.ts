/** Serves any number of clients, of either era, over Streamable HTTP on one address. */
import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import { hostHeaderValidation, originValidation, toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  type McpHandlerRequestOptions,
  type McpHttpHandler,
} from '@modelcontextprotocol/server';

import { systemClock, ToolscriptError } from '../../core/index.js';
import { HttpSessions } from './http-sessions.js';
import { protocolServer, type Served } from './protocol-server.js';
import { watchTools } from './tool-watch.js';

/** Where clients are served. */
export interface HttpOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default `/mcp`. */
  readonly path?: string;
  /**
   * Host names, without port, by which clients and web pages may come. Default: those of this machine's
   * loopback; a host that others can reach must be given them.
   */
  readonly allowedHosts?: readonly string[];
  /** Default 8 MiB. */
  readonly maxBodyBytes?: number;
}

/** An address that is served. */
export interface HttpDoor {
  readonly url: string;
  /** Cuts all connections. */
  close(): Promise<void>;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const MAX_BODY_BYTES = 8 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const MAX_SESSIONS = 1_000;
const MAX_IDLE_MS = 3_600_000;
const SESSION_HEADER = 'mcp-session-id';
/** Names the method of a request in the 2026-07-28 era; the SDK sees to it that it is the same. */
const METHOD_HEADER = 'mcp-method';

/** Listens; rejects with `config/invalid` for a host that others reach when `allowedHosts` is not given. */
export async function openHttpDoor(
  served: Served,
  options: HttpOptions,
  report: (error: Error) => void,
): Promise<HttpDoor> {
  const { host = '127.0.0.1', port = 0, path = '/mcp' } = options;
  const hosts = allowedHosts(host, options.allowedHosts);
  const maxRequestBodySize = options.maxBodyBytes ?? MAX_BODY_BYTES;
  const endpoint = new Endpoint(served, maxRequestBodySize, report);
  const handle = toNodeHandler(endpoint, { maxRequestBodySize, onerror: report });
  const guards = [hostHeaderValidation(hosts), originValidation(hosts)];
  const http = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    if (!guards.every((passes) => passes(request, response))) return;
    if (pathOf(request) === path) handle(request as Parameters<typeof handle>[0], response).catch(report);
    else notFound(response);
  });
  await listening(http, host, port);
  const address = http.address() as AddressInfo;
  const url = `http://${isIPv6(host) ? `[${host}]` : host}:${address.port}${path}`;
  return { url, close: () => closeAll(http, endpoint) };
}

/** Routes a request to the era that it belongs to. */
class Endpoint {
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

function allowedHosts(host: string, given: readonly string[] | undefined): string[] {
  if (given !== undefined) return [...LOOPBACK, ...given];
  if (LOOPBACK.includes(host) || host === '::1') return LOOPBACK;
  const message = `listen on ${host}: others can reach it, so allowedHosts must name the hosts by which they come`;
  throw new ToolscriptError({ code: 'config/invalid', message });
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

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0]!;
}

function notFound(response: ServerResponse): void {
  response.writeHead(404).end();
}

function sessionNotFound(): Response {
  return Response.json(
    { jsonrpc: '2.0', error: { code: -32_001, message: 'Session not found' }, id: null },
    { status: 404 },
  );
}

function listening(http: HttpServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}

async function closeAll(http: HttpServer, endpoint: Endpoint): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  await endpoint.close();
  http.closeAllConnections();
  await closed;
}
