/** A client's requests for resources and prompts: the caller's limits, the policy, the dispatcher, the time limit. */
import type { RequestContext } from './code-mode.js';
import { tellDenied } from './context-denial.js';
import type { Asking } from './context-denial.js';
import type { ContextKind, ContextMethod, ContextSource } from './context-source.js';
import { subjectOf } from './context-subject.js';
import type { ContextSubject } from './context-subject.js';
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { EventFeed } from './events.js';
import type { GuidedContext } from './guided-context.js';
import { inject, injectable, TOKENS } from './injection.js';
import { isJsonObject } from './json.js';
import type { JsonObject } from './json.js';
import type { PolicyGate } from './policy-gate.js';
import { asToolscriptError, messageOf } from './thrown.js';
import { ANONYMOUS } from './caller.js';
import type { Caller } from './caller.js';
import type { ToolDispatcher } from './tool-dispatcher.js';
import { withTrace } from './trace-context.js';
import { unknownContext } from './unknown-context.js';
import { deniedError } from './verdict.js';

/** Lists and asks for context. */
@injectable()
export class ContextCaller {
  readonly #source: ContextSource | undefined;
  readonly #policy: PolicyGate;
  readonly #events: EventFeed;

  constructor(
    @inject(TOKENS.dispatcher) dispatcher: ToolDispatcher,
    @inject(TOKENS.guidedContext) guided: GuidedContext,
    @inject(TOKENS.offersGuide) offersGuide: boolean,
    @inject(TOKENS.policyGate) policy: PolicyGate,
    @inject(TOKENS.events) events: EventFeed,
  ) {
    this.#source = offersGuide ? guided : dispatcher.context;
    this.#policy = policy;
    this.#events = events;
  }

  /** What the caller may see; the same array as long as source and policy answer the same. */
  async list(kind: ContextKind, caller: Caller, ending: Ending): Promise<readonly JsonObject[]> {
    if (this.#source === undefined) return NOTHING;
    const listed = await ending.until(this.#listed(this.#source, kind, caller));
    if (!this.#policy.hidesContext) return listed;
    return ending.until(this.#policy.visibleContext(caller, kind, listed));
  }

  /** Rejects with a ToolscriptError; `context/failed` when there is no answer in the time of one call. */
  async request(
    method: ContextMethod,
    params: JsonObject,
    context: RequestContext,
    ending: Ending,
  ): Promise<JsonObject> {
    const source = this.#source;
    if (source === undefined) throw unknownContext(method, params);
    const { caller = ANONYMOUS, meta, onProgress, client, input } = context;
    const { toolCallTimeoutMs } = await ending.until(this.#policy.limitsFor(caller, 'direct'));
    ending.endAfter(toolCallTimeoutMs, () => late(method, toolCallTimeoutMs));
    await this.authorize(method, params, { ...context, caller }, ending);
    const trace = context.request?.trace;
    const passed = trace === undefined ? meta : withTrace(meta, trace);
    const request = {
      method,
      params,
      caller,
      signal: ending.signal,
      ...(passed !== undefined && { meta: passed }),
      ...(onProgress !== undefined && { onProgress }),
      ...(client !== undefined && { client }),
      ...(input !== undefined && { input }),
    };
    const answering = (async () => source.request(request))();
    try {
      const answer: unknown = await ending.until(answering);
      if (isJsonObject(answer)) return answer;
    } catch (thrown) {
      throw (
        this.#told(asToolscriptError(thrown), method, params) ?? failed(method, messageOf(thrown, NO_REASON))
      );
    }
    throw failed(method, 'the answer is no object');
  }

  /** Where things are hidden, servers do not say in words of their own that something is not there. */
  #told(
    error: ToolscriptError | undefined,
    method: ContextMethod,
    params: JsonObject,
  ): ToolscriptError | undefined {
    const isUniform = this.#policy.hidesContext && error?.code === 'context/unknown';
    return isUniform ? unknownContext(method, params) : error;
  }

  /** Rejects with `context/unknown` for what the caller may not know of, and with `context/denied`. */
  async authorize(method: ContextMethod, params: JsonObject, context: Asking, ending: Ending): Promise<void> {
    const { caller } = context;
    if (!this.#policy.judgesContext && !this.#policy.hidesContext) return;
    const subject = subjectOf(method, params);
    if (subject === undefined || (await this.#isHidden(subject, caller, ending)))
      throw unknownContext(method, params);
    const { kind, name, args } = subject;
    const use = { caller, kind, name, ...(args !== undefined && { args }) };
    const verdict = await ending.until(this.#policy.authorizeContext(use));
    if (verdict.allow) return;
    const denied = deniedError(method, verdict);
    await tellDenied(this.#events, context, {
      method,
      params,
      code: denied.code,
      ...(kind === 'prompt' && { target: name }),
      ...(verdict.reason !== undefined && { reason: verdict.reason }),
    });
    throw denied;
  }

  /** What is not listed, such as a resource of a template, is asked about by its name alone. */
  async #isHidden({ list, key, name }: ContextSubject, caller: Caller, ending: Ending): Promise<boolean> {
    if (!this.#policy.hidesContext || this.#source === undefined) return false;
    const listed = await ending.until(this.#listed(this.#source, list, caller));
    const item = listed.find((listedItem) => listedItem[key] === name) ?? { [key]: name };
    const visible = await ending.until(this.#policy.visibleContext(caller, list, [item]));
    return visible.length === 0;
  }

  /** Calls back when the resource was updated; never, where nobody can tell. */
  subscribe(uri: string, listener: () => void): () => void {
    return this.#source?.subscribe?.(uri, listener) ?? (() => undefined);
  }

  async #listed(source: ContextSource, kind: ContextKind, caller: Caller): Promise<readonly JsonObject[]> {
    try {
      const listed: unknown = await source.list(kind, caller);
      if (Array.isArray(listed)) return listed as readonly JsonObject[];
    } catch (thrown) {
      throw asToolscriptError(thrown) ?? unlisted(kind, messageOf(thrown, 'the dispatcher failed'));
    }
    throw unlisted(kind, 'the dispatcher answered no array');
  }
}

const NOTHING: readonly JsonObject[] = [];
const NO_REASON = 'it failed without a reason';

function unlisted(kind: ContextKind, what: string): ToolscriptError {
  return new ToolscriptError({ code: 'backend/unavailable', message: `list ${kind}: ${what}` });
}

function failed(method: ContextMethod, what: string): ToolscriptError {
  return new ToolscriptError({ code: 'context/failed', message: `${method}: ${what}` });
}

function late(method: ContextMethod, timeoutMs: number): ToolscriptError {
  return failed(method, `no answer within ${String(timeoutMs)} ms`);
}
