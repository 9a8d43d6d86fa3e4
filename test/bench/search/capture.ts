/**
 * Installs the servers of `npm-servers.ts` outside the repository, starts each, and writes down what tools it
 * lists: `npx tsx test/bench/search/capture.ts [server…]`. The files are committed; this is how they came about.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

import { NPM_SERVERS, type NpmServer } from './npm-servers.js';

/** Where the servers are; `TOOLSCRIPT_SERVERS` names another folder. */
const FOLDER = process.env['TOOLSCRIPT_SERVERS'] ?? join(homedir(), '.cache', 'toolscript', 'mcp-servers');

const DEFINITIONS = fileURLToPath(new URL('definitions', import.meta.url));

const named = process.argv.slice(2);
await mkdir(DEFINITIONS, { recursive: true });
for (const server of NPM_SERVERS) {
  if (named.length > 0 && !named.includes(server.server)) continue;
  const tools = await toolsOf(server, await installed(server));
  const { server: name, package: origin, version, license } = server;
  const head = JSON.stringify({ server: name, package: origin, version, license }).slice(0, -1);
  const lines = tools.map((tool) => JSON.stringify(tool)).join(',\n');
  await writeFile(join(DEFINITIONS, `${name}.json`), `${head},"tools":[\n${lines}\n]}\n`);
  console.log(`${name}: ${String(tools.length)} tools`);
}

/** The folder of a server's package; scripts of packages are not run. */
async function installed(server: NpmServer): Promise<string> {
  const folder = join(FOLDER, server.server);
  const path = join(folder, 'node_modules', server.package);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
  const child = spawn('npm', [...args, `${server.package}@${server.version}`], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`install ${server.package}: npm ended with ${String(code)}`);
  return path;
}

/** What a client is told of each tool, without what only programs read. */
async function toolsOf(
  { program, args = [], env = {} }: NpmServer,
  folder: string,
): Promise<readonly object[]> {
  const client = new Client({ name: 'bench', version: '1.0.0' });
  const settings = { command: process.execPath, args: [join(folder, program), ...args] };
  const transport = new StdioClientTransport({
    ...settings,
    env: { ...baseEnv(), ...env },
    stderr: 'inherit',
  });
  await client.connect(transport);
  const { tools } = await client.listTools();
  await client.close();
  return tools.map(({ name, title, description, inputSchema }) => ({
    name,
    title,
    description,
    inputSchema,
  }));
}

function baseEnv(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
}
