/** The processes of the benchmark: backends and gateways, each on its own, as they are run. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

import type { ServerConfig, StdioServerConfig } from '../../../plugins/dispatchers/mcp/index.js';

/** The two eras of the protocol that clients and backends speak. */
export type Era = '2025-11-25' | '2026-07-28';

/** A TypeScript program of this folder, as a client starts it. */
export function program(file: string, ...args: readonly string[]): StdioServerConfig {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const profiled = process.env['BENCH_PROFILE'] === file ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [];
  return { command: process.execPath, args: [...profiled, '--import', 'tsx', path, ...args] };
}

/** A program that printed the address at which it listens. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a program and reads its address. */
export async function listening({ command, args = [] }: StdioServerConfig): Promise<Listening> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { url, close: () => ended(child) };
}

async function ended(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  await exited;
}

/** A client of one era, connected to a server. */
export async function connected(server: ServerConfig, era: Era): Promise<Client> {
  const client = new Client(
    { name: 'bench', version: '1.0.0' },
    { versionNegotiation: { mode: era === '2026-07-28' ? 'auto' : 'legacy' } },
  );
  const transport =
    'url' in server
      ? new StreamableHTTPClientTransport(new URL(server.url))
      : new StdioClientTransport({ ...server, args: [...(server.args ?? [])], stderr: 'inherit' });
  await client.connect(transport);
  const wanted = era === '2026-07-28' ? 'modern' : 'legacy';
  if (client.getProtocolEra() !== wanted) throw new Error(`connected in another era than ${era}`);
  return client;
}
