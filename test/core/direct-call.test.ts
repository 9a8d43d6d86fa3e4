import { expect } from 'chai';
import sinon from 'sinon';
import { createCodeMode, ToolscriptError } from '../../core/index.js';
import type { CodeMode, CodeModeParts, JsonObject, Progress, TelemetryEvent } from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, HoldingDispatcher, settle, textResult } from '../support/test-tools.js';

describe('a direct call', () => {
  let codeMode: CodeMode;
  let events: TelemetryEvent[];

  async function compose(parts: Partial<CodeModeParts>): Promise<void> {
    events = [];
    const sinks = [{ record: (event: TelemetryEvent) => void events.push(event) }];
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), sinks, ...parts });
  }
  afterEach(() => codeMode.close());

  async function rejection(tool: string, args: unknown = {}, context = {}): Promise<ToolscriptError> {
    const thrown: unknown = await codeMode
      .callTool(tool, args as JsonObject, context)
      .catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(ToolscriptError);
    return thrown as ToolscriptError;
  }

  it('answers what the tool answered, and tells the sinks', async () => {
    const result = { content: [], structuredContent: { result: 1 }, _meta: { x: 1 } };
    const dispatcher = answering([definition('a')], () => result);
    await compose({ dispatcher });
    const caller = { id: 'me' };
    expect(await codeMode.callTool('a', { n: 1 }, { caller, meta: { traceparent: 't' } })).to.equal(result);
    expect(dispatcher.calls[0]).to.deep.include({ args: { n: 1 }, caller, meta: { traceparent: 't' } });
    expect(events.map(({ name }) => name)).to.deep.equal(['tool.started', 'tool.called']);
    expect(events[1]).to.deep.include({
      name: 'tool.called',
      tool: 'a',
      mode: 'direct',
      code: 'ok',
      startedMs: 0,
      caller,
    });
    expect(events[1]).not.to.have.property('runId');
  });

  it("answers a tool's error as a result", async () => {
    const result = { ...textResult('no'), isError: true };
    await compose({ dispatcher: answering([definition('a')], () => result) });
    expect(await codeMode.callTool('a', {})).to.equal(result);
    expect(events[1]).to.include({ code: 'tool/failed' });
  });

  it('rejects unknown tools, with the nearest, and wrong arguments', async () => {
    const inputSchema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    const dispatcher = answering([definition('read_file', { inputSchema })], () => textResult('x'));
    await compose({ dispatcher });
    expect(await rejection('raed_file')).to.include({
      code: 'tool/unknown',
      message: 'call a tool: no tool named "raed_file", did you mean "read_file"?',
    });
    expect(await rejection(7 as never)).to.include({ code: 'config/invalid' });
    expect(await rejection('__proto__')).to.include({ code: 'tool/unknown' });
    expect(await rejection('x'.repeat(100_000)))
      .to.have.property('message')
      .with.length.below(300);
    expect(await rejection('read_file')).to.include({ code: 'tool/arguments' });
    expect(await rejection('read_file', [1])).to.include({ code: 'tool/arguments' });
    const deep = JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`) as JsonObject;
    expect(await rejection('read_file', deep)).to.include({ code: 'tool/arguments' });
    expect(dispatcher.calls).to.have.length(0);
  });

  it('asks the policy, and is refused when it fails', async () => {
    const asked: unknown[] = [];
    const dispatcher = answering([definition('a')], () => textResult('x'));
    await compose({
      dispatcher,
      limits: {
        limitsFor: (_caller, use) => (asked.push(use), {}),
        authorize: ({ mode, tool }) => (asked.push(mode, tool.name), { allow: false }),
      },
    });
    expect(await rejection('a')).to.include({ code: 'tool/denied' });
    expect(asked).to.deep.equal(['direct', 'direct', 'a']);
    expect(events[0]).to.include({ code: 'tool/denied' });
    expect(dispatcher.calls).to.have.length(0);
  });

  it('ends at the time limit, with the caller, and with the composition', async () => {
    const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const dispatcher = new HoldingDispatcher();
      await compose({ dispatcher, limits: { toolCallTimeoutMs: 100 } });
      const late = rejection('a');
      await settle();
      await clock.tickAsync(100);
      expect(await late).to.include({ code: 'tool/timeout' });
      const leaving = new AbortController();
      const left = rejection('a', {}, { signal: leaving.signal });
      await settle();
      leaving.abort();
      expect(await left).to.include({ code: 'cancelled' });
      const cut = rejection('a');
      await settle();
      await codeMode.close();
      expect(await cut).to.include({ code: 'cancelled' });
      expect(dispatcher.calls.map(({ signal }) => signal.aborted)).to.deep.equal([true, true, true]);
    } finally {
      clock.restore();
    }
  });

  it('passes progress on', async () => {
    const steps: Progress[] = [];
    await compose({
      dispatcher: answering(
        [definition('a')],
        ({ onProgress }) => (onProgress?.({ progress: 1 }), textResult('x')),
      ),
    });
    await codeMode.callTool('a', {}, { onProgress: (step) => void steps.push(step) });
    expect(steps).to.deep.equal([{ progress: 1 }]);
  });

  it('refuses nonsense from the tool', async () => {
    await compose({ dispatcher: answering([definition('a')], () => ({ content: 'x' })) });
    expect(await rejection('a')).to.include({ code: 'tool/failed' });
  });
});
