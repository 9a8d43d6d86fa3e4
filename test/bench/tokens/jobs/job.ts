/** What a model would do, written down: its calls, what it looks for, its script. */
import type { JsonObject } from '../../../../core/index.js';

/** One call of one tool. */
export interface Call {
  readonly tool: string;
  readonly args: JsonObject;
}

/** A search, and the tools of the job that are hoped for from it. */
export interface ToolSearch {
  readonly words: string;
  readonly finds: readonly string[];
}

/** A job in each of its shapes. */
export interface Job {
  readonly title: string;
  /** Without code mode; the calls of one turn do not need each other's answers. */
  readonly turns: readonly (readonly Call[])[];
  /** Made where tools are not listed: before the turn that needs them, or all before the script. */
  readonly searches: readonly ToolSearch[];
  /** The same as one script, and its `data`. */
  readonly script: string;
  readonly data: JsonObject;
}
