/**
 * Lets in only who comes by a name of ours: `Host` against DNS rebinding, `Origin` against foreign web
 * pages (2026-07-28, basic/transports, security). Web pages that may come are told so (CORS).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { validateHostHeader, validateOriginHeader } from '@modelcontextprotocol/server';

import { refusal } from './refusal.js';

/** Host names of this machine, for itself. */
export const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Headers of a request that a page may set. */
const REQUEST_HEADERS = [
  'accept',
  'authorization',
  'baggage',
  'content-type',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'traceparent',
  'tracestate',
];
/** Arguments that a tool wants repeated as headers (2026-07-28, `x-mcp-header`). */
const PARAMETER_HEADER = /^mcp-param-[a-z0-9-]{1,100}$/;
const EXPOSED_HEADERS = 'mcp-session-id, mcp-protocol-version, retry-after, www-authenticate';
const PREFLIGHT_SECONDS = '600';

/** Guards one door. */
export class OriginGuard {
  readonly #hosts: string[];
  readonly #origins: ReadonlySet<string>;

  /** `hosts` without ports; `origins` as browsers write them. */
  constructor(hosts: readonly string[], origins: readonly string[] = []) {
    this.#hosts = [...hosts];
    this.#origins = new Set(origins.map((origin) => origin.toLowerCase()));
  }

  /** What a request is answered that comes by a foreign name, or from a foreign page; nothing for others. */
  refusal({ headers: { host, origin } }: IncomingMessage): Response | undefined {
    if (!validateHostHeader(host, this.#hosts).ok) return refusal(403, 'Host is not allowed here');
    if (!this.#admits(origin)) return refusal(403, 'Origin is not allowed here');
    return undefined;
  }

  /** Answers a browser that asks what a page may send, and lets the page read every later answer. */
  preflight({ method, headers }: IncomingMessage, response: ServerResponse): Response | undefined {
    if (headers.origin === undefined) return undefined;
    response.setHeader('access-control-allow-origin', headers.origin);
    response.setHeader('access-control-expose-headers', EXPOSED_HEADERS);
    response.setHeader('vary', 'Origin');
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return undefined;
    return allowance(headers['access-control-request-headers']);
  }

  #admits(origin: string | undefined): boolean {
    if (origin === undefined || this.#origins.has(origin.toLowerCase())) return true;
    return validateOriginHeader(origin, this.#hosts).ok;
  }
}

function allowance(asked = ''): Response {
  const parameters = asked
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => PARAMETER_HEADER.test(name));
  const headers = {
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-allow-headers': [...REQUEST_HEADERS, ...parameters].join(', '),
    'access-control-max-age': PREFLIGHT_SECONDS,
  };
  return new Response(null, { status: 204, headers });
}
