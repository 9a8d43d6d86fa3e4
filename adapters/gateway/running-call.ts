/**
 * A request of a client of 2026-07-28 that is being worked on here, for as many rounds as it takes. What
 * waits for its answer is the request of the round; a question ends the round, and the client's next
 * request, with the answers, begins another. The work goes on meanwhile, under its own time limits.
 */
import {
  isJsonArray,
  isJsonObject,
  ToolscriptError,
  type ClientLink,
  type ClientNotice,
  type ClientQuestion,
  type Json,
  type JsonObject,
  type Progress,
  type RequestContext,
} from '../../core/index.js';
import type { ClientRequest } from './client-request.js';
import { checkAskable } from './session-question.js';

/** A result of MCP, whatever of. */
export interface Answer {
  readonly [field: string]: Json | undefined;
}

/** Does what was asked for. */
export type Work = (context: RequestContext) => Promise<Answer>;

interface Pending {
  readonly question: ClientQuestion;
  readonly answer: (answer: JsonObject) => void;
}

const MAX_QUESTIONS = 32;

/** One request's work. */
export class RunningCall {
  /** The request that began it. */
  readonly first: ClientRequest;
  /** Settles with the result of the work. */
  readonly done: Promise<Answer>;
  readonly #ended = new AbortController();
  /** Questions that wait for the client, by their keys. */
  readonly #pending = new Map<string, Pending>();
  readonly #mayAsk: () => boolean;
  #asked = 0;
  /** Who waits now; nobody between rounds. */
  #round: ClientRequest | undefined;
  #onQuestion: (() => void) | undefined;

  /** `mayAsk` says whether there is room to keep it between rounds. */
  constructor(first: ClientRequest, work: Work, mayAsk: () => boolean) {
    this.first = first;
    this.#round = first;
    this.#mayAsk = mayAsk;
    const context = first.context(this.#link(first), this.#ended.signal);
    const onProgress = (step: Progress): void => this.#round?.progress(step);
    this.done = work(context.onProgress === undefined ? context : { ...context, onProgress });
    this.done.catch(() => undefined);
  }

  /** Waits for one round: for the result, or for nothing when there are questions to put. */
  async round(request: ClientRequest): Promise<Answer | undefined> {
    const leave = (): void => this.end();
    this.#round = request;
    request.signal.addEventListener('abort', leave, { once: true });
    if (request.signal.aborted) leave();
    try {
      return await Promise.race([this.done, this.#questionsPut()]);
    } finally {
      request.signal.removeEventListener('abort', leave);
      this.#round = undefined;
    }
  }

  /** What waits for the client, as `inputRequests`. */
  get questions(): JsonObject {
    const entries = [...this.#pending].map(([key, { question }]) => [key, { ...question }]);
    return Object.fromEntries(entries) as JsonObject;
  }

  /** Gives the answers that fit to those who wait for them; the others go on waiting. */
  answer(responses: JsonObject): void {
    for (const [key, { question, answer }] of [...this.#pending]) {
      const response = Object.hasOwn(responses, key) ? responses[key] : undefined;
      if (!isJsonObject(response) || !ANSWERS[question.method](response)) continue;
      this.#pending.delete(key);
      answer(response);
    }
  }

  /** Nobody waits any more. */
  end(): void {
    this.#ended.abort(new ToolscriptError({ code: 'cancelled', message: 'the client went away' }));
  }

  #link(first: ClientRequest): ClientLink {
    const { capabilities, logLevel } = first;
    return {
      capabilities,
      ...(logLevel !== undefined && { logLevel }),
      ask: (question, signal) => this.#ask(question, capabilities, signal),
      notify: (notice: ClientNotice) => this.#round?.link().notify?.(notice),
    };
  }

  async #ask(question: ClientQuestion, capabilities: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    checkAskable(question, capabilities);
    if (this.#pending.size >= MAX_QUESTIONS || !this.#mayAsk()) throw tooMany();
    const key = `question-${(this.#asked += 1)}`;
    return new Promise((answer, reject) => {
      const giveUp = (): void => {
        this.#pending.delete(key);
        reject(new ToolscriptError({ code: 'cancelled', message: 'ask the client: nobody waits for it' }));
      };
      if (signal.aborted) {
        giveUp();
        return;
      }
      signal.addEventListener('abort', giveUp, { once: true });
      this.#pending.set(key, { question, answer });
      setImmediate(() => this.#onQuestion?.());
    });
  }

  /** Resolves when there are questions; those asked at the same time come together. */
  #questionsPut(): Promise<undefined> {
    return new Promise((resolve) => {
      this.#onQuestion = () => {
        if (this.#pending.size > 0) resolve(undefined);
      };
      setImmediate(this.#onQuestion);
    });
  }
}

/** Whether an answer has the shape that its question wants. */
const ANSWERS: Readonly<Record<ClientQuestion['method'], (answer: JsonObject) => boolean>> = {
  'elicitation/create': ({ action, content }) =>
    action === 'accept'
      ? content === undefined || isJsonObject(content)
      : action === 'decline' || action === 'cancel',
  'sampling/createMessage': ({ role, content, model }) =>
    typeof role === 'string' && typeof model === 'string' && typeof content === 'object' && content !== null,
  'roots/list': ({ roots }) => isJsonArray(roots),
};

function tooMany(): ToolscriptError {
  const message = 'ask the client: too many questions wait already';
  return new ToolscriptError({ code: 'tool/failed', message }, { rpc: { code: -32_603, message } });
}
