/** The servers of several configurations as those of one manifest: each once, and what stands in the way. */
import { isDeepStrictEqual } from 'node:util';

import { CLIENTS } from '../clients/client.js';
import type { ClientSource, FoundServer } from '../clients/client-file.js';
import { importServer, namesIn, NotImported, type ImportedServer } from './server-import.js';
import { VariableNames } from './variable-names.js';

/** A server that is not taken over. */
export interface LeftOut {
  readonly name: string;
  readonly source: ClientSource;
  readonly reason: string;
  /** Whether nothing is lost by it. */
  readonly isFine: boolean;
}

/** What becomes of the servers that were found. */
export interface ImportPlan {
  readonly servers: readonly ImportedServer[];
  readonly leftOut: readonly LeftOut[];
}

/** Takes the servers over into a manifest of this folder; of two with one name the first. */
export async function planImport(found: readonly FoundServer[], folder: string): Promise<ImportPlan> {
  const servers = new Map<string, ImportedServer>();
  const leftOut: LeftOut[] = [];
  let names = new VariableNames();
  for (const name of found.flatMap(namesIn)) names.refer(name);
  for (const server of found) {
    const tried = new VariableNames(names);
    try {
      const imported = await importServer(server, folder, tried);
      checkAgainst([...servers.values()], imported);
      servers.set(server.name, imported);
      names = tried;
    } catch (error) {
      if (!(error instanceof NotImported)) throw error;
      const { name, source } = server;
      leftOut.push({ name, source, reason: error.message, isFine: error.isFine });
    }
  }
  return { servers: [...servers.values()], leftOut };
}

function checkAgainst(servers: readonly ImportedServer[], { name, entry }: ImportedServer): void {
  const twin = servers.find((server) => isDeepStrictEqual(server.entry, entry));
  if (twin !== undefined) throw new NotImported(`is the same as ${twin.name}${ownerText(twin)}`, true);
  const namesake = servers.find((server) => server.name === name);
  if (namesake !== undefined)
    throw new NotImported(`is another one than that${ownerText(namesake)}, which is taken over`);
}

function ownerText({ found: { source } }: ImportedServer): string {
  return source.client === undefined ? '' : ` of ${CLIENTS[source.client].title}`;
}
