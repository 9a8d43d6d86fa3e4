/** Serves any number of clients, of either era, over Streamable HTTP on one address. */
import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { isIPv6, type AddressInfo } from 'node:net';
import { hostHeaderValidation, originValidation, toNodeHandler } from '@modelcontextprotocol/node';
import type { McpHandlerRequestOptions } from '@modelcontextprotocol/server';

import { ToolscriptError } from '../../../core/index.js';
import type { Authenticator } from '../authenticator.js';
import type { Served } from '../protocol-server.js';
import { Endpoint } from './endpoint.js';

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
  /** Verifies who sends a request; without it nobody does, and every sender is anonymous. */
  readonly authenticator?: Authenticator;
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
  const fetch = authenticated(endpoint, options.authenticator);
  const handle = toNodeHandler({ fetch }, { maxRequestBodySize, onerror: report });
  const guards = [hostHeaderValidation(hosts), originValidation(hosts)];
  const http = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    if (!guards.every((passes) => passes(request, response))) return;
    if (pathOf(request) === path) handle(request as Parameters<typeof handle>[0], response).catch(report);
    else notFound(response);
  });
  await listening(http, host, port);
  const address = http.address() as AddressInfo;
  const url = `http://${isIPv6(host) ? `[${host}]` : host}:${address.port}${path}`;
  return { url, close: () => closeAll(http, endpoint, options.authenticator) };
}

type Fetch = (request: Request, options?: McpHandlerRequestOptions) => Promise<Response>;

function authenticated(endpoint: Endpoint, authenticator: Authenticator | undefined): Fetch {
  if (authenticator === undefined) return endpoint.fetch;
  return async (request, options) => {
    const sender = await authenticator.authenticate(request);
    return sender instanceof Response ? sender : endpoint.fetch(request, { ...options, authInfo: sender });
  };
}

function allowedHosts(host: string, given: readonly string[] | undefined): string[] {
  if (given !== undefined) return [...LOOPBACK, ...given];
  if (LOOPBACK.includes(host) || host === '::1') return LOOPBACK;
  const message = `listen on ${host}: others can reach it, so allowedHosts must name the hosts by which they come`;
  throw new ToolscriptError({ code: 'config/invalid', message });
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0]!;
}

function notFound(response: ServerResponse): void {
  response.writeHead(404).end();
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

async function closeAll(http: HttpServer, endpoint: Endpoint, authenticator?: Authenticator): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  await endpoint.close();
  await authenticator?.close?.();
  http.closeAllConnections();
  await closed;
}
