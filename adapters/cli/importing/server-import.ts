/** One server of a client's configuration as a manifest has it. */
import { basename, resolve } from 'node:path';

import { isJsonArray, isJsonObject, setKey, type Json, type JsonObject } from '../../../core/index.js';
import { faultText, loadManifest, ManifestError } from '../../../core/manifest/index.js';
import { CLIENTS, SOME_CLIENT, type ClientFormat } from '../clients/client.js';
import type { FoundServer } from '../clients/client-file.js';
import { referencesIn, TextImport } from './text-import.js';
import type { NeededVariable, VariableNames } from './variable-names.js';

/** A server, and what is to be said of it. */
export interface ImportedServer {
  readonly name: string;
  /** As it stands in the manifest; holds no secret. */
  readonly entry: JsonObject;
  readonly found: FoundServer;
  readonly needed: readonly NeededVariable[];
  /** What its client did with it and nobody does here. */
  readonly notes: readonly string[];
}

/** Why a server cannot be taken over. */
export class NotImported extends Error {
  /** Whether nothing is lost by it. */
  readonly isFine: boolean;

  constructor(message: string, isFine = false) {
    super(message);
    this.isFine = isFine;
  }
}

/** Takes a server over into a manifest of this folder; rejects with {@link NotImported}. */
export async function importServer(
  found: FoundServer,
  folder: string,
  names: VariableNames,
): Promise<ImportedServer> {
  const { name, written, inputs, workspace } = found;
  if (!isJsonObject(written)) throw new NotImported('found no object, wanted one with command or url');
  if (isOurselves(name, written)) throw new NotImported('is toolscript itself', true);
  const format = formatOf(found);
  const ownNames = new Set(Object.keys(isJsonObject(written['env']) ? written['env'] : {}));
  const elsewhere = workspace === folder ? undefined : workspace;
  const texts = new TextImport({ server: name, format, workspace: elsewhere, inputs, names, ownNames });
  const connection = text(written['command']) ? program(written, texts, elsewhere) : address(written, texts);
  const entry = { ...connection, ...kept(written) };
  await check(name, entry);
  return { name, entry, found, needed: texts.needed, notes: await notesOf(written) };
}

/** The names that a server refers to, for nobody to take them. */
export function namesIn(found: FoundServer): string[] {
  const format = formatOf(found);
  const walk = (value: Json | undefined, depth: number): string[] => {
    if (typeof value === 'string') return referencesIn(value, format);
    if (depth > 3 || typeof value !== 'object' || value === null) return [];
    return Object.values(value).flatMap((part: Json) => walk(part, depth + 1));
  };
  return walk(found.written, 0);
}

function formatOf({ source: { client } }: FoundServer): ClientFormat {
  return client === undefined ? SOME_CLIENT : CLIENTS[client];
}

/** Whether this server is a gateway of ours, which would call itself. */
function isOurselves(name: string, { command, args, url, serverUrl }: JsonObject): boolean {
  const words = [command, ...(isJsonArray(args) ? args : [])].filter(text);
  const isOurs = words.some(
    (word) =>
      /^toolscript(?:\.cmd|\.exe)?$/.test(basename(word.replaceAll('\\', '/'))) ||
      /^toolscript@[\w.^~-]+$/.test(word) ||
      /(?:^|[\\/])adapters[\\/]cli[\\/]main\.[jt]s$/.test(word),
  );
  return isOurs || (name === 'toolscript' && (text(url) || text(serverUrl) || words.includes('mcp-remote')));
}

function program(written: JsonObject, texts: TextImport, workspace: string | undefined): JsonObject {
  const { command, args, env, cwd } = written;
  const words = isJsonArray(args) ? args.map((word) => scalar(word)) : [];
  const folder = text(cwd) ? texts.text(cwd, 'cwd') : undefined;
  const settings = isJsonObject(env) ? settingsOf(env, texts, 'env') : {};
  return {
    command: texts.text(scalar(command!), 'command'),
    ...(words.length > 0 && {
      args: words.map((word, at) => texts.argument(word, words[at - 1], `argument ${at + 1}`)),
    }),
    ...(Object.keys(settings).length > 0 && { env: settings }),
    ...cwdOf(folder, workspace),
  };
}

