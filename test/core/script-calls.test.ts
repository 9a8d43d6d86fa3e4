import { expect } from 'chai';
import sinon from 'sinon';
import { createCodeMode, ToolscriptError } from '../../core/index.js';
import type {
  CodeMode,
  Json,
  LimitPolicy,
  Limits,
  Outcome,
  TelemetryEvent,
  ToolDefinition,
  ToolDispatcher,
  ToolIndex,
} from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import {
  answering,
  definition,
  HoldingDispatcher,
  jsonResult,
  settle,
  until,
  textResult,
} from '../support/test-tools.js';

const plan = (value: unknown): string => JSON.stringify(value);

const fan = (count: number, tool = 'a'): string =>
  plan({ parallel: Array.from({ length: count }, (_, n) => ({ call: tool, args: { n } })) });

/** A policy that lets scripts start, and then is what it is. */
const inScript =
  (authorize: NonNullable<LimitPolicy['authorize']>): NonNullable<LimitPolicy['authorize']> =>
  (request) =>
    request.mode === 'direct' ? { allow: true } : authorize(request);

function failed(outcome: Outcome): Extract<Outcome, { ok: false }> {
  if (outcome.ok) throw new Error(`no failure: ${outcome.text}`);
  return outcome;
}

describe('tool calls of a script', () => {
  let codeMode: CodeMode;
  let events: TelemetryEvent[];
  let clock: sinon.SinonFakeTimers;

  beforeEach(() => {
    events = [];
    clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(async () => {
    clock.restore();
    await codeMode.close();
  });

  async function compose(dispatcher: ToolDispatcher, limits?: LimitPolicy | Partial<Limits>): Promise<void> {
    const sinks = [{ record: (event: TelemetryEvent) => void events.push(event) }];
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, limits, sinks });
  }

  const called = (): unknown[] =>
    events.flatMap((event) => (event.name === 'tool.called' ? [[event.tool, event.code]] : []));

  it('come back with the values of the tools', async () => {
    await compose(answering([definition('a')], ({ args }) => jsonResult(args.n!)));
    const outcome = await codeMode.run({
      script: plan({
        all: [
          { call: 'a', args: { n: 1 } },
          { call: 'a', args: { n: 2 } },
        ],
      }),
    });
    expect(outcome).to.include({ ok: true, text: '[1,2]' });
    expect(outcome.calls.map(({ tool, status }) => [tool, status])).to.deep.equal([
      ['a', 'succeeded'],
      ['a', 'succeeded'],
    ]);
    expect(outcome.tally).to.deep.equal([{ tool: 'a', succeeded: 2, failed: 0, unknown: 0, unsent: 0 }]);
    expect(called()).to.deep.equal([
      ['a', 'ok'],
      ['a', 'ok'],
    ]);
  });

  it('are never more at once than allowed, start in order and answer in order', async () => {
    const dispatcher = new HoldingDispatcher();
    await compose(dispatcher, { parallel: 3 });
    const running = codeMode.run({ script: fan(8) });
    const order: Json[] = [];
    for (let done = 0; done < 8; done += 1) {
      await until(() => dispatcher.calls.length === Math.min(8, done + 3));
      await settle();
      expect(dispatcher.inFlight).to.equal(Math.min(3, 8 - done));
      const held = dispatcher.calls[done]!;
      order.push(held.args.n!);
      held.answer(jsonResult(held.args.n!));
    }
    const outcome = await running;
    expect(order).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(outcome).to.deep.include({ ok: true, value: [0, 1, 2, 3, 4, 5, 6, 7] });
    expect(dispatcher.peak).to.equal(3);
    expect(outcome.usage).to.include({ parallelPeak: 3, toolCalls: 8, branches: 8 });
  });

  it('wait for their turn outside their own time limit', async () => {
    const dispatcher = new HoldingDispatcher();
    await compose(dispatcher, { parallel: 1, toolCallTimeoutMs: 100 });
    const running = codeMode.run({ script: fan(3) });
    for (let done = 0; done < 3; done += 1) {
      await until(() => dispatcher.calls.length === done + 1);
      await clock.tickAsync(90);
      dispatcher.calls[done]!.answer(jsonResult(done));
    }
    const outcome = await running;
    expect(outcome.ok).to.equal(true);
    expect(outcome.calls.map(({ queuedMs, ranMs }) => [queuedMs, ranMs])).to.deep.equal([
      [0, 90],
      [90, 90],
      [180, 90],
    ]);
    expect(outcome.usage).to.include({ wallTimeMs: 270, waitMs: 270 });
  });

  it('end at their time limit, make room for the next, and abort', async () => {
    const dispatcher = new HoldingDispatcher();
    await compose(dispatcher, { parallel: 1, toolCallTimeoutMs: 100 });
    const running = codeMode.run({ script: plan({ parallel: [{ attempt: { call: 'a' } }, { call: 'b' }] }) });
    await until(() => dispatcher.calls.length === 1);
    await clock.tickAsync(100);
    await until(() => dispatcher.calls.length === 2);
    expect(dispatcher.calls[0]!.signal.aborted).to.equal(true);
    expect(dispatcher.calls[1]!.tool).to.equal('b');
    dispatcher.calls[1]!.answer(textResult('late is no use'));
    const outcome = await running;
    expect(outcome).to.deep.include({
      ok: true,
      value: [
        { ok: false, code: 'tool/timeout', message: 'call a: no answer within 100 ms' },
        'late is no use',
      ],
    });
    expect(outcome.calls.map(({ status, code }) => [status, code])).to.deep.equal([
      ['unknown', 'tool/timeout'],
      ['succeeded', undefined],
    ]);
    dispatcher.calls[0]!.fail(new Error('after the time limit'));
    await settle();
  });

  it('that hang end with the script at its wall time, and are unknown', async () => {
    const dispatcher = new HoldingDispatcher();
    await compose(dispatcher, { parallel: 2, wallTimeMs: 500 });
    const running = codeMode.run({ script: fan(4) });
    await until(() => dispatcher.calls.length === 2);
    dispatcher.calls[0]!.answer(jsonResult(1));
    await until(() => dispatcher.calls.length === 3);
    await clock.tickAsync(500);
    const outcome = failed(await running);
    expect(outcome.error).to.include({
      code: 'limit/wall-time',
      message: 'run the script: more than 500 ms',
    });
    expect(outcome.calls.map(({ status, code }) => [status, code])).to.deep.equal([
      ['succeeded', undefined],
      ['unknown', 'limit/wall-time'],
      ['unknown', 'limit/wall-time'],
      ['unsent', 'limit/wall-time'],
    ]);
    expect(dispatcher.calls).to.have.length(3);
    expect(dispatcher.calls[1]!.signal.reason).to.have.property('code', 'limit/wall-time');
    expect(called()).to.deep.equal([
      ['a', 'ok'],
      ['a', 'limit/wall-time'],
      ['a', 'limit/wall-time'],
    ]);
    expect(events.at(-1)).to.deep.include({ name: 'script.finished', code: 'limit/wall-time' });
    dispatcher.calls[1]!.fail('late');
    dispatcher.calls[2]!.answer('late');
    await settle();
    expect(dispatcher.calls).to.have.length(3);
  });

  it('end when the caller leaves', async () => {
    const dispatcher = new HoldingDispatcher();
    await compose(dispatcher);
    const leaving = new AbortController();
    const running = codeMode.run({ script: fan(2), signal: leaving.signal });
    await until(() => dispatcher.calls.length === 2);
    leaving.abort();
    const outcome = failed(await running);
    expect(outcome.error).to.include({ code: 'cancelled', message: 'run: the caller went away' });
    expect(outcome.tally).to.deep.equal([{ tool: 'a', succeeded: 0, failed: 0, unknown: 2, unsent: 0 }]);
    expect(dispatcher.calls.every(({ signal }) => signal.aborted)).to.equal(true);
  });

  it('do not start when the caller has left already', async () => {
    const dispatcher = new HoldingDispatcher();
    await compose(dispatcher);
    const outcome = failed(await codeMode.run({ script: fan(2), signal: AbortSignal.abort() }));
    expect(outcome.error.code).to.equal('cancelled');
    expect(dispatcher.calls).to.have.length(0);
  });

  it('do not start after the outcome, even for a runtime that goes on', async () => {
    const dispatcher = answering([definition('a')], () => textResult('x'));
    let callLater: () => Promise<unknown> = () => Promise.resolve();
    const runtime = createPlanRuntime({
      run: (script, host) => {
        callLater = () => host.callTool(script.catalog.bound[0]!, {});
        return Promise.resolve({ ok: true, value: 1, text: '1' });
      },
    });
    codeMode = await createCodeMode({ runtime, dispatcher });
    expect((await codeMode.run({ script: '' })).ok).to.equal(true);
    const error: unknown = await callLater().catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'cancelled' });
    expect(dispatcher.calls).to.have.length(0);
  });

  it('that a runtime does not wait for are aborted, and are unknown', async () => {
    const dispatcher = new HoldingDispatcher();
    const runtime = createPlanRuntime({
      run: async (script, host) => {
        host.callTool(script.catalog.bound[0]!, {}).catch(() => undefined);
        await settle();
        return { ok: true, value: 1, text: '1' };
      },
    });
    codeMode = await createCodeMode({ runtime, dispatcher });
    const outcome = await codeMode.run({ script: '' });
    expect(outcome.calls).to.have.length(1);
    expect(outcome.calls[0]).to.include({ status: 'unknown', code: 'cancelled' });
    expect(dispatcher.calls[0]!.signal.aborted).to.equal(true);
  });

  it('are counted, and none is made beyond the limit', async () => {
    const dispatcher = answering([definition('a')], () => textResult('x'));
    await compose(dispatcher, { toolCalls: 2 });
    const outcome = failed(
      await codeMode.run({
        script: plan({ all: [{ call: 'a' }, { call: 'a' }, { attempt: { call: 'a' } }] }),
      }),
    );
    expect(outcome.error).to.include({
      code: 'limit/tool-calls',
      message: 'call a tool: more than 2 calls in one script',
    });
    expect(dispatcher.calls).to.have.length(2);
    expect(outcome.usage.toolCalls).to.equal(2);
  });

  it('with arguments that do not fit are not sent', async () => {
    const inputSchema = { type: 'object', properties: { n: { type: 'integer' } } };
    const dispatcher = answering([definition('a', { inputSchema })], () => textResult('x'));
    await compose(dispatcher);
    const outcome = failed(await codeMode.run({ script: plan({ call: 'a', args: { n: 'x' } }) }));
    expect(outcome.error).to.include({ code: 'tool/arguments', tool: 'a' });
    expect(outcome.calls[0]).to.include({ status: 'failed', code: 'tool/arguments', queuedMs: 0, ranMs: 0 });
    expect(dispatcher.calls).to.have.length(0);
    expect(called()).to.deep.equal([['a', 'tool/arguments']]);
  });

  it('ask the policy with the real name and the caller, and a refusal says no more than that', async () => {
    const asked: unknown[] = [];
    const dispatcher = answering([definition('a-b')], () => textResult('x'));
    await compose(dispatcher, {
      limitsFor: () => ({}),
      authorize: ({ caller, tool, args, mode }) => {
        asked.push([caller.id, tool.name, args, mode]);
        return mode === 'direct' ? { allow: true } : { allow: false, reason: 'on the secret list' };
      },
    });
    const outcome = failed(
      await codeMode.run({ script: plan({ call: 'a_b', args: { n: 1 } }), caller: { id: 'me' } }),
    );
    expect(asked.slice(1)).to.deep.equal([['me', 'a-b', { n: 1 }, 'script']]);
    expect(outcome.error).to.deep.equal({
      code: 'tool/denied',
      message: 'call a-b: refused by the policy',
      tool: 'a-b',
    });
    expect(JSON.stringify(outcome)).not.to.include('secret');
    expect(events.find((event) => event.name === 'tool.called')).to.include({
      code: 'tool/denied',
      reason: 'on the secret list',
    });
    expect(dispatcher.calls).to.have.length(0);
  });

  const nonsensePolicies: [name: string, authorize: () => never][] = [
    [
      'throws',
      () => {
        throw new Error('down');
      },
    ],
    ['answers nothing', () => undefined as never],
    ['answers text', () => 'yes' as never],
    ['answers a truthy allow', () => ({ allow: 1 }) as never],
    ['rejects', () => Promise.reject(new Error('down')) as never],
  ];
  for (const [name, authorize] of nonsensePolicies) {
    it(`are refused when the policy ${name}`, async () => {
      const dispatcher = answering([definition('a')], () => textResult('x'));
      await compose(dispatcher, { authorize: inScript(authorize) });
      expect(failed(await codeMode.run({ script: plan({ call: 'a' }) })).error.code).to.equal('tool/denied');
      expect(dispatcher.calls).to.have.length(0);
    });
  }

  it('end at the wall time when the policy never answers', async () => {
    const dispatcher = answering([definition('a')], () => textResult('x'));
    await compose(dispatcher, {
      limitsFor: () => ({ wallTimeMs: 500 }),
      authorize: inScript(() => new Promise(() => undefined)),
    });
    const running = codeMode.run({ script: plan({ call: 'a' }) });
    await until(() => events.some(({ name }) => name === 'script.started'));
    await settle();
    await clock.tickAsync(500);
    const outcome = failed(await running);
    expect(outcome.error.code).to.equal('limit/wall-time');
    expect(outcome.calls[0]).to.include({ status: 'unsent' });
  });

  const thrown: [name: string, value: unknown, code: string, message: RegExp][] = [
    ['an Error', new Error('the printer is on fire'), 'tool/failed', /^the printer is on fire$/],
    ['a string', 'boom', 'tool/failed', /^boom$/],
    ['nothing', undefined, 'tool/failed', /^call a: failed without a reason$/],
    ['an object', { message: 'x' }, 'tool/failed', /^call a: failed without a reason$/],
    [
      'a trap',
      new Proxy(
        {},
        {
          getPrototypeOf() {
            throw new Error('trap');
          },
        },
      ),
      'tool/failed',
      /without a reason/,
    ],
    [
      'an error whose message throws',
      Object.defineProperty(new Error(), 'message', {
        get() {
          throw new Error('no');
        },
      }),
      'tool/failed',
      /without a reason/,
    ],
    [
      'an error with a code',
      new ToolscriptError({ code: 'backend/unavailable', message: 'server x is down' }),
      'backend/unavailable',
      /^server x is down$/,
    ],
    [
      'a limit that is not its business',
      new ToolscriptError({ code: 'limit/steps', message: 'ha' }),
      'tool/failed',
      /^ha$/,
    ],
    ['an endless message', new Error('x'.repeat(1e6)), 'tool/failed', /^x{1,4000}…$/],
  ];
  for (const [name, value, code, message] of thrown) {
    it(`fail with a safe message when the dispatcher throws ${name}`, async () => {
      await compose(
        answering([definition('a')], () => {
          throw value;
        }),
      );
      const outcome = failed(await codeMode.run({ script: plan({ call: 'a' }) }));
      expect(outcome.error).to.include({ code, tool: 'a' });
      expect(outcome.error.message).to.match(message);
      expect(outcome.calls[0]).to.include({ status: 'failed', code });
    });
  }

  it('fail when the dispatcher throws at once, or answers at once', async () => {
    const throwing = {
      listTools: () => [definition('a')],
      callTool: () => {
        throw new Error('at once');
      },
    };
    await compose(throwing);
    expect(failed(await codeMode.run({ script: plan({ call: 'a' }) })).error.message).to.equal('at once');
    const hasty = { listTools: () => [definition('a')], callTool: () => textResult('at once') as never };
    await compose(hasty);
    expect(await codeMode.run({ script: plan({ call: 'a' }) })).to.include({ ok: true, value: 'at once' });
  });

  it('pass on the caller and `_meta`', async () => {
    const dispatcher = answering([definition('a')], () => textResult('x'));
    await compose(dispatcher);
    const caller = { id: 'me', claims: { role: 'x' } };
    await codeMode.run({ script: plan({ call: 'a' }), caller, meta: { traceparent: '00-1' } });
    expect(dispatcher.calls[0]).to.deep.include({
      tool: 'a',
      caller,
      meta: { traceparent: '00-1' },
      args: {},
    });
  });

  it('are all in the tally when they are too many for the ledger', async () => {
    await compose(
      answering([definition('a')], () => textResult('x')),
      { toolCalls: 5_000 },
    );
    const outcome = await codeMode.run({ script: fan(2_500) });
    expect(outcome.calls).to.have.length(1_000);
    expect(outcome.tally).to.deep.equal([{ tool: 'a', succeeded: 2_500, failed: 0, unknown: 0, unsent: 0 }]);
  });

  it('queue by the thousands without growing the stack when the run ends', async () => {
    const dispatcher = new HoldingDispatcher();
    await compose(dispatcher, { toolCalls: 100_000, parallel: 1, wallTimeMs: 1_000, scriptBytes: 2 ** 21 });
    const running = codeMode.run({ script: fan(20_000) });
    await until(() => dispatcher.calls.length === 1);
    await settle();
    await clock.tickAsync(1_000);
    const outcome = failed(await running);
    expect(outcome.tally).to.deep.equal([{ tool: 'a', succeeded: 0, failed: 0, unknown: 1, unsent: 19_999 }]);
  });
});

