/**
 * Gets records onto the disk, in order, beside whatever makes them.
 *
 * One loop writes what waits, many lines at once. When the disk fails, what waits stays in the queue, and the
 * loop tries again by itself, less and less often; whoever listens is told once that it fails and once that
 * it works again. A batch is in the file as a whole or is taken back and written again.
 */
import { hostname } from 'node:os';

import type { Clock } from '../../../core/index.js';
import { AuditFile, type KnownFile } from './audit-file.js';
import { diskReason, type AuditDisk } from './disk.js';
import { FileLock } from './file-lock.js';
import { chained, digestOf, NO_LINE_BEFORE, type ChainPlace } from './line-chain.js';
import { RecordQueue } from './record-queue.js';
import { FullFiles } from './rotation.js';
import type { CompleteSettings } from './settings.js';

/** What a trail is made with, besides its settings. */
export interface TrailParts {
  readonly disk: AuditDisk;
  readonly clock: Clock;
  /** Milliseconds since 1970, UTC. */
  readonly utcMs: () => number;
}

/** Hears how the trail does. */
export interface TrailListener {
  /** It fails, for this reason, or works again; undefined for the latter. */
  changed(reason: string | undefined): void;
  /** It tried to write, with or without success. */
  tried(): void;
}

/** Milliseconds before the first try after a failure, and the longest between two. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;
/** How long closing waits for a disk that does not answer. */
const LONGEST_CLOSING_MS = 5_000;
const MAX_BATCH_BYTES = 256 * 1024;

/** The records of one path. */
export class AuditTrail {
  readonly #path: string;
  readonly #parts: TrailParts;
  readonly #listeners = new Set<TrailListener>();
  readonly #queue: RecordQueue;
  readonly #full: FullFiles;
  #settings: CompleteSettings;
  #place: ChainPlace | undefined;
  #lock: FileLock | undefined;
  #file: AuditFile | undefined;
  #known: KnownFile | undefined;
  /** The day of the last record of the file. */
  #day: string | undefined;
  #work: Promise<void> | undefined;
  #failure: string | undefined;
  #retryMs = FIRST_RETRY_MS;
  #isDirty = false;
  #stopRetrying = (): void => undefined;
  #stopSyncing: (() => void) | undefined;

  constructor(path: string, settings: CompleteSettings, parts: TrailParts) {
    this.#path = path;
    this.#settings = settings;
    this.#parts = parts;
    this.#queue = new RecordQueue(() => this.#settings.bufferBytes);
    this.#full = new FullFiles(path, parts.disk);
    const { pid } = process;
    this.add({ kind: 'opened', pid, host: hostname(), keyed: settings.key !== undefined });
  }

  /** Why nothing can be written; undefined when it can. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** How many records wait to be written. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Goes on with other settings; the path and the key stay. */
  follow(settings: CompleteSettings): void {
    this.#settings = settings;
  }

  listen(listener: TrailListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Takes a record; answers whether there was room for it. */
  add(record: object): boolean {
    const time = this.#time();
    const isTaken = this.#queue.add(time, record);
    if (this.#failure === undefined) this.#work ??= this.#drain();
    return isTaken;
  }

  /** Returns when what was added until now is written, or cannot be. */
  async flush(): Promise<void> {
    await this.#work;
    if (this.#failure === undefined && this.#isDirty) await this.#attempt(() => this.#sync());
  }

  /** Tries once more to write what waits, and lets go of the file. */
  async close(): Promise<void> {
    let stopWaiting = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      stopWaiting = this.#parts.clock.after(LONGEST_CLOSING_MS, resolve);
    });
    await Promise.race([this.#close(), late]);
    stopWaiting();
  }

  async #close(): Promise<void> {
    this.#stopRetrying();
    await this.#work;
    this.#queue.add(this.#time(), { kind: 'closed' });
    await (this.#work = this.#drain());
    await this.flush();
    this.#stopRetrying();
    this.#stopSyncing?.();
    await this.#letGo();
    await this.#lock?.release();
  }

  /** Writes until nothing waits or the disk fails. */
  async #drain(): Promise<void> {
    await this.#attempt(async () => {
      while (!this.#queue.isEmpty) {
        await this.#writeSome();
        this.#tell((listener) => listener.tried());
        this.#queue.tellGap(this.#time());
      }
      if (this.#failure !== undefined && this.#isDirty) await this.#sync();
    });
    this.#work = undefined;
    if (this.#failure === undefined && !this.#queue.isEmpty) this.#work = this.#drain();
  }

  /** Acts on the disk; answers nothing, but has told what came of it. */
  async #attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      this.#recover();
    } catch (thrown) {
      this.#fail(diskReason(thrown));
    }
  }

