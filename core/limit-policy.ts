/** Contract: how much a script may use, what a caller may do, and what a caller may know of. */
import type { Caller } from './caller.js';
import type { ContextKind } from './context-source.js';
import type { JsonObject } from './json.js';
import type { ToolDefinition, ToolOrigin } from './tool-dispatcher.js';

/** The limits of one script. Every field is a whole number within {@link LIMIT_RANGES}. */
export interface Limits {
  /** Steps: about one bytecode instruction of Starlark in Go each. */
  readonly steps: number;
  /** Milliseconds from start to outcome, computing and waiting alike. */
  readonly wallTimeMs: number;
  /** Milliseconds that one tool call may run; waiting for its turn is not counted. */
  readonly toolCallTimeoutMs: number;
  /** Tool calls in flight at once, over the whole script. */
  readonly parallel: number;
  /** Tool calls in all. */
  readonly toolCalls: number;
  /** Bytes allocated in all; what becomes garbage is not given back. */
  readonly memoryBytes: number;
  /** Bytes of one value. */
  readonly valueBytes: number;
  /** Calls within calls. */
  readonly callDepth: number;
  /** Bytes of the result as JSON text in UTF-8. */
  readonly outputBytes: number;
  /** Bytes of printed text in UTF-8. */
  readonly logBytes: number;
  /** Bytes of the script in UTF-8. */
  readonly scriptBytes: number;
  /** Bytes of `data` as JSON text in UTF-8. */
  readonly dataBytes: number;
}

/** A limit's name. */
export type LimitName = keyof Limits;

const KIB = 1024;
const MIB = 1024 * KIB;

/** The limits of a script for which nobody said otherwise. */
export const DEFAULT_LIMITS: Limits = {
  steps: 1_000_000,
  wallTimeMs: 60_000,
  toolCallTimeoutMs: 30_000,
  parallel: 10,
  toolCalls: 1_000,
  memoryBytes: 128 * MIB,
  valueBytes: 16 * MIB,
  callDepth: 200,
  outputBytes: MIB,
  logBytes: 64 * KIB,
  scriptBytes: 256 * KIB,
  dataBytes: 4 * MIB,
};

/** The least and the greatest that each limit may be; out of it is `config/invalid`. */
export const LIMIT_RANGES: { readonly [name in LimitName]: readonly [least: number, greatest: number] } = {
  steps: [1, 1e15],
  wallTimeMs: [1, 86_400_000],
  toolCallTimeoutMs: [1, 86_400_000],
  parallel: [1, 10_000],
  toolCalls: [0, 1e9],
  memoryBytes: [64 * KIB, 64 * 1024 * MIB],
  valueBytes: [KIB, 1024 * MIB],
  callDepth: [1, 1_000],
  outputBytes: [2, 1024 * MIB],
  logBytes: [0, 1024 * MIB],
  scriptBytes: [1, 64 * MIB],
  dataBytes: [2, 1024 * MIB],
};

/** One tool call, as the policy is asked about it. */
export interface CallRequest {
  readonly caller: Caller;
  readonly tool: ToolDefinition;
  /** They fit the tool's input schema; of `execute_tool_script`: `script` and, where given, `data`. */
  readonly args: JsonObject;
  /** Whether a script makes the call, or the client itself. */
  readonly mode: 'script' | 'direct';
}

/** A resource or a prompt that somebody wants to have, as the policy is asked about it. */
export interface ContextUse {
  readonly caller: Caller;
  readonly kind: 'resource' | 'prompt';
  /** The resource's URI, or the template of one whose arguments are being completed; the prompt's name. */
  readonly name: string;
  /** What the prompt is to be filled with. */
  readonly args?: JsonObject;
}

/** A script, or a client's own call of one tool, that is allowed and wants to start. */
export interface Admission {
  readonly caller: Caller;
  readonly use: 'script' | 'direct';
  /** The tool's real name: `execute_tool_script` for a script, `find_tool` for a search. */
  readonly tool: string;
  /** Aborted when nobody waits any more: the time is up, or the caller left. */
  readonly signal: AbortSignal;
}

/** Gives a turn back. */
export type Release = () => void;

/** What the policy says of a use. */
export type Decision = { readonly allow: true } | Denial;

/** A refusal. What the caller reads of it is general; the reason is for sinks. */
export interface Denial {
  readonly allow: false;
  readonly reason?: string;
  /** `limit/refused` when it is too much for now. Default: `tool/denied`, `context/denied`. */
  readonly code?: 'limit/refused';
  /** Milliseconds after which it may be tried again; the caller is told. */
  readonly retryAfterMs?: number;
}

/** Which server a listed tool comes from; nothing where that is not known. Never throws. */
export type OriginOf = (tool: string) => ToolOrigin | undefined;

/** For what limits are asked: a script, a client's own call of one tool, or to tell a model of them. */
export type LimitsUse = 'script' | 'direct' | 'describe';

/**
 * Decides by caller how much a use may take, and whether there may be one. All of it is optional: what a
 * policy does not have, it leaves open. Of several policies each must allow.
 *
 * A policy that throws, or answers nonsense, refuses; one that does not answer is waited for until the
 * request is over. `execute_tool_script` is a tool like any other here.
 */
export interface LimitPolicy {
  /** Called once, before anything is asked, with how to learn where tools come from. */
  learn?(originOf: OriginOf): void;
  /**
   * Asked once a use. What is left out is the default; of what several policies name, the least holds. May
   * throw a `ToolscriptError` with `limit/refused`.
   */
  limitsFor?(caller: Caller, use: LimitsUse): Partial<Limits> | Promise<Partial<Limits>>;
  /**
   * The languages in which the caller may write scripts, of those that there are, the default first. Asked once
   * a script.
   */
  languagesFor?(caller: Caller, languages: readonly string[]): readonly string[] | Promise<readonly string[]>;
  /** Asked before every call, in scripts and outside, and before every script. */
  authorize?(request: CallRequest): Decision | Promise<Decision>;
  /**
   * The tools that the caller may know of, in their order. The others do not exist for the caller. Must
   * answer the very same array for the same one as long as nothing changed: much is kept by it.
   */
  visibleTools?(
    caller: Caller,
    tools: readonly ToolDefinition[],
  ): readonly ToolDefinition[] | Promise<readonly ToolDefinition[]>;
  /**
   * Whether the texts, data, results and errors of the caller's scripts may be shown to people who look on, as in
   * a console. Asked before a script, where anything shows them. Where it is not answered they are not shown.
   */
  showsScripts?(caller: Caller): boolean | Promise<boolean>;
  /** Asked before a resource is read or watched, before a prompt is filled, and before completing arguments of one. */
  authorizeContext?(use: ContextUse): Decision | Promise<Decision>;
  /** The same as `visibleTools`, for resources (`uri`), their templates (`uriTemplate`) and prompts (`name`). */
  visibleContext?(
    caller: Caller,
    kind: ContextKind,
    items: readonly JsonObject[],
  ): readonly JsonObject[] | Promise<readonly JsonObject[]>;
  /**
   * Answers when it is this use's turn, with what gives the turn back: it is called once, whatever
   * happens, also when the turn comes too late. Waiting counts against the wall time. May reject with a
   * `ToolscriptError` with `limit/refused`.
   */
  admit?(admission: Admission): Promise<Release> | Release;
  close?(): Promise<void> | void;
}

/** The silent default: the default limits for everyone, every call allowed. */
export const defaultLimits: LimitPolicy = {};
