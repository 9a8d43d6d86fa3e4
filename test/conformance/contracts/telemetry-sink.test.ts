import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { silentSink } from '../../../core/index.js';
import type { TelemetrySink } from '../../../core/index.js';
import { RecordingSink, sampleEvents, sinkChecks } from '../../../core/testing/index.js';
import type { SinkChecksOptions } from '../../../core/testing/index.js';
import { createAuditSink } from '../../../plugins/telemetry/audit/index.js';
import { createLogSink } from '../../../plugins/telemetry/log/index.js';
import { createOtelSink } from '../../../plugins/telemetry/otel/index.js';
import { createPingSink } from '../../../plugins/telemetry/ping/index.js';
import { HandClock } from '../../support/hand-clock.js';

describe('contract of TelemetrySink', () => {
  let folder: string;
  let audits = 0;
  let logged = '';
  let spans: InMemorySpanExporter;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sinks-'));
  });

  after(() => rm(folder, { recursive: true }));

  const ours: Readonly<Record<string, SinkChecksOptions>> = {
    silent: { make: () => silentSink },
    recording: { make: () => new RecordingSink() },
    log: {
      make() {
        logged = '';
        const stream = new PassThrough().on('data', (chunk: Buffer) => (logged += chunk.toString()));
        return createLogSink({ level: 'debug', stream });
      },
      written: () => logged,
    },
    audit: {
      make: () => createAuditSink({ file: join(folder, `${String((audits += 1))}.jsonl`) }),
      written: () => readFile(join(folder, `${String(audits)}.jsonl`), 'utf8'),
    },
    otel: {
      make() {
        spans = new InMemorySpanExporter();
        const spanProcessors = [new SimpleSpanProcessor(spans)];
        return createOtelSink({ tracerProvider: new BasicTracerProvider({ spanProcessors }) });
      },
      written: () =>
        JSON.stringify(
          spans.getFinishedSpans().map(({ name, attributes, events }) => [name, attributes, events]),
        ),
    },
    ping: { make: () => createPingSink({ url: 'http://127.0.0.1:9/', env: { XDG_STATE_HOME: folder } }) },
  };
  for (const [sink, options] of Object.entries(ours)) {
    describe(sink, () => {
      for (const { name, run } of sinkChecks(options)) it(name, run);
    });
  }

  const clock = new HandClock();
  const never = (): Promise<never> => new Promise(() => undefined);
  const forever = never as () => never;
  const base: TelemetrySink = { record: () => undefined };
  const throwsAt = (isBad: (text: string) => boolean): TelemetrySink => ({
    record(event) {
      if (isBad(JSON.stringify(event))) throw new Error('broken');
    },
  });
  let kept = '';
  let closes = 0;
  const broken: readonly (readonly [check: string, make: () => TelemetrySink, message: RegExp])[] = [
    [
      'says what it is in known words',
      () => ({ ...base, content: ['secrets' as 'script'] }),
      /found secrets/,
    ],
    ['says what it is in known words', () => ({ ...base, name: 7 as never }), /name: want a text/],
    ['says what it is in known words', () => ({ ...base, content: 'script' as never }), /want a list/],
    [
      'says what it is in known words',
      () => ({ ...base, takes: ['nothing' as 'tool.called'] }),
      /takes: want/,
    ],
    ['takes every event', () => throwsAt((text) => text.includes('sink.dropped')), /failed on sink.dropped/],
    ['takes every event', () => ({ record: forever }), /service.started/],
    [
      'takes every event with hostile names',
      () => throwsAt((text) => text.includes('__proto__')),
      /failed on/,
    ],
    [
      'is quick',
      () => ({
        record: () => {
          clock.pass(2);
        },
      }),
      /took 2.0 ms an event, want 1 at most/,
    ],
    [
      'leaves events as they are',
      () => ({ record: (event) => void Reflect.deleteProperty(event, 'caller') }),
      /changed request.started/,
    ],
    [
      'opens spans at places in a trace, or none',
      () => ({ ...base, trace: () => ({ traceparent: 'x' }) }),
      /request.started got no/,
    ],
    ['refuses with a reason, or not', () => ({ ...base, refusal: () => true as never }), /want a text/],
    ['says whether it is idle', () => ({ ...base, idle: () => 'no' as never }), /idle: want true or false/],
    ['works without being attached', needy, /failed on service.started/],
    [
      'flushes and closes in time, also twice, and without an event',
      () => ({ ...base, flush: never }),
      /flush: no end within 5000 ms/,
    ],
    [
      'flushes and closes in time, also twice, and without an event',
      () => ({ ...base, close: never }),
      /close: no end within 2000 ms/,
    ],
    ['flushes and closes in time, also twice, and without an event', once, /closed before/],
    [
      'writes no claims of callers',
      () => ({ record: (event) => void (kept += JSON.stringify(event)) }),
      /wrote the claims/,
    ],
  ];

  function needy(): TelemetrySink {
    let host: { dropped(events: number, reason: string): void } | undefined;
    return {
      attach: (given) => void (host = given),
      record: () => {
        host!.dropped(1, 'x');
      },
    };
  }

  function once(): TelemetrySink {
    closes = 0;
    return {
      ...base,
      close() {
        closes += 1;
        if (closes > 1) throw new Error('closed before');
      },
    };
  }

  for (const [name, make, message] of broken) {
    it(`is seen to be broken: ${name}, ${String(message)}`, async () => {
      kept = '';
      const check = sinkChecks({ make, written: () => kept, clock }).find((other) => other.name === name)!;
      let failure = 'nothing';
      const run = check.run().catch((thrown: unknown) => (failure = (thrown as Error).message));
      await clock.advance(20_000);
      await run;
      expect(failure).to.match(message);
    });
  }

  it('has each check seen to fail', () => {
    const names = sinkChecks({ make: () => base, written: () => '' }).map(({ name }) => name);
    expect(new Set(broken.map(([name]) => name))).to.deep.equal(new Set(names));
  });

  it('has a sample of each event', () => {
    expect(new Set(sampleEvents().map(({ name }) => name)).size).to.equal(sampleEvents().length);
  });
});
