/** A job to be done in several ways, on servers that are made anew for each. */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { JsonObject } from '../../../core/index.js';

/** One call of one tool. */
export interface Call {
  readonly tool: string;
  readonly args: JsonObject;
}

/** Calls tools that do not need each other's answers; one that fails answers an {@link Error}. */
export type Turn = (calls: readonly Call[]) => Promise<unknown[]>;

/** A job, and who does it without scripts. */
export interface Job {
  readonly title: string;
  /** The tools that it needs, with the words by which a model looks for each. */
  readonly searches: Readonly<Record<string, string>>;
  readonly script: string;
  readonly data: JsonObject;
  /** What a model does that calls tools itself; it is taken to reckon without a mistake. */
  readonly play: (turn: Turn) => Promise<unknown>;
  /** The servers, and what is left in them when the job is done: the same in each way. */
  readonly open: (latencyMs: number) => {
    readonly servers: Readonly<Record<string, McpServer>>;
    readonly left: () => unknown;
  };
}
