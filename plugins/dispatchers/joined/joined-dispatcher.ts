/** Several dispatchers as one: their tools, resources and prompts side by side. */
import {
  ToolscriptError,
  type BackendState,
  type Caller,
  type ContextSource,
  type ToolCall,
  type ToolDefinition,
  type ToolDispatcher,
  type ToolOrigin,
  type ToolResult,
} from '../../../core/index.js';
import { JoinedContext } from './joined-context.js';
import { joinTools, type JoinedTools } from './joined-names.js';
import { ListMemo } from './list-memo.js';

/** One of the dispatchers. */
export interface JoinedPart {
  /** Stands in front of its tools where an earlier part has the name. */
  readonly name: string;
  readonly dispatcher: ToolDispatcher;
}

/**
 * Joins dispatchers; it closes them when it is closed. An earlier part keeps the names of its tools. A part
 * that cannot list fails the list: with its tools gone, a name could come to mean another's.
 */
export function createJoinedDispatcher(parts: readonly JoinedPart[]): ToolDispatcher {
  return new JoinedDispatcher(parts);
}

class JoinedDispatcher implements ToolDispatcher {
  readonly context?: ContextSource;
  readonly #parts: readonly JoinedPart[];
  readonly #joined: ListMemo<ToolDefinition, JoinedTools<ToolDispatcher>>;
  #routes: JoinedTools<ToolDispatcher>['routes'] = new Map();

  constructor(parts: readonly JoinedPart[]) {
    this.#parts = parts;
    this.#joined = new ListMemo((lists) =>
      joinTools(
        parts.map(({ name, dispatcher }, index) => ({ part: dispatcher, name, tools: lists[index] ?? [] })),
      ),
    );
    const sources = parts.flatMap(({ dispatcher: { context } }) => context ?? []);
    if (sources.length > 0) this.context = new JoinedContext(sources);
  }

  async listTools(caller: Caller): Promise<readonly ToolDefinition[]> {
    const { tools, routes } = await this.#list(caller);
    this.#routes = routes;
    return tools;
  }

  async callTool(call: ToolCall): Promise<ToolResult> {
    const route = (await this.#list(call.caller)).routes.get(call.tool);
    if (route !== undefined) {
      const { part, original } = route;
      return part.callTool(original === call.tool ? call : { ...call, tool: original });
    }
    const message = `call a tool: no tool named "${call.tool}"`;
    throw new ToolscriptError({ code: 'tool/unknown', message, tool: call.tool });
  }

  onChange(listener: () => void): () => void {
    const stops = this.#parts.map(({ dispatcher }) => dispatcher.onChange?.(listener));
    return () => {
      for (const stop of stops) stop?.();
    };
  }

  origin(tool: string): ToolOrigin | undefined {
    const route = this.#routes.get(tool);
    return route?.part.origin?.(route.original);
  }

  backends(): readonly BackendState[] {
    return this.#parts.flatMap(({ dispatcher }) => dispatcher.backends?.() ?? []);
  }

  async close(): Promise<void> {
    const closings = await Promise.allSettled(
      this.#parts.map(async ({ dispatcher }) => dispatcher.close?.()),
    );
    const failures = closings.flatMap((closing): unknown[] =>
      closing.status === 'rejected' ? [closing.reason] : [],
    );
    if (failures.length > 0)
      throw new AggregateError(failures, `close: ${String(failures.length)} dispatchers failed`);
  }

  async #list(caller: Caller): Promise<JoinedTools<ToolDispatcher>> {
    return this.#joined.of(
      await Promise.all(this.#parts.map(async ({ dispatcher }) => dispatcher.listTools(caller))),
    );
  }
}
