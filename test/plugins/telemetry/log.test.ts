import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { expect } from 'chai';

import { ToolscriptError, type Caller, type TelemetryEvent, type Usage } from '../../../core/index.js';
import { loadManifest, ManifestError, resolvePlugins } from '../../../core/manifest/index.js';
import logPlugin, { createLogSink } from '../../../plugins/telemetry/log/index.js';

const SECRET = 'hunter2-and-more';

/** A caller whose claims and session nobody may read. */
const caller: Caller = { id: 'ann', claims: { token: SECRET }, session: SECRET };

const scriptHash = 'ab'.repeat(32);

const usage: Usage = {
  steps: 12,
  memoryBytes: 340,
  toolCalls: 2,
  branches: 0,
  parallelPeak: 1,
  outputBytes: 4,
  logBytes: 0,
  wallTimeMs: 12.3456,
  waitMs: 7.04,
};

const started = {
  name: 'script.started',
  runId: 'r1',
  caller,
  scriptHash,
  runtime: 'starlark',
  scriptBytes: 99,
  tools: 3,
  queuedMs: 0.25,
} as const satisfies TelemetryEvent;
const finished = {
  name: 'script.finished',
  runId: 'r1',
  caller,
  scriptHash,
  runtime: 'starlark',
  code: 'ok',
  usage,
  resultBytes: 40,
  savedTokens: 9,
} as const satisfies TelemetryEvent;
const refused = {
  name: 'script.refused',
  runId: 'r1',
  caller,
  scriptHash,
  runtime: 'starlark',
  code: 'tool/denied',
  queuedMs: 0,
} as const satisfies TelemetryEvent;
const called = {
  name: 'tool.called',
  callId: 'r1/1',
  tool: 'fs.read',
  caller,
  mode: 'script',
  runId: 'r1',
  code: 'ok',
  status: 'succeeded',
  startedMs: 1.234,
  queuedMs: 0,
  ranMs: 5.55,
  resultBytes: 40,
} as const satisfies TelemetryEvent;

type Line = Record<string, unknown>;

/** A stream that keeps what is written. */
class Memory extends Writable {
  readonly chunks: string[] = [];
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk.toString());
    done();
  }
  get lines(): Line[] {
    return parsed(this.chunks.join(''));
  }
}

