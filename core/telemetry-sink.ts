/** Contract: takes what happens. */
import type { ContextMethod } from './context-source.js';
import type { ErrorCode } from './error.js';
import type { Caller } from './caller.js';
import type { BackendState } from './tool-dispatcher.js';
import type { Usage } from './outcome.js';

/** What every event of a script carries. */
interface ScriptEvent {
  /** One run's id, unique in the process's life. */
  readonly runId: string;
  readonly caller: Caller;
  /** SHA-256 of the script's text, hexadecimal; the text itself is in no event. Empty for no acceptable script. */
  readonly scriptHash: string;
}

/** The one table of events: name to payload. No payload holds script text, data, arguments or results. */
export interface Events {
  'script.started': ScriptEvent & {
    readonly runtime: string;
    readonly scriptBytes: number;
    readonly tools: number;
  };
  'script.finished': ScriptEvent & {
    readonly runtime: string;
    /** `ok`, or the code of the failure. */
    readonly code: 'ok' | ErrorCode;
    readonly usage: Usage;
    /** Why the policy refused the script, where it said. */
    readonly reason?: string;
  };
  'tool.called': {
    readonly tool: string;
    readonly caller: Caller;
    readonly mode: 'script' | 'direct';
    /** The run that made the call; absent for a direct one. */
    readonly runId?: string;
    readonly code: 'ok' | ErrorCode;
    /** Milliseconds from the run's start to the asking; 0 for a direct call. */
    readonly startedMs: number;
    readonly queuedMs: number;
    readonly ranMs: number;
    /** Why the policy refused, where it said. */
    readonly reason?: string;
  };
  'context.denied': {
    readonly method: ContextMethod;
    readonly caller: Caller;
    readonly code: ErrorCode;
    /** Why the policy refused, where it said. */
    readonly reason?: string;
  };
  'tools.found': {
    readonly caller: Caller;
    /** Whether a script looked, or a client. */
    readonly mode: 'script' | 'direct';
    /** How many tools the caller sees, and how many of them were found. */
    readonly tools: number;
    readonly found: number;
    /** Estimated tokens of the definitions of all tools of the caller, and of those that were found. */
    readonly baselineTokens: number;
    readonly returnedTokens: number;
  };
  'savings.measured': {
    readonly caller: Caller;
    /** One session's, unique in the process's life. Absent where there are none: then the figures are of one search. */
    readonly sessionId?: string;
    /** Searches until now. */
    readonly finds: number;
    /** Estimated tokens of all that would be listed without an optimizer, and of what is listed. */
    readonly baselineTokens: number;
    readonly listedTokens: number;
    /** Estimated tokens of what the searches answered. */
    readonly foundTokens: number;
  };
  'index.failed': { readonly index: string; readonly message: string };
  'backend.changed': Omit<BackendState, 'name'> & { readonly backend: string };
  'sink.muted': { readonly sink: string; readonly failures: number; readonly message: string };
}

/** An event's name. */
export type EventName = keyof Events;

/** One event, tagged with its name. */
export type TelemetryEvent = { [N in EventName]: { readonly name: N } & Events[N] }[EventName];

/** What adapters tell. */
export type AdapterEvent = Extract<TelemetryEvent, { readonly name: 'savings.measured' }>;

/**
 * Takes events. `record` is called in the order of the events, at once and not awaited: a sink that
 * needs time keeps a queue of its own. A sink that throws three times in a row is muted; no throw touches
 * a script.
 */
export interface TelemetrySink {
  /** For diagnostics; `unnamed` when absent. */
  readonly name?: string;
  record(event: TelemetryEvent): void;
  /** Sends what is waiting. */
  flush?(): Promise<void>;
  close?(): Promise<void> | void;
}

/** The silent default: takes nothing. */
export const silentSink: TelemetrySink = { name: 'silent', record: () => undefined };
