import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace as traceApi,
  type Context,
  type ContextManager,
} from '@opentelemetry/api';
import { AlwaysOffSampler, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';

import { createCodeMode, defineTool } from '../../../../adapters/library/index.js';
import type { CodeMode, JsonObject, LimitPolicy, TelemetrySink } from '../../../../core/index.js';
import { createOtelSink, SPANS, type OtelOptions } from '../../../../plugins/telemetry/otel/index.js';
import { HandClock } from '../../../support/hand-clock.js';
import { MemorySdk } from './memory-sdk.js';

const CLIENT_TRACE = 'a'.repeat(32);
const CLIENT_SPAN = '1'.repeat(16);
const CLIENT = { traceparent: `00-${CLIENT_TRACE}-${CLIENT_SPAN}-01`, tracestate: 'vendor=1' };
const REQUEST = 'tools/call execute_tool_script';

const parentOf = (span: ReadableSpan): string | undefined => span.parentSpanContext?.spanId;
const idOf = (span: ReadableSpan): string => span.spanContext().spanId;
const linksOf = (span: ReadableSpan): string[] => span.links.map((link) => link.context.spanId);

describe('spans of the OpenTelemetry sink', () => {
  let sdk: MemorySdk;
  let codeMode: CodeMode;
  let sink: TelemetrySink;
  const metas: (JsonObject | undefined)[] = [];

  beforeEach(() => {
    sdk = new MemorySdk();
    metas.length = 0;
  });

  afterEach(async () => {
    await codeMode.close();
    await sdk.close();
  });

  async function compose(options: OtelOptions = {}, limits: LimitPolicy = {}) {
    const tool = (name: string, answer: () => unknown) =>
      defineTool({
        name,
        inputSchema: { type: 'object' },
        call: (_, { meta }) => {
          metas.push(meta);
          return answer() as JsonObject;
        },
      });
    sink = createOtelSink({ ...sdk.providers, ...options });
    codeMode = await createCodeMode({
      tools: [
        tool('one', () => ({ n: 1 })),
        tool('bad', () => ({ isError: true, content: [{ type: 'text', text: 'planted error' }] })),
        tool('secret', () => ({ answer: 'planted result' })),
      ],
      limits,
      sinks: [sink],
      // On a busy machine a sink may be slow, and then gets its events later.
      clock: new HandClock(),
    });
  }

  /** Runs a script as a gateway does. */
  async function request(script: string, place: Partial<typeof CLIENT> = CLIENT) {
    const { traceparent } = place;
    const open = codeMode.openRequest({
      caller: { id: 'ann', session: '5e55', claims: { token: 'planted token' } },
      method: 'tools/call',
      target: 'execute_tool_script',
      transport: 'http',
      protocolVersion: '2026-07-28',
      rpcId: 7,
      ...(traceparent !== undefined && { trace: { ...place, traceparent } }),
    })!;
    const outcome = await codeMode.run({ script, data: { d: 'planted data' }, meta: place, request: open });
    open.end({ code: outcome.ok ? 'ok' : outcome.error.code });
    return outcome;
  }

  it('nest: the client, the request, the script, its calls in parallel, each of which its backend knows', async () => {
    await compose();
    await request('return parallel([lambda: one(), lambda: one(), lambda: one()])');
    const [server, run] = [sdk.span(REQUEST), sdk.span('script.run')];
    const calls = sdk.named('tools/call one');
    expect([server.kind, run.kind, calls[0]!.kind]).to.deep.equal([
      SpanKind.SERVER,
      SpanKind.INTERNAL,
      SpanKind.CLIENT,
    ]);
    expect(parentOf(server)).to.equal(CLIENT_SPAN);
    expect(parentOf(run)).to.equal(idOf(server));
    expect(calls.map(parentOf)).to.deep.equal([idOf(run), idOf(run), idOf(run)]);
    expect(new Set(sdk.spans.map((span) => span.spanContext().traceId))).to.deep.equal(
      new Set([CLIENT_TRACE]),
    );
    expect(sdk.spans.every(({ status }) => status.code === SpanStatusCode.UNSET)).to.equal(true);
    const places = calls.map((call) => ({
      traceparent: `00-${CLIENT_TRACE}-${idOf(call)}-01`,
      tracestate: 'vendor=1',
    }));
    expect(metas).to.have.deep.members(places);
  });

  it('say what the conventions ask for, and what is ours', async () => {
    await compose();
    await request('one()\nreturn 1');
    const { attributes } = sdk.span(REQUEST);
    const { 'toolscript.request.id': requestId, 'mcp.session.id': session, ...rest } = attributes;
    expect(rest).to.deep.equal({
      'mcp.method.name': 'tools/call',
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'execute_tool_script',
      'jsonrpc.request.id': '7',
      'mcp.protocol.version': '2026-07-28',
      'network.transport': 'tcp',
      'toolscript.caller': 'ann',
    });
    expect(session).to.equal('5e55');
    const run = sdk.span('script.run').attributes;
    expect(run).to.include({
      'toolscript.request.id': requestId,
      'toolscript.runtime': 'starlark',
      'toolscript.status': 'success',
      'toolscript.tools': 3,
      'toolscript.tool_calls': 1,
    });
    expect(run['toolscript.script.hash']).to.match(/^[0-9a-f]{64}$/);
    expect(sdk.span('tools/call one').attributes).to.include({
      'mcp.method.name': 'tools/call',
      'gen_ai.tool.name': 'one',
      'toolscript.run.id': run['toolscript.run.id'],
      'toolscript.mode': 'script',
      'toolscript.status': 'succeeded',
    });
  });

  it('say nothing that the table of spans does not name', async () => {
    await compose({ content: ['script', 'arguments', 'result', 'error'] });
    await request('secret()\nreturn bad()');
    await request('one()\nreturn 1');
    const rows = Object.values(SPANS);
    for (const { name, kind, attributes } of sdk.spans) {
      const row = rows.find((candidate) => SpanKind[kind] === candidate.kind)!;
      expect([...row.attributes, ...row.content], name).to.include.members(Object.keys(attributes));
    }
  });

  it('fail with a code and no message', async () => {
    await compose();
    await request('return bad()');
    const call = sdk.span('tools/call bad');
    expect(call.attributes['error.type']).to.equal('tool_error');
    expect(call.status).to.deep.equal({ code: SpanStatusCode.ERROR, message: 'tool/failed' });
    const run = sdk.span('script.run');
    expect(run.attributes).to.include({ 'toolscript.failed_tool': 'bad', 'toolscript.script.line': 1 });
    expect(run.status.code).to.equal(SpanStatusCode.ERROR);
    expect(sdk.span(REQUEST).status.code).to.equal(SpanStatusCode.ERROR);
  });

  it('show calls that were refused before they were sent, scripts too, and limits that were met', async () => {
    const denied = new Set(['one']);
    await compose(
      {},
      {
        authorize: ({ tool }) =>
          denied.has(tool.name) ? { allow: false, reason: 'not today' } : { allow: true },
        limitsFor: () => ({ toolCalls: 1 }),
      },
    );
    await request('attempt(one)\nreturn one()');
    const calls = sdk.named('tools/call one');
    expect(calls[0]!.attributes).to.include({
      'error.type': 'tool/denied',
      'toolscript.reason': 'not today',
    });
    expect(parentOf(calls[0]!)).to.equal(idOf(sdk.span('script.run')));
    const [met] = sdk.span('script.run').events;
    expect(met).to.include({ name: 'limit.met' });
    expect(met!.attributes).to.deep.equal({ 'toolscript.limit': 'toolCalls', 'toolscript.bound': 1 });
    sdk.exporter.reset();
    denied.add('execute_tool_script');
    await request('return 1');
    expect(sdk.span('script.run').attributes).to.include({
      'toolscript.status': 'refused',
      'error.type': 'tool/denied',
    });
    expect(parentOf(sdk.span('script.run'))).to.equal(idOf(sdk.span(REQUEST)));
  });

  it('show no text of scripts, data, arguments, results or errors, and no token, unless asked', async () => {
    const script = 'x = "planted text"\nsecret(q = "planted argument" + d)\nreturn bad()';
    await compose();
    await request(script);
    expect(textOf(sdk)).not.to.include('planted');
    await codeMode.close();
    sdk.exporter.reset();
    await compose({ content: ['script', 'arguments', 'result', 'error'] });
    await request(script);
    expect(sdk.span('script.run').attributes['toolscript.script.text']).to.equal(script);
    expect(sdk.span('tools/call secret').attributes).to.include({
      'gen_ai.tool.call.arguments': '{"q":"planted argumentplanted data"}',
    });
    expect(sdk.span('tools/call secret').attributes['gen_ai.tool.call.result']).to.include('planted result');
    expect(sdk.span('tools/call bad').status.message).to.include('planted error');
    await request('x = "password=hunter2"\nreturn 1');
    expect(textOf(sdk)).to.include('password=[redacted]');
    expect(textOf(sdk)).not.to.include('planted token');
  });

  it('cut content, and names', async () => {
    await compose({ content: ['script'] });
    await request(`x = "${'é'.repeat(50_000)}"\nreturn 1`);
    const text = sdk.span('script.run').attributes['toolscript.script.text'] as string;
    expect(text).to.have.length.within(16_000, 16_385);
    const caller = { id: 'x'.repeat(9_999) };
    const target = `${'t'.repeat(199)}\u{1F600}${'t'.repeat(9_999)}`;
    codeMode
      .openRequest({ caller, method: 'tools/call', target, transport: 'stdio' })!
      .end({ code: 'tool/unknown' });
    const odd = sdk.spans.at(-1)!;
    expect(odd.name).to.equal(`tools/call ${'t'.repeat(199)}…`);
    expect(odd.attributes['toolscript.caller']).to.have.length(201);
    codeMode
      .openRequest({ caller, method: '__proto__', transport: 'stdio' })!
      .end({ code: 'ok', rpcCode: -32601 });
    expect(sdk.spans.at(-1)!.name).to.equal('_other');
    expect(sdk.spans.at(-1)!.attributes).to.include({
      'mcp.method.name': '_other',
      'network.transport': 'pipe',
      'rpc.response.status_code': '-32601',
    });
  });

  it("begin where the client's trace begins: as its parts, linked, or knowing nothing of it", async () => {
    await compose({ clientTrace: 'link' });
    await request('return one()');
    const server = sdk.span(REQUEST);
    expect([parentOf(server), linksOf(server)]).to.deep.equal([undefined, [CLIENT_SPAN]]);
    expect(parentOf(sdk.span('script.run'))).to.equal(idOf(server));
    expect(metas[0]?.['traceparent']).to.include(server.spanContext().traceId);
    await codeMode.close();
    sdk.exporter.reset();
    await compose({ clientTrace: 'ignore' });
    await request('return one()');
    const alone = sdk.span(REQUEST);
    expect([parentOf(alone), linksOf(alone)]).to.deep.equal([undefined, []]);
    expect(alone.spanContext().traceId).not.to.equal(CLIENT_TRACE);
  });

  it('are parts of the place that `meta` tells where no adapter told of a request, direct calls too', async () => {
    await compose();
    await codeMode.run({ script: 'return one()', meta: CLIENT });
    await codeMode.callTool('bad', {}, { meta: CLIENT });
    expect(parentOf(sdk.span('script.run'))).to.equal(CLIENT_SPAN);
    expect(parentOf(sdk.span('tools/call bad'))).to.equal(CLIENT_SPAN);
    expect(sdk.span('tools/call bad').attributes).to.include({ 'toolscript.mode': 'direct' });
  });

  it('hand on that nothing is sampled', async () => {
    await sdk.close();
    sdk = new MemorySdk({ sampler: new AlwaysOffSampler() });
    await compose();
    await request('return one()');
    expect(sdk.spans).to.deep.equal([]);
    expect(metas[0]?.['traceparent']).to.match(new RegExp(`^00-${CLIENT_TRACE}-(?!1{16})[0-9a-f]{16}-00$`));
  });

  it('end when there are too many, and when the composition closes', async () => {
    await compose({ openSpans: 2 });
    const start = { caller: { id: 'ann' }, method: 'tools/list', transport: 'http' } as const;
    const open = [1, 2, 3].map(() => codeMode.openRequest(start)!);
    expect(sdk.spans.map(({ attributes }) => attributes['toolscript.unfinished'])).to.deep.equal([true]);
    for (const each of open.slice(0, 2)) each.end({ code: 'ok' });
    expect(sdk.spans).to.have.length(2);
    await codeMode.close();
    expect(sdk.spans.map(({ attributes }) => attributes['toolscript.unfinished'])).to.deep.equal([
      true,
      undefined,
      undefined,
    ]);
    expect(sdk.spans[2]!.attributes).to.include({ 'error.type': 'cancelled' });
  });

  describe('in a host with a span of its own', () => {
    before(() => context.setGlobalContextManager(new StorageContexts()));
    after(() => context.disable());

    /** Runs within a span of the host, and answers its id. */
    async function ambient(act: () => Promise<unknown>): Promise<string> {
      const span = sdk.tracerProvider.getTracer('host').startSpan('host');
      await context.with(traceApi.setSpan(context.active(), span), act);
      span.end();
      return idOf(sdk.span('host'));
    }

    it('are its parts', async () => {
      await compose();
      const host = await ambient(() => codeMode.run({ script: 'return one()' }));
      expect(parentOf(sdk.span('script.run'))).to.equal(host);
      expect(parentOf(sdk.span('tools/call one'))).to.equal(idOf(sdk.span('script.run')));
    });

    it("are linked to it where they are the client's", async () => {
      await compose();
      const host = await ambient(() => request('return 1'));
      const server = sdk.span(REQUEST);
      expect([parentOf(server), linksOf(server)]).to.deep.equal([CLIENT_SPAN, [host]]);
    });

    it("are its parts, linked to the client's", async () => {
      await compose({ clientTrace: 'link' });
      const host = await ambient(() => request('return 1'));
      const server = sdk.span(REQUEST);
      expect([parentOf(server), linksOf(server)]).to.deep.equal([host, [CLIENT_SPAN]]);
    });
  });
});

/** All that an exporter would send. */
function textOf({ spans }: MemorySdk): string {
  return JSON.stringify(
    spans.map(({ name, attributes, events, links, status }) => ({ name, attributes, events, links, status })),
  );
}

/** What a host's SDK brings: the context follows promises. */
class StorageContexts implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();
  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }
  with<Args extends unknown[], Act extends (...args: Args) => ReturnType<Act>>(
    within: Context,
    act: Act,
    self?: ThisParameterType<Act>,
    ...args: Args
  ): ReturnType<Act> {
    return this.#storage.run(within, () => act.apply(self, args));
  }
  bind<Target>(_within: Context, target: Target): Target {
    return target;
  }
  enable(): this {
    return this;
  }
  disable(): this {
    return this;
  }
}
