/**
 * The one table of events: what a composition tells of itself.
 *
 * A payload holds who, what, when, how much and how it ended. Text of scripts, data, arguments, results and
 * messages are content (event-content.ts), and in no payload.
 */
import type { Caller } from './caller.js';
import type { ContextMethod } from './context-source.js';
import type { ErrorCode, Position } from './error.js';
import type { EventContent } from './event-content.js';
import type { LimitName, Limits } from './limit-policy.js';
import type { CallRecord, Usage } from './outcome.js';
import type { BackendState } from './tool-dispatcher.js';
import type { TraceContext } from './trace-context.js';

/** `ok`, or the code of the failure. */
export type EndCode = 'ok' | ErrorCode;

/** What every event of something that takes its time carries. */
interface Traced {
  readonly caller: Caller;
  /**
   * Its place in a trace: the span that a sink opened for it, else what came from the client; absent without
   * either. As a tracing sink is asked for the span, the place of what it is part of.
   */
  readonly trace?: TraceContext;
}

/** What every event of a client's request carries. */
export interface RequestSubject extends Traced {
  /** One request's id, unique in the process's life. */
  readonly requestId: string;
  /** The method of the protocol, e.g. `tools/call`. */
  readonly method: string;
  /** The name of the tool or prompt that is meant. */
  readonly target?: string;
  /** How the client speaks to us. */
  readonly transport: 'stdio' | 'http';
  /** The version of MCP, e.g. `2026-07-28`. */
  readonly protocolVersion?: string;
  /** The request's id in JSON-RPC. */
  readonly rpcId?: string | number;
}

/** What every event of a script carries. */
export interface ScriptSubject extends Traced {
  /** One run's id, unique in the process's life. */
  readonly runId: string;
  /** The client's request that asked for it, where an adapter told of one. */
  readonly requestId?: string;
  /** SHA-256 of the script's text, hexadecimal. Empty for no acceptable script. */
  readonly scriptHash: string;
  readonly runtime: string;
  /** Whether the policy keeps what the script holds from sinks that show it. */
  readonly isPrivate?: true;
}

/** What every event of a tool call carries. */
export interface CallSubject extends Traced {
  /** One call's id, unique in the process's life. */
  readonly callId: string;
  /** The tool's real name. */
  readonly tool: string;
  /** The server behind us that has the tool, where that is known. */
  readonly backend?: string;
  readonly mode: 'script' | 'direct';
  /** The run that makes the call; absent for a direct one. */
  readonly runId?: string;
  readonly requestId?: string;
  /** Milliseconds from the run's start to the asking; 0 for a direct call. */
  readonly startedMs: number;
  /** Where in the script the call stands, where its runtime knows. */
  readonly position?: Position;
  /** As of the script that makes it. */
  readonly isPrivate?: true;
}

/** Name to payload. */
export interface Events {
  /** An adapter is at work, or works in another way from now on. */
  'service.started': {
    /** `gateway`, `library`, `mcp-sdk`, or what an integrator calls theirs. */
    readonly service: string;
    readonly version: string;
    /** Whether scripts are offered. */
    readonly codeMode: boolean;
    /** Whether tools are found on demand in place of a list of all. */
    readonly optimizer: boolean;
  };
  'request.started': RequestSubject;
  'request.finished': RequestSubject & {
    /** What the client was answered; a tool's own error is `tool/failed`. */
    readonly code: EndCode;
    /** The JSON-RPC error code, where the answer was an error of the protocol. */
    readonly rpcCode?: number;
    readonly ranMs: number;
  };
  /** The runtime begins; what kept the script from it is `script.refused` instead. */
  'script.started': ScriptSubject & {
    readonly scriptBytes: number;
    /** How many tools the caller sees. */
    readonly tools: number;
    /** Milliseconds from the asking to here: limits, policy, list of tools, turn. */
    readonly queuedMs: number;
    readonly limits: Limits;
  };
  /** The script did not start: it was no script, too large, not allowed, or its turn did not come. */
  'script.refused': ScriptSubject & {
    readonly code: ErrorCode;
    readonly queuedMs: number;
    /** Why the policy refused, where it said. */
    readonly reason?: string;
  };
  'script.finished': ScriptSubject & {
    readonly code: EndCode;
    readonly usage: Usage;
    /** Bytes that tools answered to the script, about. */
    readonly resultBytes: number;
    /** Estimated tokens of what tools answered and the caller did not have to read; 0 for a failure. */
    readonly savedTokens: number;
    /** Where in the script it failed. */
    readonly position?: Position;
    /** The tool whose failure ended the script. */
    readonly tool?: string;
  };
  /** The call has to wait for its turn; one that need not is never queued. */
  'tool.queued': CallSubject;
  /** The call goes to the backend. */
  'tool.started': CallSubject & { readonly queuedMs: number };
  /** The call is over. One that was refused before it was sent was never started. */
  'tool.called': CallSubject & {
    readonly code: EndCode;
    readonly status: CallRecord['status'];
    readonly queuedMs: number;
    readonly ranMs: number;
    /** Bytes of the answer, about; 0 without one. */
    readonly resultBytes: number;
    /** What the script has used by now, as far as its runtime tells before its end; absent for a direct call. */
    readonly steps?: number;
    readonly memoryBytes?: number;
    /** Why the policy refused, where it said. */
    readonly reason?: string;
  };
  /** A script or a call came to a limit. */
  'limit.met': {
    readonly limit: LimitName;
    /** The limit's number. */
    readonly bound: number;
    readonly caller: Caller;
    readonly runId?: string;
    readonly requestId?: string;
    /** The tool whose call came to it. */
    readonly tool?: string;
    readonly trace?: TraceContext;
  };
  'context.denied': {
    readonly method: ContextMethod;
    readonly caller: Caller;
    /** The prompt's name. A resource's URI may hold anything: it is content. */
    readonly target?: string;
    readonly requestId?: string;
    readonly trace?: TraceContext;
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
  /** The dispatcher lists other tools than before. */
  'catalog.changed': {
    readonly tools: number;
    readonly added: number;
    readonly removed: number;
    /** Tools that kept their name and changed otherwise. */
    readonly changed: number;
  };
  'index.failed': { readonly index: string; readonly message: string };
  /** How a server is doing: told as soon as that is known, and whenever it is another. */
  'backend.changed': Omit<BackendState, 'name' | 'starting'> & { readonly backend: string };
  'sink.muted': { readonly sink: string; readonly failures: number; readonly message: string };
  /** A sink can do its work no more, or again; told by sinks that know. */
  'sink.changed': { readonly sink: string; readonly up: boolean; readonly reason?: string };
  /** A sink lost events, and says so. */
  'sink.dropped': { readonly sink: string; readonly events: number; readonly reason: string };
}

/** An event's name. */
export type EventName = keyof Events;

/** What comes with an event for a sink that asks for content. */
interface WithContent {
  readonly content?: EventContent;
}

/** One event, tagged with its name. */
export type TelemetryEvent = {
  [N in EventName]: { readonly name: N } & Events[N] & WithContent;
}[EventName];

/** With what something begins that a tracing sink may open a span for. */
export type AnyStart = 'request.started' | 'script.started' | 'tool.started';

/** The same as an event. */
export type StartEvent = Extract<TelemetryEvent, { readonly name: AnyStart }>;

/** What adapters tell. */
export type AdapterEvent = Extract<TelemetryEvent, { readonly name: 'service.started' | 'savings.measured' }>;
