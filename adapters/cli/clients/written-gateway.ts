/** What a manifest says of the gateway to those who use it, read as it is written: no variable need be set. */
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../../../core/index.js';
import { JsonSyntaxError, neededVariables, readJson } from '../../../core/manifest/index.js';
import { textToEdit } from '../importing/written-file.js';
import { UsageError } from '../usage-error.js';

/** A gateway as it is written down. */
export interface WrittenGateway {
  /** Variables without which it does not start. */
  readonly variables: readonly string[];
  /** Where it serves over HTTP. */
  readonly url: string;
  /** Whether callers over HTTP must prove who they are. */
  readonly wantsToken: boolean;
  readonly isCodeModeOff: boolean;
}

/** Reads a manifest; undefined where there is none, rejects with a {@link UsageError} where it is no manifest. */
export async function writtenGateway(file: string): Promise<WrittenGateway | undefined> {
  const text = await textToEdit(file);
  if (text === undefined) return undefined;
  const root = rootOf(text, file);
  const http = section(root, 'http');
  return {
    variables: neededVariables(root),
    url: urlOf(http),
    wantsToken: isJsonObject(http['auth']),
    isCodeModeOff: section(root, 'codeMode')['enabled'] !== true,
  };
}

function rootOf(text: string, file: string): JsonObject {
  try {
    const { value } = readJson(text);
    if (isJsonObject(value)) return value;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
  }
  throw new UsageError(`read manifest ${file}: found no manifest, wanted one; toolscript validate says more`);
}

function section(root: JsonObject, key: string): JsonObject {
  const found = root[key];
  return isJsonObject(found) ? found : {};
}

function urlOf(http: JsonObject): string {
  const port = typeof http['port'] === 'number' && http['port'] > 0 ? http['port'] : 8_080;
  const path = typeof http['path'] === 'string' && /^\/[\w./~-]*$/.test(http['path']) ? http['path'] : '/mcp';
  const scheme = isJsonObject(http['tls']) ? 'https' : 'http';
  return `${scheme}://${hostOf(http)}:${port}${path}`;
}

/** The name by which clients come: where it listens, unless that is everywhere. */
function hostOf({ host, allowedHosts }: JsonObject): string {
  const names = isJsonArray(allowedHosts) ? allowedHosts.filter(isHost) : [];
  const own: Json | undefined = host === '0.0.0.0' || host === '::' ? undefined : host;
  const [name] = [...names, own].filter(isHost);
  return name ?? '127.0.0.1';
}

function isHost(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[\w.-]{1,255}$/.test(value);
}
