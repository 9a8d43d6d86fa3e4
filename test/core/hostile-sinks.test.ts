import { expect } from 'chai';
import fc from 'fast-check';
import { createCodeMode } from '../../core/index.js';
import type { CodeMode, Outcome, SinkHost, TelemetryEvent, TelemetrySink } from '../../core/index.js';
import { EventFeed } from '../../core/events.js';
import { HandClock } from '../support/hand-clock.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, settle, textResult } from '../support/test-tools.js';

class Witness implements TelemetrySink {
  readonly seen: TelemetryEvent[] = [];
  record(event: TelemetryEvent): void {
    this.seen.push(event);
  }
  /** Names, without what is told of sinks. */
  get names(): string[] {
    return this.seen.map(({ name }) => name).filter((name) => !name.startsWith('sink.'));
  }
  of<N extends TelemetryEvent['name']>(wanted: N): (TelemetryEvent & { readonly name: N })[] {
    return this.seen.filter((event): event is TelemetryEvent & { readonly name: N } => event.name === wanted);
  }
}

const change = { backend: 'x', up: true, tools: 1, problems: [] };
const script = JSON.stringify({ parallel: [{ call: 'a' }, { call: 'a' }, { attempt: { call: 'b' } }] });

/** What counts of an outcome, without the times. */
function essence({ ok, logs, calls, usage, ...rest }: Outcome): unknown {
  const { toolCalls, parallelPeak, outputBytes } = usage;
  const { tally } = rest;
  const value = 'value' in rest ? rest.value : undefined;
  return {
    ok,
    logs,
    tally,
    value,
    calls: calls.map(({ tool, status }) => [tool, status]),
    toolCalls,
    parallelPeak,
    outputBytes,
  };
}

type Hostile = (clock: HandClock, codeMode: () => CodeMode) => TelemetrySink;

const tooMuch = (): never => {
  throw new Error('disk full');
};
const never = (): Promise<never> => new Promise(() => undefined);
const forever = never as () => never;
const reject = (): never => Promise.reject(new Error('x')) as never;

/** Sinks that each break the contract in one way. */
const HOSTILE: readonly (readonly [name: string, make: Hostile])[] = [
  ['throws', () => ({ record: tooMuch, trace: tooMuch, attach: tooMuch })],
  ['rejects', () => ({ record: reject })],
  ['never settles', () => ({ record: forever, trace: forever, attach: forever })],
  ['is slow', (clock) => ({ record: () => clock.pass(40) })],
  ['hangs for a while', (clock) => ({ record: () => clock.pass(4_000) })],
  ['is slow to trace', (clock) => ({ record: () => undefined, trace: () => (clock.pass(40), undefined) })],
  [
    'changes what it gets',
    () => ({
      record(event) {
        Reflect.set(event, 'name', 'changed');
        for (const part of Object.values(event) as unknown[]) {
          if (typeof part !== 'object' || part === null) continue;
          Reflect.set(part, 'id', 'admin');
          Reflect.set(part, 'wallTimeMs', -1);
          Reflect.set(part, 'traceparent', 'x');
          Reflect.deleteProperty(part, 'toolCalls');
        }
      },
    }),
  ],
  [
    'tells an event for each event',
    (_clock, codeMode) => ({
      record: () =>
        codeMode().tell({
          name: 'service.started',
          service: 's',
          version: '1',
          codeMode: true,
          optimizer: false,
        }),
    }),
  ],
  [
    'opens a request for each start',
    (_clock, codeMode) => ({
      record: () => undefined,
      trace: () => void codeMode().openRequest({ caller: { id: 'c' }, method: 'm', transport: 'http' }),
    }),
  ],
  [
    'loses every event',
    () => {
      let host: SinkHost;
      return {
        attach: (given) => void (host = given),
        record: () => {
          host.dropped(1, 'full');
        },
      };
    },
  ],
  [
    'loses nonsense',
    () => ({
      attach: (host) => {
        for (const events of [0, -1, Number.NaN, 0.5, Infinity, '9', undefined])
          host.dropped(events as never, 7 as never);
      },
      record: () => undefined,
    }),
  ],
  [
    'answers nonsense',
    () => ({
      record: () => 7 as never,
      trace: () => ({ traceparent: 'nonsense' }),
      content: 7 as never,
      takes: 7 as never,
      name: {} as never,
    }),
  ],
  [
    'throws when it is looked at',
    () =>
      new Proxy<TelemetrySink>(
        { record: () => undefined },
        {
          get: (target, key) => (key === 'record' ? Reflect.get(target, key) : tooMuch()),
        },
      ),
  ],
];

