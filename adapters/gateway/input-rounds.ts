/**
 * Multi round-trip requests with clients of 2026-07-28 (basic/patterns/mrtr). A server of that revision
 * keeps nothing between rounds: its questions and its state go to the client and come back, through any
 * replica. Scripts and older servers ask in the middle of their work: this process keeps it, for a while,
 * and the client's state names it. Of what comes back nothing is believed that was not sealed here, or held.
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
import type { ClientRequest, Connection } from './client-request.js';
import { RunningCall, type Answer, type Work } from './running-call.js';
import { MAX_STATE_BYTES, type StatePurpose, type StateSeal } from './state-seal.js';
import { visitsOf } from './url-visits.js';
import { coded } from './wire-error.js';

/** Tell whose state it is that the client brings back. */
const HELD = 'held.';
const SEALED = 'sealed.';

const TOKEN_BYTES = 32;
const MAX_HELD = 1_000;
const MAX_HELD_PER_CALLER = 32;
const MISSING_CAPABILITY = -32_021;

interface Held {
  readonly call: RunningCall;
  readonly forget: () => void;
}

/** What rounds need. */
export interface InputRoundsOptions {
  readonly clock: Clock;
  readonly seal: StateSeal;
  /** Milliseconds that a client may take for its answers; the limits of the work itself hold besides. */
  readonly questionWaitMs: number;
}

/** The requests of one gateway that may take rounds. */
export class InputRounds {
  readonly #options: InputRoundsOptions;
  /** Between rounds, by the secret part of the state. */
  readonly #held = new Map<string, Held>();

  constructor(options: InputRoundsOptions) {
    this.#options = options;
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
        : this.#begin(request, work, stateless ? this.#roundOf(request, state) : undefined);
    const result = await call.round(request).catch((error: unknown) => visitsOf(error, request));
    return result === undefined ? this.#hold(call) : this.#forClient(result, request);
  }

  /** The client has gone, and all that waits for its answers with it. */
  leave(connection: Connection): void {
    for (const { call } of [...this.#held.values()]) if (call.first.connection === connection) call.end();
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
    const { clock, questionWaitMs } = this.#options;
    const cancelTimer = clock.after(questionWaitMs, () => call.end());
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

  #roundOf(request: ClientRequest, sealed: string | undefined): InputRound {
    const { responses } = request;
    const answers = responses !== undefined && { responses };
    if (sealed === undefined) return { ...answers };
    const state = sealed.startsWith(SEALED)
      ? this.#options.seal.open(sealed.slice(SEALED.length), purposeOf(request))
      : undefined;
    if (state === undefined) throw invalidState();
    return { ...answers, state };
  }

  /** A server's questions are for this client to answer, and its state is sealed. */
  #forClient(result: Answer, request: ClientRequest): Answer {
    if (result['resultType'] !== 'input_required') return result;
    const { inputRequests, requestState } = result;
    if (inputRequests !== undefined) checkQuestions(inputRequests, request.capabilities);
    if (typeof requestState !== 'string') return result;
    const sealed = this.#options.seal.seal(requestState, purposeOf(request));
    if (sealed === undefined)
      throw unusable(`gave a state of more than ${String(MAX_STATE_BYTES)} bytes to bring back`);
    return { ...result, requestState: SEALED + sealed };
  }
}

function purposeOf({ caller, method, params }: ClientRequest): StatePurpose {
  return { caller: caller.id, method, params };
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

/** The words are those of the SDK: a client learns no more of a state than that it is not good. */
function invalidState(): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, 'Invalid or expired requestState', {
    reason: 'invalid_request_state',
  });
}

function checkQuestions(questions: Json, capabilities: JsonObject): void {
  for (const question of Object.values(isJsonObject(questions) ? questions : {})) {
    const { method, params = {} } = isJsonObject(question) ? question : {};
    if (!isClientQuestion(method) || !isJsonObject(params)) throw unusable('asked for what no client has');
    const requiredCapabilities = missingCapability({ method, params }, capabilities);
    if (requiredCapabilities === undefined) continue;
    const words = `The request takes ${method}, which the client does not declare`;
    throw new ProtocolError(MISSING_CAPABILITY, words, { requiredCapabilities });
  }
}

function unusable(what: string): ProtocolError {
  const words = `the server behind the gateway ${what}`;
  const error = new ProtocolError(ProtocolErrorCode.InternalError, words, { code: 'backend/unavailable' });
  return coded(error, 'backend/unavailable');
}
