/** Runs the official client suites against the dispatcher: the gateway as a client of its servers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Toolchain } from './toolchain.js';
import { readVerdicts, type Judged } from './verdicts.js';

/**
 * What each revision requires of a client, and what the suite has beside that. Left out are the scenarios
 * `auth/…`: the gateway sends a server the headers that the manifest names, and is no OAuth client.
 */
export const CLIENT_SCENARIOS: Readonly<Record<string, readonly string[]>> = {
  '2025-11-25': [
    'initialize',
    'tools_call',
    'elicitation-sep1034-client-defaults',
    'sse-retry',
    'json-schema-2020-12-preservation',
  ],
  '2026-07-28': [
    'tools_call',
    'request-metadata',
    'sep-2322-client-request-state',
    'http-standard-headers',
    'http-custom-headers',
    'http-invalid-tool-headers',
    'json-schema-ref-no-deref',
    'json-schema-2020-12-preservation',
  ],
};

/** Each of these scenarios of a revision, one after the other: side by side they would meet their own time limits. */
export async function judgeClient(
  judges: Toolchain,
  revision: string,
  scenarios: readonly string[],
): Promise<Judged[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mcp-client-'));
  try {
    const program = fileURLToPath(new URL('client.ts', import.meta.url));
    const command = `${process.execPath} --import tsx ${program}`;
    for (const scenario of scenarios) {
      const which = ['--scenario', scenario, '--spec-version', revision];
      await judges.conformance(['client', '--command', command, ...which, '-o', folder]);
    }
    return await readVerdicts(folder, '');
  } finally {
    await rm(folder, { recursive: true });
  }
}
