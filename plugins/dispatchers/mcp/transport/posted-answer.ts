/** Reads the answer to one posted request: JSON, or a stream of events with the answer among them. */
import type { IncomingMessage } from 'node:http';
import {
  parseJSONRPCMessage,
  SdkErrorCode,
  SdkHttpError,
  type JSONRPCMessage,
  type JSONRPCResultResponse,
} from '@modelcontextprotocol/client';

import { readEvents } from './event-stream.js';
import { failedAnswer, LOST_ANSWER, MAX_MESSAGE_BYTES } from './failed-answer.js';
import { readText } from './http-exchange.js';
import { isRecord } from '../message/loose-json.js';

/** What a server says of a request that it did not accept is read no further than this. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** How long a stream may stay open after the answer, which should be its last event. */
const LINGER_MS = 1_000;

/** Where a stream that ended without the answer goes on. */
export interface Resumption {
  /** After the event with this id. */
  readonly lastEventId: string;
  /** Not before so many milliseconds. */
  readonly retryMs: number;
}

/** How long is waited where the stream does not say it, and at most. */
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

/** The answer to one request. */
export class PostedAnswer {
  readonly #id: string | number;
  readonly #take: (message: JSONRPCMessage) => void;
  #isSettled = false;
  #lastEventId: string | undefined;
  #retryMs = RETRY_MS;

  /** `take` is given every message, and in the end one that settles the request, if need be a made-up one. */
  constructor(id: string | number, take: (message: JSONRPCMessage) => void) {
    this.#id = id;
    this.#take = take;
  }

  /** Reads it. Rejects when it cannot be read, and with an `SdkHttpError` when the request was not accepted. */
  async read(answer: IncomingMessage): Promise<Resumption | undefined> {
    const { statusCode = 0, headers } = answer;
    const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
    if (statusCode < 200 || statusCode >= 300) await this.#readRefusal(answer);
    else if (type === 'text/event-stream') return this.#readStream(answer);
    else if (type === 'application/json') this.#readJson(await readText(answer, MAX_MESSAGE_BYTES));
    else {
      answer.destroy();
      this.#fail(`answered with HTTP status ${statusCode} and no JSON`);
    }
    return undefined;
  }

  /** A server of the 2026-07-28 era says in the body what it refuses. */
  async #readRefusal(answer: IncomingMessage): Promise<void> {
    const { statusCode: status = 0, statusMessage: statusText = '' } = answer;
    const text = await readText(answer, MAX_REFUSAL_BYTES).catch(() => '');
    const refusal = status === 400 ? asJson(text) : undefined;
    if (isRecord(refusal) && isRecord(refusal['error']) && refusal['id'] === this.#id) this.#hand(refusal);
    else {
      const details = { status, statusText, text };
      throw new SdkHttpError(SdkErrorCode.ClientHttpNotImplemented, `HTTP status ${status}`, details);
    }
  }

  #readJson(text: string): void {
    const value: unknown = JSON.parse(text);
    for (const message of Array.isArray(value) ? value : [value]) this.#hand(message);
    if (!this.#isSettled) this.#fail(NO_RESPONSE);
  }

  async #readStream(answer: IncomingMessage): Promise<Resumption | undefined> {
    let cut: NodeJS.Timeout | undefined;
    try {
      await readEvents(answer, MAX_MESSAGE_BYTES, ({ data, id, retryMs = RETRY_MS }) => {
        this.#lastEventId = id;
        this.#retryMs = Math.min(retryMs, MAX_RETRY_MS);
        if (data !== '') this.#hand(asJson(data));
        if (this.#isSettled) cut ??= setTimeout(() => answer.destroy(), LINGER_MS);
      });
    } catch (error) {
      if (!this.#isSettled && this.#lastEventId === undefined) throw error;
    } finally {
      clearTimeout(cut);
    }
    if (this.#isSettled) return undefined;
    if (this.#lastEventId !== undefined) return { lastEventId: this.#lastEventId, retryMs: this.#retryMs };
    this.#fail(CLOSED, LOST_ANSWER);
    return undefined;
  }

  #hand(value: unknown): void {
    const settles = isRecord(value) && value['id'] === this.#id && !('method' in value);
    if (settles && this.#isSettled) return;
    this.#isSettled ||= settles;
    try {
      this.#take(isPlainResult(value) ? value : parseJSONRPCMessage(value));
    } catch {
      if (settles) this.#fail(NO_RESPONSE);
    }
  }

  #fail(reason: string, code?: number): void {
    this.#isSettled = true;
    this.#take(failedAnswer(this.#id, reason, code));
  }
}

/** Why a request is settled whose stream ended too soon. */
export const CLOSED = 'the connection was closed before an answer came';
const NO_RESPONSE = 'answered with something that is not a JSON-RPC response to the request';

/** Whether it is a result that needs no closer look; most are. */
function isPlainResult(value: unknown): value is JSONRPCResultResponse {
  if (!isRecord(value) || Object.keys(value).length !== RESULT_FIELDS || value['jsonrpc'] !== '2.0')
    return false;
  const { id, result } = value;
  if (!(typeof id === 'string' || Number.isSafeInteger(id)) || !isRecord(result)) return false;
  return result['_meta'] === undefined || isRecord(result['_meta']);
}

/** `jsonrpc`, `id` and `result`. */
const RESULT_FIELDS = 3;

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