/** Its client starts it in the project, which may not be where the manifest lies. */
function cwdOf(cwd: string | undefined, workspace: string | undefined): JsonObject {
  if (workspace === undefined) return cwd === undefined ? {} : { cwd };
  if (cwd === undefined) return { cwd: workspace };
  return { cwd: cwd.startsWith('${') ? cwd : resolve(workspace, cwd) };
}

function address(written: JsonObject, texts: TextImport): JsonObject {
  const { type, headers } = written;
  const url = [written['url'], written['serverUrl'], written['httpUrl']].find(text);
  if (url === undefined) throw new NotImported('found neither command nor url, wanted one of them');
  if (text(type) && !TYPES.has(type))
    throw new NotImported('found another transport than stdio, http and sse');
  const isOld = type === 'sse' || (type === undefined && /\/sse\/?(?:[?#]|$)/.test(url));
  const settings = isJsonObject(headers) ? settingsOf(headers, texts, 'header') : {};
  return {
    type: isOld ? 'sse' : 'http',
    url: texts.text(url, 'url'),
    ...(Object.keys(settings).length > 0 && { headers: settings }),
  };
}

const TYPES = new Set(['http', 'sse', 'streamable-http', 'streamableHttp']);

function settingsOf(settings: JsonObject, texts: TextImport, kind: 'env' | 'header'): JsonObject {
  const result: Record<string, Json> = {};
  for (const [name, value] of Object.entries(settings))
    setKey(result, name, value === null ? null : texts.setting(name, scalar(value), kind));
  return result;
}

/** Fields that mean the same in a manifest. */
const KEPT = ['disabled', 'disabledTools', 'includeTools', 'excludeTools', 'tools'];

function kept(written: JsonObject): JsonObject {
  const fields = KEPT.filter((field) => Object.hasOwn(written, field));
  return Object.fromEntries(fields.map((field) => [field, written[field]!]));
}

const READ = new Set([
  ...KEPT,
  'type',
  'command',
  'args',
  'env',
  'cwd',
  'url',
  'serverUrl',
  'httpUrl',
  'headers',
]);
const MAX_NOTES = 20;

/** What the manifest says of each of the other fields. */
async function notesOf(written: JsonObject): Promise<string[]> {
  const others = Object.keys(written).filter((field) => !READ.has(field));
  const notes = others.slice(0, MAX_NOTES).map(async (field) => {
    try {
      const { notes } = await loadManifest({ mcpServers: { server: { command: 'x', [field]: true } } });
      return notes.map(({ message }) => `${field} ${message}`);
    } catch {
      return [`${field} is left out: nothing here reads it`];
    }
  });
  return (await Promise.all(notes)).flat();
}

/** What a variable may come to, one of which must fit wherever it stands. */
const STAND_INS = ['1', 'http://host.invalid'];

async function check(name: string, entry: JsonObject): Promise<void> {
  const servers: Record<string, Json> = {};
  setKey(servers, name, entry);
  const faults = await Promise.all(STAND_INS.map((value) => faultOf({ mcpServers: servers }, value)));
  const [fault] = faults;
  if (fault !== undefined && !faults.includes(undefined)) throw new NotImported(fault);
}

async function faultOf(manifest: object, value: string): Promise<string | undefined> {
  const env = new Map<string, string>();
  for (const [, variable = ''] of JSON.stringify(manifest).matchAll(/\$\{([A-Za-z_]\w*)/g))
    env.set(variable, value);
  try {
    await loadManifest(manifest, { env: Object.fromEntries(env) });
    return undefined;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return error.faults.map(({ path, message }) => faultText({ path: path.slice(2), message })).join('; ');
  }
}

function text(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

/** What clients take for a text. */
function scalar(value: Json): string {
  if (typeof value === 'object') throw new NotImported('found an array or an object, wanted a text');
  return String(value);
}
