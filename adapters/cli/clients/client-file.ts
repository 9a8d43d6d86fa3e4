/**
 * Reads a client's configuration: which servers it names, in its own words.
 *
 * The file is a stranger's: it is bounded in size and depth, and nothing in it is believed to have a shape.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../../../core/index.js';
import { JsonSyntaxError, readJson } from '../../../core/manifest/index.js';
import { fileFailure } from '../input-file.js';
import { UsageError } from '../usage-error.js';
import type { ClientName } from './client.js';
import { clientPlaces, type ClientPlace, type System } from './client-places.js';

/** A file of which it may not be known whose it is. */
export type ClientSource = Omit<ClientPlace, 'client'> & { readonly client: ClientName | undefined };

/** A server as a client writes it. */
export interface FoundServer {
  readonly name: string;
  readonly written: Json;
  readonly source: ClientSource;
  /** The folder that it belongs to, absolute; absent for one that the user has everywhere. */
  readonly workspace?: string;
  /** What VS Code asks its user, by id. */
  readonly inputs: ReadonlyMap<string, JsonObject>;
}

/** What one file holds. */
export interface ClientFile {
  readonly servers: readonly FoundServer[];
  /** Servers that Claude Code keeps for other projects, which were left aside. */
  readonly elsewhere: number;
}

/** Which projects of Claude Code are read: the one of this folder, or all. */
export type ProjectChoice = 'all' | { readonly folder: string };

/** Claude Code keeps all kinds of things in its file. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_SERVERS = 1_000;

/** Whose file this is, by its place, else by its name. */
export function sourceOf(path: string, system: System, client?: ClientName): ClientSource {
  const file = resolve(path);
  const known = clientPlaces(system).find((place) => place.file === file);
  if (known !== undefined) return { ...known, client: client ?? known.client };
  const [guess, level] = guessed(basename(file), basename(dirname(file)));
  return { client: client ?? guess, level, file };
}

function guessed(name: string, folder: string): [ClientName | undefined, ClientPlace['level']] {
  if (name === 'claude_desktop_config.json') return ['claude', 'user'];
  if (name === '.claude.json') return ['claude-code', 'user'];
  if (name === 'mcp_config.json') return ['windsurf', 'user'];
  if (folder === '.cursor') return ['cursor', 'project'];
  if (folder === '.vscode') return ['vscode', 'project'];
  if (folder === 'User') return ['vscode', 'user'];
  return name === '.mcp.json' ? ['claude-code', 'project'] : [undefined, 'project'];
}

/** Reads a file; rejects with a {@link UsageError} when it cannot be read or is no JSON. */
export async function readClientFile(source: ClientSource, projects: ProjectChoice): Promise<ClientFile> {
  const root = parsed(await textOf(source.file), source.file);
  if (!isJsonObject(root))
    throw refusal(source.file, 'found no object, wanted one with mcpServers or servers');
  const workspace = source.level === 'project' ? workspaceOf(source.file) : undefined;
  const inner = isJsonObject(root['mcp']) ? root['mcp'] : {};
  const servers = [root, inner].flatMap((section) => serversOf(section, source, workspace));
  const kept = Object.entries(isJsonObject(root['projects']) ? root['projects'] : {});
  const mine = kept.filter(([folder]) => projects === 'all' || resolve(folder) === projects.folder);
  const ofProjects = (some: typeof kept): FoundServer[] =>
    some.flatMap(([folder, section]) => (isJsonObject(section) ? serversOf(section, source, folder) : []));
  const own = ofProjects(mine);
  const elsewhere = ofProjects(kept).length - own.length;
  return { servers: [...own, ...servers].slice(0, MAX_SERVERS), elsewhere };
}

function serversOf(section: JsonObject, source: ClientSource, workspace?: string): FoundServer[] {
  const inputs = inputsOf(section['inputs']);
  return [section['mcpServers'], section['servers']].flatMap((servers) =>
    Object.entries(isJsonObject(servers) ? servers : {}).map(([name, written]) => ({
      name,
      written,
      source:
        source.client === undefined && section['servers'] === servers
          ? { ...source, client: 'vscode' }
          : source,
      ...(workspace !== undefined && { workspace }),
      inputs,
    })),
  );
}

function inputsOf(inputs: Json | undefined): ReadonlyMap<string, JsonObject> {
  const list = isJsonArray(inputs) ? inputs.filter(isJsonObject) : [];
  return new Map(list.flatMap((input) => (typeof input['id'] === 'string' ? [[input['id'], input]] : [])));
}

/** The folder around `.vscode` and `.cursor`, else the file's own. */
function workspaceOf(file: string): string {
  const folder = dirname(file);
  return ['.vscode', '.cursor'].includes(basename(folder)) ? dirname(folder) : folder;
}

/** Does not wait for somebody to write, should it be a pipe; Windows has no such flag. */
const READ = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

async function textOf(file: string): Promise<string> {
  let handle;
  try {
    handle = await open(file, READ);
    const found = await handle.stat();
    if (!found.isFile()) throw refusal(file, 'found no ordinary file');
    if (found.size > MAX_BYTES) throw refusal(file, `found ${found.size} bytes, wanted at most ${MAX_BYTES}`);
    return await handle.readFile('utf8');
  } catch (error) {
    throw error instanceof UsageError ? error : refusal(file, fileFailure(error));
  } finally {
    await handle?.close();
  }
}

function parsed(text: string, file: string): Json {
  try {
    return text.trim() === '' ? {} : readJson(text).value;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { line, column } = error.position;
    throw refusal(file, `line ${line}, column ${column}: ${error.message}`);
  }
}

function refusal(file: string, what: string): UsageError {
  return new UsageError(`read ${file}: ${what}`);
}
