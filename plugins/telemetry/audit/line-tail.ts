/** Reads the end of a file of lines: its last whole record, and what was torn off behind it. */
import type { FileHandle } from 'node:fs/promises';

import { LINE_START } from './line-chain.js';

/** No record is longer: names are cut, claims are bounded. */
export const LONGEST_LINE_BYTES = 128 * 1024;

/** The end of a file. */
export interface LineTail {
  /** Without its line feed; undefined where there is none. */
  readonly lastLine: string | undefined;
  /** Bytes of whole lines: what comes after them was not written to its end. */
  readonly wholeBytes: number;
}

/** Throws for a file that holds something else than records, which nobody may cut. */
export async function readTail(handle: FileHandle, size: number): Promise<LineTail> {
  const length = Math.min(size, 2 * LONGEST_LINE_BYTES);
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, size - length);
  if (bytesRead !== length) throw new Error('the file changed while it was opened');
  const end = bytes.lastIndexOf(LINE_FEED);
  const torn = bytes.subarray(end + 1);
  if (torn.length > 0 && !isTorn(torn)) throw foreign();
  if (end === -1 && size > length) throw foreign();
  const wholeBytes = size - torn.length;
  if (end <= 0) return { lastLine: undefined, wholeBytes };
  const lastLine = bytes.subarray(bytes.lastIndexOf(LINE_FEED, end - 1) + 1, end).toString();
  if (!lastLine.startsWith(LINE_START)) throw foreign();
  return { lastLine, wholeBytes };
}

const LINE_FEED = 0x0a;

/** The beginning of a record; after a loss of power zeros may stand where nothing was written. */
function isTorn(bytes: Buffer): boolean {
  const start = Buffer.from(LINE_START).subarray(0, bytes.length);
  return bytes[0] === 0 || bytes.subarray(0, start.length).equals(start);
}

function foreign(): Error {
  return new Error('the file holds something else than audit records');
}
