/** Telemetry of the command as a process of its own: at a real receiver, and as Prometheus reads it. */
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect } from 'chai';
import { fixture } from '../../support/backends/index.js';
import { OtlpReceiver, type ReceivedSpan } from '../../support/otlp-receiver.js';
import { Scrape } from '../../support/prometheus-text.js';
import { commandLine, killAll, Running } from './running.js';

const NEVER = 3_600_000;
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
/** Part of that trace, right within its span. */
const IN_CLIENT = { traceId: TRACEPARENT.slice(3, 35), parentSpanId: TRACEPARENT.slice(36, 52) };
/** Kinds of spans as OTLP numbers them. */
const [INTERNAL, SERVER, CLIENT] = [1, 2, 3] as const;
const HOOK = new URL('../../support/missing-package.mjs', import.meta.url).href;

describe('telemetry of a manifest', function () {
  this.timeout(120_000);
  let folder: string;
  let receiver: OtlpReceiver;
  const clients: Client[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-telemetry-'));
    receiver = await OtlpReceiver.start();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close().catch(() => undefined)));
    killAll();
    await receiver.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Replaces the manifest in one step. */
  async function write(telemetry: object | undefined, more: object = {}): Promise<void> {
    const manifest = {
      mcpServers: { fixture: fixture({ tools: ['echo', 'wait'] }) },
      codeMode: { enabled: true },
      http: { port: 0 },
      ...(telemetry !== undefined && { telemetry }),
      ...more,
    };
    await writeFile(join(folder, 'next.json'), JSON.stringify(manifest));
    await rename(join(folder, 'next.json'), join(folder, 'toolscript.json'));
  }

  const otlp = (more: object = {}): object => ({
    endpoint: receiver.url,
    delayMs: 100,
    intervalMs: NEVER,
    ...more,
  });

  function start(args: string[], env: Record<string, string> = {}, before: string[] = []): Running {
    const line = commandLine(...args);
    const run = { ...line, args: [...before, ...line.args], env: { ...line.env, ...env } };
    return new Running(run, folder);
  }

  async function serve(
    env: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<{ served: Running; client: Client }> {
    const served = start(['serve', '--http'], env);
    const [, url = ''] = await served.said(/serving on (\S+):/);
    const client = new Client({ name: 'observer', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
    clients.push(client);
    return { served, client };
  }

  const script = async (client: Client, text: string, meta?: object): Promise<unknown> => {
    const params = { name: 'execute_tool_script', arguments: { script: text } };
    return (await client.callTool({ ...params, ...(meta !== undefined && { _meta: { ...meta } }) })).isError;
  };

  async function stop(served: Running): Promise<number> {
    const startedMs = performance.now();
    served.child.kill('SIGTERM');
    expect(await served.ended).to.equal(0);
    return performance.now() - startedMs;
  }

  const metricsUrl = async (served: Running): Promise<string> =>
    (await served.said(/metrics at (\S+)\n/))[1]!;
  const scrape = async (url: string): Promise<Scrape> => new Scrape(await (await fetch(url)).text());
  /** Scrapes until a counter has come so far: a sink that is slow at first gets its events later. */
  async function scraped(url: string, name: string, total: number): Promise<Scrape> {
    let read = await scrape(url);
    while (read.total(name) < total) read = await scrape(url);
    expect(read.total(name)).to.equal(total);
    return read;
  }

  /** A sink that is slow, as on a busy machine, opens no spans, and says so. */
  const lostSpans = (): boolean => receiver.total('toolscript.sink.dropped') > 0;
  const spanNamed = (name: string, kind: number): ReceivedSpan => {
    const span = receiver.spans.find((each) => each.name === name && each.kind === kind);
    if (span === undefined)
      throw new Error(`no span ${name} among ${receiver.spans.map((each) => each.name).join()}`);
    return span;
  };

  /** The names of spans for servers behind us, right within another. */
  const calledWithin = ({ traceId, spanId }: ReceivedSpan): string[] =>
    receiver.spans
      .filter((span) => span.kind === CLIENT && span.traceId === traceId && span.parentSpanId === spanId)
      .map(({ name }) => name);

  it('sends the spans of a script within its client’s trace, and counts what Prometheus then reads', async () => {
    const telemetry = {
      serviceName: 'front',
      attributes: { team: 'blue' },
      otlp: otlp({ headers: { authorization: 'Bearer ${TOKEN}' } }),
      prometheus: { port: 0 },
    };
    await write(telemetry);
    const { served, client } = await serve({ TOKEN: 'very-secret' });
    const url = await metricsUrl(served);
    expect(served.notes).to.include(
      `exporting traces to ${receiver.url}/v1/traces, metrics to ${receiver.url}/v1/metrics, metrics at http://`,
    );
    await script(client, 'echo(a=1)\necho(a=2)\nreturn 1', { traceparent: TRACEPARENT });
    await script(client, 'return undefined_name');
    await client.callTool({ name: 'echo', arguments: { a: 3 } });

    const read = await scraped(url, 'toolscript_script_executions_total', 2);
    expect(read.total('toolscript_script_executions_total', { status: 'success' })).to.equal(1);
    expect(read.total('toolscript_tool_calls_total', { mode: 'script' })).to.equal(2);
    expect(read.total('toolscript_tool_calls_total', { mode: 'direct' })).to.equal(1);
    expect(read.total('toolscript_code_mode_enabled', { service: 'gateway' })).to.equal(1);
    await stop(served);
    expect(receiver.total('toolscript.tool.calls', { mode: 'script' })).to.equal(2);
    expect(receiver.total('toolscript.script.executions')).to.equal(2);
    expect(receiver.points[0]!.resource).to.include({ 'service.name': 'front', team: 'blue' });
    expect(receiver.points[0]!.resource).to.have.property('service.version');
    expect(receiver.requests[0]!.headers.authorization).to.equal('Bearer very-secret');
    expect(served.notes).not.to.include('very-secret');
    if (lostSpans()) return;
    const request = spanNamed('tools/call execute_tool_script', SERVER);
    expect(request).to.include(IN_CLIENT);
    const run = spanNamed('script.run', INTERNAL);
    expect(run).to.include({ traceId: request.traceId, parentSpanId: request.spanId });
    expect(calledWithin(run)).to.deep.equal(['tools/call echo', 'tools/call echo']);
    expect(calledWithin(spanNamed('tools/call echo', SERVER))).to.deep.equal(['tools/call echo']);
    expect(run.resource).to.include({ 'service.name': 'front', team: 'blue' });
  });

  it('takes the place in a trace from the header of a request too, and offers no scripts where they are off', async () => {
    await write({ otlp: otlp(), prometheus: { port: 0 } }, { codeMode: { enabled: false } });
    const { served, client } = await serve({}, { traceparent: TRACEPARENT });
    await client.callTool({ name: 'echo', arguments: { a: 1 } });
    const read = await scraped(await metricsUrl(served), 'toolscript_tool_calls_total', 1);
    expect(read.series('toolscript_code_mode_enabled').map(({ value }) => value)).to.deep.equal([0]);
    await stop(served);
    if (lostSpans()) return;
    const request = spanNamed('tools/call echo', SERVER);
    expect(request).to.include(IN_CLIENT);
    expect(calledWithin(request)).to.deep.equal(['tools/call echo']);
  });

  it('goes on counting on the same port across reloads, and changed settings take over', async () => {
    const telemetry = { otlp: otlp({ delayMs: NEVER }), prometheus: { port: 0 } };
    await write(telemetry);
    const { served, client } = await serve();
    const url = await metricsUrl(served);
    await script(client, 'return echo()');
    await write(telemetry, { codeMode: { enabled: true, limits: { steps: 500_000 } } });
    await served.said(/reloaded: the same servers, code mode on\n/);
    await script(client, 'return echo()');
    await scraped(url, 'toolscript_script_executions_total', 2);
    expect(receiver.requests, 'nothing is sent before its time').to.deep.equal([]);

    await write({ ...telemetry, serviceName: 'renamed' });
    await served.said(/reloaded: the same servers, changed telemetry, code mode on\n/);
    await receiver.until(() => receiver.total('toolscript.script.executions') === 2);
    await script(client, 'return echo()');
    while ((await scrape(url)).series('target_info')[0]?.labels.service_name !== 'renamed');
    await scraped(url, 'toolscript_script_executions_total', 1);

    await write(undefined);
    await served.said(/reloaded: .*\n[^]*reloaded: .*\n[^]*reloaded: .*changed telemetry/);
    await receiver.until(() => receiver.total('toolscript.script.executions') === 1);
    expect(receiver.points[0]!.resource['service.name']).to.equal('renamed');
    await script(client, 'return echo()');
    const after = receiver.requests.length;
    await stop(served);
    expect(receiver.requests).to.have.length(after);
  });

  it('keeps what is in use when the port of the next settings is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await write({ prometheus: { port: 0 } });
    const { served, client } = await serve();
    const url = await metricsUrl(served);
    await write({ prometheus: { port } });
    await served.said(
      /telemetry\.prometheus\.port: found port \d+ of 127\.0\.0\.1 in use, wanted a free one\n[^]*not reloaded/,
    );
    await script(client, 'return 1');
    await scraped(url, 'toolscript_script_executions_total', 1);
    await stop(served);
    const refused = start(['serve', '--http']);
    expect(await refused.ended).to.equal(2);
    expect(refused.notes).to.include(`telemetry.prometheus.port: found port ${String(port)}`);
    other.close();
  });

  for (const manner of ['hang', 'cut'] as const) {
    it(`runs scripts as ever, and ends in time, before a receiver that ${manner}s`, async () => {
      receiver.manner = manner;
      await write({ otlp: otlp({ delayMs: 1, intervalMs: 20, timeoutMs: 20 }) });
      const { served, client } = await serve();
      for (let turn = 0; turn < 20; turn += 1)
        expect(await script(client, 'return echo()')).not.to.equal(true);
      await served.said(/warning: sink "otel" fails: sending (traces|metrics) to \S+: .*\n/);
      expect(await stop(served)).to.be.lessThan(15_000);
      expect(served.notes.match(/sink "otel" fails/g)).to.have.length(1);
    });
  }

  it('is sent by `run` too before it ends, which leaves the port to the gateway', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await write({ otlp: otlp({ delayMs: NEVER, protocol: 'json' }), prometheus: { port } });
    await writeFile(join(folder, 'a.star'), 'return echo(a=1)');
    const run = start(['run', 'a.star']);
    expect(await run.ended, run.notes).to.equal(0);
    other.close();
    expect(receiver.total('toolscript.script.executions', { status: 'success' })).to.equal(1);
    expect(run.notes).not.to.include('export');
    if (lostSpans()) return;
    expect(calledWithin(spanNamed('script.run', INTERNAL))).to.deep.equal(['tools/call echo']);
  });

  it('goes by the variables of the environment where the section says nothing else', async () => {
    await write({});
    await writeFile(join(folder, 'a.star'), 'return 1');
    const run = start(['run', 'a.star'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_SERVICE_NAME: 'by-variable',
    });
    expect(await run.ended).to.equal(0);
    expect(receiver.points[0]!.resource['service.name']).to.equal('by-variable');
    const silent = start(['run', 'a.star']);
    expect(await silent.ended).to.equal(0);
    expect(silent.notes).to.include('telemetry goes nowhere');
  });

  it('loads nothing of OpenTelemetry where it is not asked for, and else names what to install', async () => {
    await writeFile(join(folder, 'a.star'), 'return 1');
    const missing = (MISSING: string): Running => start(['run', 'a.star'], { MISSING }, ['--import', HOOK]);
    await write(undefined);
    const without = missing('@opentelemetry/');
    expect(await without.ended, without.notes).to.equal(0);
    await write({ otlp: { protocol: 'json' } });
    for (const [name, wanted] of [
      ['@opentelemetry/sdk', 'npm install @opentelemetry/sdk-trace-base@2 @opentelemetry/sdk-metrics@2'],
      [
        '@opentelemetry/exporter',
        'npm install @opentelemetry/exporter-trace-otlp-http@0.223 @opentelemetry/exporter-metrics-otlp-http@0.223',
      ],
    ] as const) {
      const refused = missing(name);
      expect(await refused.ended).to.equal(2);
      expect(refused.notes).to.include(
        `telemetry: found packages that are not installed, wanted: ${wanted}\n`,
      );
    }
  });
});
