/** Contract: runs a script. */
import type { Failure, Position } from './error.js';
import type { Json, JsonObject } from './json.js';
import type { Meter } from './meter.js';
import type { Clock } from './clock.js';
import type { BoundTool, ToolCatalog } from './tool-catalog.js';
import type { ContentBlock } from './tool-dispatcher.js';

/** A script to run. */
export interface Script {
  readonly source: string;
  readonly data: JsonObject;
  readonly catalog: ToolCatalog;
}

/**
 * A tool's answer, for the script: JSON, or text. Text that is JSON stands for that JSON; the runtime
 * parses it, so that no digit and no order is lost on the way.
 */
export type ToolReply =
  | {
      readonly json: Json;
      /** The images, audio and resources of the answer, also where `json` has them; absent without any. */
      readonly content?: readonly ContentBlock[];
    }
  | { readonly text: string };

/** What a script may ask of the world. */
export interface ScriptHost {
  readonly meter: Meter;
  readonly clock: Clock;
  /** Aborted at the wall time and when the caller leaves; `reason` is the ToolscriptError to answer. */
  readonly signal: AbortSignal;
  /**
   * Calls a tool; waits for its turn. Rejects with a ToolscriptError: `tool/*`, `backend/*`, or a
   * `limit/*`, which no script may catch.
   */
  callTool(tool: BoundTool, args: JsonObject, position?: Position): Promise<ToolReply>;
  /**
   * Tools of the catalog that fit the words, the best first, at most `limit` of them. Counts as a tool call,
   * waits for its turn as one and has no more time than one; rejects as `callTool` does.
   */
  findTools(text: string, limit: number): Promise<readonly BoundTool[]>;
  /** Adds a line to the logs; throws `limit/logs`. */
  print(line: string): void;
  /** Tells the client how far the script is. */
  progress(done: number, total?: number, message?: string): void;
}

/** What a runtime answers. `text` is `value` as JSON text with key order and digits kept. */
export type ScriptResult =
  | { readonly ok: true; readonly value: Json; readonly text: string }
  | { readonly ok: false; readonly error: Failure };

/**
 * Runs scripts of one language. `run` never rejects for what a script did: that is a result. It ends
 * soon after the signal aborts, and makes no host call afterwards.
 */
export interface ScriptRuntime {
  /** The name in manifests, e.g. `starlark`. */
  readonly name: string;
  /** What its scripts are written in, as clients choose it, e.g. `python`. Default: `name`. */
  readonly language?: string;
  /** Names that a tool may not take: keywords and builtins. */
  readonly reservedNames: ReadonlySet<string>;
  /** What a model must know of the language, in a few lines; always the same text. */
  readonly guide: string;
  /** The same in at most 1,000 bytes, for where every byte counts; default: the guide. */
  readonly briefGuide?: string;
  /** Whole calls that show the language, for the input schema of `execute_tool_script`. */
  readonly examples?: readonly { readonly script: string; readonly data?: JsonObject }[];
  /**
   * A tool as the language spells its call, in one line of about `maxLength` UTF-16 units at the most: its
   * name and its required parameters always, the rest as far as there is room.
   */
  signature(tool: BoundTool, maxLength?: number): string;
  run(script: Script, host: ScriptHost): Promise<ScriptResult>;
  /**
   * All that speaks against a script before it runs: syntax, names, arguments; further faults in `also`. `run`
   * fails so too, before its first call. Nothing runs, and whatever is asked of the host but its limits, its
   * clock and its signal rejects. Absent where nothing can be told without running.
   */
  check?(script: Script, host: ScriptHost): Failure | undefined | Promise<Failure | undefined>;
  close?(): Promise<void> | void;
}
