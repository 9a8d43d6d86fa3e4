/** A client's requests for resources and prompts: the caller's limits, the dispatcher, the time limit. */
import type { RequestContext } from './code-mode.js';
import type { ContextKind, ContextMethod, ContextSource } from './context-source.js';
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import { inject, injectable, TOKENS } from './injection.js';
import { isJsonObject } from './json.js';
import type { JsonObject } from './json.js';
import type { PolicyGate } from './policy-gate.js';
import { asToolscriptError, messageOf } from './thrown.js';
import { ANONYMOUS } from './caller.js';
import type { Caller } from './caller.js';
import type { ToolDispatcher } from './tool-dispatcher.js';

/** Lists and asks for context. */
@injectable()
export class ContextCaller {
  readonly #source: ContextSource | undefined;
  readonly #policy: PolicyGate;

  constructor(
    @inject(TOKENS.dispatcher) dispatcher: ToolDispatcher,
    @inject(TOKENS.policyGate) policy: PolicyGate,
  ) {
    this.#source = dispatcher.context;
    this.#policy = policy;
  }

  /** What the caller may see; the same array as long as the source answers the same. */
  async list(kind: ContextKind, caller: Caller, ending: Ending): Promise<readonly JsonObject[]> {
    if (this.#source === undefined) return NOTHING;
    const listed: unknown = await ending.until(this.#listed(this.#source, kind, caller));
    if (Array.isArray(listed)) return listed as readonly JsonObject[];
    throw new ToolscriptError({
      code: 'backend/unavailable',
      message: `list ${kind}: the dispatcher answered no array`,
    });
  }

  /** Rejects with a ToolscriptError; `context/failed` when there is no answer in the time of one call. */
  async request(
    method: ContextMethod,
    params: JsonObject,
    context: RequestContext,
    ending: Ending,
  ): Promise<JsonObject> {
    const source = this.#source;
    if (source === undefined) throw unknown(method);
    const { caller = ANONYMOUS, meta, onProgress, client, input } = context;
    const { toolCallTimeoutMs } = await ending.until(this.#policy.limitsFor(caller, 'direct'));
    ending.endAfter(toolCallTimeoutMs, () => late(method, toolCallTimeoutMs));
    const request = {
      method,
      params,
      caller,
      signal: ending.signal,
      ...(meta !== undefined && { meta }),
      ...(onProgress !== undefined && { onProgress }),
      ...(client !== undefined && { client }),
      ...(input !== undefined && { input }),
    };
    const answering = (async () => source.request(request))();
    try {
      const answer: unknown = await ending.until(answering);
      if (isJsonObject(answer)) return answer;
    } catch (thrown) {
      throw asToolscriptError(thrown) ?? failed(method, messageOf(thrown, 'it failed without a reason'));
    }
    throw failed(method, 'the answer is no object');
  }

  /** Calls back when the resource was updated; never, where nobody can tell. */
  subscribe(uri: string, listener: () => void): () => void {
    return this.#source?.subscribe?.(uri, listener) ?? (() => undefined);
  }

  async #listed(source: ContextSource, kind: ContextKind, caller: Caller): Promise<unknown> {
    try {
      return await source.list(kind, caller);
    } catch (thrown) {
      const message = `list ${kind}: ${messageOf(thrown, 'the dispatcher failed')}`;
      throw asToolscriptError(thrown) ?? new ToolscriptError({ code: 'backend/unavailable', message });
    }
  }
}

const NOTHING: readonly JsonObject[] = [];

function unknown(method: ContextMethod): ToolscriptError {
  return new ToolscriptError({ code: 'context/unknown', message: `${method}: there is nothing to ask for` });
}

function failed(method: ContextMethod, what: string): ToolscriptError {
  return new ToolscriptError({ code: 'context/failed', message: `${method}: ${what}` });
}

function late(method: ContextMethod, timeoutMs: number): ToolscriptError {
  return failed(method, `no answer within ${String(timeoutMs)} ms`);
}
