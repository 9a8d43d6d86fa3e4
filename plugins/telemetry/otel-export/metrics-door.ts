/**
 * A listener of its own for Prometheus: answers GET on its paths with the metrics, and nothing else.
 *
 * A web page cannot read them by a name that leads here (DNS rebinding): only plain addresses, `localhost`
 * and names that were said are taken as `Host`, and nothing that comes from a web page is.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIP, type AddressInfo } from 'node:net';

import { ExportError, type ExportFault } from './export-fault.js';

/** Writes the metrics of now. */
export type MetricsText = () => Promise<string>;

/** What is answered on a path. */
export interface MetricsPage {
  readonly path: string;
  readonly allowedHosts: readonly string[];
  readonly text: MetricsText;
}

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const MOST_CONNECTIONS = 64;
const REQUEST_MS = 10_000;
const IDLE_MS = 30_000;

/** One listener. A path that two pages have is answered by the one that came first, for as long as it is there. */
export class MetricsDoor {
  readonly #server: Server;
  readonly #host: string;
  readonly #pages: MetricsPage[] = [];

  private constructor(server: Server, host: string) {
    this.#server = server;
    this.#host = host;
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  /** Rejects with an {@link ExportError} when it cannot listen there. */
  static async open(host: string, port: number): Promise<MetricsDoor> {
    const server = createServer({ headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS });
    server.maxConnections = MOST_CONNECTIONS;
    server.setTimeout(IDLE_MS);
    try {
      server.listen({ host, port });
      await once(server, 'listening');
    } catch (error) {
      throw new ExportError([listenFault(error, host, port)], { cause: error });
    }
    server.on('error', () => undefined);
    server.unref();
    return new MetricsDoor(server, host);
  }

  /** Where a path is answered. */
  url(path: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://${isIP(this.#host) === 6 ? `[${this.#host}]` : this.#host}:${String(port)}${path}`;
  }

  add(page: MetricsPage): void {
    this.#pages.push(page);
  }

  /** Answers whether any page is left. */
  remove(page: MetricsPage): boolean {
    this.#pages.splice(this.#pages.indexOf(page), 1);
    return this.#pages.length > 0;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = this.#pages.find(({ path }) => path === pathOf(request));
    const status = this.#refusal(request, page);
    if (status !== undefined) {
      response.writeHead(status, status === 405 ? { allow: 'GET, HEAD' } : {}).end();
      return;
    }
    try {
      const text = await page!.text();
      response.writeHead(200, { 'content-type': CONTENT_TYPE, 'content-length': Buffer.byteLength(text) });
      response.end(request.method === 'HEAD' ? undefined : text);
    } catch {
      response.writeHead(500).end();
    }
  }

  #refusal({ headers, method }: IncomingMessage, page: MetricsPage | undefined): number | undefined {
    const names = (page ?? this.#pages[0])?.allowedHosts ?? [];
    if (headers.origin !== undefined || !isOurs(headers.host, names)) return 403;
    if (page === undefined) return 404;
    return method === 'GET' || method === 'HEAD' ? undefined : 405;
  }
}

function pathOf({ url = '' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/** A plain address is no name that could lead elsewhere tomorrow. */
function isOurs(host: string | undefined, names: readonly string[]): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const { hostname, pathname, username } = new URL(`http://${host}`);
  if (pathname !== '/' || username !== '') return false;
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) > 0 || bare === 'localhost' || names.some((name) => name.toLowerCase() === bare);
}

function listenFault(error: unknown, host: string, port: number): ExportFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
  const place = `port ${String(port)} of ${host}`;
  if (code === 'EADDRINUSE') return { path: PORT, message: `found ${place} in use, wanted a free one` };
  if (code === 'EACCES') return { path: PORT, message: `found ${place} not allowed to us, wanted another` };
  return {
    path: HOST,
    message: `found ${code} when listening on ${host}, wanted an address of this machine`,
  };
}

const PORT = ['prometheus', 'port'];
const HOST = ['prometheus', 'host'];