describe('searches of a script', () => {
  let codeMode: CodeMode;
  let clock: sinon.SinonFakeTimers;
  /** Searches under way, with what answers them. */
  let asked: { signal: AbortSignal; answer: (tools: readonly ToolDefinition[]) => void }[];

  beforeEach(() => {
    asked = [];
    clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(async () => {
    clock.restore();
    await codeMode.close();
  });

  const tools = [definition('a'), definition('b')];
  async function compose(limits: Partial<Limits>): Promise<void> {
    const index: ToolIndex = {
      search: (_tools, _query, signal) => new Promise((answer) => asked.push({ signal, answer })),
    };
    const dispatcher = answering(tools, () => jsonResult('done'));
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, limits, indexes: [index] });
  }

  it('take their turn among the calls', async () => {
    await compose({ parallel: 2 });
    const find = { find: 'x' };
    const running = codeMode.run({ script: plan({ parallel: [find, find, find, { call: 'a' }] }) });
    await until(() => asked.length === 2);
    await settle();
    expect(asked).to.have.length(2);
    asked[1]!.answer(tools.slice(1));
    await until(() => asked.length === 3);
    asked[0]!.answer([]);
    asked[2]!.answer(tools);
    const outcome = await running;
    expect(outcome).to.deep.include({ ok: true, value: [[], ['b'], ['a', 'b'], 'done'] });
    expect(outcome.usage).to.include({ toolCalls: 4, parallelPeak: 2 });
  });

  it('are no more than calls may be', async () => {
    await compose({ toolCalls: 1 });
    const running = codeMode.run({ script: plan({ parallel: [{ find: 'x' }, { find: 'y' }] }) });
    await until(() => asked.length === 1);
    asked[0]!.answer([]);
    expect(failed(await running).error.code).to.equal('limit/tool-calls');
    expect(asked).to.have.length(1);
  });

  it('have the time of one call, and are told when it is over', async () => {
    await compose({ toolCallTimeoutMs: 100 });
    const running = codeMode.run({ script: plan({ attempt: { find: 'x' } }) });
    await until(() => asked.length === 1);
    await clock.tickAsync(100);
    expect(await running).to.deep.include({
      ok: true,
      value: { ok: false, code: 'tool/timeout', message: 'find tools: no answer within 100 ms' },
    });
    expect(asked[0]!.signal.aborted).to.equal(true);
  });

  it('end with the script', async () => {
    await compose({ wallTimeMs: 50 });
    const running = codeMode.run({ script: plan({ find: 'x' }) });
    await until(() => asked.length === 1);
    await clock.tickAsync(50);
    expect(failed(await running).error.code).to.equal('limit/wall-time');
    expect(asked[0]!.signal.aborted).to.equal(true);
  });
});
