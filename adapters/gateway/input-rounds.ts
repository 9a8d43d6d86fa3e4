/**
 * Multi round-trip requests with clients of 2026-07-28 (basic/patterns/mrtr). A server of that revision
 * keeps nothing between rounds: its questions and its state go to the client and come back, through any
 * replica. Scripts and older servers ask in the middle of their work: this process keeps it, for a while,
 * and the client's state names it.
 */
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

import {
  isClientQuestion,
  isJsonObject,
  missingCapability,
  type Clock,
  type InputRound,
  type Json,
  type JsonObject,
} from '../../core/index.js';
import type { ClientRequest } from './client-request.js';
import { RunningCall, type Answer, type Work } from './running-call.js';
import { visitsOf } from './url-visits.js';

/** Tell whose state it is that the client brings back. */
const HELD = 'held.';
const PASSED = 'passed.';

const TOKEN_BYTES = 32;
/** How long the client may take; the limits of the work itself hold besides. */
const MAX_AWAY_MS = 600_000;
const MAX_HELD = 1_000;
const MAX_HELD_PER_CALLER = 32;
const MISSING_CAPABILITY = -32_021;

interface Held {
  readonly call: RunningCall;
  readonly forget: () => void;
}

/** The requests of one gateway that may take rounds. */
export class InputRounds {
  readonly #clock: Clock;
  /** Between rounds, by the secret part of the state. */
  readonly #held = new Map<string, Held>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Begins what is asked for, or goes on with what waits for this request. `work` is given `input` where
   * `stateless`: then a result may be a server's own questions.
   */
  async serve(
    request: ClientRequest,
    work: Work,
    { stateless }: { readonly stateless: boolean },
  ): Promise<Answer> {
    const state = stateOf(request);
    const call =
      state?.startsWith(HELD) === true
        ? this.#take(state.slice(HELD.length), request)
        : this.#begin(request, work, stateless ? roundOf(request, state) : undefined);
    const result = await call.round(request).catch((error: unknown) => visitsOf(error, request));
    return result === undefined ? this.#hold(call) : checkedForClient(result, request);
  }

  #begin(request: ClientRequest, work: Work, input: InputRound | undefined): RunningCall {
    const begin: Work = (context) => work(input === undefined ? context : { ...context, input });
    return new RunningCall(request, begin, () => this.#hasRoom(request.caller.id));
  }

  #hasRoom(caller: string): boolean {
    if (this.#held.size >= MAX_HELD) return false;
    const theirs = [...this.#held.values()].filter(({ call }) => call.first.caller.id === caller);
    return theirs.length < MAX_HELD_PER_CALLER;
  }

  #hold(call: RunningCall): JsonObject {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const cancelTimer = this.#clock.after(MAX_AWAY_MS, () => call.end());
    const forget = (): void => {
      cancelTimer();
      this.#held.delete(token);
    };
    this.#held.set(token, { call, forget });
    call.done.then(forget, forget);
    return {
      resultType: 'input_required',
      inputRequests: call.questions,
      requestState: HELD + token,
    };
  }

  /** A state is good for one request: the same one, of the same caller. */
  #take(token: string, request: ClientRequest): RunningCall {
    const held = this.#held.get(token);
    if (held === undefined || !isSame(held.call.first, request)) throw invalidState();
    held.forget();
    held.call.answer(request.responses ?? {});
    return held.call;
  }
}

function isSame(first: ClientRequest, request: ClientRequest): boolean {
  return (
    first.caller.id === request.caller.id &&
    first.method === request.method &&
    isDeepStrictEqual(first.params, request.params)
  );
}

function stateOf({ state }: ClientRequest): string | undefined {
  if (state === undefined || typeof state === 'string') return state;
  throw invalidState();
}

function roundOf({ responses }: ClientRequest, state: string | undefined): InputRound {
  if (state !== undefined && !state.startsWith(PASSED)) throw invalidState();
  return {
    ...(responses !== undefined && { responses }),
    ...(state !== undefined && { state: state.slice(PASSED.length) }),
  };
}

/** The words are those of the SDK: a client learns no more of a state than that it is not good. */
function invalidState(): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, 'Invalid or expired requestState', {
    reason: 'invalid_request_state',
  });
}

/** A server's questions are for this client to answer, and its state is marked as a server's. */
function checkedForClient(result: Answer, { capabilities }: ClientRequest): Answer {
  if (result['resultType'] !== 'input_required') return result;
  const { inputRequests, requestState } = result;
  if (inputRequests !== undefined) checkQuestions(inputRequests, capabilities);
  if (typeof requestState !== 'string') return result;
  return { ...result, requestState: PASSED + requestState };
}

function checkQuestions(questions: Json, capabilities: JsonObject): void {
  for (const question of Object.values(isJsonObject(questions) ? questions : {})) {
    const { method, params = {} } = isJsonObject(question) ? question : {};
    if (!isClientQuestion(method) || !isJsonObject(params)) {
      const words = 'the server behind the gateway asked for what no client has';
      throw new ProtocolError(ProtocolErrorCode.InternalError, words, { code: 'backend/unavailable' });
    }
    const requiredCapabilities = missingCapability({ method, params }, capabilities);
    if (requiredCapabilities === undefined) continue;
    const words = `The request takes ${method}, which the client does not declare`;
    throw new ProtocolError(MISSING_CAPABILITY, words, { requiredCapabilities });
  }
}
