/** Contract: sends a tool call to wherever the tool lives. */
import type { ClientLink, InputRound } from './client-link.js';
import type { ContextSource } from './context-source.js';
import type { Caller } from './caller.js';
import type { Json, JsonObject } from './json.js';
import type { Progress } from './progress.js';
import { ToolscriptError } from './error.js';

/**
 * A tool as a server advertises it (MCP `Tool`); fields not named here are kept as they came.
 * A definition is never changed after it was listed.
 */
export interface ToolDefinition {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** JSON Schema 2020-12 of the arguments; an object schema. */
  readonly inputSchema: JsonObject;
  readonly outputSchema?: JsonObject;
  readonly annotations?: JsonObject;
  readonly [field: string]: Json | undefined;
}

/** What a tool answered (MCP `CallToolResult`); fields not named here are kept. */
export interface ToolResult {
  readonly content: readonly ContentBlock[];
  readonly structuredContent?: Json;
  readonly isError?: boolean;
  readonly [field: string]: Json | undefined;
}

/** One block of content (MCP `ContentBlock`): text, image, audio, resource, resource_link. */
export interface ContentBlock {
  readonly type: string;
  readonly [field: string]: Json;
}

/** One call of one tool. */
export interface ToolCall {
  /** The tool's real name, as listed. */
  readonly tool: string;
  readonly args: JsonObject;
  readonly caller: Caller;
  /** Aborted when the call must end: its deadline, the script's end, the caller's leaving. */
  readonly signal: AbortSignal;
  /** MCP `_meta` to pass on. */
  readonly meta?: JsonObject;
  readonly onProgress?: (progress: Progress) => void;
  /** The client that waits for the answer, where it may be reached. */
  readonly client?: ClientLink;
  /**
   * Given where a server's questions may be the answer, as in the 2026-07-28 era: then a result whose
   * `resultType` is `input_required`, with an empty `content`, is passed on as it is.
   */
  readonly input?: InputRound;
}

/** How a server behind the dispatcher is doing. */
export interface BackendState {
  readonly name: string;
  readonly up: boolean;
  /** Whether it is being started for the first time: then it is neither up nor down. */
  readonly starting?: boolean;
  /** How many tools it contributes. */
  readonly tools: number;
  /** Why it is down, or what is wrong with some of its tools. */
  readonly problems: readonly string[];
}

/** Where a listed tool comes from. */
export interface ToolOrigin {
  readonly backend: string;
  /** The server's own name for it. */
  readonly tool: string;
}

/**
 * Sends tool calls. `listTools` answers the very same array until something changed, so that what was
 * derived from it can be kept. `callTool` answers the tool's result also when that is an error; it
 * rejects with a {@link ToolscriptError} (`tool/unknown`, `tool/failed`, `backend/unavailable`) when
 * there is no result. Any other error is taken as `tool/failed`, with its message.
 */
export interface ToolDispatcher {
  /** The tools that this caller may see, in a stable order. */
  listTools(caller: Caller): readonly ToolDefinition[] | Promise<readonly ToolDefinition[]>;
  callTool(call: ToolCall): Promise<ToolResult>;
  /** Resources and prompts; absent where there are none. */
  readonly context?: ContextSource;
  /** Tells when the tools, the context, or a backend's state may have changed; the answer stops it. */
  onChange?(listener: () => void): () => void;
  /** Where a tool of the last list comes from, for people and policies; nothing where that is not known. */
  origin?(tool: string): ToolOrigin | undefined;
  /** How the servers behind it are doing; absent where there are none. */
  backends?(): readonly BackendState[];
  close?(): Promise<void> | void;
}

/** The silent default: no tools. */
export const noTools: ToolDispatcher = {
  listTools: () => NO_TOOLS,
  callTool: (call) =>
    Promise.reject(
      new ToolscriptError({
        code: 'tool/unknown',
        message: `call a tool: no tool named "${call.tool}"`,
        tool: call.tool,
      }),
    ),
};

const NO_TOOLS: readonly ToolDefinition[] = [];
