/** The file system as the audit uses it: handed in, so that tests own its failures. */
import * as promises from 'node:fs/promises';

/** What is asked of it. */
export type AuditDisk = Pick<
  typeof promises,
  'link' | 'open' | 'readFile' | 'readdir' | 'rename' | 'stat' | 'unlink' | 'utimes'
>;

/** The machine's. */
export const systemDisk: AuditDisk = promises;

/** What a failing disk says, in words where it says a code that operators meet. */
export function diskReason(thrown: unknown): string {
  const code = codeOf(thrown);
  const words = code === undefined ? undefined : WORDS[code];
  if (words !== undefined) return `${words} (${code!})`;
  return thrown instanceof Error && thrown.message !== '' ? thrown.message : 'the disk failed';
}

/** The code of an error of the system, e.g. `ENOENT`. */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
    ? thrown.code
    : undefined;
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the quota is used up',
  EIO: 'the disk reports an input/output error',
  EISDIR: 'the path is a folder',
  ELOOP: 'the file is a symbolic link',
  EMFILE: 'too many files are open',
  ENOENT: 'the folder is not there',
  ENOSPC: 'no space is left',
  ENOTDIR: 'the folder is not one',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
};
