/** The tools that are searched: of the servers from npm, and of the 70 servers that are read from outside. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { JsonObject, ToolDefinition } from '../../../core/index.js';

/** A tool as its server lists it. */
export interface ServerTool {
  readonly server: string;
  readonly tool: ToolDefinition;
}

/** How tools are called that a gateway gathers: with the server in front where names clash, or all. */
export type Naming = 'when-needed' | 'always';

/** A tool under the name that a client of the gateway sees. */
export interface NamedTool {
  /** `server/tool`, as the queries name it. */
  readonly id: string;
  readonly definition: ToolDefinition;
}

const DEFINITIONS = fileURLToPath(new URL('definitions', import.meta.url));
const BESIDE = fileURLToPath(new URL('../../../../shared/data/livemcptool', import.meta.url));

/** `--data=` or `TOOLSCRIPT_LIVEMCPTOOL`, else a folder beside the repository; undefined where it is not there. */
export function liveFolder(option = process.env['TOOLSCRIPT_LIVEMCPTOOL']): string | undefined {
  const folder = option ?? BESIDE;
  return existsSync(join(folder, 'tools.json')) ? folder : undefined;
}

/** The tools of the servers from npm, as captured. */
export async function npmTools(): Promise<readonly ServerTool[]> {
  const files = (await readdir(DEFINITIONS)).sort();
  const servers = await Promise.all(files.map((file) => readFile(join(DEFINITIONS, file), 'utf8')));
  return servers
    .map((text) => JSON.parse(text) as { server: string; tools: readonly ToolDefinition[] })
    .flatMap(({ server, tools }) => tools.map((tool) => ({ server, tool })));
}

/** The 527 tools of 70 servers. */
export async function liveTools(folder: string): Promise<readonly ServerTool[]> {
  const { tools } = JSON.parse(await readFile(join(folder, 'tools.json'), 'utf8')) as {
    tools: readonly LiveRow[];
  };
  return tools.map(({ server, tool: name, description, inputSchema = { type: 'object' } }) => ({
    server,
    tool: { name, description, inputSchema },
  }));
}

interface LiveRow {
  readonly server: string;
  readonly tool: string;
  readonly description: string;
  readonly inputSchema?: JsonObject;
}

/** As the gateway names them by its `aggregation.prefix`. */
export function named(tools: readonly ServerTool[], naming: Naming): readonly NamedTool[] {
  const count = new Map<string, number>();
  for (const { tool } of tools) count.set(tool.name, (count.get(tool.name) ?? 0) + 1);
  return tools.map(({ server, tool }) => {
    const isBare = naming === 'when-needed' && count.get(tool.name) === 1;
    const name = isBare ? tool.name : `${server}_${tool.name}`.replace(/[^A-Za-z0-9_.-]/g, '_');
    return { id: `${server}/${tool.name}`, definition: { ...tool, name } };
  });
}

/** Exactly so many: renamed copies are put behind, or the last ones left out. */
export function filledUpTo(total: number, tools: readonly ToolDefinition[]): readonly ToolDefinition[] {
  return Array.from({ length: total }, (_, at) => {
    const copy = Math.floor(at / tools.length);
    const tool = tools[at % tools.length] as ToolDefinition;
    return copy === 0 ? tool : { ...tool, name: `${tool.name}_${String(copy + 1)}` };
  });
}
