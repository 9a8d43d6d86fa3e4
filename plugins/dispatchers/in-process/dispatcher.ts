/** Calls tools written in this process. */
import { nearestName, ToolscriptError } from '../../../core/index.js';
import type {
  Tool,
  ToolCall,
  ToolContext,
  ToolDefinition,
  ToolDispatcher,
  ToolResult,
} from '../../../core/index.js';
import { resultOf } from './answer.js';

/** A dispatcher over these tools. Throws `config/invalid` when two have one name, or one is no tool. */
export function createInProcessDispatcher(tools: readonly Tool[]): ToolDispatcher {
  checkTools(tools);
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const definitions = tools.map(definitionOf);
  return {
    listTools: () => definitions,
    async callTool(call) {
      const tool = byName.get(call.tool);
      if (tool === undefined) throw unknownTool(call.tool, byName.keys());
      return callTool(tool, call);
    },
  };
}

async function callTool(
  tool: Tool,
  { args, signal, caller, meta = {}, onProgress }: ToolCall,
): Promise<ToolResult> {
  const context: ToolContext = {
    signal,
    caller,
    meta,
    progress(step) {
      onProgress?.(step);
    },
  };
  return resultOf(await tool.call(args, context));
}

/** The definition without the code. */
function definitionOf(tool: Tool): ToolDefinition {
  const fields = Object.entries(tool).filter(([name]) => name !== 'call');
  return Object.fromEntries(fields) as ToolDefinition;
}

function unknownTool(name: string, known: Iterable<string>): ToolscriptError {
  const nearest = nearestName(name, known);
  const ask = nearest === undefined ? '' : `, did you mean "${nearest}"?`;
  return new ToolscriptError({
    code: 'tool/unknown',
    message: `call a tool: no tool named "${name}"${ask}`,
    tool: name,
  });
}

function checkTools(tools: readonly unknown[]): void {
  const faults = tools.flatMap((tool, index) => toolFault(tool as Partial<Tool> | null, index) ?? []);
  const names = tools.map((tool) => (tool as Partial<Tool> | null)?.name);
  const twice = new Set(
    names.filter((name, index) => typeof name === 'string' && names.indexOf(name) < index),
  );
  faults.push(...[...twice].map((name) => `two tools named "${String(name)}"`));
  if (faults.length === 0) return;
  throw new ToolscriptError({ code: 'config/invalid', message: `tools: ${faults.join('; ')}` });
}

function toolFault(tool: Partial<Tool> | null, index: number): string | undefined {
  const who = typeof tool?.name === 'string' ? `tool "${tool.name}"` : `tools[${String(index)}]`;
  if (typeof tool?.name !== 'string' || tool.name === '') return `${who} needs a name`;
  if (typeof tool.call !== 'function') return `${who} needs a call`;
  if (typeof tool.inputSchema !== 'object') return `${who} needs an inputSchema`;
  return undefined;
}
