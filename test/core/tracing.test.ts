import { expect } from 'chai';
import { createCodeMode } from '../../core/index.js';
import type { CodeMode, EventContent, StartEvent, TelemetryEvent, TelemetrySink } from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, textResult } from '../support/test-tools.js';

const CLIENT = `00-${'a'.repeat(32)}-${'1'.repeat(16)}-01`;

/** Opens a span for everything: the same trace, a number of its own. */
class Tracer implements TelemetrySink {
  readonly events: TelemetryEvent[] = [];
  readonly parents: (string | undefined)[] = [];
  trace({ trace }: StartEvent) {
    this.parents.push(trace?.traceparent);
    const span = String(this.parents.length + 1).padStart(16, '0');
    const { traceparent } = trace ?? { traceparent: `00-${'b'.repeat(32)}` };
    return { traceparent: `${traceparent.slice(0, 35)}-${span}-01` };
  }
  record(event: TelemetryEvent): void {
    this.events.push(event);
  }
  placeOf(name: TelemetryEvent['name']): unknown {
    const event = this.events.find((candidate) => candidate.name === name);
    return event !== undefined && 'trace' in event ? event.trace.traceparent.slice(-19, -3) : undefined;
  }
}

const plan = (value: unknown): string => JSON.stringify(value);
const span = (n: number): string => String(n).padStart(16, '0');
const script = plan({ call: 'a', args: { secret: 'planted' } });

describe('tracing', () => {
  let codeMode: CodeMode;

  afterEach(() => codeMode.close());

  async function compose(...sinks: TelemetrySink[]) {
    const dispatcher = answering([definition('a')], () => textResult('"planted too"'));
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, sinks });
    return dispatcher;
  }

  it('opens a span for the script within the request, one for the call within the script, and sends it', async () => {
    const [tracer, other] = [new Tracer(), new Tracer()];
    const dispatcher = await compose(tracer, other);
    const start = { caller: { id: 'me' }, method: 'tools/call', transport: 'http' } as const;
    const request = codeMode.openRequest({ ...start, trace: { traceparent: CLIENT } })!;
    await codeMode.run({ script, request, meta: { traceparent: CLIENT, baggage: 'k=v', other: 1 } });
    request.end({ code: 'ok' });
    const names = tracer.events.map(({ name }) => name);
    expect(names).to.deep.equal([
      'request.started',
      'script.started',
      'tool.started',
      'tool.called',
      'script.finished',
      'request.finished',
    ]);
    expect(tracer.parents.map((parent) => parent?.slice(-19, -3))).to.deep.equal([
      '1'.repeat(16),
      span(2),
      span(3),
    ]);
    expect(names.map((name) => tracer.placeOf(name))).to.deep.equal([2, 3, 4, 4, 3, 2].map(span));
    expect(other.parents).to.deep.equal([]);
    expect(dispatcher.calls[0]!.meta).to.deep.equal({
      baggage: 'k=v',
      other: 1,
      traceparent: `00-${'a'.repeat(32)}-${span(4)}-01`,
    });
    const requestIds = tracer.events.map((event) => ('requestId' in event ? event.requestId : undefined));
    expect(new Set(requestIds)).to.deep.equal(new Set([request.id]));
  });

  it('passes on what the client sent where no sink traces, and ignores nonsense', async () => {
    const events: TelemetryEvent[] = [];
    const dispatcher = await compose({ record: (event) => void events.push(event) });
    const meta = { traceparent: CLIENT, tracestate: 'x=1' };
    await codeMode.run({ script, meta });
    expect(dispatcher.calls[0]!.meta).to.equal(meta);
    expect(events[0]).to.have.property('trace').that.deep.equals(meta);
    await codeMode.callTool('a', {}, { meta: { traceparent: 'nonsense' } });
    expect(events.at(-1)).not.to.have.property('trace');
  });

  it('sends the place of the request with what asks for context', async () => {
    const metas: unknown[] = [];
    const context = {
      list: () => [],
      request: ({ meta }: { meta?: unknown }) => (metas.push(meta), Promise.resolve({})),
    };
    const dispatcher = { ...answering([], () => undefined), context };
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, sinks: [new Tracer()] });
    const start = { caller: { id: 'me' }, method: 'prompts/get', transport: 'stdio' } as const;
    const request = codeMode.openRequest({ ...start, trace: { traceparent: CLIENT } })!;
    const meta = { traceparent: CLIENT, tracestate: 'x=1', baggage: 'k=v', other: 1 };
    await codeMode.requestContext('prompts/get', { name: 'p' }, { request, meta });
    await codeMode.requestContext('prompts/get', { name: 'p' }, { meta });
    const traceparent = `00-${'a'.repeat(32)}-${span(2)}-01`;
    expect(metas).to.deep.equal([{ traceparent, baggage: 'k=v', other: 1 }, meta]);
  });

  it('ends as cancelled what is under way when the composition closes', async () => {
    const events: TelemetryEvent[] = [];
    await compose({ record: (event) => void events.push(event) });
    const start = { caller: { id: 'me' }, method: 'tools/list', transport: 'stdio' } as const;
    const [left, ended] = [codeMode.openRequest(start)!, codeMode.openRequest(start)!];
    ended.end({ code: 'ok' });
    await codeMode.close();
    left.end({ code: 'ok' });
    const ends = events.flatMap((event) => (event.name === 'request.finished' ? [event.code] : []));
    expect(ends).to.deep.equal(['ok', 'cancelled']);
  });

  it('gives content to the sink that asks for it, and to no other', async () => {
    const contents: (EventContent | undefined)[] = [];
    const events: TelemetryEvent[] = [];
    const curious: TelemetrySink = {
      content: ['script', 'arguments', 'argumentHash', 'result'],
      record: (event) => void contents.push(event.content),
    };
    await compose(curious, { record: (event) => void events.push(event) });
    await codeMode.run({ script, data: { d: 'planted' } });
    expect(contents).to.deep.equal([
      { script },
      { arguments: '{"secret":"planted"}' },
      {
        argumentHash: '16eecc45b5c4264acc31d5bc9319658b81aea2daefd01a53510f20073204e81c',
        result: '{"content":[{"type":"text","text":"\\"planted too\\""}]}',
      },
      { result: '"\\"planted too\\""' },
    ]);
    expect(JSON.stringify(events)).not.to.include('planted');
  });

  it('refuses scripts, and nothing else, while a sink that must not miss one cannot record', async () => {
    let isFull = true;
    const events: TelemetryEvent[] = [];
    await compose({
      record: (event) => void events.push(event),
      refusal: () => (isFull ? '/var/log is full' : undefined),
    });
    const outcome = await codeMode.run({ script });
    expect(outcome).to.have.nested.property('error.code', 'limit/refused');
    expect(JSON.stringify(outcome)).not.to.include('/var/log');
    expect(events.map(({ name }) => name)).to.deep.equal(['script.refused']);
    expect(await codeMode.callTool('a', {})).to.have.property('content');
    isFull = false;
    expect(await codeMode.run({ script })).to.include({ ok: true });
  });
});
