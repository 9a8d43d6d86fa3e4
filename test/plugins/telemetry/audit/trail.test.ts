import { spawn } from 'node:child_process';
import { appendFile, chmod, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';

import type { SinkHost, TelemetrySink } from '../../../../core/index.js';
import {
  createAuditSink,
  type AuditSettings,
  type AuditMachine,
} from '../../../../plugins/telemetry/audit/index.js';
import { HandClock } from '../../../support/hand-clock.js';
import { called, FailingDisk, Folder, linesOf } from './trail.js';

const NOON = Date.UTC(2026, 10, 23, 12);
const DAY_MS = 86_400_000;

describe('an audit trail', () => {
  let folder: Folder;
  const open: TelemetrySink[] = [];

  beforeEach(async () => (folder = await Folder.make()));
  afterEach(async () => {
    for (const sink of open.splice(0)) await sink.close?.();
    await folder.remove();
  });

  async function sinkOf(
    settings: Partial<AuditSettings> = {},
    machine: AuditMachine = {},
  ): Promise<TelemetrySink> {
    const sink = await createAuditSink({ file: folder.file, ...settings }, machine);
    open.push(sink);
    return sink;
  }

  async function closed(sink: TelemetrySink): Promise<void> {
    open.splice(open.indexOf(sink), 1);
    await sink.close?.();
  }

  /** Records so many calls, each with its number for an id. */
  function callsTo(sink: TelemetrySink, count: number, first = 0): void {
    for (let n = first; n < first + count; n += 1) sink.record(called({ callId: `run-1/${String(n)}` }));
  }

  async function callIds(): Promise<string[]> {
    return (await folder.records()).flatMap((record) => (record.kind === 'call' ? [record.callId] : []));
  }

  const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `run-1/${String(n)}`);

  it('holds every record of 10,000, in order, from the opening to the end', async () => {
    const sink = await sinkOf();
    callsTo(sink, 10_000);
    await closed(sink);
    expect(await callIds()).to.deep.equal(numbered(10_000));
    const kinds = (await folder.records()).map(({ kind }) => kind);
    expect([kinds[0], kinds.at(-1)]).to.deep.equal(['opened', 'closed']);
  });

  it('is for its owner alone, and says the time in UTC by the clock that it was given', async () => {
    const sink = await sinkOf({}, { utcMs: () => NOON + 7 });
    callsTo(sink, 1);
    await closed(sink);
    expect((await stat(folder.file)).mode & 0o777).to.equal(0o600);
    const times = new Set((await folder.records()).map(({ time }) => time));
    expect([...times]).to.deep.equal(['2026-11-23T12:00:00.007Z']);
  });

  it('goes on where it ended, after a restart', async () => {
    for (const round of [0, 1, 2]) {
      const sink = await sinkOf();
      callsTo(sink, 10, 10 * round);
      await closed(sink);
    }
    expect(await callIds()).to.deep.equal(numbered(30));
    const records = await folder.records();
    expect(new Set(records.map(({ boot }) => boot)).size).to.equal(3);
    expect(records.filter(({ seq }) => seq === 1).map(({ kind }) => kind)).to.deep.equal([
      'opened',
      'opened',
      'opened',
    ]);
  });

  it('goes over into a new file when one is full, under load, and loses and splits nothing', async () => {
    const sink = await sinkOf({ rotate: { bytes: 20_000 } });
    for (let round = 0; round < 20; round += 1) {
      callsTo(sink, 100, 100 * round);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await closed(sink);
    expect(await callIds()).to.deep.equal(numbered(2_000));
    const files = await folder.files();
    expect(files.length).to.be.greaterThan(20);
    for (const file of files) {
      const { size, mode } = await stat(file);
      expect(size).to.be.within(1, 20_000);
      expect(mode & 0o777).to.equal(0o600);
    }
  });

  it('begins a file with each day, UTC, also after a restart, whatever a clock does that goes back', async () => {
    let utcMs = NOON;
    const machine = { utcMs: () => utcMs };
    const settings = { rotate: { daily: true } };
    let sink = await sinkOf(settings, machine);
    callsTo(sink, 2);
    utcMs += DAY_MS / 2;
    callsTo(sink, 2, 2);
    utcMs -= 1;
    callsTo(sink, 2, 4);
    utcMs += 1;
    callsTo(sink, 2, 6);
    await closed(sink);
    utcMs += DAY_MS;
    sink = await sinkOf(settings, machine);
    callsTo(sink, 2, 8);
    await closed(sink);
    expect(await callIds()).to.deep.equal(numbered(10));
    const days = await Promise.all((await folder.files()).map(async (file) => (await linesOf(file)).length));
    expect(days).to.deep.equal([3, 7, 4]);
  });

  it('keeps so many full files', async () => {
    const sink = await sinkOf({ rotate: { bytes: 2_000, keep: 3 } });
    callsTo(sink, 100);
    await closed(sink);
    const files = await folder.files();
    expect(files).to.have.length(4);
    expect(files[0]).not.to.match(/0000000[1-9]/);
    expect((await callIds()).at(-1)).to.equal('run-1/99');
  });

  it('gives no number twice, though somebody takes full files away', async () => {
    const sink = await sinkOf({ rotate: { bytes: 1_024 } });
    callsTo(sink, 5);
    await sink.flush?.();
    const before = (await folder.files()).slice(0, -1);
    for (const file of before) await rm(file);
    callsTo(sink, 5, 5);
    await closed(sink);
    const after = (await folder.files()).slice(0, -1);
    expect(before.length).to.be.greaterThan(0);
    expect(after.length).to.be.greaterThan(0);
    expect(after.filter((file) => before.includes(file))).to.deep.equal([]);
  });

  it('goes on after the last full file, where the file itself is gone', async () => {
    let sink = await sinkOf();
    callsTo(sink, 3);
    await closed(sink);
    await rename(folder.file, join(folder.path, 'audit-00000007.jsonl'));
    sink = await sinkOf({ rotate: { bytes: 1_024 } });
    callsTo(sink, 3, 3);
    await closed(sink);
    expect(await callIds()).to.deep.equal(numbered(6));
    expect((await folder.files())[1]).to.match(/audit-00000008\.jsonl$/);
  });

  it('mends a last line that was torn, and says so', async () => {
    let sink = await sinkOf();
    callsTo(sink, 3);
    await closed(sink);
    await appendFile(folder.file, '{"v":1,"boot":"half of a rec');
    sink = await sinkOf();
    callsTo(sink, 3, 3);
    await closed(sink);
    expect(await callIds()).to.deep.equal(numbered(6));
    const mended = (await folder.records()).filter(({ kind }) => kind === 'mended');
    expect(mended).to.have.length(1);
    expect(mended[0]).to.include({ cutBytes: 28 });
  });

  it('touches no file that holds something else', async () => {
    for (const text of ['my diary\n', 'my diary', 'x'.repeat(600_000), '{"v":1}\n']) {
      await writeFile(folder.file, text);
      const failure = await rejection(createAuditSink({ file: folder.file, required: true }));
      expect(failure).to.have.property('code', 'config/invalid');
      expect(failure).to.match(/the file holds something else than audit records/);
      expect(await readFile(folder.file, 'utf8')).to.equal(text);
    }
  });

  it('follows no link, and opens nothing but a regular file of a folder that is there', async () => {
    const other = join(folder.path, 'other');
    await writeFile(other, '');
    await symlink(other, folder.file);
    const required = { file: folder.file, required: true };
    expect(await rejection(createAuditSink(required))).to.match(/it is a symbolic link/);
    expect(await readFile(other, 'utf8')).to.equal('');
    for (const [file, words] of [
      [folder.path, 'it is no regular file'],
      ['/dev/null', 'it is no regular file'],
      [join(folder.path, 'no/such.jsonl'), 'its folder is not there'],
      [join(other, 'x.jsonl'), 'the folder is not one \\(ENOTDIR\\)'],
    ] as const) {
      expect(await rejection(createAuditSink({ file }))).to.match(new RegExp(words));
    }
  });

  it('goes on in a new file when somebody moves its own away, or removes the folder', async () => {
    const sink = await sinkOf();
    callsTo(sink, 1);
    await sink.flush?.();
    await rename(folder.file, join(folder.path, 'audit-00000001.jsonl'));
    callsTo(sink, 1, 1);
    await sink.flush?.();
    expect(await callIds()).to.deep.equal(numbered(2));
    await rm(folder.path, { recursive: true });
    await mkdir(folder.path);
    callsTo(sink, 1, 2);
    await closed(sink);
    expect(await callIds()).to.deep.equal(['run-1/2']);
  });

  it('is written by two sinks of one process at once, as a reload has them', async () => {
    const first = await sinkOf();
    callsTo(first, 2);
    const second = await sinkOf({ rotate: { bytes: 1_024 } });
    callsTo(second, 2, 2);
    callsTo(first, 1, 4);
    await closed(first);
    callsTo(second, 5, 5);
    await closed(second);
    expect(await callIds()).to.deep.equal(numbered(10));
    expect((await folder.files()).length).to.be.greaterThan(1);
  });

  it('is for one process at a time; what a killed one left is taken over and mended', async () => {
    const child = await Child.start(folder.file);
    expect(await rejection(createAuditSink({ file: folder.file, required: true }))).to.match(
      new RegExp(`another process \\(${String(child.pid)}\\) writes the file`),
    );
    await child.kill();
    const left = (await readFile(folder.file, 'utf8')).split('\n');
    expect(left.length).to.be.greaterThan(100);
    for (const line of left.slice(0, -1)) JSON.parse(line);
    const sink = await sinkOf({ required: true });
    sink.record(called({ callId: 'after' }));
    await closed(sink);
    expect((await callIds()).at(-1)).to.equal('after');
  });

  describe('fsync', () => {
    it('always: after each write, before the next', async () => {
      const failing = new FailingDisk();
      const sink = await sinkOf({ fsync: 'always' }, { disk: failing.disk });
      for (let n = 0; n < 5; n += 1) {
        callsTo(sink, 1, n);
        await sink.flush?.();
        expect(failing.syncs).to.equal(failing.writes);
      }
    });

    it('interval: once in so many milliseconds, and only when something was written', async () => {
      const failing = new FailingDisk();
      const clock = new HandClock();
      const sink = await sinkOf({ fsync: 'interval', fsyncMs: 500 }, { disk: failing.disk, clock });
      const before = failing.syncs;
      for (let n = 0; n < 5; n += 1) {
        callsTo(sink, 1, n);
        await until(() => failing.written >= n + 2);
      }
      expect(failing.syncs).to.equal(before);
      await clock.advance(500);
      await until(() => failing.syncs === before + 1);
      await clock.advance(5_000);
      expect(failing.syncs).to.equal(before + 1);
    });

    it('never: not at all', async () => {
      const failing = new FailingDisk();
      const sink = await sinkOf({ fsync: 'never', rotate: { bytes: 1_024 } }, { disk: failing.disk });
      callsTo(sink, 100);
      await closed(sink);
      expect(failing.syncs).to.equal(0);
    });
  });

  describe('on a disk that fails', () => {
    let failing: FailingDisk;
    let clock: HandClock;
    let told: unknown[];
    const host: SinkHost = {
      changed: (up, reason) => void told.push(up ? 'works' : reason),
      dropped: (events, reason) => void told.push([events, reason]),
    };

    beforeEach(() => {
      failing = new FailingDisk();
      clock = new HandClock();
      told = [];
    });

    async function watched(settings: Partial<AuditSettings> = {}): Promise<TelemetrySink> {
      const sink = await sinkOf(settings, { disk: failing.disk, clock });
      sink.attach?.(host);
      return sink;
    }

    /** Lets it try again until it does as it should. */
    async function retried(isThere: () => boolean): Promise<void> {
      await until(isThere, () => clock.advance(30_000));
    }

    for (const [what, fails, partial] of [
      ['is full', { write: 'ENOSPC' }, 0],
      ['is full in the middle of a record', { write: 'ENOSPC' }, 700],
      ['is full in the middle of a record and cannot cut it off', { write: 'ENOSPC', truncate: 'EIO' }, 700],
      ['fails to force bytes out', { sync: 'EIO' }, 0],
      ['became read-only', { write: 'EROFS', open: 'EROFS' }, 0],
      ['cannot rename', { rename: 'EACCES' }, 0],
    ] as const) {
      it(`${what}: told once, and once when it is over; no record is lost or there twice`, async () => {
        const sink = await watched({ fsync: 'always', rotate: { bytes: 3_000 } });
        callsTo(sink, 5);
        await sink.flush?.();
        failing.fails = fails;
        failing.partial = partial;
        callsTo(sink, 40, 5);
        await retried(() => told.length > 0);
        for (let n = 0; n < 5; n += 1) await clock.advance(60_000);
        callsTo(sink, 5, 45);
        expect(told).to.have.length(1);
        expect(told[0]).to.match(/\((ENOSPC|EIO|EROFS|EACCES)\)$/);
        failing.fails = {};
        await retried(() => told.length > 1);
        await sink.flush?.();
        expect(told).to.have.length(2);
        expect(told[1]).to.equal('works');
        expect(await callIds()).to.deep.equal(numbered(50));
      });
    }

    it('tries again less and less often', async () => {
      const sink = await watched();
      failing.fails = { open: 'EIO', write: 'EIO' };
      callsTo(sink, 1);
      await until(() => told.length > 0);
      const before = failing.writes;
      failing.fails = { write: 'EIO' };
      for (let second = 0; second < 120; second += 1) {
        await clock.advance(1_000);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      expect(failing.writes - before).to.be.within(3, 14);
    });

    it('loses what finds no room in memory, counts it, tells it, and writes it down', async () => {
      const sink = await watched({ bufferBytes: 64 * 1024 });
      callsTo(sink, 1);
      await sink.flush?.();
      failing.fails = { write: 'ENOSPC' };
      callsTo(sink, 2_000, 1);
      await retried(() => told.length > 1);
      callsTo(sink, 10, 2_001);
      failing.fails = {};
      await retried(() => told.includes('works'));
      callsTo(sink, 1, 9_000);
      await closed(sink);
      const lost = told.flatMap((entry) => (Array.isArray(entry) ? [Number(entry[0])] : []));
      const sum = lost.reduce((one, other) => one + other, 0);
      const records = await folder.records();
      const gaps = records.flatMap((record) => (record.kind === 'gap' ? [record.records] : []));
      expect(gaps).to.have.length(1);
      expect(sum).to.be.greaterThan(1_000);
      expect(gaps[0]).to.equal(sum);
      const ids = await callIds();
      expect(ids.length + sum).to.equal(2_012);
      expect(ids.at(-1)).to.equal('run-1/9000');
    });

    it('stops no script, unless it is required: then new ones are refused until it works again', async () => {
      const optional = await watched();
      failing.fails = { write: 'ENOSPC' };
      callsTo(optional, 1);
      await retried(() => told.length > 0);
      expect(optional.refusal?.()).to.equal(undefined);
      const required = await sinkOf({ file: join(folder.path, 'b.jsonl') }, { disk: failing.disk, clock });
      expect(required.refusal?.()).to.equal(undefined);
      await closed(required);
      failing.fails = {};
      const strict = await sinkOf(
        { file: join(folder.path, 'c.jsonl'), required: true },
        { disk: failing.disk, clock },
      );
      expect(strict.refusal?.()).to.equal(undefined);
      failing.fails = { write: 'ENOSPC' };
      callsTo(strict, 1);
      await until(() => strict.refusal?.() !== undefined);
      expect(strict.refusal?.()).to.equal('audit: no space is left (ENOSPC)');
      failing.fails = {};
      await retried(() => strict.refusal?.() === undefined);
    });

    it('starts nonetheless, and tells whoever asks, unless it is required', async () => {
      failing.fails = { open: 'EROFS' };
      const machine = { disk: failing.disk, clock };
      const failure = await rejection(createAuditSink({ file: folder.file, required: true }, machine));
      expect(failure).to.have.property('code', 'config/invalid');
      expect(failure).to.match(/open the audit file .*: the file system is read-only \(EROFS\)/);
      const sink = await watched();
      expect(told).to.deep.equal(['the file system is read-only (EROFS)']);
      callsTo(sink, 3);
      failing.fails = {};
      await retried(() => told.length > 1);
      await sink.flush?.();
      expect(await callIds()).to.deep.equal(numbered(3));
    });

    it('says at its end what could not be written', async () => {
      const sink = await watched();
      failing.fails = { write: 'EIO' };
      callsTo(sink, 3);
      await closed(sink);
      expect(told.at(-1)).to.deep.equal([4, 'the disk reports an input/output error (EIO)']);
    });
  });

  it('is not stopped by a file of another mode', async () => {
    await writeFile(folder.file, '');
    await chmod(folder.file, 0o640);
    const sink = await sinkOf();
    callsTo(sink, 1);
    await closed(sink);
    expect((await stat(folder.file)).mode & 0o777).to.equal(0o640);
  });
});

/** A process that writes records until it is killed. */
class Child {
  readonly #process: ReturnType<typeof spawn>;

  private constructor(running: ReturnType<typeof spawn>) {
    this.#process = running;
  }

  /** Answers when records are written. */
  static async start(file: string): Promise<Child> {
    const script = fileURLToPath(new URL('./endless-writer.ts', import.meta.url));
    const running = spawn(process.execPath, ['--import', 'tsx', script, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => running.stdout.once('data', resolve));
    return new Child(running);
  }

  get pid(): number {
    return this.#process.pid!;
  }

  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await gone;
  }
}

/** Waits until something is so, which it becomes by itself. */
async function until(isSo: () => boolean, act?: () => Promise<void>): Promise<void> {
  while (!isSo()) {
    await act?.();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was taken'),
    (error: unknown) => error,
  );
}