function parsed(text: string): Line[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

/** The lines of the events, without what differs from run to run. */
function linesOf(...events: TelemetryEvent[]): Line[] {
  const stream = new Memory();
  const sink = createLogSink({ stream });
  for (const event of events) sink.record(event);
  return stream.lines.map(({ time, pid, ...line }) => {
    expect(new Date(String(time)).toISOString()).to.equal(time);
    expect(pid).to.equal(process.pid);
    return line;
  });
}

describe('the log sink', () => {
  it('writes one line for each event of a script', () => {
    expect(linesOf(started, called, finished)).to.deep.equal([
      {
        level: 'info',
        name: 'toolscript',
        event: 'script.started',
        runId: 'r1',
        caller: 'ann',
        scriptHash,
        runtime: 'starlark',
        scriptBytes: 99,
        tools: 3,
        queuedMs: 0.3,
        msg: 'script started',
      },
      {
        level: 'info',
        name: 'toolscript',
        event: 'tool.called',
        callId: 'r1/1',
        tool: 'fs.read',
        caller: 'ann',
        mode: 'script',
        runId: 'r1',
        code: 'ok',
        status: 'succeeded',
        startedMs: 1.2,
        queuedMs: 0,
        ranMs: 5.6,
        resultBytes: 40,
        msg: 'tool called',
      },
      {
        level: 'info',
        name: 'toolscript',
        event: 'script.finished',
        runId: 'r1',
        caller: 'ann',
        scriptHash,
        runtime: 'starlark',
        code: 'ok',
        ...usage,
        wallTimeMs: 12.3,
        waitMs: 7,
        resultBytes: 40,
        savedTokens: 9,
        msg: 'script finished',
      },
    ]);
  });

  it('writes why the policy refused', () => {
    const denied = { method: 'resources/read', caller: { id: 'ann' }, code: 'context/denied' } as const;
    const lines = linesOf(
      { ...refused, reason: 'no scripts today' },
      { name: 'context.denied', ...denied, reason: 'not that one' },
      { name: 'context.denied', ...denied },
    );
    expect(lines[0]).to.include({ level: 'warn', code: 'tool/denied', reason: 'no scripts today' });
    expect(lines[1]).to.include({ ...denied, caller: 'ann', level: 'warn', reason: 'not that one' });
    expect(lines[2]).not.to.have.property('reason');
  });

  it('writes what the optimizer spares', () => {
    const figures = { finds: 2, baselineTokens: 900, listedTokens: 200, foundTokens: 100 };
    const caller = { id: 'ann', session: 'a secret' };
    const [line] = linesOf({ name: 'savings.measured', caller, sessionId: 'session-1', ...figures });
    expect(line).to.include({ level: 'info', msg: 'savings measured', sessionId: 'session-1', ...figures });
    expect(JSON.stringify(line)).not.to.contain('secret');
  });

  it('writes what backends and sinks do', () => {
    const lines = linesOf(
      { name: 'backend.changed', backend: 'fs', up: true, tools: 4, problems: [] },
      { name: 'backend.changed', backend: 'db', up: false, tools: 0, problems: ['exited'] },
      { name: 'sink.muted', sink: 'otlp', failures: 1, message: 'refused' },
      { name: 'sink.changed', sink: 'audit', up: false, reason: 'disk full' },
      { name: 'sink.changed', sink: 'audit', up: true },
    );
    expect(lines.map(({ level, event, msg }) => [level, event, msg])).to.deep.equal([
      ['info', 'backend.changed', 'backend up'],
      ['warn', 'backend.changed', 'backend down'],
      ['error', 'sink.muted', 'sink muted'],
      ['error', 'sink.changed', 'sink fails'],
      ['info', 'sink.changed', 'sink works again'],
    ]);
    expect(lines[1]).to.deep.include({ backend: 'db', up: false, tools: 0, problems: ['exited'] });
    expect(lines[2]).to.include({ sink: 'otlp', failures: 1, reason: 'refused' });
  });

  const levels: readonly (readonly [TelemetryEvent, string, string])[] = [
    [{ ...finished, code: 'script/runtime' }, 'warn', 'script failed'],
    [{ ...finished, code: 'cancelled' }, 'warn', 'script failed'],
    [{ ...finished, code: 'internal' }, 'error', 'script failed'],
    [{ ...called, code: 'tool/failed' }, 'warn', 'tool call failed'],
    [{ ...called, code: 'tool/denied', reason: 'not on Sundays' }, 'warn', 'tool call failed'],
    [{ ...called, code: 'internal' }, 'error', 'tool call failed'],
  ];
  for (const [event, level, msg] of levels) {
    it(`writes ${event.name} with ${'code' in event ? event.code : ''} as ${level}`, () => {
      expect(linesOf(event)[0]).to.include({ level, msg });
    });
  }

  it('writes nothing of a caller but the id, and no field that it does not know', () => {
    const planted = { script: SECRET, args: { key: SECRET }, result: SECRET, data: SECRET, error: SECRET };
    const stream = new Memory();
    const sink = createLogSink({ stream });
    for (const event of [started, called, finished]) sink.record(Object.assign({ ...planted }, event));
    sink.record({ ...finished, usage: Object.assign({ ...planted }, usage) });
    expect(stream.lines).to.have.length(4);
    expect(stream.chunks.join('')).not.to.contain(SECRET);
  });

  it('keeps hostile names on one line, and short', () => {
    const stream = new Memory();
    createLogSink({ stream }).record({
      ...called,
      tool: `a\n{"level":"error"}\u2028${'x'.repeat(1_000_000)}`,
    });
    expect(stream.chunks.join('')).to.have.length.below(2_000);
    expect(stream.lines).to.have.length(1);
  });

  it('writes from its level up, under its name', () => {
    const stream = new Memory();
    const sink = createLogSink({ stream, level: 'warn', name: 'gate' });
    sink.record(started);
    sink.record({ ...finished, code: 'limit/steps' });
    expect(stream.lines.map(({ name, event }) => [name, event])).to.deep.equal([['gate', 'script.finished']]);
  });

  it('throws once its stream has failed, so that it is muted', async () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) });
    const sink = createLogSink({ stream });
    sink.record(started);
    await new Promise((resolve) => setImmediate(resolve));
    expect(() => sink.record(finished)).to.throw('disk full');
    await sink.flush?.();
    await sink.close?.();
  });

  it('loses lines rather than memory when its stream does not keep up, and says how many', () => {
    const waiting: (() => void)[] = [];
    const chunks: string[] = [];
    const stream = new Writable({
      decodeStrings: false,
      write(chunk: string, _encoding, done) {
        chunks.push(chunk);
        waiting.push(done);
      },
    });
    const sink = createLogSink({ stream });
    stream.write('x'.repeat(17 * 1024 * 1024));
    for (let n = 0; n < 5; n += 1) sink.record(called);
    waiting.shift()?.();
    sink.record(finished);
    for (let done = waiting.shift(); done !== undefined; done = waiting.shift()) done();
    const lines = parsed(chunks.slice(1).join(''));
    expect(lines.map(({ event, lines: lost }) => [event, lost])).to.deep.equal([
      ['log.lost', 5],
      ['script.finished', undefined],
    ]);
  });

  describe('as a plugin', () => {
    let folder: string;
    before(async () => (folder = await mkdtemp(join(tmpdir(), 'toolscript-log-'))));
    after(() => rm(folder, { recursive: true, force: true }));

    async function load(settings: object) {
      const entry = { use: 'toolscript/plugins/telemetry/log', with: settings };
      const [loaded] = await resolvePlugins(await loadManifest({ plugins: [entry] }, { folder }));
      return loaded!;
    }

    it('is one of the kind sink', () => {
      expect(logPlugin).to.include({ name: 'log', kind: 'sink' });
    });

    it('appends to a file of the folder; flush and close bring out every line', async () => {
      const { config } = await load({ destination: 'runs.log', level: 'info' });
      const file = join(folder, 'runs.log');
      for (const round of [1, 2]) {
        const sink = await logPlugin.create(config as never, { folder });
        for (let n = 0; n < 500; n += 1) sink.record(called);
        await sink.flush?.();
        expect(parsed(await readFile(file, 'utf8'))).to.have.length(round * 501 - 1);
        sink.record(finished);
        await sink.close?.();
        await sink.close?.();
        expect(parsed(await readFile(file, 'utf8'))).to.have.length(round * 501);
      }
    });

    it('refuses a file that cannot be opened before anything is logged', async () => {
      const { config } = await load({ destination: 'no/such/folder/runs.log' });
      let failure: unknown;
      await Promise.resolve(logPlugin.create(config as never, { folder })).catch((error: unknown) => {
        failure = error;
      });
      expect(failure).to.have.property('code', 'ENOENT');
    });

    it('names faulty settings by path', async () => {
      try {
        await load({ level: 'loud', destination: '', colour: true });
        expect.fail('the settings were taken');
      } catch (error) {
        expect(error).to.be.instanceOf(ManifestError).and.instanceOf(ToolscriptError);
        expect(
          (error as ManifestError).faults.map(({ path, message }) => [path.join('.'), message]),
        ).to.deep.equal([
          ['plugins.0.with.level', 'wanted one of debug, info, warn, error, silent'],
          ['plugins.0.with.destination', 'wanted stderr, or the path of a file'],
          ['plugins.0.with', 'Unrecognized key: "colour"'],
        ]);
      }
    });
  });
});
