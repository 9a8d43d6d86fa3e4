/**
 * The requests that are under way on one connection: sent, answered, left.
 *
 * The SDK's client connects and listens; requests are our own, since its funnel refuses whole answers for
 * one field that it does not know, and does not tell which request an answer or a notice belongs to.
 */
import {
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  type Client,
  type JSONRPCMessage,
  type RequestId,
  type Transport,
} from '@modelcontextprotocol/client';

import type { Clock, JsonObject } from '../../../../core/index.js';
import { isRecord } from '../message/loose-json.js';
import type { RequestOwner } from '../clients/request-owner.js';

/** How a request is sent. */
export interface Sending {
  /** Aborted: the server is told that nobody waits any more, and the request rejects with the reason. */
  readonly signal: AbortSignal;
  /** Rejects when no answer came in so many milliseconds; off when absent. */
  readonly timeoutMs?: number;
  /** Further HTTP headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent where the request is the dispatcher's own. */
  readonly owner?: RequestOwner;
}

/** The SDK's client counts its own few requests from 0. */
const FIRST_ID = 1_000_000;
/** So long a server may still be at work on a request that it was told to leave. */
const SUSPECT_MS = 60_000;

interface Pending {
  readonly owner: RequestOwner | undefined;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** The requests of one connection that is open. */
export class Exchange {
  readonly #client: Client;
  readonly #transport: Transport;
  readonly #clock: Clock;
  /** In the 2026-07-28 era over HTTP a request is left by closing its stream; else the server is told. */
  readonly #tellsThatLeft: boolean;
  readonly #pending = new Map<RequestId, Pending>();
  readonly #left = new Map<RequestId, { readonly owner: RequestOwner; readonly forget: () => void }>();
  #lastId = FIRST_ID;

  constructor(client: Client, transport: Transport, clock: Clock) {
    this.#client = client;
    this.#transport = transport;
    this.#clock = clock;
    this.#tellsThatLeft = client.getProtocolEra() === 'legacy' || transport.hasPerRequestStream !== true;
  }

  /** Sends a request; its result is answered as it came. Rejects with an error of the SDK's or the signal's reason. */
  request(method: string, params: JsonObject, sending: Sending): Promise<unknown> {
    const { signal, timeoutMs, headers, owner } = sending;
    if (signal.aborted) return Promise.reject(signal.reason);
    const id = (this.#lastId += 1);
    const stream = this.#transport.hasPerRequestStream === true ? new AbortController() : undefined;
    return new Promise((resolve, reject) => {
      const leave = (): void => this.#leave(id, signal.reason, stream);
      const cancelTimeout =
        timeoutMs === undefined
          ? undefined
          : this.#clock.after(timeoutMs, () => this.#leave(id, noAnswer(timeoutMs), stream));
      const end = (): void => {
        signal.removeEventListener('abort', leave);
        cancelTimeout?.();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#pending.set(id, {
        owner,
        resolve: (result) => {
          end();
          resolve(result);
        },
        reject: (error) => {
          end();
          reject(error);
        },
      });
      this.#transport
        .send(
          { jsonrpc: '2.0', id, method, params },
          { ...(headers && { headers }), ...(stream && { requestSignal: stream.signal }) },
        )
        .catch((error: unknown) => this.#take(id)?.reject(answeredError(error, id) ?? error));
    });
  }

  /** Takes an answer to a request of this exchange, also with the id as text; false for every other message. */
  take(message: JSONRPCMessage): boolean {
    if ('method' in message || !('id' in message)) return false;
    const id = Number(message.id);
    if (!(id > FIRST_ID)) return false;
    this.#left.get(id)?.forget();
    const pending = this.#take(id);
    if ('result' in message) pending?.resolve(message.result);
    else pending?.reject(new ProtocolError(message.error.code, message.error.message, message.error.data));
    return true;
  }

  /** The connection is gone: rejects what waits. */
  lose(): void {
    for (const { forget } of this.#left.values()) forget();
    for (const { reject } of [...this.#pending.values()])
      reject(new SdkError(SdkErrorCode.ConnectionClosed, 'the connection was closed'));
    this.#pending.clear();
  }

  /** Whose request has this id; nobody's when it is not under way. */
  ownerOf(id: RequestId): RequestOwner | undefined {
    return this.#pending.get(id)?.owner;
  }

  /** Whose requests the server may be at work on, those among them that were left a short while ago. */
  *owners(): Iterable<RequestOwner> {
    for (const { owner } of this.#left.values()) yield owner;
    for (const { owner } of this.#pending.values()) if (owner !== undefined) yield owner;
  }

  #take(id: RequestId): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #leave(id: RequestId, reason: unknown, stream: AbortController | undefined): void {
    const pending = this.#take(id);
    if (pending === undefined) return;
    if (this.#tellsThatLeft) this.#tellThatLeft(id, pending.owner);
    stream?.abort();
    pending.reject(reason);
  }

  #tellThatLeft(id: RequestId, owner: RequestOwner | undefined): void {
    const params = { requestId: id, reason: 'nobody waits for the answer any more' };
    this.#client.notification({ method: 'notifications/cancelled', params }).catch(() => undefined);
    if (owner === undefined) return;
    const cancel = this.#clock.after(SUSPECT_MS, () => this.#left.delete(id));
    const forget = (): void => {
      cancel();
      this.#left.delete(id);
    };
    this.#left.set(id, { owner, forget });
  }
}

function noAnswer(timeoutMs: number): SdkError {
  return new SdkError(SdkErrorCode.RequestTimeout, `no answer in ${timeoutMs} ms`);
}

/** Servers of the 2026-07-28 era say some errors with an HTTP status beside: the error is the answer. */
function answeredError(error: unknown, id: number): ProtocolError | undefined {
  if (!(error instanceof SdkHttpError) || typeof error.data.text !== 'string') return undefined;
  let body: unknown;
  try {
    body = JSON.parse(error.data.text);
  } catch {
    return undefined;
  }
  if (!isRecord(body) || body['id'] !== id || !isRecord(body['error'])) return undefined;
  const { code, message, data } = body['error'];
  if (typeof code !== 'number' || typeof message !== 'string') return undefined;
  return new ProtocolError(code, message, data);
}
