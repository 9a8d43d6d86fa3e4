/** The transports that reach a server over HTTP. */
import { SSEClientTransport, type Transport } from '@modelcontextprotocol/client';

import { AnsweringHttpTransport } from './answering-http-transport.js';
import { boundedFetch } from './bounded-fetch.js';
import type { HttpServerConfig } from './server-config.js';

/** The transport that a configuration asks for. */
export function httpTransport({ type, url, headers = {} }: HttpServerConfig): Transport {
  if (type !== 'sse') return new AnsweringHttpTransport(new URL(url), headers);
  const options = { requestInit: { headers: { ...headers } }, fetch: boundedFetch };
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what servers of 2024 still speak
  return new SSEClientTransport(new URL(url), options);
}
