/** Puts servers into the text of a manifest; comments, order and layout of what is there stay. */
import { isDeepStrictEqual } from 'node:util';

import { applyEdits, modify, type FormattingOptions } from 'jsonc-parser';

import { isJsonObject, type Json, type JsonObject } from '../../../core/index.js';
import { JsonSyntaxError, readJson } from '../../../core/manifest/index.js';
import { UsageError } from '../usage-error.js';

/** What became of one server. */
export type Placing = 'added' | 'replaced' | 'there already' | 'clash';

/** A text, and what became of each server, by name. */
export interface PlacedServers {
  readonly text: string;
  readonly placings: ReadonlyMap<string, Placing>;
}

/** A server by its name. */
export interface NamedEntry {
  readonly name: string;
  readonly entry: JsonObject;
}

/**
 * Puts servers into a manifest; one that is there under the same name stays as it is unless it may be
 * replaced. Throws a {@link UsageError} for a text that is no manifest.
 */
export function placeServers(
  text: string,
  servers: readonly NamedEntry[],
  { replace, file }: { readonly replace: boolean; readonly file: string },
): PlacedServers {
  const root = rootOf(text, file);
  const key = !isJsonObject(root['mcpServers']) && isJsonObject(root['servers']) ? 'servers' : 'mcpServers';
  const there = new Map(
    ['servers', 'mcpServers'].flatMap((section) => {
      const written = root[section];
      return isJsonObject(written)
        ? Object.entries(written).map(([name, entry]) => [name, { section, entry }] as const)
        : [];
    }),
  );
  const placings = new Map<string, Placing>();
  let result = text;
  for (const { name, entry } of servers) {
    const known = there.get(name);
    const placing = placingOf(known?.entry, entry, replace);
    placings.set(name, placing);
    if (placing === 'added' || placing === 'replaced')
      result = withValue(result, [known?.section ?? key, name], entry);
  }
  return { text: result, placings };
}

function placingOf(known: Json | undefined, entry: JsonObject, replace: boolean): Placing {
  if (known === undefined) return 'added';
  if (isDeepStrictEqual(known, entry)) return 'there already';
  return replace ? 'replaced' : 'clash';
}

/** A manifest that is begun: its keys in this order, laid out as JSON usually is. */
export function manifestText(manifest: JsonObject): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function withValue(text: string, path: string[], value: Json): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions: layoutOf(text) }));
}

/** As the first line that is set in is. */
function layoutOf(text: string): FormattingOptions {
  const [, indent = '  '] = /^([ \t]+)\S/m.exec(text) ?? [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: Math.min(8, indent.length), eol };
}

function rootOf(text: string, file: string): JsonObject {
  const act = `read manifest ${file}`;
  try {
    const { value, duplicates } = readJson(text);
    if (!isJsonObject(value)) throw new UsageError(`${act}: found no object, wanted a manifest`);
    if (duplicates.length > 0)
      throw new UsageError(`${act}: found a key twice, wanted it once before anything is put in`);
    return value;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { line, column } = error.position;
    throw new UsageError(`${act}: line ${line}, column ${column}: ${error.message}`);
  }
}
