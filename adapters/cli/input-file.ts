/** What a command reads beside the manifest: a script, and its data. */
import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';

import { isJsonObject, type JsonObject } from '../../core/index.js';
import { JsonSyntaxError, readJson } from '../../core/manifest/index.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** A script as it was handed in. */
export interface ScriptText {
  /** What messages call it: a path, or `<stdin>`. */
  readonly name: string;
  readonly source: string;
}

/** The script of a path; `-` is standard input. */
export async function readScript(path: string, { input }: Terminal): Promise<ScriptText> {
  if (path === '-') return { name: '<stdin>', source: await readAll(input) };
  return { name: path, source: await readInputFile(path, 'the script') };
}

/** The text of a file; `what` says in messages what it is for. */
export async function readInputFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`read ${what} ${path}: ${fileFailure(error)}`);
  }
}

/** Why a file cannot be read or written. */
export function fileFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return FILE_FAILURES[code] ?? code;
}

const FILE_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'that is a folder',
  EACCES: 'that is not permitted',
  EPERM: 'that is not permitted',
  EROFS: 'that place cannot be written',
  EEXIST: 'it is there already',
};

/** The object of `--data`: JSON itself, or that of a file. */
export async function readData(given: string): Promise<JsonObject> {
  const file = dataFile(given);
  const name = file === undefined ? '--data' : `--data ${file}`;
  const data = parse(file === undefined ? given : await readInputFile(file, 'the data'), name);
  if (isJsonObject(data)) return data;
  throw new UsageError(`${name}: found no object, wanted one: its keys become variables`);
}

/** The file of `--data`; undefined where it is JSON itself, which starts with `{`. */
export function dataFile(given: string): string | undefined {
  return given.trimStart().startsWith('{') ? undefined : given;
}

function parse(json: string, name: string): unknown {
  try {
    return readJson(json).value;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { line, column } = error.position;
    throw new UsageError(`${name}: line ${line}, column ${column}: ${error.message}`);
  }
}
