/** Configurations of clients, taken over into one manifest. */
import { dirname, resolve } from 'node:path';

import type { JsonObject } from '../../../core/index.js';
import type { ClientSource } from '../clients/client-file.js';
import type { ReadSource } from './gathering.js';
import { planImport } from './import-plan.js';
import { manifestText, placeServers, type Placing } from './manifest-text.js';
import type { NeededVariable } from './variable-names.js';

/** What became of one server that was found. */
export interface ServerOutcome {
  readonly name: string;
  readonly source: ClientSource;
  readonly outcome: Placing | 'left out';
  /** Why it is left out. */
  readonly reason?: string;
  /** Whether somebody must do something about it. */
  readonly isOpen: boolean;
  /** What its client did with it and nobody does here. */
  readonly notes: readonly string[];
}

/** A manifest as it is to be written, and what became of the servers. */
export interface ImportResult {
  readonly file: string;
  readonly text: string;
  readonly isChanged: boolean;
  readonly servers: readonly ServerOutcome[];
  /** What the servers in it need, each variable once. */
  readonly variables: readonly NeededVariable[];
  readonly read: readonly ReadSource[];
}

/** Into what servers are taken over. */
export interface ImportTarget {
  /** The manifest. */
  readonly file: string;
  /** What it holds; undefined where there is none yet. */
  readonly before: string | undefined;
  /** What it begins with when there is none. */
  readonly begun: JsonObject;
  /** Whether a server of the same name may be replaced. */
  readonly replace?: boolean;
}

/** Takes over what was read; writes nothing. */
export async function importInto(target: ImportTarget, read: readonly ReadSource[]): Promise<ImportResult> {
  const { file, before, begun, replace = false } = target;
  const plan = await planImport(
    read.flatMap(({ servers }) => servers),
    resolve(dirname(file)),
  );
  const { text, placings } = placeServers(before ?? manifestText(begun), plan.servers, { replace, file });
  const taken = plan.servers.map(({ name, found, notes }): ServerOutcome => {
    const outcome = placings.get(name)!;
    return { name, source: found.source, outcome, isOpen: outcome === 'clash', notes };
  });
  const leftOut = plan.leftOut.map(({ name, source, reason, isFine }): ServerOutcome => {
    return { name, source, outcome: 'left out', reason, isOpen: !isFine, notes: [] };
  });
  const needed = plan.servers
    .filter(({ name }) => placings.get(name) !== 'clash')
    .flatMap(({ needed }) => needed);
  return {
    file,
    text,
    isChanged: text !== before,
    servers: [...taken, ...leftOut],
    variables: distinct(needed),
    read,
  };
}

/** By name; of several uses the one that says more. */
function distinct(needed: readonly NeededVariable[]): NeededVariable[] {
  const byName = new Map<string, NeededVariable>();
  for (const variable of needed) {
    const known = byName.get(variable.name);
    byName.set(variable.name, known === undefined ? variable : { ...variable, ...known });
  }
  return [...byName.values()];
}
