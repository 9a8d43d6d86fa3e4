/**
 * Asks the service over HTTP: within a time, within a size, twice at the most, and never elsewhere than it
 * was told. What the service or the network says of a failure is not passed on: it may hold a text or a key.
 */
import { ToolscriptError } from '../../../core/index.js';
import type { CompleteSettings } from './settings.js';

/** Bytes of an answer. */
const MAX_BYTES = 64 * 1024 * 1024;
const ATTEMPTS = 2;
/** Statuses after which a second attempt may go better. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Asks one service. */
export class HttpExchange {
  readonly #service: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #timeoutMs: number;

  constructor({ service, apiKey, headers, timeoutMs }: CompleteSettings) {
    this.#service = service;
    this.#headers = { ...headers, ...(apiKey !== undefined && { Authorization: `Bearer ${apiKey}` }) };
    this.#timeoutMs = timeoutMs;
  }

  /** Rejects with `backend/unavailable`. */
  get(path: string, signal: AbortSignal): Promise<unknown> {
    return this.#ask(path, { method: 'GET', headers: this.#headers }, signal);
  }

  /** Rejects with `backend/unavailable`. */
  post(path: string, body: object, signal: AbortSignal): Promise<unknown> {
    const headers = { ...this.#headers, 'Content-Type': 'application/json' };
    return this.#ask(path, { method: 'POST', headers, body: JSON.stringify(body) }, signal);
  }

  async #ask(path: string, request: RequestInit, signal: AbortSignal): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#attempt(path, request, signal);
      if ('json' in answer) return answer.json;
      if (attempt === ATTEMPTS || !answer.isPassing || signal.aborted) throw failure(answer.met);
    }
  }

  async #attempt(path: string, request: RequestInit, signal: AbortSignal): Promise<Answer> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    try {
      const both = AbortSignal.any([signal, timeout]);
      const response = await fetch(this.#urlOf(path), { ...request, redirect: 'manual', signal: both });
      if (!response.ok) return await refused(response);
      return jsonOf(await boundedText(response));
    } catch {
      return { met: timeout.aborted ? 'no answer in time' : 'no answer', isPassing: !timeout.aborted };
    }
  }

  /** What the address asks for beside its path stays: some services want a version there. */
  #urlOf(path: string): URL {
    const url = new URL(this.#service);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
    return url;
  }
}

type Answer = { readonly json: unknown } | Unanswered;

interface Unanswered {
  readonly met: string;
  readonly isPassing: boolean;
}

async function refused(response: Response): Promise<Unanswered> {
  await response.body?.cancel();
  const met =
    response.status < 400 ? 'a redirection, which is not followed' : `status ${String(response.status)}`;
  return { met, isPassing: PASSING.has(response.status) };
}

/** `undefined` when it is too long. */
async function boundedText({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string | undefined): Answer {
  if (text === undefined) return { met: 'more than it may say', isPassing: false };
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return { met: 'something else than JSON', isPassing: false };
  }
}

function failure(met: string): ToolscriptError {
  const message = `ask for embeddings: got ${met}`;
  return new ToolscriptError({ code: 'backend/unavailable', message });
}
