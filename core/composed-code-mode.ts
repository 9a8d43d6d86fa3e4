/** Code mode as it is composed: every request has an ending, and closing ends them all. */
import type { BackendWatch } from './backend-watch.js';
import type { Clock } from './clock.js';
import { SCRIPT_TOOL_NAME } from './code-mode.js';
import type {
  CheckRequest,
  CodeMode,
  FoundTools,
  NamedTool,
  OpenRequest,
  RequestContext,
  RequestStart,
  RunRequest,
  ScriptToolDetail,
  Workbench,
} from './code-mode.js';
import type { ContextCaller } from './context-caller.js';
import type { ContextKind, ContextMethod } from './context-source.js';
import type { DirectCaller } from './direct-caller.js';
import { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { Failure } from './error.js';
import type { EventFeed } from './events.js';
import { inject, injectable, TOKENS } from './injection.js';
import type { JsonObject } from './json.js';
import type { Lifecycle } from './lifecycle.js';
import { DEFAULT_LIMITS } from './limit-policy.js';
import type { Outcome } from './outcome.js';
import type { PolicyGate } from './policy-gate.js';
import { checkQuery, checkRequest, checkToolName } from './request-check.js';
import type { ScriptCaller } from './script-caller.js';
import type { ScriptChecker } from './script-checker.js';
import type { ScriptTool } from './script-tool.js';
import { TrackedRequest } from './tracked-request.js';
import type { AdapterEvent } from './event.js';
import { ANONYMOUS } from './caller.js';
import type { Caller } from './caller.js';
import { toldCaller } from './told-caller.js';
import type { BackendState, ToolDefinition, ToolResult } from './tool-dispatcher.js';
import type { ToolFinder } from './tool-finder.js';
import type { ToolQuery } from './tool-index.js';
import type { ToolList } from './tool-list.js';
import type { Workbenches } from './workbench.js';

/** The face that adapters see, over the parts that do the work. */
@injectable()
export class ComposedCodeMode implements CodeMode {
  readonly #scriptCaller: ScriptCaller;
  readonly #scriptChecker: ScriptChecker;
  readonly #directCaller: DirectCaller;
  readonly #contextCaller: ContextCaller;
  readonly #scriptTool: ScriptTool;
  readonly #toolFinder: ToolFinder;
  readonly #workbenches: Workbenches;
  readonly #toolList: ToolList;
  readonly #policy: PolicyGate;
  readonly #backends: BackendWatch;
  readonly #events: EventFeed;
  readonly #lifecycle: Lifecycle;
  readonly #clock: Clock;
  /** What is under way. */
  readonly #requests = new Map<Ending, Promise<unknown>>();
  /** Of which the sinks were told that they began. */
  readonly #tracked = new Set<TrackedRequest>();
  #closed: Promise<void> | undefined;

  constructor(
    @inject(TOKENS.scriptCaller) scriptCaller: ScriptCaller,
    @inject(TOKENS.scriptChecker) scriptChecker: ScriptChecker,
    @inject(TOKENS.directCaller) directCaller: DirectCaller,
    @inject(TOKENS.contextCaller) contextCaller: ContextCaller,
    @inject(TOKENS.scriptTool) scriptTool: ScriptTool,
    @inject(TOKENS.toolFinder) toolFinder: ToolFinder,
    @inject(TOKENS.workbenches) workbenches: Workbenches,
    @inject(TOKENS.toolList) toolList: ToolList,
    @inject(TOKENS.policyGate) policy: PolicyGate,
    @inject(TOKENS.backendWatch) backends: BackendWatch,
    @inject(TOKENS.events) events: EventFeed,
    @inject(TOKENS.lifecycle) lifecycle: Lifecycle,
    @inject(TOKENS.clock) clock: Clock,
  ) {
    this.#scriptCaller = scriptCaller;
    this.#scriptChecker = scriptChecker;
    this.#directCaller = directCaller;
    this.#contextCaller = contextCaller;
    this.#scriptTool = scriptTool;
    this.#toolFinder = toolFinder;
    this.#workbenches = workbenches;
    this.#toolList = toolList;
    this.#policy = policy;
    this.#backends = backends;
    this.#events = events;
    this.#lifecycle = lifecycle;
    this.#clock = clock;
  }

  async run(request: RunRequest): Promise<Outcome> {
    this.#refuseClosed('run');
    checkRequest('run', request);
    return this.#underWay(request.signal, (ending) => this.#scriptCaller.run(request, ending));
  }

  async check(request: CheckRequest): Promise<Failure | undefined> {
    this.#refuseClosed('check a script');
    checkRequest('check a script', request);
    return this.#underWay(request.signal, (ending) => this.#scriptChecker.check(request, ending));
  }

  async listTools(caller: Caller = ANONYMOUS): Promise<readonly ToolDefinition[]> {
    this.#refuseClosed('list the tools');
    return this.#underWay(undefined, (ending) => this.#toolList.tools(caller, ending));
  }

  async callTool(tool: string, args: JsonObject, context: RequestContext = {}): Promise<ToolResult> {
    this.#refuseClosed('call a tool');
    checkToolName(tool);
    checkRequest('call a tool', context);
    return this.#underWay(context.signal, (ending) => this.#directCaller.call(tool, args, context, ending));
  }

  async scriptTool(
    caller: Caller = ANONYMOUS,
    detail: ScriptToolDetail = 'full',
  ): Promise<ToolDefinition | undefined> {
    this.#refuseClosed('describe the tool');
    return this.#underWay(undefined, (ending) => this.#scriptTool.definition(caller, ending, { detail }));
  }

  async findTools(
    query: ToolQuery,
    { caller = ANONYMOUS, signal }: Pick<RequestContext, 'caller' | 'signal'> = {},
  ): Promise<FoundTools> {
    this.#refuseClosed('find tools');
    checkQuery(query);
    return this.#underWay(signal, (ending) => this.#toolFinder.findFor(caller, query, ending));
  }

  async workbench(caller: Caller = ANONYMOUS): Promise<Workbench> {
    this.#refuseClosed('lay out the workbench');
    return this.#underWay(undefined, (ending) => this.#workbenches.of(caller, ending));
  }

  async toolNamed(name: string, caller: Caller = ANONYMOUS): Promise<NamedTool | undefined> {
    this.#refuseClosed('look for a tool');
    const catalog = await this.#underWay(undefined, (ending) => this.#toolList.catalog(caller, ending));
    return catalog.named(name);
  }

  async callScriptTool(args: unknown, context: RequestContext = {}): Promise<ToolResult> {
    if (await this.#isHidden(context)) return this.callTool(SCRIPT_TOOL_NAME, {}, context);
    return this.#scriptTool.call(args, context, (request) => this.run(request));
  }

  async listContext(kind: ContextKind, caller: Caller = ANONYMOUS): Promise<readonly JsonObject[]> {
    this.#refuseClosed(`list ${kind}`);
    return this.#underWay(undefined, (ending) => this.#contextCaller.list(kind, caller, ending));
  }

  async requestContext(
    method: ContextMethod,
    params: JsonObject,
    context: RequestContext = {},
  ): Promise<JsonObject> {
    this.#refuseClosed(method);
    checkRequest(method, context);
    return this.#underWay(context.signal, (ending) =>
      this.#contextCaller.request(method, params, context, ending),
    );
  }

  async checkRead(uri: string, caller: Caller = ANONYMOUS): Promise<void> {
    this.#refuseClosed('resources/read');
    return this.#underWay(undefined, (ending) =>
      this.#contextCaller.authorize('resources/read', { uri }, { caller }, ending),
    );
  }

  subscribe(uri: string, listener: () => void): () => void {
    return this.#contextCaller.subscribe(uri, listener);
  }

  tell(event: AdapterEvent): void {
    if (event.name === 'savings.measured')
      this.#events.emit(event.name, { ...event, caller: toldCaller(event.caller) });
    else this.#events.emit(event.name, event);
  }

  openRequest(start: RequestStart): OpenRequest | undefined {
    if (!this.#events.isFollowed) return undefined;
    const ended = (request: TrackedRequest): unknown => this.#tracked.delete(request);
    const request = new TrackedRequest(this.#events, this.#clock, start, ended);
    this.#tracked.add(request);
    return request;
  }

  backends(): readonly BackendState[] {
    return this.#backends.states();
  }

  onChange(listener: () => void): () => void {
    return this.#backends.onChange(listener);
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    for (const ending of this.#requests.keys()) ending.end(closing());
    await Promise.allSettled(this.#requests.values());
    for (const request of this.#tracked) request.end({ code: 'cancelled' });
    await this.#lifecycle.close();
  }

  /** What fails here fails again in the run, which has words for it. */
  async #isHidden({ caller, signal }: RequestContext): Promise<boolean> {
    if (!this.#policy.hidesTools || this.#closed !== undefined) return false;
    const seen = this.#underWay(signal, (ending) => this.#scriptTool.definition(caller ?? ANONYMOUS, ending));
    return seen.then(
      (definition) => definition === undefined,
      () => false,
    );
  }

  #refuseClosed(act: string): void {
    if (this.#closed === undefined) return;
    throw new ToolscriptError({ code: 'config/invalid', message: `${act}: this composition is closed` });
  }

  /** Until something sets another time, the default wall time holds: for the policy and the list of tools. */
  async #underWay<T>(signal: AbortSignal | undefined, act: (ending: Ending) => Promise<T>): Promise<T> {
    const ending = new Ending(this.#clock, signal);
    ending.endAfter(DEFAULT_LIMITS.wallTimeMs, outOfTime);
    const acting = act(ending);
    this.#requests.set(ending, acting);
    try {
      return await acting;
    } finally {
      ending.dispose();
      this.#requests.delete(ending);
    }
  }
}

function outOfTime(): ToolscriptError {
  const message = `run: more than ${String(DEFAULT_LIMITS.wallTimeMs)} ms`;
  return new ToolscriptError({ code: 'limit/wall-time', message });
}

function closing(): ToolscriptError {
  return new ToolscriptError({ code: 'cancelled', message: 'run: the composition is closing' });
}