async function composed(clock: HandClock, sinks: TelemetrySink[]): Promise<CodeMode> {
  const dispatcher = answering([definition('a'), definition('b')], ({ tool }) =>
    tool === 'a' ? textResult('"ok"') : Promise.reject(new Error('no b')),
  );
  return createCodeMode({ runtime: createPlanRuntime(), dispatcher, sinks, clock });
}

async function closed(codeMode: CodeMode, clock: HandClock): Promise<void> {
  const closing = codeMode.close().catch(() => undefined);
  await clock.advance(10_000);
  await closing;
}

describe('a sink that misbehaves', () => {
  for (const [name, make] of HOSTILE) {
    if (name === 'throws when it is looked at') continue;
    it(`changes nothing for scripts and other sinks when it ${name}`, async () => {
      const [clock, calm] = [new HandClock(), new HandClock()];
      const [beside, alone] = [new Witness(), new Witness()];
      const codeMode: CodeMode = await composed(clock, [make(clock, () => codeMode), beside]);
      const plain = await composed(calm, [alone]);
      const caller = { id: 'me', claims: { id: 'me' } };
      for (let run = 0; run < 5; run += 1) {
        const [outcome, expected] = await Promise.all([
          codeMode.run({ script, caller }),
          plain.run({ script, caller }),
        ]);
        expect(essence(outcome)).to.deep.equal(essence(expected));
      }
      const own = beside.names.filter((event) => event !== 'service.started' && event !== 'request.started');
      expect(own).to.deep.equal(alone.names);
      expect(beside.of('script.finished').map(({ caller: { id } }) => id)).to.deep.equal(Array(5).fill('me'));
      expect(caller).to.deep.equal({ id: 'me', claims: { id: 'me' } });
      await Promise.all([closed(codeMode, clock), closed(plain, calm)]);
      expect([clock.pending, calm.pending]).to.deep.equal([0, 0]);
    });
  }

  it('is taken as it is when it throws for everything that it is asked, and refuses then', async () => {
    const clock = new HandClock();
    const beside = new Witness();
    const [, make] = HOSTILE.find(([name]) => name === 'throws when it is looked at')!;
    const codeMode = await composed(clock, [make(clock, () => codeMode), beside]);
    expect(await codeMode.run({ script })).to.have.nested.property('error.code', 'limit/refused');
    expect(await codeMode.callTool('a', {})).to.have.property('content');
    expect(beside.names).to.deep.equal(['script.refused', 'tool.started', 'tool.called']);
    await closed(codeMode, clock);
  });

  it('is no sink when its record cannot be had', async () => {
    const sink = {
      get record(): never {
        throw new Error('x');
      },
    };
    const error: unknown = await createCodeMode({ runtime: createPlanRuntime(), sinks: [sink] }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.include({ code: 'config/invalid' });
  });
});

describe('a slow sink', () => {
  /** Needs so many milliseconds for each event. */
  class Slow extends Witness {
    readonly name = 'slow';
    constructor(
      readonly clock: HandClock,
      public ms: number,
    ) {
      super();
    }
    override record(event: TelemetryEvent): void {
      this.clock.pass(this.ms);
      super.record(event);
    }
  }

  function feeding(ms: number, more: Partial<TelemetrySink> = {}) {
    const clock = new HandClock();
    const slow = Object.assign(new Slow(clock, ms), more);
    const beside = new Witness();
    const feed = new EventFeed([slow, beside], clock);
    const emit = (times: number): void => {
      for (let n = 0; n < times; n += 1) feed.emit('backend.changed', { ...change, tools: n });
    };
    return { clock, slow, beside, feed, emit };
  }

  it('holds up nobody once it is known as slow, and gets its events later, in order', async () => {
    const { clock, slow, beside, emit } = feeding(20);
    emit(6);
    expect([slow.seen.length, beside.seen.length, clock.now()]).to.deep.equal([4, 6, 80]);
    await clock.advance(179);
    expect(slow.seen).to.have.length(4);
    await clock.advance(1);
    expect(slow.seen).to.have.length(5);
    await clock.advance(5_000);
    expect(slow.seen).to.deep.equal(beside.seen);
  });

  it('may be a little slow now and then', () => {
    const { slow, beside, emit } = feeding(5);
    for (let n = 0; n < 50; n += 1) {
      slow.ms = n % 8 === 0 ? 5 : 0;
      emit(1);
      expect(slow.seen).to.have.length(beside.seen.length);
    }
  });

  it('is not called slow for what a busy machine does to it, and is at once when nothing excuses it', () => {
    const busy = feeding(0);
    for (let n = 0; n < 200; n += 1) {
      busy.slow.ms = n % 20 === 0 ? 60 : 0;
      busy.emit(1);
    }
    expect(busy.slow.seen).to.deep.equal(busy.beside.seen);
    const { slow, emit } = feeding(100);
    emit(2);
    expect(slow.seen).to.have.length(1);
  });

  it('gets events at once again when it has become quick', async () => {
    const { clock, slow, beside, emit } = feeding(50);
    emit(5);
    slow.ms = 0;
    emit(60);
    expect(slow.seen).to.have.length(4);
    await clock.advance(500);
    emit(1);
    expect(slow.seen).to.deep.equal(beside.seen);
    expect(slow.seen).to.have.length(66);
    expect(clock.pending).to.equal(0);
  });

  it('loses what has no room, which is counted, and told once a second', async () => {
    const { clock, beside, emit, feed } = feeding(20);
    emit(1_504);
    expect(beside.of('sink.dropped')).to.deep.equal([
      { name: 'sink.dropped', sink: 'slow', events: 1, reason: 'the sink is slow, and its queue full' },
    ]);
    await clock.advance(1_000);
    expect(beside.of('sink.dropped').map(({ events }) => events)).to.deep.equal([1, 499]);
    const closing = feed.close();
    await clock.advance(10_000);
    await closing;
    const lost = beside.of('sink.dropped').reduce((sum, { events }) => sum + events, 0);
    expect(lost).to.be.within(1_300, 1_500);
  });

  it('holds no more content than it may', async () => {
    const { clock, beside, feed } = feeding(20, { content: ['error'] });
    const big = { error: 'x'.repeat(1024 * 1024) };
    for (let n = 0; n < 13; n += 1) feed.emit('backend.changed', change, () => big);
    expect(beside.of('sink.dropped').map(({ events }) => events)).to.deep.equal([1]);
    await clock.advance(1_000);
    expect(beside.of('sink.dropped').map(({ events }) => events)).to.deep.equal([1, 4]);
  });

  it('is muted when it holds up everybody for seconds, also in sum', async () => {
    const { clock, beside, emit } = feeding(3_500);
    emit(2);
    expect(beside.of('sink.muted')).to.deep.equal([
      { name: 'sink.muted', sink: 'slow', failures: 0, message: 'it held up the event loop for 3500 ms' },
    ]);
    const patient = feeding(400);
    patient.emit(20);
    await patient.clock.advance(60_000);
    expect(patient.slow.seen).to.have.length(8);
    expect(patient.beside.of('sink.muted').map(({ message }) => message)).to.deep.equal([
      'it held up the event loop for 3200 ms',
    ]);
    expect(patient.beside.of('sink.dropped').map(({ events }) => events)).to.deep.equal([12]);
    await clock.advance(10_000);
  });

  it('gets, in its order, all events but those that are counted as lost', async () => {
    const step = fc.record({
      ms: fc.integer({ min: 0, max: 60 }),
      events: fc.integer({ min: 1, max: 400 }),
      restMs: fc.nat(300),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const { clock, slow, beside, emit, feed } = feeding(0);
        for (const { ms, events, restMs } of steps) {
          slow.ms = ms;
          emit(events);
          await clock.advance(restMs);
        }
        const closing = feed.close();
        await clock.advance(10_000);
        await closing;
        const order = beside.seen.filter(({ name }) => name === 'backend.changed');
        const got = slow.seen.filter(({ name }) => name === 'backend.changed');
        const places = got.map((event) => order.indexOf(event));
        expect(places).to.deep.equal([...places].sort((a, b) => a - b));
        const lost = beside.of('sink.dropped').reduce((sum, { events }) => sum + events, 0);
        expect(order.length - got.length).to.be.within(
          lost - beside.of('sink.muted').length - beside.of('sink.dropped').length,
          lost,
        );
      }),
      { numRuns: 30 },
    );
  });

  it('refuses scripts, if it must not miss one, while it is far behind, and when it is muted', () => {
    const { feed, emit } = feeding(20, { refusal: () => undefined });
    expect(feed.refusal()).to.equal(undefined);
    emit(504);
    expect(feed.refusal()).to.equal('the sink is 500 events behind');
    const muted = feeding(4_000, { refusal: () => undefined });
    muted.emit(1);
    expect(muted.feed.refusal()).to.equal('it held up the event loop for 4000 ms');
  });

  it('refuses scripts with whatever it answers but undefined', async () => {
    const answers: [unknown, string][] = [
      ['full', 'full'],
      [true, 'the sink gave no reason'],
      ['', 'the sink gave no reason'],
      [Promise.reject(new Error('x')), 'the sink gave no reason'],
    ];
    for (const [answer, reason] of answers) {
      const { feed } = feeding(0, { refusal: () => answer as string });
      expect(feed.refusal()).to.equal(reason);
    }
    await settle();
  });

  it('is not asked for spans, and neither is one that failed to open three', () => {
    let asked = 0;
    const caller = { id: 'c' };
    const start = { requestId: 'r', method: 'm', transport: 'http', caller } as const;
    const slow = feeding(0, {
      trace: () => {
        asked += 1;
        slow.clock.pass(130);
        return undefined;
      },
    });
    for (let n = 0; n < 4; n += 1) slow.feed.begin('request.started', start);
    expect(asked).to.equal(1);
    expect(slow.beside.of('sink.dropped')[0]).to.include({
      events: 1,
      reason: 'the sink is slow, and was not asked for a span',
    });
    asked = 0;
    const broken = feeding(0, { trace: () => ((asked += 1), tooMuch()) });
    for (let n = 0; n < 6; n += 1) broken.feed.begin('request.started', start);
    expect(asked).to.equal(3);
    expect(broken.beside.of('sink.dropped')[0]).to.include({ reason: 'no span was opened: disk full' });
  });
});

