/** The configurations that are there, and the servers in them. */
import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { ClientName } from '../clients/client.js';
import {
  readClientFile,
  sourceOf,
  type ClientSource,
  type FoundServer,
  type ProjectChoice,
} from '../clients/client-file.js';
import { clientPlaces, type System } from '../clients/client-places.js';
import { UsageError } from '../usage-error.js';

/** One configuration that was read. */
export interface ReadSource {
  readonly source: ClientSource;
  readonly servers: readonly FoundServer[];
  /** Servers that it has for other projects. */
  readonly elsewhere: number;
  /** Why it cannot be read. */
  readonly problem?: string;
}

/** Which configurations are wanted. */
export interface Wanted {
  /** One that was named; else all that are there. */
  readonly file?: string;
  /** Whose. */
  readonly client?: ClientName;
  readonly allProjects?: boolean;
}

/** Reads them. One that was named must be readable, else it rejects with a {@link UsageError}. */
export async function gather(wanted: Wanted, system: System): Promise<ReadSource[]> {
  const projects = wanted.allProjects === true ? 'all' : { folder: resolve(system.folder) };
  if (wanted.file !== undefined) {
    const source = sourceOf(wanted.file, system, wanted.client);
    return [{ source, ...(await readClientFile(source, projects)) }];
  }
  const places = clientPlaces(system).filter(
    ({ client }) => wanted.client === undefined || client === wanted.client,
  );
  const there = await Promise.all(places.map(({ file }) => isThere(file)));
  return Promise.all(places.filter((_, index) => there[index]).map((place) => orProblem(place, projects)));
}

async function orProblem(source: ClientSource, projects: ProjectChoice): Promise<ReadSource> {
  try {
    return { source, ...(await readClientFile(source, projects)) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { source, servers: [], elsewhere: 0, problem: error.message };
  }
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
