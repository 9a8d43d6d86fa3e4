import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';

import { createCodeMode, defineTool } from '../../../../adapters/library/index.js';
import type { CodeMode, JsonObject } from '../../../../core/index.js';
import { createOtelSink } from '../../../../plugins/telemetry/otel/index.js';
import { MemorySdk } from './composed.js';

const CLIENT_TRACE = 'a'.repeat(32);
const CLIENT = `00-${CLIENT_TRACE}-${'1'.repeat(16)}-01`;

describe('spans of the OpenTelemetry sink', () => {
  let sdk: MemorySdk;
  let codeMode: CodeMode;
  const metas: (JsonObject | undefined)[] = [];

  beforeEach(() => {
    sdk = new MemorySdk();
    metas.length = 0;
  });

  afterEach(async () => {
    await codeMode.close();
    await sdk.close();
  });

  async function compose(options: Parameters<typeof createOtelSink>[0] = {}) {
    const tool = (name: string, answer: () => unknown) =>
      defineTool({
        name,
        inputSchema: { type: 'object' },
        call: (_, { meta }) => {
          metas.push(meta);
          return answer() as JsonObject;
        },
      });
    codeMode = await createCodeMode({
      tools: [
        tool('one', () => ({ n: 1 })),
        tool('bad', () => ({ isError: true, content: [{ type: 'text', text: 'planted error' }] })),
      ],
      sinks: [createOtelSink({ ...sdk.providers, ...options })],
    });
  }

  /** Runs a script as a gateway does. */
  async function request(script: string, meta: JsonObject = { traceparent: CLIENT }) {
    const { traceparent } = meta as { traceparent?: string };
    const open = codeMode.openRequest({
      caller: { id: 'ann', session: 'planted session' },
      method: 'tools/call',
      target: 'execute_tool_script',
      transport: 'http',
      protocolVersion: '2026-07-28',
      rpcId: 7,
      ...(traceparent !== undefined && { trace: { traceparent } }),
    })!;
    const outcome = await codeMode.run({ script, meta, request: open });
    open.end({ code: outcome.ok ? 'ok' : outcome.error.code });
    return outcome;
  }

  const parentOf = (span: ReadableSpan): string | undefined => span.parentSpanContext?.spanId;
  const idOf = (span: ReadableSpan): string => span.spanContext().spanId;

  it('nest: the client, the request, the script, its calls in parallel', async () => {
    await compose();
    await request('return parallel([lambda: one(), lambda: one(), lambda: one()])');
    const server = sdk.span('tools/call execute_tool_script');
    const run = sdk.span('script.run');
    const calls = sdk.spans.filter(({ name }) => name === 'tools/call one');
    expect([server.kind, run.kind]).to.deep.equal([SpanKind.SERVER, SpanKind.INTERNAL]);
    expect(parentOf(server)).to.equal('1'.repeat(16));
    expect(parentOf(run)).to.equal(idOf(server));
    expect(calls.map(parentOf)).to.deep.equal([idOf(run), idOf(run), idOf(run)]);
    expect(calls.map(({ kind }) => kind)).to.deep.equal([2, 2, 2]);
    expect(sdk.spans.map((span) => span.spanContext().traceId)).to.deep.equal(
      new Array(5).fill(CLIENT_TRACE),
    );
    expect(sdk.spans.every(({ status }) => status.code === SpanStatusCode.UNSET)).to.equal(true);
    expect(metas.map((meta) => meta?.['traceparent']).sort()).to.deep.equal(
      calls.map((call) => `00-${CLIENT_TRACE}-${idOf(call)}-01`).sort(),
    );
  });
});
