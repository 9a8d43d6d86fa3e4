/** Files that the command writes: as a whole or not at all. */
import { constants } from 'node:fs';
import { chmod, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';

import { MAX_MANIFEST_BYTES } from '../../../core/manifest/index.js';
import { fileFailure } from '../input-file.js';
import { UsageError } from '../usage-error.js';

/** The text of a file that will be written; undefined where there is none. */
export async function textToEdit(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    if (size > MAX_MANIFEST_BYTES)
      throw new UsageError(`read ${file}: found ${size} bytes, wanted at most ${MAX_MANIFEST_BYTES}`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new UsageError(`read ${file}: ${fileFailure(error)}`);
  }
}

/** How a file is written. */
export interface WriteChoice {
  /** Nobody else may read it. */
  readonly isSecret?: boolean;
}

/** Writes beside the file and puts that in its place; who may read it stays. A link stays one. */
export async function writeWhole(
  file: string,
  text: string,
  { isSecret = false }: WriteChoice = {},
): Promise<void> {
  const place = await realpath(file).catch(() => file);
  const beside = `${place}.${process.pid}.new`;
  try {
    const before = await stat(place).catch(() => undefined);
    const mode = isSecret ? 0o600 : (before?.mode ?? 0o644) & 0o777;
    await writeNew(beside, text, mode);
    if (before !== undefined || isSecret) await chmod(beside, mode);
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { force: true });
    throw new UsageError(`write ${file}: ${fileFailure(error)}`);
  }
}

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, NEW, mode);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}
