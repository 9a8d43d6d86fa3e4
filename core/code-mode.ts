/** What a composition is to those who call it: the face that adapters see. */
import type { ClientLink, InputRound } from './client-link.js';
import type { ContextKind, ContextMethod } from './context-source.js';
import type { Failure } from './error.js';
import type { JsonObject } from './json.js';
import type { Limits } from './limit-policy.js';
import type { Outcome } from './outcome.js';
import type { Caller } from './caller.js';
import type { Progress } from './progress.js';
import type { AdapterEvent, Events } from './event.js';
import type { BackendState, ToolDefinition, ToolResult } from './tool-dispatcher.js';
import type { TraceContext } from './trace-context.js';
import type { ToolQuery } from './tool-index.js';

/** A script to run, as the host asks for it. */
export interface RunRequest {
  /** The run's id, as sinks are told; unique in the process's life. Default: a fresh one. */
  readonly id?: string;
  readonly script: string;
  /** What it is written in, where there are several runtimes. Default: the first that the caller may use. */
  readonly language?: string;
  /** Top-level variables of the script. */
  readonly data?: JsonObject;
  /** Default: anonymous. */
  readonly caller?: Caller;
  readonly signal?: AbortSignal;
  /** Limits that replace the policy's for this run. Out of range: `run` rejects with `config/invalid`. */
  readonly limits?: Partial<Limits>;
  readonly onProgress?: (progress: Progress) => void;
  /** MCP `_meta` to pass on with every call. */
  readonly meta?: JsonObject;
  /** The client that waits for the outcome. */
  readonly client?: ClientLink;
  /** The client's request that asks for it; without one, its place in a trace is what `meta` says. */
  readonly request?: OpenRequest;
}

/** A script to check, with what it would run with. */
export type CheckRequest = Pick<RunRequest, 'script' | 'language' | 'data' | 'caller' | 'signal'>;

/** What comes with a request of a client. */
export interface RequestContext {
  readonly caller?: Caller;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** MCP `_meta` to pass on to the backend. */
  readonly meta?: JsonObject;
  /** The client that waits for the answer. */
  readonly client?: ClientLink;
  /** The client's request; without one, its place in a trace is what `meta` says. */
  readonly request?: OpenRequest;
  /** Given where a server's questions may be the answer; not to a script's calls. */
  readonly input?: InputRound;
}

/** A client's request of which the sinks are told. */
export interface OpenRequest {
  /** Unique in the process's life. */
  readonly id: string;
  /** Its place in a trace; absent without one. */
  readonly trace?: TraceContext;
  /** It was answered; told once. */
  end(end: RequestEnd): void;
}

/** How a request ended. */
export type RequestEnd = Pick<Events['request.finished'], 'code' | 'rpcCode'>;

/** What an adapter knows of a request. Its `trace` is what came from the client. */
export type RequestStart = Omit<Events['request.started'], 'requestId'>;

/** A tool under both of its names. */
export interface NamedTool {
  readonly tool: ToolDefinition;
  readonly scriptName: string;
}

/** A tool that a search found, and how a script calls it. */
export interface FoundTool extends NamedTool {
  /** The call in the language of the scripts, in one line. */
  readonly signature: string;
}

/** What a search found, the best first, with what that spares a model's context. */
export interface FoundTools {
  readonly tools: readonly FoundTool[];
  /** Estimated tokens of the definitions of all tools of the caller. */
  readonly baselineTokens: number;
  /** The same of those that were found. */
  readonly returnedTokens: number;
}

/** A tool that scripts may call, and the server that has it, where that is known. */
export interface WorkbenchTool extends FoundTool {
  readonly backend?: string;
}

/** What one caller has for writing scripts. */
export interface Workbench {
  /** The languages of the caller's scripts, the default first. */
  readonly languages: readonly string[];
  /** Names that the default language has of its own. */
  readonly names: readonly string[];
  readonly limits: Limits;
  /** By name; signatures are of the default language. */
  readonly tools: readonly WorkbenchTool[];
}

/** How much `execute_tool_script` tells of itself: `brief` stays under 2 KB however many tools there are. */
export type ScriptToolDetail = 'full' | 'brief';

/** One composition: a runtime, a dispatcher, a policy, sinks. */
export interface CodeMode {
  /** Runs a script. Never rejects for what the script, the caller or a backend did. */
  run(request: RunRequest): Promise<Outcome>;
  /**
   * What would refuse a script before its first call: its size, its language, its data, the policy, and all that
   * its runtime can tell of the text. Nothing runs, waits for a turn or is told to the sinks. Nothing comes of it
   * where nothing speaks against the script, and where its runtime tells nothing without running it.
   */
  check(request: CheckRequest): Promise<Failure | undefined>;
  /** The tools of the caller, as the dispatcher lists them; `execute_tool_script` is not among them. */
  listTools(caller?: Caller): Promise<readonly ToolDefinition[]>;
  /** A client's own call of one tool: same policy, timeout and events as a script's. Rejects with a ToolscriptError. */
  callTool(tool: string, args: JsonObject, context?: RequestContext): Promise<ToolResult>;
  /**
   * `execute_tool_script` as it is advertised to this caller; the same tools give the same bytes. Nothing
   * for a caller who may not know of it.
   */
  scriptTool(caller?: Caller, detail?: ScriptToolDetail): Promise<ToolDefinition | undefined>;
  /** Looks for tools of the caller. Rejects with a ToolscriptError. */
  findTools(query: ToolQuery, context?: Pick<RequestContext, 'caller' | 'signal'>): Promise<FoundTools>;
  /** What the caller has for writing scripts. Rejects with a ToolscriptError. */
  workbench(caller?: Caller): Promise<Workbench>;
  /** The caller's tool of this name, else the one that scripts call so. */
  toolNamed(name: string, caller?: Caller): Promise<NamedTool | undefined>;
  /**
   * Answers a call of `execute_tool_script`: checks the arguments, runs, renders outcome or failure. Rejects
   * only for a caller who may not know of it, as `callTool` does for any tool that is not there.
   */
  callScriptTool(args: unknown, context?: RequestContext): Promise<ToolResult>;
  /** Resources, resource templates or prompts of the caller; the same array until something changed. */
  listContext(kind: ContextKind, caller?: Caller): Promise<readonly JsonObject[]>;
  /** Reads a resource, gets a prompt, completes an argument of one. Rejects with a ToolscriptError. */
  requestContext(method: ContextMethod, params: JsonObject, context?: RequestContext): Promise<JsonObject>;
  /** Rejects as reading the resource would, when the policy keeps it from the caller; reads nothing. */
  checkRead(uri: string, caller?: Caller): Promise<void>;
  /** Tells when a resource was updated; the answer stops it. Who is told must be allowed to read it. */
  subscribe(uri: string, listener: () => void): () => void;
  /** Tells the sinks what only an adapter knows. */
  tell(event: AdapterEvent): void;
  /**
   * Tells the sinks of a client's request; nothing comes of it where nobody listens. What is not ended when the
   * composition closes is `cancelled`.
   */
  openRequest(start: RequestStart): OpenRequest | undefined;
  /** How the servers behind the dispatcher are doing. */
  backends(): readonly BackendState[];
  /** Tells when tools, context or backends may have changed; the answer stops it. */
  onChange(listener: () => void): () => void;
  /** Ends running scripts (`cancelled`), then closes everything made for this composition, in reverse order. */
  close(): Promise<void>;
}

/** The name of the one tool that code mode adds. */
export const SCRIPT_TOOL_NAME = 'execute_tool_script';
