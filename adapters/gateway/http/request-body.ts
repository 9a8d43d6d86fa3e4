/** The body of a request, read once and no further than allowed. */
import type { IncomingMessage } from 'node:http';

import { refusal } from './refusal.js';

/** A body as it came, with its JSON if it is some. */
export interface RequestBody {
  readonly text: string;
  /** Undefined for what is no JSON. */
  readonly json: unknown;
}

/** Reads a body. Answers the refusal of one that is too large; nothing when the client goes away meanwhile. */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<RequestBody | Response | undefined> {
  if (Number(request.headers['content-length']) > maxBytes) return Promise.resolve(tooLarge(maxBytes));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) {
        request.pause().removeAllListeners('data');
        chunks.length = 0;
        resolve(tooLarge(maxBytes));
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(bodyOf(chunks)));
    request.on('close', () => resolve(undefined));
    request.on('error', () => resolve(undefined));
  });
}

function bodyOf(chunks: readonly Buffer[]): RequestBody {
  const text = (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8');
  try {
    return { text, json: JSON.parse(text) as unknown };
  } catch {
    return { text, json: undefined };
  }
}

/** The rest of the body is never read: the connection cannot be used again. */
function tooLarge(maxBytes: number): Response {
  const message = `Payload Too Large: Request body must not exceed ${String(maxBytes)} bytes`;
  return refusal(413, message, { connection: 'close' });
}
