/** Answers requests for what resources and prompts hold, and for completions of their arguments. */
import { isJsonObject, type CodeMode, type ContextMethod, type JsonObject } from '../../core/index.js';
import type { ClientRequest } from './client-request.js';
import type { InputRounds } from './input-rounds.js';
import type { Answer } from './running-call.js';
import { invalidRequest, withUri, wireError } from './wire-error.js';
import { wireJson } from './wire-result.js';

/** What each method needs of its parameters, in words when it is not there. */
const NEEDS: Readonly<Record<ContextMethod, (params: JsonObject) => string | undefined>> = {
  'resources/read': ({ uri }) => (typeof uri === 'string' ? undefined : '"uri" must be a text'),
  'prompts/get': ({ name, arguments: args = {} }) => {
    if (typeof name !== 'string') return '"name" must be a text';
    return isJsonObject(args) ? undefined : '"arguments" must be an object';
  },
  'completion/complete': ({ ref, argument }) => {
    if (!isJsonObject(ref)) return '"ref" must be an object';
    return isJsonObject(argument) ? undefined : '"argument" must be an object';
  },
};

/** How long a client may go on with what it read, where the server does not say. */
const NOT_FRESH = { ttlMs: 0 };
/** What the gateway answers is one caller's, also where the server behind it would share it. */
const PRIVATE = { cacheScope: 'private' };

/** The context of one gateway. */
export class ContextDesk {
  readonly #codeMode: CodeMode;
  readonly #rounds: InputRounds;

  constructor(codeMode: CodeMode, rounds: InputRounds) {
    this.#codeMode = codeMode;
    this.#rounds = rounds;
  }

  /** The methods that it answers. */
  static readonly methods = Object.keys(NEEDS);

  /** Asks the server that has it. */
  async ask(request: ClientRequest): Promise<Answer> {
    const method = request.method as ContextMethod;
    const { params } = request;
    const fault = NEEDS[method](params);
    if (fault !== undefined) throw invalidRequest(method, fault);
    try {
      const result = wireJson(await this.#result(method, request));
      return method === 'resources/read' && request.era === 'modern' ? cacheable(result) : result;
    } catch (error) {
      const wired = wireError(error);
      throw typeof params['uri'] === 'string' ? withUri(wired, params['uri']) : wired;
    }
  }

  /** Completions are no request that may take rounds. */
  #result(method: ContextMethod, request: ClientRequest): Promise<Answer> {
    const { params } = request;
    if (request.era === 'legacy' || method === 'completion/complete') {
      return this.#codeMode.requestContext(method, params, request.context());
    }
    return this.#rounds.serve(request, (context) => this.#codeMode.requestContext(method, params, context), {
      stateless: true,
    });
  }
}

function cacheable(result: Answer): Answer {
  return result['resultType'] === 'input_required' ? result : { ...NOT_FRESH, ...result, ...PRIVATE };
}
