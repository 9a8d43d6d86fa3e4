/** The transports that reach a server over HTTP. */
import {
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type JSONRPCMessage,
  type Transport,
} from '@modelcontextprotocol/client';

import { boundedFetch } from './bounded-fetch.js';
import { failedAnswer, LOST_ANSWER } from './failed-answer.js';
import type { HttpServerConfig } from './server-config.js';

type SendOptions = Parameters<StreamableHTTPClientTransport['send']>[1];

/** The transport that a configuration asks for. */
export function httpTransport({ type, url, headers }: HttpServerConfig): Transport {
  const options = { requestInit: { headers: { ...headers } }, fetch: boundedFetch };
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- what servers of 2024 still speak
  if (type === 'sse') return new SSEClientTransport(new URL(url), options);
  return new AnsweringHttpTransport(new URL(url), options);
}

/** Streamable HTTP where a request ends when its stream does: the SDK's would wait for its timeout. */
class AnsweringHttpTransport extends StreamableHTTPClientTransport {
  override send(message: JSONRPCMessage | JSONRPCMessage[], options?: SendOptions): Promise<void> {
    if (!('method' in message && 'id' in message)) return super.send(message, options);
    const { id } = message;
    const onRequestStreamEnd = (): void => {
      options?.onRequestStreamEnd?.();
      this.onmessage?.(failedAnswer(id, 'the connection was closed before an answer came', LOST_ANSWER));
    };
    return super.send(message, { ...options, onRequestStreamEnd });
  }
}
