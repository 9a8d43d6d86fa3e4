/** A tool written in this process. */
import type { Json, JsonObject } from './json.js';
import type { Caller } from './caller.js';
import type { Progress } from './progress.js';
import type { ToolResult } from './tool-dispatcher.js';

/** What comes with a call of a tool. */
export interface ToolContext {
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly caller: Caller;
  /** MCP `_meta` of the request. */
  readonly meta: JsonObject;
  /** Tells how far the call is. */
  progress(step: Progress): void;
}

/** What a tool of this process answers: JSON, an MCP result (an object with an array `content`), or nothing. */
export type ToolAnswer = Json | ToolResult | undefined;

/** A tool as its author writes it. */
export interface Tool<Args extends object = JsonObject> {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** JSON Schema 2020-12 of the arguments; an object schema. They are checked against it before `call`. */
  readonly inputSchema: JsonObject;
  readonly outputSchema?: JsonObject;
  readonly annotations?: JsonObject;
  readonly _meta?: JsonObject;
  /** What it throws fails the call, with the error's message. */
  call(args: Args, context: ToolContext): ToolAnswer | Promise<ToolAnswer>;
}

/** Gives a tool its types; `Args` is believed, the schema is what is checked. */
export function defineTool<Args extends object = JsonObject>(tool: Tool<Args>): Tool<Args> {
  return tool;
}
