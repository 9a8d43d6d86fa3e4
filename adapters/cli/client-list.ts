/** What a client of the gateway is listed, and how much of a model's context that takes. */
import { estimatedTokens, type Caller, type CodeMode, type ToolDefinition } from '../../core/index.js';
import type { Composition } from './compose/index.js';
import { printable } from './terminal.js';

/** The list of a client. Tokens are estimated, four bytes of JSON each. */
export interface ClientList {
  readonly listed: readonly ToolDefinition[];
  readonly tokens: number;
  /** What it would take without an optimizer. */
  readonly baselineTokens: number;
}

/** What this caller is listed; `scripts` says whether `execute_tool_script` is offered. */
export async function clientList(
  { codeMode, served }: Pick<Composition, 'codeMode' | 'served'>,
  caller: Caller,
  scripts: boolean,
): Promise<ClientList> {
  const [listed, all] = await Promise.all([
    listOf(served, caller, scripts),
    listOf(codeMode, caller, scripts),
  ]);
  return { listed, tokens: tokensOf(listed), baselineTokens: tokensOf(all) };
}

/** A line for each tool: name, tokens, what it is for; and one for all. */
export function clientLines({ listed, tokens, baselineTokens }: ClientList, columns: number): string[] {
  const width = Math.max(0, ...listed.map(({ name }) => printable(name).length));
  const digits = String(tokens).length;
  const rows = listed.map((tool) => {
    const start = `${printable(tool.name).padEnd(width)}  ${String(estimatedTokens(tool)).padStart(digits)}  `;
    const text = printable(tool.description?.trim().split('\n', 1)[0] ?? '');
    return `${start}${text.slice(0, Math.max(20, columns - start.length))}`.trimEnd();
  });
  const saved = tokens === baselineTokens ? '' : `, ${String(baselineTokens)} without the optimizer`;
  return [...rows, '', `${String(tokens)} tokens${saved}`];
}

async function listOf(
  codeMode: CodeMode,
  caller: Caller,
  scripts: boolean,
): Promise<readonly ToolDefinition[]> {
  const tools = await codeMode.listTools(caller);
  const own = scripts ? await codeMode.scriptTool(caller) : undefined;
  return own === undefined ? tools : [...tools, own];
}

function tokensOf(tools: readonly ToolDefinition[]): number {
  return tools.reduce((sum, tool) => sum + estimatedTokens(tool), 0);
}
