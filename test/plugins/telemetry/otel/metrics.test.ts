import { metrics as metricsApi, trace as traceApi } from '@opentelemetry/api';
import { expect } from 'chai';

import { createCodeMode, defineTool } from '../../../../adapters/library/index.js';
import {
  ERROR_CODES,
  type CodeMode,
  type ErrorCode,
  type EventName,
  type JsonObject,
  type LimitPolicy,
  type TelemetryEvent,
} from '../../../../core/index.js';
import otelPlugin, {
  createOtelSink,
  METRICS,
  RUN_STATUSES,
  TOOLHIVE_METRICS,
  type MetricRow,
  type OtelOptions,
} from '../../../../plugins/telemetry/otel/index.js';
import { MemorySdk } from './memory-sdk.js';
import { SAMPLES } from './sample-events.js';

const caller = { id: 'planted caller', session: 'planted session', claims: { c: 'planted claim' } };

describe('metrics of the OpenTelemetry sink', () => {
  let sdk: MemorySdk;

  beforeEach(() => (sdk = new MemorySdk()));
  afterEach(() => sdk.close());

  /** Composes a real engine and real tools, acts, and closes. */
  async function composed(
    act: (codeMode: CodeMode) => Promise<unknown>,
    options: OtelOptions = {},
    limits: LimitPolicy = {},
  ): Promise<void> {
    const tool = (name: string, answer: JsonObject) =>
      defineTool({ name, inputSchema: { type: 'object' }, call: () => answer });
    const codeMode = await createCodeMode({
      tools: [
        tool('one', { text: 'x'.repeat(4_000) }),
        tool('bad', { isError: true, content: [{ type: 'text', text: 'no' }] }),
      ],
      limits,
      sinks: [createOtelSink({ ...sdk.providers, ...options })],
    });
    await act(codeMode);
    await codeMode.close();
  }

  /** What a sink makes of these events. */
  function told(events: readonly TelemetryEvent[], options: OtelOptions = {}) {
    const sink = createOtelSink({ ...sdk.providers, ...options });
    for (const event of events) sink.record(event);
    return sink;
  }

  it('count scripts by how they end', async () => {
    const denied: LimitPolicy = {
      authorize: ({ args }) => ({ allow: !JSON.stringify(args).includes('denied') }),
      limitsFor: () => ({ steps: 10_000, wallTimeMs: 5_000, toolCalls: 2 }),
    };
    await composed(
      async (codeMode) => {
        for (const script of [
          'return one()',
          'return bad()',
          'while True: pass',
          'one(); one(); one()',
          'return "denied"',
        ])
          await codeMode.run({ script, caller });
        await codeMode.run({ script: 'while True: pass', caller, limits: { wallTimeMs: 1, steps: 1e12 } });
        await codeMode.run({ script: 'return 1', caller, signal: AbortSignal.abort() });
      },
      {},
      denied,
    );
    const ends = (await sdk.metrics()).get('toolscript.script.executions')!;
    expect(
      Object.fromEntries(ends.map(({ attributes, value }) => [attributes['status'], value])),
    ).to.deep.equal({
      success: 1,
      error: 1,
      step_limit: 1,
      limit: 1,
      refused: 1,
      timeout: 1,
      cancelled: 1,
    });
    expect(await sdk.sum('toolscript.script.executions')).to.equal(7);
    expect(await sdk.sum('toolscript.script.executions', { 'error.type': 'tool_error' })).to.equal(1);
    expect(await sdk.sum('toolscript.limits.met', { limit: 'steps' })).to.equal(1);
    expect(await sdk.sum('toolscript.limits.met', { limit: 'toolCalls' })).to.equal(1);
    expect(await sdk.sum('toolscript.script.active')).to.equal(0);
  });

  it('measure a script, and count its calls apart from those of clients', async () => {
    await composed(async (codeMode) => {
      await codeMode.run({ script: 'parallel([one, one, one])\nreturn 1' });
      await codeMode.callTool('one', {});
      await codeMode.callTool('bad', {});
      await codeMode.callTool('none', {}).catch(() => undefined);
    });
    const calls = (attributes: object) => sdk.sum('toolscript.tool.calls', { ...attributes });
    expect(await calls({ mode: 'script' })).to.equal(3);
    expect(await calls({ mode: 'direct', status: 'succeeded' })).to.equal(1);
    expect(await calls({ mode: 'direct', 'error.type': 'tool_error' })).to.equal(1);
    const all = await sdk.metrics();
    const only = (name: string) => all.get(name)![0]!;
    expect(only('toolscript.script.tool_calls')).to.include({ value: 3, count: 1 });
    expect(only('toolscript.script.branches')).to.include({ value: 3, count: 1 });
    expect(only('toolscript.script.steps').value).to.be.greaterThan(0);
    expect(only('toolscript.script.memory').value).to.be.greaterThan(1_000);
    expect(only('toolscript.script.tokens.saved').value).to.be.greaterThan(2_900);
    const phases = all.get('toolscript.script.phase.duration')!;
    const total = phases.reduce((sum, { value }) => sum + value, 0);
    expect(phases).to.have.length(3);
    expect(total).to.be.closeTo(only('toolscript.script.duration').value, 0.001);
    expect(await sdk.sum('mcp.client.operation.duration', { 'gen_ai.tool.name': 'one' })).to.equal(4);
    expect(await sdk.sum('mcp.client.operation.duration', { mode: 'direct' })).to.equal(2);
  });

  it('tell scripts that run', async () => {
    const sink = told([SAMPLES['script.started']]);
    expect(await sdk.sum('toolscript.script.active', { runtime: 'starlark' })).to.equal(1);
    sink.record(SAMPLES['script.finished']);
    expect(await sdk.sum('toolscript.script.active')).to.equal(0);
    sink.record(SAMPLES['script.started']);
    await sink.close?.();
    expect(await sdk.sum('toolscript.script.active')).to.equal(0);
  });

  it('know a status for every code', async () => {
    const codes = ['ok', ...Object.keys(ERROR_CODES)] as (ErrorCode | 'ok')[];
    told([
      ...codes.map((code) => ({ ...SAMPLES['script.finished'], code })),
      ...codes.flatMap((code) => (code === 'ok' ? [] : [{ ...SAMPLES['script.refused'], code }])),
    ]);
    const seen = (await sdk.metrics()).get('toolscript.script.executions')!;
    expect([...new Set(seen.map(({ attributes }) => attributes['status']))].sort()).to.deep.equal(
      [...RUN_STATUSES].sort(),
    );
    const finished = new Map(
      (await sdk.metrics())
        .get('toolscript.script.executions')!
        .map(({ attributes: a }) => [a['error.type'], a['status']]),
    );
    expect(finished.get('limit/wall-time')).to.equal('timeout');
  });

  it('are of the tables: every one, with their attributes and no others, and no word of anybody', async () => {
    told(Object.values(SAMPLES), { toolhiveNames: true });
    const seen = await sdk.metrics();
    const rows: readonly MetricRow[] = [...Object.values(METRICS), ...Object.values(TOOLHIVE_METRICS)];
    expect([...seen.keys()].sort()).to.deep.equal(rows.map(({ name }) => name).sort());
    for (const { name, attributes } of rows)
      for (const point of seen.get(name)!)
        expect(attributes, name).to.include.members(Object.keys(point.attributes));
    expect(JSON.stringify([...seen])).not.to.include('planted');
  });

  it('bound the names: of tools that are called, and of what clients make up', async () => {
    const started = SAMPLES['tool.started'];
    const called = SAMPLES['tool.called'];
    const request = SAMPLES['request.finished'];
    const events = Array.from({ length: 50 }, (_, n) => {
      const subject = { callId: `call ${n}`, tool: `tool ${n}`, backend: `backend ${n}` };
      return [
        { ...request, target: `made up ${n}`, code: 'tool/unknown', protocolVersion: `${n}` } as const,
        { ...started, ...subject },
        { ...called, ...subject },
        { ...SAMPLES['backend.changed'], backend: `backend ${n}` },
      ];
    });
    told(events.flat(), { names: 3, toolhiveNames: true });
    const all = await sdk.metrics();
    const values = (name: string, attribute: string) =>
      new Set(all.get(name)!.map(({ attributes }) => attributes[attribute]));
    const tools = ['tool 0', 'tool 1', 'tool 2', '_other'];
    expect([...values('mcp.client.operation.duration', 'gen_ai.tool.name')]).to.deep.equal(tools);
    expect([...values('mcp.server.operation.duration', 'gen_ai.tool.name')]).to.deep.equal(['_other']);
    expect([...values('mcp.server.operation.duration', 'mcp.protocol.version')]).to.deep.equal(['_other']);
    expect([...values('toolhive_vmcp_backend_requests', 'tool_name')]).to.deep.equal(tools);
    expect(await sdk.sum('toolscript.backends', { state: 'up' })).to.equal(3);
    expect([...values('toolscript.backend.up', 'backend')]).to.deep.equal([
      'backend 0',
      'backend 1',
      'backend 2',
    ]);
    expect(await sdk.sum('mcp.client.operation.duration')).to.equal(50);
  });

  it('add up over compositions that follow each other, whose states do not stay', async () => {
    const before = told([
      SAMPLES['service.started'],
      { ...SAMPLES['backend.changed'], backend: 'old' },
      SAMPLES['script.finished'],
    ]);
    expect(await sdk.sum('toolscript.code_mode.enabled')).to.equal(1);
    const after = told([
      { ...SAMPLES['service.started'], codeMode: false },
      { ...SAMPLES['backend.changed'], backend: 'new' },
      SAMPLES['script.finished'],
      SAMPLES['script.started'],
    ]);
    expect(await sdk.sum('toolscript.script.active')).to.equal(1);
    await before.close?.();
    const all = await sdk.metrics();
    expect(await sdk.sum('toolscript.script.executions')).to.equal(2);
    expect(await sdk.sum('toolscript.script.active')).to.equal(1);
    expect(all.get('toolscript.code_mode.enabled')!.map(({ value }) => value)).to.deep.equal([0]);
    const up = (backend: string) => sdk.sum('toolscript.backend.up', { backend });
    expect([await up('old'), await up('new')]).to.deep.equal([-1, 1]);
    expect(await sdk.sum('toolscript.backends')).to.equal(1);
    await after.close?.();
    expect([await up('old'), await up('new')]).to.deep.equal([-1, -1]);
    expect(await sdk.sum('toolscript.backends')).to.equal(0);
    expect(await sdk.sum('toolscript.script.active')).to.equal(0);
  });

  it('tell the tokens of an optimizer: a list once, searches as they add up', async () => {
    const savings = SAMPLES['savings.measured'];
    const session = { ...savings, sessionId: 's', baselineTokens: 900, listedTokens: 100 };
    told([
      { ...session, finds: 0, foundTokens: 0 },
      { ...session, finds: 1, foundTokens: 40 },
      { ...session, finds: 2, foundTokens: 70 },
    ]);
    const tokens = (kind: string) => sdk.sum('toolscript.optimizer.tokens', { kind });
    expect(await Promise.all(['baseline', 'listed', 'found'].map(tokens))).to.deep.equal([900, 100, 70]);
  });

  it("are ToolHive's too, where that is asked for", async () => {
    await composed(
      async (codeMode) => {
        await codeMode.run({ script: 'return parallel([one, one])' });
        await codeMode.run({ script: 'return bad()' });
      },
      { toolhiveNames: true },
    );
    const sum = (name: string, attributes = {}) => sdk.sum(name, attributes);
    expect(await sum('toolhive_vmcp_script_executions', { status: 'success' })).to.equal(1);
    expect(await sum('toolhive_vmcp_script_executions', { status: 'error' })).to.equal(1);
    expect(await sum('toolhive_vmcp_script_parallel_goroutines')).to.equal(2);
    expect(await sum('toolhive_vmcp_script_duration')).to.equal(2);
    await composed((codeMode) => codeMode.run({ script: 'return 1' }));
    expect(await sum('toolhive_vmcp_script_executions')).to.equal(2);
  });

  describe('with the providers that the host registers', () => {
    afterEach(() => {
      metricsApi.disable();
      traceApi.disable();
    });

    it('begin when it does, and are nothing before', async () => {
      const sink = createOtelSink();
      expect(sink.trace?.(SAMPLES['script.started'])).to.equal(undefined);
      for (const event of Object.values(SAMPLES)) sink.record(event);
      expect(sink.idle?.()).to.equal(true);
      metricsApi.setGlobalMeterProvider(sdk.meterProvider);
      traceApi.setGlobalTracerProvider(sdk.tracerProvider);
      expect(sink.idle?.()).to.equal(false);
      expect(sink.trace?.(SAMPLES['script.started'])).to.have.property('traceparent');
      sink.record(SAMPLES['script.started']);
      sink.record(SAMPLES['script.finished']);
      expect(await sdk.sum('toolscript.script.executions')).to.equal(1);
      expect(await sdk.sum('toolscript.code_mode.enabled')).to.equal(1);
      expect(sdk.spans).to.have.length(1);
      await sink.close?.();
    });
  });

  it('are told by the plugin of a manifest, which judges its settings', async () => {
    expect(otelPlugin).to.include({ name: 'otel', kind: 'sink' });
    const judged = await otelPlugin.config!['~standard'].validate({ names: 0, content: ['data'], x: 1 });
    expect(judged.issues?.map(({ message }) => message)).to.deep.equal([
      'wanted one of script, arguments, result, error',
      'wanted a whole number from 1 to 10000',
      'Unrecognized key: "x"',
    ]);
    expect(() => createOtelSink({ openSpans: 0 })).to.throw(
      'tell OpenTelemetry: openSpans: wanted a whole number from 1 to 1000000',
    );
  });

  it('know every event', () => {
    const names: readonly EventName[] = Object.values(SAMPLES).map(({ name }) => name);
    const sink = createOtelSink(sdk.providers);
    for (const name of names) expect(() => sink.record(SAMPLES[name]), name).not.to.throw();
  });
});
