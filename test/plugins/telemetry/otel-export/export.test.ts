/** What is exported, at a receiver that reads it. */
import { expect } from 'chai';
import { afterEach } from 'mocha';
import { context, trace } from '@opentelemetry/api';
import * as door from '../../../../plugins/telemetry/otel-export/index.js';
import {
  ExportError,
  startExport,
  type ExportOptions,
  type TelemetryExport,
} from '../../../../plugins/telemetry/otel-export/index.js';
import { OtlpReceiver } from '../../../support/otlp-receiver.js';
import { HandClock } from '../../../support/hand-clock.js';

const SLOW = { delayMs: 3_600_000, intervalMs: 3_600_000 };

describe('an export', () => {
  const lines: string[] = [];
  const open: { close(): Promise<void> }[] = [];
  const variables = new Map<string, string | undefined>();

  const own = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    open.unshift(part);
    return part;
  };
  const receiver = async (): Promise<OtlpReceiver> => own(await OtlpReceiver.start());
  const start = async (options: ExportOptions, clock?: HandClock): Promise<TelemetryExport> =>
    own(await startExport(options, { report: (line) => lines.push(line), ...(clock && { clock }) }));
  const spans = ({ tracerProvider }: TelemetryExport, count: number): void => {
    const tracer = tracerProvider.getTracer('test');
    for (let index = 0; index < count; index += 1) tracer.startSpan(`span ${String(index)}`).end();
  };
  const setVariable = (name: string, value: string): void => {
    variables.set(name, process.env[name]);
    process.env[name] = value;
  };

  afterEach(async () => {
    for (const part of open.splice(0)) await part.close();
    for (const [name, value] of variables) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    variables.clear();
    lines.length = 0;
  });

  for (const protocol of ['protobuf', 'json'] as const) {
    for (const compression of ['none', 'gzip'] as const) {
      it(`sends traces and metrics as ${protocol}, compressed ${compression}, with headers and resource`, async () => {
        const made = await receiver();
        const running = await start({
          serviceName: 'front',
          serviceVersion: '1.2.3',
          attributes: { 'deployment.environment.name': 'test', shard: 3 },
          otlp: {
            ...SLOW,
            endpoint: made.url,
            protocol,
            compression,
            headers: { authorization: 'Bearer abc' },
          },
        });
        const tracer = running.tracerProvider.getTracer('scope');
        const parent = tracer.startSpan('parent', { attributes: { text: 'ä', count: 7, list: ['a', 'b'] } });
        tracer.startSpan('child', {}, trace.setSpan(context.active(), parent)).end();
        parent.end();
        const meter = running.meterProvider.getMeter('scope');
        meter.createCounter('things').add(3, { kind: 'x' });
        meter.createHistogram('times').record(0.5);
        await running.flush();

        const [child, root] = made.spans;
        expect(child).to.include({ name: 'child', parentSpanId: root!.spanId, traceId: root!.traceId });
        expect(root).to.deep.include({ parentSpanId: '', scope: 'scope' });
        expect(root!.attributes).to.deep.equal({ text: 'ä', count: 7, list: ['a', 'b'] });
        expect(root!.resource).to.deep.include({
          'service.name': 'front',
          'service.version': '1.2.3',
          'deployment.environment.name': 'test',
          shard: 3,
        });
        expect(root!.resource['service.instance.id']).to.match(/^[0-9a-f-]{36}$/);
        expect(made.total('things', { kind: 'x' })).to.equal(3);
        expect(made.total('times')).to.equal(1);
        expect(made.requests.map(({ signal }) => signal).sort()).to.deep.equal(['metrics', 'traces']);
        for (const { headers } of made.requests) {
          expect(headers.authorization).to.equal('Bearer abc');
          expect(headers['content-type']).to.equal(
            protocol === 'json' ? 'application/json' : 'application/x-protobuf',
          );
          expect(headers['content-encoding']).to.equal(compression === 'gzip' ? 'gzip' : undefined);
        }
      });
    }
  }

  it('goes by the standard variables where nothing is said', async () => {
    const made = await receiver();
    setVariable('OTEL_EXPORTER_OTLP_ENDPOINT', `${made.url}/prefix/`);
    setVariable('OTEL_EXPORTER_OTLP_HEADERS', 'x-one=1');
    setVariable('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/json');
    setVariable('OTEL_SERVICE_NAME', 'by-variable');
    setVariable('OTEL_RESOURCE_ATTRIBUTES', 'team=blue');
    const running = await start({});
    expect(running.places).to.deep.equal([
      `traces to ${made.url}/prefix/v1/traces`,
      `metrics to ${made.url}/prefix/v1/metrics`,
    ]);
    spans(running, 1);
    await running.flush();
    expect(made.spans[0]!.resource).to.include({ 'service.name': 'by-variable', team: 'blue' });
    expect(made.requests[0]!.headers).to.include({ 'x-one': '1', 'content-type': 'application/json' });
  });

  it('is off where nothing is said at all, and where the variables say so', async () => {
    expect((await start({})).places).to.deep.equal([]);
    setVariable('OTEL_TRACES_EXPORTER', 'none');
    expect((await start({ otlp: SLOW })).places).to.deep.equal([
      'metrics to http://localhost:4318/v1/metrics',
    ]);
    setVariable('OTEL_SDK_DISABLED', 'true');
    expect((await start({ otlp: SLOW })).places).to.deep.equal([]);
  });

  it('leaves out the signal that is off', async () => {
    const made = await receiver();
    const running = await start({ otlp: { ...SLOW, endpoint: made.url, metrics: false } });
    spans(running, 1);
    running.meterProvider.getMeter('m').createCounter('c').add(1);
    await running.close();
    expect(made.requests.map(({ signal }) => signal)).to.deep.equal(['traces']);
  });

  it('keeps the traces that the ratio lets through, and goes by the parent of others', async () => {
    const made = await receiver();
    const running = await start({ otlp: { ...SLOW, endpoint: made.url, metrics: false, sampleRatio: 0 } });
    spans(running, 5);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const parent = { traceId, spanId: 'b7ad6b7169203331', traceFlags: 1, isRemote: true };
    const inside = trace.setSpanContext(context.active(), parent);
    running.tracerProvider.getTracer('t').startSpan('kept', {}, inside).end();
    await running.close();
    expect(made.spans.map(({ name }) => name)).to.deep.equal(['kept']);
  });

  it('tells once that a receiver fails and once that it works again, and counts what was lost', async () => {
    const made = await receiver();
    const clock = new HandClock();
    const running = await start({ otlp: { ...SLOW, endpoint: made.url, metrics: false } }, clock);
    const lost: (readonly [number, string])[] = [];
    const changes: (string | undefined)[] = [];
    running.tell({
      changed: (up, reason) => changes.push(`${up ? 'up' : 'down'} ${String(reason)}`),
      dropped: (count, reason) => lost.push([count, reason]),
    });
    made.manner = { status: 401 };
    for (let turn = 0; turn < 4; turn += 1) {
      spans(running, 10);
      await running.flush();
    }
    expect(lines).to.deep.equal([
      `telemetry: sending traces to ${made.url}/v1/traces fails (401 Unauthorized); scripts go on`,
    ]);
    expect(lost).to.deep.equal([[10, '401 Unauthorized']]);
    await clock.advance(60_000);
    spans(running, 1);
    await running.flush();
    expect(lost[1]).to.deep.equal([31, '401 Unauthorized']);
    made.manner = 'take';
    spans(running, 2);
    await running.flush();
    expect(lines.slice(1)).to.deep.equal([
      `telemetry: sending traces to ${made.url}/v1/traces works again; 41 spans were lost`,
    ]);
    expect(made.spans).to.have.length(2);
    const what = `sending traces to ${made.url}/v1/traces`;
    expect(changes).to.deep.equal([`down ${what}: 401 Unauthorized`, `up ${what}`]);
  });

  it('sends again after the time that a busy receiver says, and loses nothing', async () => {
    const made = await receiver();
    const running = await start({ otlp: { ...SLOW, endpoint: made.url, metrics: false } });
    made.manner = { status: 503, headers: { 'retry-after': '1' } };
    spans(running, 3);
    const flushed = running.flush();
    await made.until(() => made.requests.length === 1);
    made.manner = 'take';
    await flushed;
    expect(made.spans).to.have.length(3);
    expect(lines).to.deep.equal([]);
  });

  it('loses no count of what was measured while a receiver was away', async () => {
    const made = await receiver();
    const running = await start({ otlp: { ...SLOW, endpoint: made.url, traces: false } });
    const counter = running.meterProvider.getMeter('m').createCounter('things');
    counter.add(2);
    made.manner = 'cut';
    setTimeout(() => (made.manner = { status: 400 }), 100);
    await running.flush();
    counter.add(3);
    made.manner = 'take';
    await running.flush();
    expect(made.total('things')).to.equal(5);
    expect(lines).to.have.length(2);
  });

  it('lets so many spans wait and no more, and counts the others', async () => {
    const made = await receiver();
    const running = await start({ otlp: { ...SLOW, endpoint: made.url, metrics: false, queueSpans: 100 } });
    let lost = 0;
    running.tell({ changed: () => undefined, dropped: (count) => (lost += count) });
    made.manner = 'hang';
    // The first hundred go out as a batch, which hangs.
    spans(running, 100);
    await made.until(() => made.requests.length === 1);
    spans(running, 150);
    made.manner = 'take';
    await running.close();
    expect(made.spans).to.have.length(100);
    expect(lost).to.equal(50);
  });

  it('ends in time before a receiver that never answers', async () => {
    const made = await receiver();
    made.manner = 'hang';
    const running = await start({ closeMs: 200, otlp: { ...SLOW, endpoint: made.url } });
    spans(running, 1);
    running.meterProvider.getMeter('m').createCounter('c').add(1);
    const startedMs = performance.now();
    await running.close();
    expect(performance.now() - startedMs).to.be.lessThan(3_000);
    expect(lines).to.deep.equal(['telemetry: what was sent last was not answered within 200 ms']);
  });

  it('tells where it is refused nothing of what may be secret', async () => {
    const endpoint = 'http://user:hunter2@127.0.0.1:1/?key=hunter2';
    const running = await start({
      closeMs: 100,
      otlp: { ...SLOW, endpoint, timeoutMs: 50, headers: { key: 'hunter2' } },
    });
    spans(running, 1);
    await running.flush();
    expect(running.places.join()).to.equal(
      'traces to http://127.0.0.1:1/v1/traces,metrics to http://127.0.0.1:1/v1/metrics',
    );
    expect(lines.join()).to.include('ECONNREFUSED').and.not.to.include('hunter2');
  });

  it('has these names at its door', () => {
    expect(Object.keys(door).sort()).to.deep.equal([
      'ExportError',
      'ExportPool',
      'exportFaults',
      'startExport',
    ]);
  });

  const refused: readonly [string, ExportOptions, string, Record<string, string>?][] = [
    [
      'a header that cannot be sent',
      { otlp: { headers: { authorization: 'Bearer hunter2\n' } } },
      'otlp headers authorization found what no HTTP header may hold',
    ],
    [
      'gRPC',
      { otlp: { metrics: false } },
      'otlp found grpc in OTEL_EXPORTER_OTLP_PROTOCOL for traces, wanted http/protobuf or http/json',
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    ],
    [
      'a variable that is no address',
      { otlp: { traces: false } },
      'otlp found an endpoint for metrics that cannot be read, wanted http:// or https://',
      { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'localhost:4318' },
    ],
  ];
  for (const [what, options, message, env = {}] of refused) {
    it(`refuses ${what}`, async () => {
      for (const [name, value] of Object.entries(env)) setVariable(name, value);
      const error: unknown = await startExport(options).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(ExportError).and.to.include({ code: 'config/invalid' });
      expect(String(error)).to.equal(`ToolscriptError: export telemetry: ${message}`);
    });
  }
});
