/** A composition without a runtime: direct calls reach the dispatcher, a script is answered by the test. */
import {
  ANONYMOUS,
  SCRIPT_TOOL_NAME,
  type CodeMode,
  type RequestContext,
  type ToolDefinition,
  type ToolDispatcher,
  type ToolResult,
} from '../../../core/index.js';

/** What stands for running a script. */
export type RunScript = (args: unknown, context: RequestContext) => Promise<ToolResult>;

export function smallCodeMode(dispatcher: ToolDispatcher, runScript: RunScript): CodeMode {
  const list = (): Promise<readonly ToolDefinition[]> => Promise.resolve(dispatcher.listTools(ANONYMOUS));
  return {
    run: () => Promise.reject(new Error('no runtime here')),
    listTools: list,
    callTool: (tool, args, { caller = ANONYMOUS, signal, ...rest } = {}) =>
      dispatcher.callTool({ tool, args, caller, signal: signal ?? new AbortController().signal, ...rest }),
    scriptTool: async () => ({
      name: SCRIPT_TOOL_NAME,
      description: `Runs a script over: ${(await list()).map(({ name }) => name).join(', ')}`,
      inputSchema: { type: 'object', properties: { script: { type: 'string' } }, required: ['script'] },
    }),
    callScriptTool: (args, context = {}) => runScript(args, context),
    backends: () => dispatcher.backends?.() ?? [],
    onChange: (listener) => dispatcher.onChange?.(listener) ?? (() => undefined),
    close: async () => dispatcher.close?.(),
  };
}
