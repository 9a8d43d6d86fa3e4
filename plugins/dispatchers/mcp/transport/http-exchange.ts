/**
 * One POST to a server and its answer, over connections that are kept: what `fetch` does, without the
 * web streams that make up most of its cost. It follows no redirect and unpacks no encoding.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { urlToHttpOptions } from 'node:url';

import { OverlongAnswerError } from './bounded-fetch.js';

/** Below the 5 s after which Node's servers, and the shortest of others, drop a connection that is not used. */
const IDLE_MS = 4_000;
const KEPT = { keepAlive: true, timeout: IDLE_MS } as const;

/** The connections to one server. */
export class HttpExchanges {
  readonly #target: ReturnType<typeof urlToHttpOptions>;
  readonly #agent: HttpAgent;
  readonly #request: typeof httpRequest;

  constructor(url: URL) {
    const secure = url.protocol === 'https:';
    this.#target = urlToHttpOptions(url);
    this.#agent = secure ? new HttpsAgent(KEPT) : new HttpAgent(KEPT);
    this.#request = secure ? httpsRequest : httpRequest;
  }

  /** Sends a body; resolves with the answer's head. Rejects when there is none; `signal` destroys both. */
  post(
    body: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { ...this.#target, method: 'POST', headers, agent: this.#agent, signal };
      this.#request(options, resolve).on('error', reject).end(body);
    });
  }

  /** Cuts the connections. */
  close(): void {
    this.#agent.destroy();
  }
}

/** The whole body as text. Rejects beyond so many bytes, and when it breaks off. */
export function readText(answer: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    answer.on('data', (part: Buffer) => {
      parts.push(part);
      bytes += part.length;
      if (bytes > maxBytes) answer.destroy(new OverlongAnswerError(maxBytes));
    });
    answer.on('end', () => resolve((parts.length === 1 ? parts[0]! : Buffer.concat(parts)).toString('utf8')));
    answer.on('error', reject);
  });
}