describe('closing sinks', () => {
  it('takes seven seconds at most, whatever they do, and tells which had no end', async () => {
    const clock = new HandClock();
    const closing: string[] = [];
    const good: TelemetrySink = {
      name: 'good',
      record: () => undefined,
      close: () => void closing.push('good'),
    };
    const codeMode = await composed(clock, [
      good,
      { name: 'stuck', record: forever, flush: never, close: never },
      { name: 'broken', record: () => undefined, flush: tooMuch, close: tooMuch },
    ]);
    await codeMode.run({ script });
    let failure: unknown;
    const over = codeMode.close().catch((thrown: unknown) => (failure = thrown));
    await clock.advance(6_999);
    expect(failure).to.equal(undefined);
    await clock.advance(1);
    await over;
    const [sinks] = (failure as AggregateError).errors as AggregateError[];
    expect(sinks!.errors.map((error: unknown) => (error as Error).message)).to.deep.equal([
      'disk full',
      'flush sink stuck: no end within 5000 ms',
      'disk full',
      'close sink stuck: no end within 2000 ms',
    ]);
    expect(closing).to.deep.equal(['good']);
    expect(clock.pending).to.equal(0);
  });

  it('hands over what waits for a slow sink first, and nothing afterwards', async () => {
    const clock = new HandClock();
    const slow = new Witness();
    const late: TelemetrySink = {
      record: (event) => {
        clock.pass(100);
        slow.record(event);
      },
    };
    const codeMode = await composed(clock, [late]);
    await codeMode.run({ script });
    expect(slow.names).to.deep.equal(['script.started']);
    const request = codeMode.openRequest({ caller: { id: 'c' }, method: 'm', transport: 'http' })!;
    await closed(codeMode, clock);
    expect(slow.names.slice(-2)).to.deep.equal(['request.started', 'request.finished']);
    expect(slow.names).to.have.length(10);
    request.end({ code: 'ok' });
    expect(slow.names).to.have.length(10);
  });
});

