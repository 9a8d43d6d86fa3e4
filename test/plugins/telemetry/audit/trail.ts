/** What tests of the audit share: folders, events, files read back, disks that fail. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import * as promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import type { Events, TelemetryEvent } from '../../../../core/index.js';
import type { AuditDisk } from '../../../../plugins/telemetry/audit/index.js';
import { auditRecord, verifyTrail, type AuditRecord } from '../../../../plugins/telemetry/audit/index.js';

/** A folder for one test. */
export class Folder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<Folder> {
    return new Folder(await mkdtemp(join(tmpdir(), 'toolscript-audit-')));
  }

  get file(): string {
    return join(this.path, 'audit.jsonl');
  }

  /** All files of the trail, the oldest first. */
  async files(): Promise<string[]> {
    const names = await readdir(this.path);
    const full = names.filter((name) => /^audit-\d{8}\.jsonl$/.test(name)).sort();
    return [...full, 'audit.jsonl'].map((name) => join(this.path, name));
  }

  /** Every record of them; each is what the schema says, and follows from the one before. */
  async records(key?: string): Promise<AuditRecord[]> {
    const files = await this.files();
    const report = await verifyTrail(files, key);
    expect(report.faults).to.deep.equal([]);
    const records = (await Promise.all(files.map(linesOf)))
      .flat()
      .map((line) => auditRecord.parse(JSON.parse(line)));
    expect(records).to.have.length(report.records);
    return records;
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

/** The lines of a file that ends with a line feed. */
export async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  if (text === '') return [];
  expect(text.endsWith('\n')).to.equal(true);
  return text.slice(0, -1).split('\n');
}

/** The event of a call that went well. */
export function called(change: Partial<Events['tool.called']> = {}): TelemetryEvent {
  return {
    name: 'tool.called',
    callId: 'run-1/1',
    tool: 'fs.read',
    backend: 'fs',
    caller: { id: 'ann' },
    mode: 'script',
    runId: 'run-1',
    code: 'ok',
    status: 'succeeded',
    startedMs: 1,
    queuedMs: 0,
    ranMs: 5.5,
    resultBytes: 40,
    ...change,
  };
}

/** The real disk, on which what a test says fails. */
export class FailingDisk {
  /** The code of the error of every write, open or sync from now on. */
  fails: { write?: string; open?: string; sync?: string; rename?: string; truncate?: string } = {};
  /** Bytes of a failing write that get through before. */
  partial = 0;
  syncs = 0;
  writes = 0;
  /** Writes that have ended well. */
  written = 0;

  readonly disk: AuditDisk = {
    ...promises,
    open: async (...args: Parameters<typeof promises.open>) => {
      if (this.fails.open !== undefined) throw failure(this.fails.open);
      return this.#watched(await promises.open(...args));
    },
    rename: async (...args: Parameters<typeof promises.rename>) => {
      if (this.fails.rename !== undefined) throw failure(this.fails.rename);
      return promises.rename(...args);
    },
  };

  #watched(handle: FileHandle): FileHandle {
    return new Proxy(handle, {
      get: (target, name) => {
        if (name === 'write') return this.#write(target);
        if (name === 'datasync') return this.#sync(target);
        if (name === 'truncate' && this.fails.truncate !== undefined) {
          return () => Promise.reject(failure(this.fails.truncate!));
        }
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  }

  #write(handle: FileHandle) {
    return async (bytes: Buffer, offset: number, length: number) => {
      this.writes += 1;
      if (this.fails.write === undefined) {
        const answer = await handle.write(bytes, offset, length);
        this.written += 1;
        return answer;
      }
      if (this.partial > 0) await handle.write(bytes, offset, Math.min(length, this.partial));
      throw failure(this.fails.write);
    };
  }

  #sync(handle: FileHandle) {
    return async () => {
      this.syncs += 1;
      if (this.fails.sync !== undefined) throw failure(this.fails.sync);
      return handle.datasync();
    };
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: it fails`), { code });
}
