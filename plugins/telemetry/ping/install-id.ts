/**
 * The id of an installation: a random UUID that says nothing of whom or where, kept in a file of the user's
 * state folder, which its owner alone may read. Where none can be kept, it lives as long as the process.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, rename, unlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

import type { Environment } from './opt-out.js';

/** An id. */
export interface InstallId {
  readonly id: string;
  /** Whether the next process will have the same. */
  readonly isKept: boolean;
}

/** The id that is kept in the folder; makes one where there is none. */
export async function installId(folder: string): Promise<InstallId> {
  const kept = await keptId(folder);
  if (kept !== undefined) return { id: kept, isKept: true };
  try {
    return { id: await keepNew(folder), isKept: true };
  } catch {
    return { id: PROCESS_ID, isKept: false };
  }
}

/** The id that is kept in the folder, where one is. */
export async function keptId(folder: string): Promise<string | undefined> {
  try {
    const file = await open(
      join(folder, FILE),
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(LONGEST), 0, LONGEST, 0);
      const text = buffer.toString('latin1', 0, bytesRead).trim();
      return UUID.test(text) ? text : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

/** Where programs keep what they remember of a user, on this platform. */
export function stateFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  const home = env['HOME'] ?? homedir();
  if (platform === 'win32')
    return join(absolute(env['LOCALAPPDATA']) ?? join(home, 'AppData', 'Local'), NAME);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', NAME);
  return join(absolute(env['XDG_STATE_HOME']) ?? join(home, '.local', 'state'), NAME);
}

const NAME = 'toolscript';
const FILE = 'install-id';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const LONGEST = 64;
/** One for all sinks of the process. */
const PROCESS_ID = randomUUID();

/** The file appears whole: of two processes that make one at the same time, both take the first one's. */
async function keepNew(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const id = randomUUID();
  const draft = join(folder, `${FILE}.${id}`);
  try {
    await writeFile(draft, `${id}\n`, { flag: 'wx', mode: 0o600 });
    await link(draft, join(folder, FILE));
    return id;
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== 'EEXIST') throw problem;
    return (await keptId(folder)) ?? (await replace(draft, folder, id));
  } finally {
    await unlink(draft).catch(() => undefined);
  }
}

/** What lies there is no id. */
async function replace(draft: string, folder: string, id: string): Promise<string> {
  await rename(draft, join(folder, FILE));
  return id;
}

function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}
