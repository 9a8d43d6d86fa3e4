/**
 * Brings the questions of a server of the 2025-11-25 era or older to the client that they are for, and the
 * answers back. What cannot be answered is refused at once, with the error that the client would give.
 */
import {
  INTERNAL_ERROR,
  METHOD_NOT_FOUND,
  type JSONRPCRequest,
  type RequestId,
} from '@modelcontextprotocol/client';

import {
  clientRefusal,
  ToolscriptError,
  type ClientQuestion,
  type JsonObject,
  type RpcError,
} from '../../../../core/index.js';
import { withoutOwnMeta } from '../message/own-meta.js';
import type { RequestOwner } from './request-owner.js';

/** What a server is answered. */
export type Reply = { readonly result: JsonObject } | { readonly error: RpcError };

/** More questions at a time are refused: a server must not flood whoever answers. */
const MAX_QUESTIONS = 32;

const METHODS: ReadonlySet<string> = new Set<ClientQuestion['method']>([
  'elicitation/create',
  'sampling/createMessage',
]);

/** The questions of one connection. */
export class QuestionDesk {
  readonly #open = new Map<RequestId, AbortController>();

  /** Tells whether a request of the server is a question to a client. */
  static isQuestion({ method }: JSONRPCRequest): boolean {
    return METHODS.has(method) || method === 'roots/list';
  }

  /** Asks the client; `owner` says why when it is not known. Never rejects. */
  async answer({ id, method, params = {} }: JSONRPCRequest, owner: RequestOwner | string): Promise<Reply> {
    if (!METHODS.has(method)) return refusal(METHOD_NOT_FOUND, 'Method not found');
    if (typeof owner === 'string') return refusal(INTERNAL_ERROR, `${method}: ${owner}`);
    if (this.#open.size >= MAX_QUESTIONS || this.#open.has(id))
      return refusal(INTERNAL_ERROR, `${method}: too many questions at a time`);
    const question = { method, params: withoutOwnMeta(params as JsonObject) } as ClientQuestion;
    const leaving = new AbortController();
    this.#open.set(id, leaving);
    try {
      return { result: await ask(question, owner, leaving.signal) };
    } catch (error) {
      return { error: rpcErrorOf(error, method) };
    } finally {
      this.#open.delete(id);
    }
  }

  /** The server does not want the answer any more. */
  cancel(id: unknown): void {
    if (typeof id === 'number' || typeof id === 'string') this.#open.get(id)?.abort();
  }
}

/** A question of a server that no client answers. */
export class UnansweredError extends Error {
  readonly rpc: RpcError;

  constructor(rpc: RpcError) {
    super(rpc.message);
    this.name = 'UnansweredError';
    this.rpc = rpc;
  }
}

/** Puts one question to a client. Rejects with an {@link UnansweredError}, or with a ToolscriptError of the link's. */
export async function ask(
  question: ClientQuestion,
  { client, signal }: RequestOwner,
  leaving?: AbortSignal,
): Promise<JsonObject> {
  const { method } = question;
  const refused = clientRefusal(question, client?.capabilities ?? {});
  if (refused !== undefined) throw new UnansweredError(refused);
  if (client?.ask === undefined)
    throw new UnansweredError({
      code: INTERNAL_ERROR,
      message: `${method}: the client cannot be asked during a request`,
    });
  try {
    return await client.ask(question, leaving === undefined ? signal : AbortSignal.any([signal, leaving]));
  } catch (error) {
    if (error instanceof ToolscriptError) throw error;
    throw new UnansweredError({ code: INTERNAL_ERROR, message: `${method}: the client gave no answer` });
  }
}

function rpcErrorOf(error: unknown, method: string): RpcError {
  if (error instanceof UnansweredError) return error.rpc;
  if (error instanceof ToolscriptError && error.rpc !== undefined) return error.rpc;
  return { code: INTERNAL_ERROR, message: `${method}: the client gave no answer` };
}

function refusal(code: number, message: string): Reply {
  return { error: { code, message } };
}
