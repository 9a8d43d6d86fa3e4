/** Runs the official server suites against the gateway, in front of servers of either era. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ServerConfig } from '../../../plugins/dispatchers/mcp/index.js';
import { gatewayOver } from '../../adapters/gateway/composed.js';
import { fixtureOverHttp } from './fixture/over-http.js';
import type { Toolchain } from './toolchain.js';
import { readVerdicts, type Judged } from './verdicts.js';

/** What stands behind the gateway: a server of either era over stdio, or an older one over HTTP. */
export type Behind = 'legacy' | 'legacy over HTTP' | 'modern';

interface Started {
  readonly config: ServerConfig;
  readonly close: () => Promise<void>;
}

async function startFixture(behind: Behind): Promise<Started> {
  if (behind === 'legacy over HTTP') {
    const { url, close } = await fixtureOverHttp();
    return { config: { url }, close };
  }
  const file = fileURLToPath(new URL('fixture/main.ts', import.meta.url));
  const config = { command: process.execPath, args: ['--import', 'tsx', file, behind] };
  return { config, close: () => Promise.resolve() };
}

/** Everything that a revision requires of a server. */
export async function judgeServer(judges: Toolchain, revision: string, behind: Behind): Promise<Judged[]> {
  const fixture = await startFixture(behind);
  const { gateway, codeMode } = await gatewayOver({ fixture: fixture.config }, false);
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
    await fixture.close();
    await rm(folder, { recursive: true });
  }
}