describe('what a sink loses as it closes', () => {
  it('is told at once, to sinks that have no end of their own', async () => {
    const clock = new HandClock();
    const [endless, ending] = [new Witness(), new Witness()];
    let host: SinkHost | undefined;
    const leaky: TelemetrySink = {
      name: 'leaky',
      attach: (given) => void (host = given),
      record: () => undefined,
      close: async () => {
        host?.dropped(2, 'the disk is full');
        await Promise.resolve();
        host?.dropped(1, 'the disk is full');
      },
    };
    const other: TelemetrySink = { record: (event) => ending.record(event), close: () => undefined };
    const codeMode = await composed(clock, [endless, other, leaky]);
    await codeMode.run({ script });
    host?.dropped(4, 'the disk is full');
    await closed(codeMode, clock);
    expect(endless.of('sink.dropped').map(({ events }) => events)).to.deep.equal([4, 2, 1]);
    expect(ending.of('sink.dropped').map(({ events }) => events)).to.deep.equal([4]);
    host?.dropped(8, 'too late');
    expect(endless.of('sink.dropped')).to.have.length(3);
    expect(clock.pending).to.equal(0);
  });
});

describe('what a sink takes', () => {
  it('is all events, or those that it names', async () => {
    const counts: string[] = [];
    const clock = new HandClock();
    const codeMode = await composed(clock, [
      { takes: ['script.finished'], record: ({ name }) => void counts.push(name) },
    ]);
    await codeMode.run({ script });
    expect(counts).to.deep.equal(['script.finished']);
    await closed(codeMode, clock);
  });
});
