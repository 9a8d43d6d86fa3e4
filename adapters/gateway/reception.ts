/** Brings each request of a client to the desk that answers it. */
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

import { isLogLevel, type Clock, type CodeMode, type JsonObject } from '../../core/index.js';
import type { ClientRequest, Connection, Era } from './client-request.js';
import { ContextDesk } from './context-desk.js';
import { InputRounds } from './input-rounds.js';
import { ListDesk } from './list-desk.js';
import type { Answer } from './running-call.js';
import type { StateSeal } from './state-seal.js';
import { SubscriptionDesk } from './subscription-desk.js';
import { ToolDesk } from './tool-desk.js';
import { endOf, invalidRequest, wireError } from './wire-error.js';

type Answerer = (request: ClientRequest) => Promise<Answer> | Answer;

/** What a gateway has at hand for all its clients. */
export interface ReceptionOptions {
  readonly codeMode: CodeMode;
  /** Whether `execute_tool_script` is offered, at this moment. */
  readonly offersScripts: () => boolean;
  readonly pageSize: number;
  readonly questionWaitMs: number;
  readonly seal: StateSeal;
  readonly clock: Clock;
}

/** One gateway's. */
export class Reception {
  readonly #codeMode: CodeMode;
  readonly #rounds: InputRounds;
  readonly #answerers: Readonly<Record<Era, ReadonlyMap<string, Answerer>>>;

  constructor(options: ReceptionOptions) {
    const { codeMode, offersScripts, pageSize } = options;
    const rounds = new InputRounds(options);
    this.#codeMode = codeMode;
    this.#rounds = rounds;
    const lists = new ListDesk(codeMode, offersScripts, pageSize);
    const tools = new ToolDesk(codeMode, offersScripts, rounds);
    const context = new ContextDesk(codeMode, rounds);
    const subscriptions = new SubscriptionDesk(codeMode);
    const both: [string, Answerer][] = [
      ...ListDesk.methods.map((method): [string, Answerer] => [method, (request) => lists.list(request)]),
      ...ContextDesk.methods.map((method): [string, Answerer] => [method, (request) => context.ask(request)]),
      ['tools/call', (request) => tools.call(request)],
    ];
    const sessions: [string, Answerer][] = [
      ['resources/subscribe', (request) => subscriptions.subscribe(request)],
      ['resources/unsubscribe', (request) => subscriptions.unsubscribe(request)],
      ['logging/setLevel', setLevel],
    ];
    this.#answerers = { modern: new Map(both), legacy: new Map([...both, ...sessions]) };
  }

  /** A client has gone for good: nothing waits for it any more. */
  leave(connection: Connection): void {
    this.#rounds.leave(connection);
  }

  /** Whether there is somebody to answer it. */
  answers(method: string, era: Era): boolean {
    return this.#answerers[era].has(method);
  }

  /** Answers, and tells the sinks. Rejects with a ProtocolError. */
  async answer(request: ClientRequest): Promise<Answer> {
    const answerer = this.#answerers[request.era].get(request.method);
    if (answerer === undefined) throw new ProtocolError(ProtocolErrorCode.MethodNotFound, 'Method not found');
    const opened = this.#codeMode.openRequest(request.start);
    request.opened = opened;
    try {
      const answer = await answerer(request);
      opened?.end({ code: request.signal.aborted ? 'cancelled' : request.code });
      return answer;
    } catch (thrown) {
      const error = wireError(thrown);
      opened?.end(request.signal.aborted ? { code: 'cancelled' } : endOf(error, request.era));
      throw error;
    } finally {
      request.answered();
    }
  }
}
function setLevel({ method, params: { level }, connection }: ClientRequest): JsonObject {
  if (!isLogLevel(level)) throw invalidRequest(method, '"level" must name a level of RFC 5424');
  connection.logLevel = level;
  return {};
}
