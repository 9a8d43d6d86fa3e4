/** Runs the official server suites against the gateway, in front of a server of either era. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ServerConfig } from '../../../plugins/dispatchers/mcp/index.js';
import { gatewayOver } from '../../adapters/gateway/composed.js';
import type { Toolchain } from './toolchain.js';
import { readVerdicts, type Judged } from './verdicts.js';

/** The era of the server behind the gateway. */
export type Era = 'legacy' | 'modern';

/** The fixture server that the scenarios ask for. */
export function fixtureOf(era: Era): ServerConfig {
  const file = fileURLToPath(new URL('fixture/main.ts', import.meta.url));
  return { command: process.execPath, args: ['--import', 'tsx', file, era] };
}

/** Everything that a revision requires of a server. */
export async function judgeServer(judges: Toolchain, revision: string, era: Era): Promise<Judged[]> {
  const { gateway, codeMode } = await gatewayOver({ fixture: fixtureOf(era) }, false);
  const door = await gateway.serveHttp();
  const folder = await mkdtemp(join(tmpdir(), 'mcp-server-'));
  try {
    // The scenario about DNS rebinding comes by this name.
    const url = door.url.replace('127.0.0.1', 'localhost');
    await judges.conformance(['server', '--url', url, '--requirements', revision, '-o', folder]);
    return await readVerdicts(folder, 'server-');
  } finally {
    await door.close();
    await codeMode.close();
    await rm(folder, { recursive: true });
  }
}
