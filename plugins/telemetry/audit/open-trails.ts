/**
 * The trails that this process writes, each under the real path of its file.
 *
 * An edited manifest makes its sinks before those of the last one are closed: both then write the same trail.
 */
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { ToolscriptError } from '../../../core/index.js';
import { AuditTrail, type TrailParts } from './audit-trail.js';
import { codeOf, diskReason } from './disk.js';
import type { CompleteSettings } from './settings.js';

/** A trail, and how to let go of it. */
export interface TrailLease {
  readonly trail: AuditTrail;
  /** The last one closes the trail; answers how many records could not be written by then. */
  release(): Promise<number>;
}

interface OpenTrail {
  readonly trail: AuditTrail;
  readonly key: string | undefined;
  leases: number;
  closing?: Promise<void>;
}

const trails = new Map<string, OpenTrail>();

/** Rejects with `config/invalid` for a folder that is not there, and another key than the one in use. */
export async function leaseTrail(settings: CompleteSettings, parts: TrailParts): Promise<TrailLease> {
  const path = await realPathOf(settings.file);
  for (let before = trails.get(path)?.closing; before !== undefined; before = trails.get(path)?.closing) {
    await before;
  }
  const open = trails.get(path) ?? {
    trail: new AuditTrail(path, settings, parts),
    key: settings.key,
    leases: 0,
  };
  if (open.key !== settings.key) throw fault(settings.file, 'its key cannot change while it is written');
  trails.set(path, open);
  open.leases += 1;
  open.trail.follow(settings);
  return { trail: open.trail, release: () => release(path, open) };
}

async function release(path: string, open: OpenTrail): Promise<number> {
  open.leases -= 1;
  if (open.leases > 0) return 0;
  open.closing = open.trail.close();
  await open.closing;
  trails.delete(path);
  return open.trail.waiting;
}

/** The path whose folder is no link. Throws where the folder is not there, and for what is no regular file. */
export async function realPathOf(file: string): Promise<string> {
  const path = resolve(file);
  try {
    const folder = await realpath(dirname(path));
    const real = join(folder, basename(path));
    const found = await lstat(real).catch(unlessAbsent);
    if (found?.isSymbolicLink() === true) throw fault(file, 'it is a symbolic link');
    if (found?.isFile() === false) throw fault(file, 'it is no regular file');
    return real;
  } catch (thrown) {
    if (thrown instanceof ToolscriptError) throw thrown;
    throw fault(file, codeOf(thrown) === 'ENOENT' ? 'its folder is not there' : diskReason(thrown));
  }
}

function unlessAbsent(thrown: unknown): undefined {
  if (codeOf(thrown) !== 'ENOENT') throw thrown;
}

/** What cannot be started. */
export function fault(file: string, what: string): ToolscriptError {
  return new ToolscriptError({ code: 'config/invalid', message: `open the audit file ${file}: ${what}` });
}
