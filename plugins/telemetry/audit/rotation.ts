/**
 * The files that are full: `audit.jsonl` is followed by `audit-00000001.jsonl`, and so on. The number says
 * the order, whatever clocks did, and as a text it sorts.
 */
import { basename, dirname, extname, join } from 'node:path';

import { AuditFile } from './audit-file.js';
import type { AuditDisk } from './disk.js';

/** The full files of one path. */
export class FullFiles {
  readonly #path: string;
  readonly #disk: AuditDisk;
  /** The number given last: its file may have been taken away since. */
  #highest = 0;

  constructor(path: string, disk: AuditDisk) {
    this.#path = path;
    this.#disk = disk;
  }

  /** Their paths, the oldest first. */
  async list(): Promise<readonly string[]> {
    const folder = dirname(this.#path);
    const names = await this.#disk.readdir(folder);
    return names
      .filter((name) => this.#numberOf(name) > 0)
      .sort((a, b) => this.#numberOf(a) - this.#numberOf(b))
      .map((name) => join(folder, name));
  }

  /** The file is full: gives its place free. */
  async add(): Promise<void> {
    const last = (await this.list()).at(-1);
    const highest = last === undefined ? 0 : this.#numberOf(basename(last));
    const number = Math.max(highest, this.#highest) + 1;
    await this.#disk.rename(this.#path, this.#pathOf(number));
    this.#highest = number;
  }

  /** The last record of them; undefined without any. */
  async lastLine(): Promise<string | undefined> {
    const last = (await this.list()).at(-1);
    if (last === undefined) return undefined;
    const file = await AuditFile.open(last, this.#disk);
    await file.close();
    return file.lastLine;
  }

  /** Removes the oldest beyond so many; what cannot be removed stays for the next time. */
  async keep(count: number): Promise<void> {
    const files = await this.list();
    for (const file of files.slice(0, Math.max(0, files.length - count))) {
      await this.#disk.unlink(file).catch(() => undefined);
    }
  }

  /** Writes down, where a file system needs it, under which names the files are. */
  async syncNames(): Promise<void> {
    const folder = await this.#disk.open(dirname(this.#path)).catch(() => undefined);
    await folder?.sync().catch(() => undefined);
    await folder?.close();
  }

  #pathOf(number: number): string {
    const extension = extname(this.#path);
    const stem = basename(this.#path, extension);
    const digits = String(number).padStart(DIGITS, '0');
    return join(dirname(this.#path), `${stem}-${digits}${extension}`);
  }

  /** 0 for every other file. */
  #numberOf(name: string): number {
    const extension = extname(this.#path);
    const start = `${basename(this.#path, extension)}-`;
    const digits = name.slice(start.length, start.length + DIGITS);
    return /^\d+$/.test(digits) && name === start + digits + extension ? Number(digits) : 0;
  }
}

const DIGITS = 8;
