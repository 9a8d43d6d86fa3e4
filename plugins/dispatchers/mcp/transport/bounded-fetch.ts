/** A `fetch` that reads no message without end. */
import { MAX_MESSAGE_BYTES } from './failed-answer.js';

/** A server sent a longer message than is read. */
export class OverlongAnswerError extends Error {
  constructor(maxBytes: number) {
    super(`the server answered with more than ${maxBytes} bytes`);
    this.name = 'OverlongAnswerError';
  }
}

/** `fetch`, but a body, or a line of an event stream, fails beyond 64 MiB. */
export async function boundedFetch(url: string | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.body === null) return response;
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const body = response.body.pipeThrough(boundedStream(MAX_MESSAGE_BYTES, streams));
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}

const NEWLINE = 10;

/** Passes bytes on until there are too many: in all, or since the last end of a line. */
export function boundedStream(maxBytes: number, byLine: boolean): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      const lastEnd = byLine ? chunk.lastIndexOf(NEWLINE) : -1;
      bytes = lastEnd === -1 ? bytes + chunk.length : chunk.length - lastEnd - 1;
      if (bytes > maxBytes) controller.error(new OverlongAnswerError(maxBytes));
      else controller.enqueue(chunk);
    },
  });
}
