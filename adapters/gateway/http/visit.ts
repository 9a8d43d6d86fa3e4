/** A request that comes to the door over HTTP, on its way to who answers it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonContentType, type AuthInfo } from '@modelcontextprotocol/server';

import type { Exchange } from './exchanges.js';

/** Any request, as it comes in. */
export interface Visit {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly exchange: Exchange;
}

/** A POST of one JSON value that was read, of a sender who is known if anybody asks. */
export interface PostedRequest extends Visit {
  readonly sender: AuthInfo | undefined;
  readonly body: unknown;
}

/** Whether it is JSON by its own word, and may be answered as JSON and as a stream of events. */
export function isWellPosted({ incoming: { headers } }: PostedRequest): boolean {
  const { accept = '', 'content-type': type = null } = headers;
  if (!accept.includes('application/json') || !accept.includes('text/event-stream')) return false;
  return type === 'application/json' || isJsonContentType(type);
}
