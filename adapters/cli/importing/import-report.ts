/** What an import did, for people and as data; no secret is in either. */
import { homedir } from 'node:os';
import { sep } from 'node:path';

import { CLIENTS } from '../clients/client.js';
import type { ClientSource } from '../clients/client-file.js';
import { printable } from '../terminal.js';
import type { ImportResult, ServerOutcome } from './import-result.js';
import type { NeededVariable } from './variable-names.js';

const MAX_NAME = 32;
const MAX_TEXT = 300;

/** The lines of a report: each server, then what is still to be set. */
export function importLines(result: ImportResult): string[] {
  const width = Math.max(0, ...result.servers.map(({ name }) => shown(name, MAX_NAME).length));
  return [
    ...result.servers.flatMap((server) => serverLines(server, width)),
    ...result.read.flatMap(({ elsewhere, source }) =>
      elsewhere === 0
        ? []
        : [
            `left aside: ${count(elsewhere, 'server')} of other projects in ${shortPath(source.file)} (--all-projects takes them)`,
          ],
    ),
  ];
}

function serverLines(server: ServerOutcome, width: number): string[] {
  const { name, source, outcome, reason, notes } = server;
  const told = outcome === 'clash' ? CLASH : reason === undefined ? '' : `: ${shown(reason, MAX_TEXT)}`;
  const line = `${outcome.padEnd(13)} ${shown(name, MAX_NAME).padEnd(width)}  ${whose(source)}${told}`;
  return [line, ...notes.map((note) => `${' '.repeat(13)} ${' '.repeat(width)}  ${shown(note, MAX_TEXT)}`)];
}

const CLASH = ': the manifest has another server of this name (--replace takes this one)';

/** What must be set before the servers can be started, and what holds it now. */
export function variableLines(variables: readonly NeededVariable[]): string[] {
  const open = variables.filter(({ name }) => !isSet(name));
  if (open.length === 0) return [];
  const width = Math.max(...open.map(({ name }) => name.length));
  const copied = open.some(({ value }) => value !== undefined);
  return [
    copied
      ? 'set these variables; their values are where the servers come from (--secrets writes them to a file):'
      : 'set these variables:',
    ...open.map(({ name, server, use, description }) => {
      const what = description === undefined ? '' : `: ${shown(description, 80)}`;
      return `  ${name.padEnd(width)}  ${shown(server, MAX_NAME)}, ${shown(use, 80)}${what}`;
    }),
  ];
}

/** The same as data. */
export function importData(result: ImportResult): object {
  return {
    manifest: result.file,
    servers: result.servers.map(({ name, source: { client, file }, outcome, reason, notes }) => {
      return { name, outcome, client: client ?? null, file, ...(reason !== undefined && { reason }), notes };
    }),
    variables: result.variables.map(({ name, server, use, description }) => {
      return { name, server, use, isSet: isSet(name), ...(description !== undefined && { description }) };
    }),
    unreadable: result.read.flatMap(({ source: { file }, problem }) =>
      problem === undefined ? [] : [{ file, problem }],
    ),
  };
}

/** Whether something is left for a person to do. */
export function isOpen({ servers, read }: ImportResult): boolean {
  return servers.some((server) => server.isOpen) || read.some(({ problem }) => problem !== undefined);
}

/** Whose a configuration is, and where. */
export function whose({ client, file }: ClientSource): string {
  const place = shortPath(file);
  return client === undefined ? place : `${CLIENTS[client].title} (${place})`;
}

/** A path, with `~` for the folder of the user. */
export function shortPath(path: string): string {
  const home = homedir();
  return printable(path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path);
}

/** `1 server`, `2 servers`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function isSet(name: string): boolean {
  return (process.env[name] ?? '') !== '';
}

function shown(text: string, length: number): string {
  const plain = printable(text.replace(/\s+/g, ' '));
  return plain.length > length ? `${plain.slice(0, length - 1)}…` : plain;
}
