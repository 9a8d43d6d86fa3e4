/** An optimizer over real parts, for tests. */
import { createCodeMode, type Caller, type CodeMode, type CodeModeParts } from '../../../core/index.js';
import type {
  JsonObject,
  RequestContext,
  TelemetryEvent,
  ToolDefinition,
  ToolResult,
} from '../../../core/index.js';
import { createOptimizer, type OptimizerOptions } from '../../../adapters/optimizer-compat/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';

/** An optimizer and what is told of it. */
export interface Optimized {
  readonly optimizer: CodeMode;
  readonly events: TelemetryEvent[];
  /** Calls one of the two tools. */
  readonly call: (
    name: 'find_tool' | 'call_tool',
    args: JsonObject,
    context?: RequestContext,
  ) => Promise<ToolResult>;
  /** The names that a search answers. */
  readonly find: (text: string, caller?: Caller) => Promise<string[]>;
}

/** Composes code mode over these parts, and an optimizer before it. */
export async function optimized(
  parts: Partial<CodeModeParts>,
  options: OptimizerOptions = {},
): Promise<Optimized> {
  const events: TelemetryEvent[] = [];
  const sinks = [{ record: (event: TelemetryEvent) => void events.push(event) }];
  const codeMode = await createCodeMode({ runtime: createStarlarkRuntime(), sinks, ...parts });
  const optimizer = createOptimizer(codeMode, options);
  return {
    optimizer,
    events,
    call: (name, args, context) => optimizer.callTool(name, args, context),
    find: async (text, caller) => {
      const result = await optimizer.callTool(
        'find_tool',
        { tool_description: text },
        { ...(caller && { caller }) },
      );
      return foundIn(result).map(({ name }) => name);
    },
  };
}

type Found = ToolDefinition & { readonly _meta?: JsonObject };

/** The definitions in the answer of a search. */
export function foundIn({ structuredContent }: ToolResult): readonly Found[] {
  return (structuredContent as { tools: readonly Found[] }).tools;
}

/** The first text of a result. */
export function textOf({ content }: ToolResult): string {
  const [block] = content;
  return typeof block?.['text'] === 'string' ? block['text'] : '';
}
