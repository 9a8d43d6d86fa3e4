/**
 * Sends an answer to a client that may read slowly, or not at all.
 *
 * What is sent next to a stream does not wait for the client, so what it leaves unread grows; beyond a
 * bound the client is cut. One that reads nothing at all is cut by the time limit of its connection.
 */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Sends an answer. Resolves when all of it is handed over, or the client has gone. */
export async function sendReply(reply: Response, to: ServerResponse, maxUnreadBytes: number): Promise<void> {
  const headers = headersOf(reply);
  if (reply.body === null) {
    to.writeHead(reply.status, headers).end();
  } else if (headers['content-type'] === 'text/event-stream') {
    to.writeHead(reply.status, headers).flushHeaders();
    await sendStream(reply.body, to, maxUnreadBytes);
  } else {
    const bytes = new Uint8Array(await reply.arrayBuffer());
    to.writeHead(reply.status, { ...headers, 'content-length': bytes.byteLength }).end(bytes);
  }
}

/** The SDK wants to keep every connection; that is for the door to say. */
function headersOf({ headers }: Response): OutgoingHttpHeaders {
  const sent: OutgoingHttpHeaders = {};
  for (const [name, value] of headers) {
    if (name !== 'connection' || value === 'close') sent[name] = value;
  }
  return sent;
}

async function sendStream(
  stream: ReadableStream<Uint8Array>,
  to: ServerResponse,
  maxUnreadBytes: number,
): Promise<void> {
  const reader = stream.getReader();
  to.once('close', () => void reader.cancel().catch(() => undefined));
  for (;;) {
    const { done, value } = await reader.read();
    if (done || to.destroyed) break;
    if (to.writableLength > maxUnreadBytes) {
      to.destroy();
      return;
    }
    to.write(value);
  }
  to.end();
}
