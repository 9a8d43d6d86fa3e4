/** The servers of a manifest in one shape, whichever client wrote them. */
import { resolve } from 'node:path';

import type { ToolsSection } from './aggregation-section.js';
import { CLIENT_FIELDS, type ClientField } from './client-fields.js';
import type { Definition, WrittenServer } from './definition.js';
import { workspaceFolder } from './expansion.js';
import type { Fault, Path } from './fault.js';

/** One MCP server: how it is reached, and which of its tools are let in. */
export type ServerEntry = ServerConnection & {
  readonly prefix?: string;
  readonly tools?: ToolsSection;
  readonly connectTimeoutMs?: number;
};

type ServerConnection =
  | {
      readonly type: 'stdio';
      readonly command: string;
      readonly args: readonly string[];
      /** What it gets beside a small safe set of the environment. */
      readonly env: Readonly<Record<string, string>>;
      /** Absolute. */
      readonly cwd: string;
    }
  | {
      readonly type: 'http' | 'sse';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    };

/** The servers of a manifest, and what is to be said of them. */
export interface Servers {
  readonly entries: ReadonlyMap<string, ServerEntry>;
  readonly faults: readonly Fault[];
  readonly notes: readonly Fault[];
}

/** Gathers the servers; a name that stands under both keys is a fault. */
export function serversOf(manifest: Definition | undefined, folder: string): Servers {
  const entries = new Map<string, ServerEntry>();
  const faults: Fault[] = [];
  const notes: Fault[] = [];
  for (const key of ['mcpServers', 'servers'] as const) {
    for (const [name, server] of Object.entries(manifest?.[key] ?? {})) {
      const path = [key, name];
      if (entries.has(name))
        faults.push({ path, message: 'found a server of this name under mcpServers too, wanted one' });
      entries.set(name, entryOf(server, folder));
      notes.push(...notesOf(server, path));
    }
  }
  return { entries, faults, notes };
}

function entryOf(server: WrittenServer, folder: string): ServerEntry {
  const { prefix, connectTimeoutMs } = server;
  const tools = toolsOf(server);
  return {
    ...connectionOf(server, folder),
    ...(prefix !== undefined && { prefix }),
    ...(tools !== undefined && { tools }),
    ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
  };
}

/** What is said of its tools, in our words and in those of clients. */
function toolsOf(server: WrittenServer): ToolsSection | undefined {
  const { tools = {} } = server;
  const own: ToolsSection = Array.isArray(tools) ? { include: tools } : tools;
  const include = [...(own.include ?? []), ...namedBy(server, 'include')];
  const exclude = [...(own.exclude ?? []), ...namedBy(server, 'exclude')];
  const all: ToolsSection = {
    ...own,
    ...((own.include !== undefined || include.length > 0) && { include }),
    ...(exclude.length > 0 && { exclude }),
  };
  return Object.keys(all).length === 0 ? undefined : all;
}

function namedBy(server: WrittenServer, filter: NonNullable<ClientField['filter']>): string[] {
  return Object.entries<ClientField>(CLIENT_FIELDS).flatMap(([field, { filter: own }]) => {
    const names = own === filter ? server[field as keyof typeof CLIENT_FIELDS] : undefined;
    return Array.isArray(names) ? names.map(String) : [];
  });
}

function connectionOf(server: WrittenServer, folder: string): ServerConnection {
  if ('command' in server) {
    const { command, args = [], env = {}, cwd = '.' } = server;
    return { type: 'stdio', command, args, env: texts(env), cwd: resolve(workspaceFolder(folder), cwd) };
  }
  return {
    type: server.type === 'sse' ? 'sse' : 'http',
    url: 'url' in server ? server.url : server.serverUrl,
    headers: server.headers ?? {},
  };
}

function texts(env: Readonly<Record<string, string | number | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])),
  );
}

function notesOf(server: WrittenServer, path: Path): Fault[] {
  return Object.entries<ClientField>(CLIENT_FIELDS).flatMap(([field, { note }]) =>
    note !== undefined && Object.hasOwn(server, field) ? [{ path: [...path, field], message: note }] : [],
  );
}
