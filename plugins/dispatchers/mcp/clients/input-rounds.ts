/**
 * Requests that take several rounds, in the 2026-07-28 era: the server answers with questions and a state,
 * and is asked again with the answers and that state.
 */
import { INTERNAL_ERROR } from '@modelcontextprotocol/client';

import {
  isClientQuestion,
  type ClientQuestion,
  type Clock,
  type InputRound,
  type JsonObject,
} from '../../../../core/index.js';
import { isRecord } from '../message/loose-json.js';
import { withoutOwnMeta } from '../message/own-meta.js';
import { ask, UnansweredError } from './question-desk.js';
import type { RequestOwner } from './request-owner.js';

/** What a server answers: a result, or what it needs first. */
export type Answer = Record<string, unknown>;

/** As many rounds as the SDK's own client goes. */
const MAX_ROUNDS = 10;
const MAX_QUESTIONS = 32;
/** Between rounds in which the server asks nothing: it only wants to be asked again. */
const PAUSE_MS = 250;

/** Tells whether a server needs input before it gives a result. */
export function needsInput({ resultType }: Answer): boolean {
  return resultType === 'input_required';
}

/** What a round adds to the parameters of a request. */
export function roundParams({ responses, state }: InputRound): JsonObject {
  return {
    ...(responses !== undefined && { inputResponses: responses }),
    ...(state !== undefined && { requestState: state }),
  };
}

/** Puts the questions of an answer to the client, and asks the server again until it gives a result. */
export async function fulfil(
  answer: Answer,
  owner: RequestOwner,
  clock: Clock,
  again: (round: InputRound) => Promise<Answer>,
): Promise<Answer> {
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const responses = await answersTo(answer['inputRequests'], owner);
    const { requestState: state } = answer;
    if (responses === undefined && typeof state !== 'string')
      throw failed('it needs input, but asks nothing');
    if (responses === undefined) await pause(clock, owner.signal);
    answer = await again({ ...(responses && { responses }), ...(typeof state === 'string' && { state }) });
    if (!needsInput(answer)) return answer;
  }
  throw failed(`it still needs input after ${MAX_ROUNDS} rounds`);
}

async function answersTo(requests: unknown, owner: RequestOwner): Promise<JsonObject | undefined> {
  if (!isRecord(requests)) return undefined;
  const entries = Object.entries(requests);
  if (entries.length === 0) return undefined;
  if (entries.length > MAX_QUESTIONS) throw failed(`it asks more than ${MAX_QUESTIONS} questions at a time`);
  const questions = entries.map(([key, request]) => [key, questionOf(request)] as const);
  const leaving = new AbortController();
  try {
    const answers = await Promise.all(
      questions.map(async ([key, question]) => [key, await ask(question, owner, leaving.signal)] as const),
    );
    return Object.fromEntries(answers);
  } finally {
    leaving.abort();
  }
}

function questionOf(request: unknown): ClientQuestion {
  const { method, params } = isRecord(request) ? request : {};
  if (!isClientQuestion(method)) throw failed('it asks what no client answers');
  return { method, params: isRecord(params) ? withoutOwnMeta(params as JsonObject) : {} };
}

function failed(what: string): UnansweredError {
  return new UnansweredError({ code: INTERNAL_ERROR, message: `the server cannot go on: ${what}` });
}

function pause(clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.after(PAUSE_MS, () => {
      signal.removeEventListener('abort', leave);
      resolve();
    });
    signal.addEventListener('abort', leave, { once: true });
  });
}
