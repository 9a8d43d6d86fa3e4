/**
 * Keeps a file for one process: a second one that writes would tear the chain of its records.
 *
 * A lock lies beside the file and says who holds it. Where that process runs under the same system (boot and
 * process namespace) it is looked at whether it still does; of any other, a lock that was not renewed for
 * {@link STALE_MS} is left over. A process that was killed leaves a lock that the next one takes over.
 */
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

import { isJsonObject, type Clock, type Json } from '../../../core/index.js';
import { codeOf, type AuditDisk } from './disk.js';

const RENEW_MS = 10_000;
const STALE_MS = 30_000;

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  /** Where the pid means something. */
  readonly place: string;
  /** When that process began, as the system counts: pids come again. */
  readonly start: string;
  /** This lock's. */
  readonly id: string;
}

/** A lock that is held. */
export class FileLock {
  readonly #path: string;
  readonly #disk: AuditDisk;
  readonly #clock: Clock;
  readonly #id: string;
  #stopRenewing = (): void => undefined;

  private constructor(path: string, disk: AuditDisk, clock: Clock, id: string) {
    this.#path = path;
    this.#disk = disk;
    this.#clock = clock;
    this.#id = id;
    this.#renewLater();
  }

  /** Rejects when another process has it. */
  static async take(path: string, disk: AuditDisk, clock: Clock): Promise<FileLock> {
    const own: Holder = {
      pid: process.pid,
      place: await placeOf(),
      start: await startOf(process.pid),
      id: crypto.randomUUID(),
    };
    if (!(await laid(path, disk, own))) {
      await removeStale(path, disk, own);
      if (!(await laid(path, disk, own))) throw taken();
    }
    return new FileLock(path, disk, clock, own.id);
  }

  /** Whether it still lies there: somebody may have removed the folder. */
  async isHeld(): Promise<boolean> {
    return (await holderOf(this.#path, this.#disk))?.id === this.#id;
  }

  async release(): Promise<void> {
    this.#stopRenewing();
    if (await this.isHeld()) await this.#disk.unlink(this.#path).catch(() => undefined);
  }

  #renewLater(): void {
    this.#stopRenewing = this.#clock.after(RENEW_MS, () => {
      const now = new Date();
      void this.#disk.utimes(this.#path, now, now).catch(() => undefined);
      this.#renewLater();
    });
  }
}

/** Lays the lock there with its text in one step; answers whether there was none. */
async function laid(path: string, disk: AuditDisk, own: Holder): Promise<boolean> {
  const draft = `${path}.${own.id}`;
  const handle = await disk.open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(JSON.stringify(own)).finally(() => handle.close());
    await disk.link(draft, path);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false;
    throw thrown;
  } finally {
    await disk.unlink(draft).catch(() => undefined);
  }
}

async function removeStale(path: string, disk: AuditDisk, own: Holder): Promise<void> {
  const holder = await holderOf(path, disk);
  if (await isAtWork(path, disk, holder, own)) throw taken(holder);
  const aside = `${path}.${own.id}`;
  try {
    await disk.rename(path, aside);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return;
    throw thrown;
  }
  // Another process may have been faster: then what was moved is its lock, and goes back.
  const moved = await holderOf(aside, disk);
  if (moved?.id !== holder?.id) await disk.link(aside, path).catch(() => undefined);
  await disk.unlink(aside);
}

async function isAtWork(
  path: string,
  disk: AuditDisk,
  holder: Holder | undefined,
  own: Holder,
): Promise<boolean> {
  if (holder?.place === own.place)
    return isRunning(holder.pid) && (await startOf(holder.pid)) === holder.start;
  const age = await disk.stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );
  return age < STALE_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) === 'EPERM';
  }
}

/** Undefined for no lock, and for a text that is none. */
async function holderOf(path: string, disk: AuditDisk): Promise<Holder | undefined> {
  try {
    const holder: unknown = JSON.parse(await disk.readFile(path, 'utf8'));
    return isHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  if (!isJsonObject(value)) return false;
  const { pid, place, start, id } = value as Record<string, Json>;
  return (
    Number.isInteger(pid) && Number(pid) > 0 && [place, start, id].every((text) => typeof text === 'string')
  );
}

async function placeOf(): Promise<string> {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return `${boot.trim()} ${await readlink('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** The 22nd field of the process's `stat`; the second is a name in brackets that may hold anything. */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function taken(holder?: Holder): Error {
  const who = holder === undefined ? 'another process' : `another process (${String(holder.pid)})`;
  return new Error(`${who} writes the file`);
}