  async #writeSome(): Promise<void> {
    let file = await this.#openFile();
    if (this.#isFull(file)) file = await this.#nextFile(file);
    const { lines, count, place } = this.#batchFor(file);
    const before = file.size;
    try {
      await file.append(lines);
      this.#isDirty = true;
      if (this.#settings.fsync === 'always') await this.#sync();
    } catch (thrown) {
      await this.#takeBack(file, before);
      throw thrown;
    }
    this.#place = place;
    this.#day = later(this.#day, this.#queue.at(count - 1)!.day);
    this.#queue.drop(count);
    if (this.#settings.fsync === 'interval') this.#syncLater();
  }

  /** The lines that go into the file at once: of one day, as far as there is room. */
  #batchFor(file: AuditFile): { lines: Buffer; count: number; place: ChainPlace } {
    const { rotate, key } = this.#settings;
    const chunks: string[] = [];
    const { day } = this.#queue.at(0)!;
    let place = this.#place!;
    let bytes = 0;
    for (let record = this.#queue.at(0); record !== undefined; record = this.#queue.at(chunks.length)) {
      const [line, next] = chained(record.body, place, key);
      const size = Buffer.byteLength(line);
      const isFirst = chunks.length === 0;
      if (!isFirst && (bytes + size > MAX_BATCH_BYTES || file.size + bytes + size > rotate.bytes)) break;
      if (rotate.daily && record.day !== day) break;
      chunks.push(line);
      bytes += size;
      place = next;
    }
    return { lines: Buffer.from(chunks.join('')), count: chunks.length, place };
  }

  /** Whether the next record belongs into another file. */
  #isFull(file: AuditFile): boolean {
    if (file.size === 0) return false;
    const { rotate, key } = this.#settings;
    const record = this.#queue.at(0)!;
    if (rotate.daily && this.#day !== undefined && record.day > this.#day) return true;
    const [line] = chained(record.body, this.#place!, key);
    return file.size + Buffer.byteLength(line) > rotate.bytes;
  }

  async #nextFile(file: AuditFile): Promise<AuditFile> {
    const { rotate, fsync } = this.#settings;
    if (fsync !== 'never') await file.sync();
    await this.#full.add();
    await this.#letGo();
    this.#known = undefined;
    this.#file = await AuditFile.open(this.#path, this.#parts.disk);
    if (fsync !== 'never') await this.#full.syncNames();
    if (rotate.keep !== undefined) await this.#full.keep(rotate.keep);
    return this.#file;
  }

  async #openFile(): Promise<AuditFile> {
    if (this.#file !== undefined) {
      if (await this.#file.isInPlace()) return this.#file;
      await this.#letGo();
      this.#known = undefined;
    }
    const { disk, clock } = this.#parts;
    if (this.#lock !== undefined && !(await this.#lock.isHeld())) {
      await this.#lock.release();
      this.#lock = undefined;
    }
    this.#lock ??= await FileLock.take(`${this.#path}.lock`, disk, clock);
    const file = await AuditFile.open(this.#path, disk, this.#known);
    this.#file = file;
    this.#place ??= await this.#placeAfter(file);
    if (file.cutBytes > 0) this.#queue.add(this.#time(), { kind: 'mended', cutBytes: file.cutBytes });
    return file;
  }

  /** Where the chain goes on: after what is there. */
  async #placeAfter(file: AuditFile): Promise<ChainPlace> {
    const lastLine = file.lastLine ?? (await this.#full.lastLine());
    if (file.lastLine !== undefined) this.#day = dayOf(file.lastLine);
    const prev = lastLine === undefined ? NO_LINE_BEFORE : digestOf(lastLine, this.#settings.key);
    return { boot: crypto.randomUUID(), seq: 1, prev };
  }

  async #takeBack(file: AuditFile, size: number): Promise<void> {
    await file.cutTo(size).catch(() => undefined);
    await this.#letGo();
    this.#known = { inode: file.inode, size };
  }

  async #letGo(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    if (file === undefined) return;
    this.#known = file.known;
    await file.close().catch(() => undefined);
  }

  async #sync(): Promise<void> {
    if (this.#settings.fsync === 'never') return;
    this.#isDirty = false;
    try {
      await this.#file?.sync();
    } catch (thrown) {
      this.#isDirty = true;
      throw thrown;
    }
  }

  #syncLater(): void {
    this.#stopSyncing ??= this.#parts.clock.after(this.#settings.fsyncMs, () => {
      this.#stopSyncing = undefined;
      if (this.#failure === undefined && this.#isDirty) void this.#attempt(() => this.#sync());
    });
  }

  #recover(): void {
    this.#retryMs = FIRST_RETRY_MS;
    this.#stopRetrying();
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    this.#tell((listener) => listener.changed(undefined));
  }

  #fail(reason: string): void {
    const isNew = this.#failure === undefined;
    this.#failure = reason;
    if (isNew) this.#tell((listener) => listener.changed(reason));
    this.#tell((listener) => listener.tried());
    this.#stopRetrying();
    this.#stopRetrying = this.#parts.clock.after(this.#retryMs, () => {
      this.#work ??= this.#drain();
    });
    this.#retryMs = Math.min(2 * this.#retryMs, LONGEST_RETRY_MS);
  }

  #tell(act: (listener: TrailListener) => void): void {
    for (const listener of this.#listeners) act(listener);
  }

  #time(): string {
    return new Date(this.#parts.utcMs()).toISOString();
  }
}

function later(one: string | undefined, other: string): string {
  return one !== undefined && one > other ? one : other;
}

function dayOf(line: string): string | undefined {
  return /"time":"(\d{4}-\d{2}-\d{2})T/.exec(line)?.[1];
}
