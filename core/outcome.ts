/** What a run answers. */
import type { ErrorCode, Failure } from './error.js';
import type { Json } from './json.js';

/** What a script used. */
export interface Usage {
  readonly steps: number;
  /** Bytes allocated in all, as counted before allocating. */
  readonly memoryBytes: number;
  readonly toolCalls: number;
  /** Branches started by `parallel`. */
  readonly branches: number;
  /** The most tool calls in flight at once. */
  readonly parallelPeak: number;
  readonly outputBytes: number;
  readonly logBytes: number;
  /** Milliseconds from start to outcome. */
  readonly wallTimeMs: number;
  /** Milliseconds of `wallTimeMs` in which at least one call was in flight or the script slept. */
  readonly waitMs: number;
}

/** One line of the ledger: what became of one tool call; never its arguments or result. */
export interface CallRecord {
  /** The tool's real name. */
  readonly tool: string;
  /**
   * `failed`: answered with an error, or refused before it was sent. `unknown`: sent, and no answer came in
   * time or before the script ended; it may have taken effect. `unsent`: never left the queue.
   */
  readonly status: 'succeeded' | 'failed' | 'unknown' | 'unsent';
  /** Why it did not succeed. */
  readonly code?: ErrorCode;
  /** Milliseconds from the script's start to the asking. */
  readonly startedMs: number;
  /** Milliseconds spent waiting for a turn. */
  readonly queuedMs: number;
  /** Milliseconds from sending to the answer, or to the script's end. */
  readonly ranMs: number;
}

/** How the calls of one tool ended, in numbers. */
export interface CallTally {
  /** The tool's real name. */
  readonly tool: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly unknown: number;
  readonly unsent: number;
}

interface Report {
  readonly logs: readonly string[];
  /** The first 1,000 calls, in the order of asking. */
  readonly calls: readonly CallRecord[];
  /** All calls, a line for each tool, in the order of their first call. */
  readonly tally: readonly CallTally[];
  readonly usage: Usage;
}

/** A finished run: its value, or why it failed; with logs and ledger either way. */
export type Outcome =
  | ({
      readonly ok: true;
      readonly value: Json;
      /** The value as JSON text: key order and every digit kept. */
      readonly text: string;
    } & Report)
  | ({ readonly ok: false; readonly error: Failure } & Report);
