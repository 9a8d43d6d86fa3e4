/**
 * A code mode that lists two tools in place of many: `find_tool` and `call_tool`, the tools that the
 * operator pins, and a brief `execute_tool_script`.
 *
 * It stands before another code mode and behaves as one, so that whatever serves code mode serves it. What
 * it finds and calls is the caller's own: the code mode behind it lists, authorises and tells. A tool that
 * is not listed can be called by its name all the same, by whoever may.
 */
import {
  ANONYMOUS,
  MAX_PATTERN_LENGTH,
  ToolscriptError,
  type AdapterEvent,
  type BackendState,
  type Caller,
  type CheckRequest,
  type CodeMode,
  type ContextKind,
  type ContextMethod,
  type Failure,
  type FoundTools,
  type JsonObject,
  type NamedTool,
  type OpenRequest,
  type Outcome,
  type RequestContext,
  type RequestStart,
  type RunRequest,
  type ScriptToolDetail,
  type ToolDefinition,
  type ToolQuery,
  type ToolResult,
  type Workbench,
} from '../../core/index.js';
import { CallTool } from './call-tool.js';
import { FindTool } from './find-tool.js';
import { ListedTools } from './listed-tools.js';
import { CALL_TOOL_NAME, FIND_TOOL_NAME } from './meta-tools.js';
import { Savings } from './savings.js';

/** How to optimize. */
export interface OptimizerOptions {
  /** Whether `execute_tool_script` is offered beside; default false. */
  readonly scripts?: boolean;
  /** How many tools one search answers at the most, from 1 to 50; default 8. */
  readonly maxTools?: number;
  /**
   * Estimated tokens that whole definitions of one search take together, from 0 (no bound); default 1,500. The
   * best one is whole in any case, what is beyond comes as an outline.
   */
  readonly maxTokens?: number;
  /** Patterns (`*`, `?`) of the names of tools that stay listed; default none. */
  readonly pinned?: readonly string[];
}

const DEFAULT_MAX_TOOLS = 8;
const DEFAULT_MAX_TOKENS = 1_500;

/** Puts an optimizer before a code mode, which is closed with it. Throws `config/invalid`. */
export function createOptimizer(codeMode: CodeMode, options: OptimizerOptions = {}): CodeMode {
  const faults = faultsOf(options);
  if (faults.length === 0) return new Optimizer(codeMode, options);
  throw new ToolscriptError({ code: 'config/invalid', message: `optimize: ${faults.join('; ')}` });
}

const MOST_TOOLS = 50;

function faultsOf(options: OptimizerOptions): string[] {
  const { maxTools = DEFAULT_MAX_TOOLS, maxTokens = DEFAULT_MAX_TOKENS, pinned = [] } = options;
  const isCount = Number.isInteger(maxTools) && maxTools >= 1 && maxTools <= MOST_TOOLS;
  const isPattern = (text: unknown): boolean => typeof text === 'string' && text.length <= MAX_PATTERN_LENGTH;
  return [
    ...(isCount ? [] : [`maxTools must be a whole number from 1 to ${String(MOST_TOOLS)}`]),
    ...(Number.isInteger(maxTokens) && maxTokens >= 0 ? [] : ['maxTokens must be a whole number from 0']),
    ...(Array.isArray(pinned) && pinned.every(isPattern) ? [] : ['pinned must be patterns of names']),
  ];
}

class Optimizer implements CodeMode {
  readonly #codeMode: CodeMode;
  readonly #listed: ListedTools;
  readonly #savings: Savings;
  readonly #findTool: FindTool;
  readonly #callTool: CallTool;

  constructor(codeMode: CodeMode, options: OptimizerOptions) {
    const { scripts = false, pinned = [] } = options;
    const { maxTools = DEFAULT_MAX_TOOLS, maxTokens = DEFAULT_MAX_TOKENS } = options;
    this.#codeMode = codeMode;
    this.#listed = new ListedTools(pinned, scripts);
    this.#savings = new Savings(codeMode, this.#listed, scripts);
    this.#findTool = new FindTool(codeMode, this.#savings, { scripts, maxTools, maxTokens });
    this.#callTool = new CallTool(codeMode, this.#findTool, scripts);
  }

  async listTools(caller: Caller = ANONYMOUS): Promise<readonly ToolDefinition[]> {
    const tools = await this.#codeMode.listTools(caller);
    await this.#savings.listed(caller, tools);
    return this.#listed.of(tools);
  }

  callTool(tool: string, args: JsonObject, context: RequestContext = {}): Promise<ToolResult> {
    if (tool === FIND_TOOL_NAME) return this.#findTool.answer(args, context);
    if (tool === CALL_TOOL_NAME) return this.#callTool.answer(args, context);
    return this.#codeMode.callTool(tool, args, context);
  }

  /** Brief unless all of it is asked for: tools are found on demand. */
  scriptTool(caller?: Caller, detail: ScriptToolDetail = 'brief'): Promise<ToolDefinition | undefined> {
    return this.#codeMode.scriptTool(caller, detail);
  }

  run(request: RunRequest): Promise<Outcome> {
    return this.#codeMode.run(request);
  }

  check(request: CheckRequest): Promise<Failure | undefined> {
    return this.#codeMode.check(request);
  }

  findTools(query: ToolQuery, context?: Pick<RequestContext, 'caller' | 'signal'>): Promise<FoundTools> {
    return this.#codeMode.findTools(query, context);
  }

  workbench(caller?: Caller): Promise<Workbench> {
    return this.#codeMode.workbench(caller);
  }

  toolNamed(name: string, caller?: Caller): Promise<NamedTool | undefined> {
    return this.#codeMode.toolNamed(name, caller);
  }

  callScriptTool(args: unknown, context?: RequestContext): Promise<ToolResult> {
    return this.#codeMode.callScriptTool(args, context);
  }

  listContext(kind: ContextKind, caller?: Caller): Promise<readonly JsonObject[]> {
    return this.#codeMode.listContext(kind, caller);
  }

  requestContext(method: ContextMethod, params: JsonObject, context?: RequestContext): Promise<JsonObject> {
    return this.#codeMode.requestContext(method, params, context);
  }

  checkRead(uri: string, caller?: Caller): Promise<void> {
    return this.#codeMode.checkRead(uri, caller);
  }

  subscribe(uri: string, listener: () => void): () => void {
    return this.#codeMode.subscribe(uri, listener);
  }

  /** Whoever serves it does not know that tools are found on demand. */
  tell(event: AdapterEvent): void {
    this.#codeMode.tell(event.name === 'service.started' ? { ...event, optimizer: true } : event);
  }

  openRequest(start: RequestStart): OpenRequest | undefined {
    return this.#codeMode.openRequest(start);
  }

  backends(): readonly BackendState[] {
    return this.#codeMode.backends();
  }

  onChange(listener: () => void): () => void {
    return this.#codeMode.onChange(listener);
  }

  close(): Promise<void> {
    return this.#codeMode.close();
  }
}
