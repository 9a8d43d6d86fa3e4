/** One dispatcher of all that plugins bring, and of the servers. */
import { noTools, VERSION, type ToolDispatcher } from '../../../core/index.js';
import type { LoadedPlugin, Manifest } from '../../../core/manifest/index.js';
import type { JoinedPart } from '../../../plugins/dispatchers/joined/index.js';
import type { BackendPool } from '../../../plugins/dispatchers/mcp/index.js';
import type { ComposeOptions } from './compose-options.js';
import type { Made } from './made-plugins.js';

/** Where compositions that follow each other keep their servers. */
export async function createPool(): Promise<BackendPool> {
  const { BackendPool } = await import('../../../plugins/dispatchers/mcp/index.js');
  return new BackendPool();
}

/** The dispatchers that plugins bring, each under its plugin's name. */
export function dispatchersOf(plugins: readonly LoadedPlugin[], { dispatcher: made }: Made): JoinedPart[] {
  const names = plugins.filter(({ plugin }) => plugin.kind === 'dispatcher').map(({ name }) => name);
  return made.map((dispatcher, index) => ({ name: names[index]!, dispatcher }));
}

/** Dispatchers that plugins bring come before the servers: no server can take the name of one of their tools. */
export async function joined(
  brought: readonly JoinedPart[],
  manifest: Manifest,
  options: ComposeOptions,
): Promise<ToolDispatcher> {
  const parts = [...brought];
  if (manifest.servers.size > 0) {
    parts.push({ name: 'servers', dispatcher: await serversDispatcher(manifest, options) });
  }
  if (parts.length < 2) return parts[0]?.dispatcher ?? noTools;
  const { createJoinedDispatcher } = await import('../../../plugins/dispatchers/joined/index.js');
  return createJoinedDispatcher(parts);
}

async function serversDispatcher(
  { servers, aggregation }: Manifest,
  { report, servers: awaited, pool }: ComposeOptions,
): Promise<ToolDispatcher> {
  const { createMcpDispatcher } = await import('../../../plugins/dispatchers/mcp/index.js');
  return createMcpDispatcher({
    servers: Object.fromEntries(servers),
    aggregation,
    onDiagnostic: report,
    ...(pool !== undefined && { pool }),
    ...(awaited === 'all' && { startupWaitMs: Number.POSITIVE_INFINITY }),
    clientInfo: { name: 'toolscript', version: VERSION },
  });
}
