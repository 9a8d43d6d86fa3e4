/** Backends for tests: real servers from npm, and our own that misbehave on request. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StdioServerConfig } from '../../../plugins/dispatchers/mcp/index.js';

const resolve = createRequire(import.meta.url).resolve;

/** Starts the main file of an npm server, without npx. */
function npmServer(name: string, file: string, args: readonly string[], env = {}): StdioServerConfig {
  const folder = dirname(resolve(`@modelcontextprotocol/${name}/package.json`));
  return { command: process.execPath, args: [join(folder, file), ...args], env };
}

/** `@modelcontextprotocol/server-everything`: one of each thing that MCP has. */
export const everything = (mode = 'stdio', env = {}): StdioServerConfig =>
  npmServer('server-everything', 'dist/index.js', [mode], env);

/** `@modelcontextprotocol/server-filesystem` on one folder. */
export const filesystem = (folder: string): StdioServerConfig =>
  npmServer('server-filesystem', 'dist/index.js', [folder]);

/** `@modelcontextprotocol/server-memory` with its graph in one file. */
export const memory = (file: string): StdioServerConfig =>
  npmServer('server-memory', 'dist/index.js', [], { MEMORY_FILE_PATH: file });

/** `@modelcontextprotocol/server-sequential-thinking`: one tool. */
export const sequentialThinking = (): StdioServerConfig =>
  npmServer('server-sequential-thinking', 'dist/index.js', []);

/** `@cyanheads/git-mcp-server`: many tools with long schemas. */
export function gitServer(): StdioServerConfig {
  const env = { MCP_TRANSPORT_TYPE: 'stdio', MCP_LOG_LEVEL: 'error' };
  return { command: process.execPath, args: [resolve('@cyanheads/git-mcp-server/index.js')], env };
}

/** What the hand-written server does; see `fixture-server.mjs`. */
export interface Fixture {
  /** As listed: names alone get an empty object schema. */
  readonly tools?: readonly unknown[];
  readonly faults?: readonly string[];
  /** Beside tools. */
  readonly capabilities?: object;
  /** `resources`, `resourceTemplates` and `prompts` as they are listed. */
  readonly lists?: object;
}

/** The hand-written server of the 2025-11-25 era. */
export function fixture({ tools = [], ...rest }: Fixture): StdioServerConfig {
  const listed = tools.map((tool) => (typeof tool === 'string' ? namedTool(tool) : tool));
  const file = fileURLToPath(new URL('fixture-server.mjs', import.meta.url));
  return { command: process.execPath, args: [file, JSON.stringify({ tools: listed, ...rest })] };
}

/** What each life of a puppet does, the last one for all that follow; see `puppet-server.mjs`. */
export interface PuppetPlan {
  /** The file in which lives are counted. */
  readonly lives?: string;
  readonly plan?: readonly {
    readonly tools?: readonly string[];
    readonly fault?: string;
    /** It ends at the call after so many. */
    readonly callsLeft?: number;
  }[];
}

/** A server over stdio whose answers the test writes. */
export function puppet(era: '2025-11-25' | '2026-07-28', plan: PuppetPlan = {}): StdioServerConfig {
  const file = fileURLToPath(new URL('puppet-server.mjs', import.meta.url));
  return { command: process.execPath, args: [file, era, JSON.stringify(plan)] };
}

/** A server of the 2026-07-28 era, over stdio. */
export function modern(): StdioServerConfig {
  return { command: process.execPath, args: [fileURLToPath(new URL('modern-server.mjs', import.meta.url))] };
}

function namedTool(name: string): object {
  return { name, inputSchema: { type: 'object' } };
}
