/** Contract: how much a script may use, and what it may call. */
import type { JsonObject } from './json.js';
import type { Caller } from './caller.js';
import type { ToolDefinition } from './tool-dispatcher.js';

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
  readonly args: JsonObject;
  /** Whether a script makes the call, or the client itself. */
  readonly mode: 'script' | 'direct';
}

/** What the policy says of a call. The reason is for sinks; the caller reads a general refusal. */
export type Decision = { readonly allow: true } | { readonly allow: false; readonly reason?: string };

/** For what limits are asked: a script, a client's own call of one tool, or to tell a model of them. */
export type LimitsUse = 'script' | 'direct' | 'describe';

/**
 * Decides by caller. `limitsFor` is asked once a use and may throw a `ToolscriptError` with
 * `limit/refused`; what it leaves out is the default. `authorize` is asked before every call. A policy
 * that throws anything else, or answers nonsense, refuses.
 */
export interface LimitPolicy {
  limitsFor(caller: Caller, use: LimitsUse): Partial<Limits> | Promise<Partial<Limits>>;
  authorize?(request: CallRequest): Decision | Promise<Decision>;
  close?(): Promise<void> | void;
}

/** The silent default: the default limits for everyone, every call allowed. */
export const defaultLimits: LimitPolicy = { limitsFor: () => DEFAULT_LIMITS };
