/**
 * One code mode in front of compositions that follow each other: clients keep what they have, while the
 * servers, limits and plugins behind them become others.
 *
 * What began with a composition ends with it; only then it is closed. What comes later goes to the next.
 */
import type {
  AdapterEvent,
  BackendState,
  Caller,
  CheckRequest,
  CodeMode,
  ContextKind,
  ContextMethod,
  Failure,
  FoundTools,
  JsonObject,
  NamedTool,
  OpenRequest,
  Outcome,
  RequestContext,
  RequestEnd,
  RequestStart,
  RunRequest,
  ScriptToolDetail,
  ToolDefinition,
  ToolQuery,
  ToolResult,
  TraceContext,
  Workbench,
} from '../../core/index.js';

/** A composition while it is used. */
interface Term {
  readonly codeMode: CodeMode;
  /** Requests under way, and those of which the sinks were not told how they end. */
  open: number;
  /** Called when the last request has ended. */
  onIdle: () => void;
  /** Ends the watching for changes. */
  stop: () => void;
}

/** A resource that somebody follows. */
interface Following {
  readonly uri: string;
  readonly listener: () => void;
  stop: () => void;
}

/** Is closed with whatever composition it has; the ones before are closed by then. */
export class CodeModeSwitch implements CodeMode {
  readonly #listeners = new Set<() => void>();
  readonly #successionListeners = new Set<() => void>();
  readonly #followings = new Set<Following>();
  readonly #terms = new Set<Term>();
  #term: Term;

  constructor(first: CodeMode) {
    this.#term = this.#begin(first);
  }

  /** From now on requests go to `next`. Resolves once the one before has nothing to do any more, and is closed. */
  async switchTo(next: CodeMode): Promise<void> {
    const before = this.#term;
    this.#term = this.#begin(next);
    before.stop();
    for (const following of this.#followings) {
      following.stop();
      following.stop = next.subscribe(following.uri, following.listener);
    }
    for (const listener of this.#successionListeners) listener();
    this.#changed();
    if (before.open > 0) await new Promise<void>((resolve) => (before.onIdle = resolve));
    this.#terms.delete(before);
    await before.codeMode.close();
  }

  run(request: RunRequest): Promise<Outcome> {
    return this.#during((codeMode) => codeMode.run(request));
  }

  check(request: CheckRequest): Promise<Failure | undefined> {
    return this.#during((codeMode) => codeMode.check(request));
  }

  listTools(caller?: Caller): Promise<readonly ToolDefinition[]> {
    return this.#during((codeMode) => codeMode.listTools(caller));
  }

  callTool(tool: string, args: JsonObject, context?: RequestContext): Promise<ToolResult> {
    return this.#during((codeMode) => codeMode.callTool(tool, args, context));
  }

  scriptTool(caller?: Caller, detail?: ScriptToolDetail): Promise<ToolDefinition | undefined> {
    return this.#during((codeMode) => codeMode.scriptTool(caller, detail));
  }

  findTools(query: ToolQuery, context?: Pick<RequestContext, 'caller' | 'signal'>): Promise<FoundTools> {
    return this.#during((codeMode) => codeMode.findTools(query, context));
  }

  workbench(caller?: Caller): Promise<Workbench> {
    return this.#during((codeMode) => codeMode.workbench(caller));
  }

  toolNamed(name: string, caller?: Caller): Promise<NamedTool | undefined> {
    return this.#during((codeMode) => codeMode.toolNamed(name, caller));
  }

  callScriptTool(args: unknown, context?: RequestContext): Promise<ToolResult> {
    return this.#during((codeMode) => codeMode.callScriptTool(args, context));
  }

  listContext(kind: ContextKind, caller?: Caller): Promise<readonly JsonObject[]> {
    return this.#during((codeMode) => codeMode.listContext(kind, caller));
  }

  requestContext(method: ContextMethod, params: JsonObject, context?: RequestContext): Promise<JsonObject> {
    return this.#during((codeMode) => codeMode.requestContext(method, params, context));
  }

  checkRead(uri: string, caller?: Caller): Promise<void> {
    return this.#during((codeMode) => codeMode.checkRead(uri, caller));
  }

  subscribe(uri: string, listener: () => void): () => void {
    const following = { uri, listener, stop: this.#term.codeMode.subscribe(uri, listener) };
    this.#followings.add(following);
    return () => {
      this.#followings.delete(following);
      following.stop();
    };
  }

  tell(event: AdapterEvent): void {
    this.#term.codeMode.tell(event);
  }

  openRequest(start: RequestStart): OpenRequest | undefined {
    const term = this.#term;
    const opened = term.codeMode.openRequest(start);
    return opened && new HeldRequest(opened, hold(term));
  }

  backends(): readonly BackendState[] {
    return this.#term.codeMode.backends();
  }

  onChange(listener: () => void): () => void {
    const own = (): void => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Tells when another composition has taken over. */
  onSuccession(listener: () => void): void {
    this.#successionListeners.add(listener);
  }

  async close(): Promise<void> {
    const closing = [...this.#terms].map(({ codeMode }) => codeMode.close());
    await Promise.all(closing);
  }

  #begin(codeMode: CodeMode): Term {
    const stop = codeMode.onChange(() => this.#changed());
    const term: Term = { codeMode, open: 0, onIdle: () => undefined, stop };
    this.#terms.add(term);
    return term;
  }

  async #during<T>(act: (codeMode: CodeMode) => Promise<T>): Promise<T> {
    const term = this.#term;
    const release = hold(term);
    try {
      return await act(term.codeMode);
    } finally {
      release();
    }
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Keeps a composition from being closed; the answer, called once, lets go of it. */
function hold(term: Term): () => void {
  term.open += 1;
  return () => {
    term.open -= 1;
    if (term.open === 0) term.onIdle();
  };
}

/** A request that keeps its composition from being closed until its end. */
class HeldRequest implements OpenRequest {
  readonly id: string;
  readonly trace?: TraceContext;
  readonly #opened: OpenRequest;
  #release: (() => void) | undefined;

  constructor(opened: OpenRequest, release: () => void) {
    this.id = opened.id;
    if (opened.trace !== undefined) this.trace = opened.trace;
    this.#opened = opened;
    this.#release = release;
  }

  end(end: RequestEnd): void {
    this.#opened.end(end);
    this.#release?.();
    this.#release = undefined;
  }
}
