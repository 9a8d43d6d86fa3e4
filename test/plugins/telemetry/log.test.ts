import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { expect } from 'chai';

import {
  createRedaction,
  DEFAULT_LIMITS,
  ToolscriptError,
  type Caller,
  type TelemetryEvent,
  type Usage,
} from '../../../core/index.js';
import { loadManifest, ManifestError, resolvePlugins } from '../../../core/manifest/index.js';
import logPlugin, { createLogSink, type LogOptions } from '../../../plugins/telemetry/log/index.js';

const SECRET = 'hunter2-and-more';

/** A caller whose claims nobody may read. */
const caller: Caller = { id: 'ann', claims: { token: SECRET }, session: 's1' };

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
  limits: DEFAULT_LIMITS,
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

/** Streams tell of what they did a turn later. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** The lines of the events, without what differs from run to run. */
function linesOf(...events: TelemetryEvent[]): Line[] {
  return linesWith({}, ...events);
}

/** The same with settings; all lines, unless these say otherwise. */
function linesWith(options: LogOptions, ...events: TelemetryEvent[]): Line[] {
  const stream = new Memory();
  const sink = createLogSink({ level: 'debug', ...options, stream });
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
        level: 'debug',
        name: 'toolscript',
        event: 'script.started',
        runId: 'r1',
        caller: 'ann',
        session: 's1',
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
        session: 's1',
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
        session: 's1',
        scriptHash,
        runtime: 'starlark',
        code: 'ok',
        ...usage,
        wallTimeMs: 12.3,
        computeMs: 5.3,
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
    const caller = { id: 'ann', session: 's1', claims: { token: 'a secret' } };
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
    const sink = createLogSink({ stream, level: 'debug' });
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

  it('spells out what terminals obey, and what others take for the end of a line', () => {
    const stream = new Memory();
    createLogSink({ stream }).record({ ...called, tool: 'a\u001b[2J\u009b31m\u2028b\u2029\u202ec' });
    const text = stream.chunks.join('');
    expect(text).to.include('a\\u001b[2J\\u009b31m\\u2028b\\u2029\\u202ec');
    expect(text).to.match(/^[\x20-\x7e]+\n$/);
    expect(stream.lines[0]).to.include({ tool: 'a\u001b[2J\u009b31m\u2028b\u2029\u202ec' });
  });

  it('writes where in a trace something stands, by the names of OpenTelemetry', () => {
    const trace = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, baggage: SECRET };
    const place = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16), trace_flags: '01' };
    const met = { name: 'limit.met', limit: 'steps', bound: 1, caller } as const;
    for (const event of [started, refused, finished, called, met]) {
      const [line] = linesOf({ ...event, trace });
      expect(line, event.name).to.include(place);
      expect(JSON.stringify(line)).not.to.include(SECRET);
      expect(linesOf(event)[0]).not.to.have.any.keys('trace_id', 'span_id', 'trace_flags');
    }
  });

  it('writes requests: who asked what, how, and what came of it', () => {
    const request = {
      requestId: 'q1',
      caller,
      method: 'tools/call',
      target: 'fs.read',
      transport: 'http',
      protocolVersion: '2026-07-28',
      rpcId: 'Bearer hunter2-and-more',
    } as const;
    const [begun, failed] = linesOf(
      { name: 'request.started', ...request },
      { name: 'request.finished', ...request, code: 'tool/unknown', rpcCode: -32_602, ranMs: 1.26 },
    );
    const subject = { ...request, caller: 'ann', rpcId: 'Bearer [redacted]' };
    expect(begun).to.include({ level: 'debug', msg: 'request started', ...subject });
    expect(failed).to.include({
      level: 'warn',
      msg: 'request failed',
      ...subject,
      rpcCode: -32_602,
      ranMs: 1.3,
    });
  });

  it('writes where a script failed, and by which tool', () => {
    const position = { line: 3, column: 14 };
    const [line] = linesOf({ ...finished, code: 'tool/failed', position, tool: 'fs.read' });
    expect(line).to.deep.include({ code: 'tool/failed', position, tool: 'fs.read' });
  });

  it('strikes secrets out of whatever text it is given', () => {
    const secret = 'password=hunter2';
    const texts: TelemetryEvent[] = [
      { ...called, tool: secret, backend: secret, caller: { id: secret }, reason: secret },
      { ...finished, runtime: secret, tool: secret },
      { ...refused, reason: secret },
      { name: 'backend.changed', backend: secret, up: false, tools: 0, problems: [secret, secret] },
      { name: 'sink.muted', sink: secret, failures: 1, message: secret },
      { name: 'index.failed', index: secret, message: secret },
    ];
    const lines = linesOf(...texts);
    expect(lines).to.have.length(texts.length);
    expect(JSON.stringify(lines)).to.include('password=[redacted]').and.not.include('hunter2');
  });

  it('strikes out what it is told to', async () => {
    const redact = await createRedaction(['CUST-\\d+']);
    const [line] = linesWith({ redact }, { ...called, tool: 'CUST-12', reason: 'password=hunter2' });
    expect(line).to.include({ tool: '[redacted]', reason: 'password=[redacted]' });
  });

  it('writes the content that it asked for, cut and without secrets', () => {
    const content = {
      script: `${'x'.repeat(30)} and more`,
      logs: ['one', 'password=hunter2'],
      result: '{"api_key":"hunter2"}',
    };
    const stream = new Memory();
    const sink = createLogSink({ stream, content: ['script', 'logs', 'result'], contentLength: 30 });
    expect(sink.content).to.deep.equal(['script', 'logs', 'result']);
    expect(createLogSink({ stream }).content).to.deep.equal([]);
    sink.record({ ...finished, content });
    sink.record({ ...finished, content: {} });
    expect(stream.lines[0]!['content']).to.deep.equal({
      script: `${'x'.repeat(29)}…`,
      logs: 'one\npassword=[redacted]',
      result: '{"api_key":"[redacted]"}',
    });
    expect(stream.lines[1]).not.to.have.property('content');
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
    sink.record(called);
    await settled();
    expect(() => sink.record(finished)).to.throw('disk full');
    await sink.flush?.();
    await sink.close?.();
  });

  it('loses lines rather than memory when its stream does not keep up, and says how many', async () => {
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
    const told: unknown[] = [];
    sink.attach?.({ dropped: (...what) => void told.push(what), changed: () => undefined });
    stream.write('x'.repeat(17 * 1024 * 1024));
    for (let n = 0; n < 5; n += 1) sink.record(called);
    sink.record(started);
    expect(told).to.deep.equal([]);
    waiting.shift()?.();
    await settled();
    sink.record(finished);
    for (let done = waiting.shift(); done !== undefined; done = waiting.shift()) done();
    await settled();
    expect(told).to.deep.equal([[5, 'the log does not keep up']]);
    const lines = parsed(chunks.slice(1).join(''));
    expect(lines.map(({ event }) => event)).to.deep.equal(['script.finished']);
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

    it('takes content by name and patterns of RE2, and refuses others before anything is logged', async () => {
      const { config } = await load({
        destination: 'shown.log',
        content: ['script', 'error'],
        contentLength: 10,
        redact: ['CUST-\\d+'],
      });
      const sink = await logPlugin.create(config as never, { folder });
      expect(sink.content).to.deep.equal(['script', 'error']);
      sink.record({ ...refused, reason: 'CUST-12', content: { error: 'x'.repeat(20) } });
      await sink.close?.();
      const [line] = parsed(await readFile(join(folder, 'shown.log'), 'utf8'));
      expect(line).to.deep.include({ reason: '[redacted]', content: { error: `${'x'.repeat(9)}…` } });
      const { config: faulty } = await load({ redact: ['('] });
      const failure: unknown = await Promise.resolve(logPlugin.check!(faulty as never, { folder })).catch(
        (error: unknown) => error,
      );
      expect(failure).to.have.property('code', 'config/invalid');
    });

    it('names faulty settings by path', async () => {
      try {
        await load({ level: 'loud', destination: '', content: ['all'], contentLength: 0, colour: true });
        expect.fail('the settings were taken');
      } catch (error) {
        expect(error).to.be.instanceOf(ManifestError).and.instanceOf(ToolscriptError);
        expect(
          (error as ManifestError).faults.map(({ path, message }) => [path.join('.'), message]),
        ).to.deep.equal([
          ['plugins.0.with.level', 'wanted one of debug, info, warn, error, silent'],
          ['plugins.0.with.destination', 'wanted stderr, or the path of a file'],
          [
            'plugins.0.with.content.0',
            'wanted one of script, data, arguments, argumentHash, result, logs, error',
          ],
          ['plugins.0.with.contentLength', 'wanted a whole number from 1 to 100000'],
          ['plugins.0.with', 'Unrecognized key: "colour"'],
        ]);
      }
    });
  });
});
