/**
 * The server of one door, bounded: in connections, in headers, and in how long a client may take for its
 * request, for reading its answer, and for nothing at all.
 */
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isIPv6, Server as NetServer, type AddressInfo, type Socket } from 'node:net';

import type { HttpBounds, HttpOptions } from './options.js';

const MAX_HEADER_BYTES = 16 * 1024;
/** How often node looks for requests that take too long, unless a limit is shorter. */
const CHECK_EVERY_MS = 5_000;

/** An open server. */
export interface Listener {
  /** Ends in the port, without a path. */
  readonly origin: string;
  /** Takes no more connections; resolves when none is left. */
  stop(): Promise<void>;
  /** Cuts all connections. */
  close(): Promise<void>;
}

/** What a server serves. */
interface Service {
  readonly handle: RequestListener;
  /** Whether something is under way on a connection. */
  readonly isBusy: (socket: Socket) => boolean;
}

/** Listens; rejects with what the system says of the address. */
export async function listen(
  { host = '127.0.0.1', port = 0, tls }: HttpOptions,
  bounds: HttpBounds,
  { handle, isBusy }: Service,
): Promise<Listener> {
  const options = serverOptions(bounds);
  const server =
    tls === undefined ? createServer(options, handle) : createTlsServer({ ...options, ...tls }, handle);
  server.maxConnections = bounds.maxConnections;
  // A header that is dropped unseen could be the one that matters; their bytes are bounded.
  server.maxHeadersCount = 0;
  server.timeout = bounds.stallTimeoutMs;
  server.on('timeout', (socket: Socket) => {
    if (socket.writableLength > 0 || !isBusy(socket)) socket.destroy();
  });
  await opened(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  const scheme = tls === undefined ? 'http' : 'https';
  return {
    origin: `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${String(taken)}`,
    stop: () => stopped(server),
    close: () => closed(server),
  };
}

function serverOptions(bounds: HttpBounds): ServerOptions {
  const { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs } = bounds;
  return {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, headersTimeoutMs, requestTimeoutMs),
  };
}

function opened(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** As a server of connections: one of HTTP would cut those that are unused, with a request on its way or not. */
function stopped(server: Server): Promise<void> {
  return new Promise((resolve) => {
    NetServer.prototype.close.call(server, () => resolve());
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
