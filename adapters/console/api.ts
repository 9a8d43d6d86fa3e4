/**
 * What the page and the server of the console say to each other, as JSON under `api/`.
 *
 * | request | answer |
 * | --- | --- |
 * | `GET api/state` | {@link ConsoleState} |
 * | `GET api/tools`, `GET api/tools?search=words` | {@link ConsoleTool}`[]`: all, by name; what was found, the best first |
 * | `GET api/runs` | {@link RunRecord}`[]` without calls, logs and script, the latest first |
 * | `GET api/runs/ID` | {@link RunRecord} |
 * | `GET api/runs/ID/file` | the run as an HTML page that needs no server |
 * | `GET api/usage` | {@link UsageBucket}`[]`, the oldest first |
 * | `POST api/check` of {@link ScriptDraft} | {@link Mark}`[]`: what speaks against it before it runs |
 * | `POST api/runs` of {@link ScriptDraft} | {@link StartedRun}; its outcome comes as its record does |
 * | `DELETE api/runs/ID` | cancels a run that this console started |
 * | `GET api/events` | an event stream of {@link ConsoleMessage}, one in each `data:` |
 *
 * Every request carries the token. What is not answered with 200 has a body of {@link ConsoleFault}.
 * Times are milliseconds; those of a run count from its asking.
 */
import type { EndCode, JsonObject, Limits, Position, Usage } from '../../core/index.js';

/** One run of a script, as far as it has come. */
export interface RunRecord {
  readonly id: string;
  /** Who ran it, as sinks are told: an identifier, never a token. */
  readonly caller: string;
  /** The name of the runtime. */
  readonly runtime: string;
  /** How it came; `console` for the playground. */
  readonly from: 'stdio' | 'http' | 'library' | 'console' | 'cli';
  /** Milliseconds since 1970 at which it was asked for. */
  readonly askedAt: number;
  /** Until it started: limits, policy, its turn. */
  readonly queuedMs: number;
  readonly state: 'running' | 'refused' | 'finished';
  /** How it ended. */
  readonly code?: EndCode;
  readonly scriptHash: string;
  readonly scriptBytes: number;
  /** Absent where the policy of the caller keeps it, and for a run that is over for long. */
  readonly script?: string;
  /** How many tools it could call. */
  readonly tools: number;
  /** Absent for one that was refused. */
  readonly limits?: Limits;
  /** What it has used by now; of a running one, as of its last call. */
  readonly usage: Usage;
  readonly calls: readonly CallBar[];
  /** Calls that were not kept, for there were too many. */
  readonly callsLeftOut: number;
  readonly logs: readonly string[];
  /** The result as JSON text, cut where it is long. */
  readonly result?: string;
  readonly error?: RunError;
  /** Bytes that tools answered. */
  readonly resultBytes: number;
  /** Estimated tokens that the model did not have to read. */
  readonly savedTokens: number;
}

/** Why a run failed. */
export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly position?: Position;
  /** The tool whose failure ended it. */
  readonly tool?: string;
}

/** One call of a run: a bar of its waterfall. */
export interface CallBar {
  readonly id: string;
  readonly tool: string;
  /** The server that has the tool. */
  readonly backend?: string;
  /** Where in the script it stands. */
  readonly position?: Position;
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed' | 'unknown' | 'unsent';
  readonly code?: EndCode;
  readonly startedMs: number;
  /** Waiting for a turn. */
  readonly queuedMs: number;
  /** From sending to the answer; of a running one, 0. */
  readonly ranMs: number;
  readonly resultBytes: number;
  readonly error?: string;
}

/** What the console stands before. */
export interface ConsoleState {
  readonly version: string;
  /** The languages of scripts, the default first. */
  readonly languages: readonly string[];
  /** Names that the default language has of its own, for the editor to complete. */
  readonly names: readonly string[];
  readonly codeMode: boolean;
  readonly optimizer: boolean;
  readonly backends: readonly ConsoleBackend[];
  /** The limits of a script from the playground. */
  readonly limits: Limits;
}

/** A server behind us. */
export interface ConsoleBackend {
  readonly name: string;
  readonly state: 'starting' | 'up' | 'down';
  readonly tools: number;
  /** Why it is down, or which of its tools are left out. */
  readonly notes: readonly string[];
}

/** A tool of the catalogue. */
export interface ConsoleTool {
  /** Its real name. */
  readonly name: string;
  /** What scripts call it. */
  readonly scriptName: string;
  /** How its call is spelled in the default language. */
  readonly signature: string;
  readonly description: string;
  readonly backend?: string;
  readonly inputSchema: JsonObject;
  readonly outputSchema?: JsonObject;
  /** What its server says of it: `readOnlyHint` and the like. */
  readonly annotations?: JsonObject;
}

/** A script that is being written. */
export interface ScriptDraft {
  readonly script: string;
  readonly language?: string;
  readonly data?: JsonObject;
}

/** Something that speaks against a script, at its place. */
export interface Mark {
  readonly code: string;
  readonly message: string;
  readonly position?: Position;
  readonly hint?: string;
}

/** A run that the playground started. */
export interface StartedRun {
  readonly id: string;
}

/** Calls in one stretch of time. */
export interface UsageBucket {
  /** Its begin, milliseconds since 1970. */
  readonly at: number;
  readonly spanMs: number;
  readonly scripts: number;
  readonly failed: number;
  /** Calls by scripts, and by clients themselves. */
  readonly scriptCalls: number;
  readonly directCalls: number;
  readonly savedTokens: number;
}

/** What the page is told as it happens. */
export type ConsoleMessage =
  /** A run began, came further or ended; whole, but for a script that was told before. */
  | { readonly type: 'run'; readonly run: RunRecord }
  /** Servers or tools are others than before. */
  | { readonly type: 'state'; readonly state: ConsoleState }
  | { readonly type: 'usage'; readonly bucket: UsageBucket };

/** Why a request was not answered. */
export interface ConsoleFault {
  readonly code: string;
  readonly message: string;
}
