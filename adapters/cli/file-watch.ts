/**
 * Watches one file, however it is exchanged: written in place, replaced by another (editors), or reached
 * through links of which one is turned (Kubernetes ConfigMaps).
 *
 * The folders are watched, not the file, since it may become another. Where the system tells nothing, as on
 * some mounts, a look every few seconds must do. Only another content is a change.
 */
import { createHash } from 'node:crypto';
import { watch, type FSWatcher } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import type { Clock } from '../../core/index.js';

/** How a file is watched. */
export interface FileWatchOptions {
  readonly file: string;
  readonly clock: Clock;
  /** The content is another than at the last look; also when there is none any more. */
  readonly onChange: () => void;
}

/** An editor may take several steps to write a file. */
const SETTLE_MS = 200;
/** What else lies in the folder may be written all the time. */
const LONGEST_SETTLE_MS = 2_000;
const LOOK_MS = 5_000;

/** Begins with what the file holds when it is made. */
export class FileWatch {
  readonly #options: FileWatchOptions;
  readonly #folders = new Map<string, FSWatcher>();
  #looking: Promise<void>;
  #content: string | undefined;
  #cancel: () => void = () => undefined;
  /** When the first of the changes was told of that nobody looked at yet. */
  #touchedAt: number | undefined;
  #isClosed = false;

  constructor(options: FileWatchOptions) {
    this.#options = options;
    this.#looking = this.#begin();
  }

  /** Resolves once changes are seen. */
  get ready(): Promise<void> {
    return this.#looking;
  }

  /** Tells nothing any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#looking;
    for (const watcher of this.#folders.values()) watcher.close();
    this.#folders.clear();
  }

  async #begin(): Promise<void> {
    await this.#watchFolders();
    this.#content = await this.#read();
    this.#lookIn(LOOK_MS);
  }

  #lookIn(delayMs: number): void {
    this.#cancel();
    if (this.#isClosed) return;
    this.#cancel = this.#options.clock.after(delayMs, () => {
      this.#looking = this.#looking.then(() => this.#look());
    });
  }

  /** Something in one of the folders changed. */
  #touch(): void {
    const now = this.#options.clock.now();
    this.#touchedAt ??= now;
    this.#lookIn(Math.max(0, Math.min(SETTLE_MS, this.#touchedAt + LONGEST_SETTLE_MS - now)));
  }

  async #look(): Promise<void> {
    this.#touchedAt = undefined;
    await this.#watchFolders();
    const content = await this.#read();
    if (this.#isClosed) return;
    const isOther = content !== this.#content;
    this.#content = content;
    this.#lookIn(LOOK_MS);
    if (isOther) this.#options.onChange();
  }

  /** A digest of what the file holds; nothing where it cannot be read. */
  async #read(): Promise<string | undefined> {
    try {
      return createHash('sha256')
        .update(await readFile(this.#options.file))
        .digest('hex');
    } catch {
      return undefined;
    }
  }

  /** The folder by which the file is named, and the one in which it lies. */
  async #watchFolders(): Promise<void> {
    const named = resolve(this.#options.file);
    const real = await realpath(named).catch(() => named);
    if (this.#isClosed) return;
    const folders = new Set([dirname(named), dirname(real)]);
    for (const [folder, watcher] of this.#folders) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#folders.delete(folder);
    }
    for (const folder of folders) if (!this.#folders.has(folder)) this.#watchFolder(folder);
  }

  #watchFolder(folder: string): void {
    const forget = (): void => {
      this.#folders.get(folder)?.close();
      this.#folders.delete(folder);
    };
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#touch());
      watcher.on('error', forget);
      this.#folders.set(folder, watcher);
    } catch {
      // The system watches nothing here: the looks every few seconds remain.
    }
  }
}
