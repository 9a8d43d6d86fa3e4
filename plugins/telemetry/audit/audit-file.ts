/**
 * The one file that records are appended to, as long as it is open.
 *
 * Lines get into it whole or not at all. Opening mends what a killed process left: a last line without its
 * line feed is cut off. The file itself must not be a link: it is renamed when it is full.
 */
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

import type { AuditDisk } from './disk.js';
import { readTail } from './line-tail.js';

/** What this process wrote into a file before, and closed since a write failed. */
export interface KnownFile {
  readonly inode: number;
  /** Bytes; what is beyond them was half written. */
  readonly size: number;
}

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;

/** Follows no link, and waits for nobody at the other end of a pipe. Windows lacks both: then nothing is added. */
const FLAGS = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK;

/** Readable for its owner alone. */
const MODE = 0o600;

/** An open file. */
export class AuditFile {
  readonly inode: number;
  /** The last record that was there when it was opened. */
  readonly lastLine: string | undefined;
  /** Bytes of the torn record that was cut off. */
  readonly cutBytes: number;
  readonly #path: string;
  readonly #disk: AuditDisk;
  readonly #handle: FileHandle;
  #size: number;

  private constructor(
    path: string,
    disk: AuditDisk,
    handle: FileHandle,
    found: Pick<AuditFile, 'inode' | 'lastLine' | 'cutBytes' | 'size'>,
  ) {
    this.#path = path;
    this.#disk = disk;
    this.#handle = handle;
    this.inode = found.inode;
    this.lastLine = found.lastLine;
    this.cutBytes = found.cutBytes;
    this.#size = found.size;
  }

  /** Opens the file, or makes it; its folder must be there. */
  static async open(path: string, disk: AuditDisk, known?: KnownFile): Promise<AuditFile> {
    const handle = await disk.open(path, FLAGS, MODE);
    try {
      return new AuditFile(path, disk, handle, await mended(handle, known));
    } catch (thrown) {
      await handle.close().catch(() => undefined);
      throw thrown;
    }
  }

  /** Bytes. */
  get size(): number {
    return this.#size;
  }

  /** What is to be told when it is opened again. */
  get known(): KnownFile {
    return { inode: this.inode, size: this.#size };
  }

  /** Whether the path still leads to this very file: somebody may have moved or removed it. */
  async isInPlace(): Promise<boolean> {
    try {
      const { ino, size } = await this.#disk.stat(this.#path);
      return ino === this.inode && size >= this.#size;
    } catch {
      return false;
    }
  }

  /** Appends whole lines; when it throws, none of them is there, or opening again cuts them off. */
  async append(lines: Buffer): Promise<void> {
    for (let written = 0; written < lines.length;) {
      const { bytesWritten } = await this.#handle.write(lines, written, lines.length - written);
      if (bytesWritten === 0) throw new Error('nothing was written');
      written += bytesWritten;
    }
    this.#size += lines.length;
  }

  /** What was appended last is taken back. */
  async cutTo(size: number): Promise<void> {
    await this.#handle.truncate(size);
    this.#size = size;
  }

  /** Returns when what was appended is on the disk. */
  async sync(): Promise<void> {
    await this.#handle.datasync();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function mended(handle: FileHandle, known: KnownFile | undefined) {
  const stats = await handle.stat();
  const { ino: inode, size } = stats;
  if (!stats.isFile()) throw new Error('the path is no regular file');
  const ours = known?.inode === inode ? Math.min(known.size, size) : size;
  const { lastLine, wholeBytes } = await readTail(handle, ours);
  if (wholeBytes < size) await handle.truncate(wholeBytes);
  return { inode, lastLine, size: wholeBytes, cutBytes: ours - wholeBytes };
}
