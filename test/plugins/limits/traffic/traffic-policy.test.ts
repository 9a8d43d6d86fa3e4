import { expect } from 'chai';
import sinon from 'sinon';
import {
  createCodeMode,
  type CodeMode,
  type ToolDispatcher,
  type ToolscriptError,
} from '../../../../core/index.js';
import plugin, {
  createTrafficPolicy,
  type TrafficSettings,
} from '../../../../plugins/limits/traffic/index.js';
import { createStarlarkRuntime } from '../../../../runtimes/starlark/plug/index.js';
import { answering, definition, HoldingDispatcher, jsonResult, until } from '../../../support/test-tools.js';

const ann = { id: 'ann' };
const bob = { id: 'bob' };

describe('the traffic policy', () => {
  let codeMode: CodeMode;
  afterEach(async () => {
    sinon.restore();
    await codeMode.close();
  });

  async function compose(
    settings: TrafficSettings,
    dispatcher: ToolDispatcher = answering([definition('a')], () => jsonResult(1)),
  ): Promise<void> {
    const limits = await createTrafficPolicy(settings);
    codeMode = await createCodeMode({ runtime: createStarlarkRuntime(), dispatcher, limits });
  }

  const call = (caller: { id: string }): Promise<string> =>
    codeMode.callTool('a', {}, { caller }).then(
      () => 'ok',
      (error: unknown) => (error as ToolscriptError).code,
    );

  it('counts scripts and calls apart, each caller alone, and calls inside scripts as calls', async () => {
    await compose({ rates: { scripts: { count: 2 }, calls: { count: 3 } } });
    const first = await codeMode.run({ script: 'return [a(), a()]', caller: ann });
    expect(first).to.include({ ok: true });
    expect(await call(ann)).to.equal('ok');
    expect(await call(ann)).to.equal('limit/refused');
    expect(await call(bob)).to.equal('ok');
    const second = await codeMode.run({ script: 'return a()', caller: ann });
    expect(second).to.have.nested.property('error.code', 'limit/refused');
    const third = await codeMode.run({ script: 'return 1', caller: ann });
    expect(third).to.have.nested.property('error.code', 'limit/refused');
    expect((await codeMode.run({ script: 'return 1', caller: bob })).ok).to.equal(true);
  });

  it('says when to come again, to programs and to models', async () => {
    await compose({ rates: { calls: { count: 1, perSeconds: 30 }, scripts: { count: 1, perSeconds: 60 } } });
    const refused = await call(ann).then(() =>
      codeMode.callTool('a', {}, { caller: ann }).catch((error: unknown) => error),
    );
    expect(refused).to.include({ code: 'limit/refused', message: 'call a: refused by the policy for now' });
    expect((refused as ToolscriptError).retryAfterMs).to.be.within(29_000, 30_000);
    await codeMode.callScriptTool({ script: 'return 1' }, { caller: ann });
    const result = await codeMode.callScriptTool({ script: 'return 1' }, { caller: ann });
    expect(result.isError).to.equal(true);
    expect(JSON.stringify(result)).to.match(/limit\/refused.*try again after \d+ ms/);
    expect(result)
      .to.have.nested.property('structuredContent.error.retryAfterMs')
      .that.is.within(59_000, 60_000);
  });

  it('opens a new window when the old one has ended', async () => {
    const timers = sinon.useFakeTimers({
      now: 0,
      toFake: ['Date', 'setTimeout', 'clearTimeout', 'performance'],
    });
    await compose({ rates: { calls: { count: 1, perSeconds: 10 } } });
    expect([await call(ann), await call(ann)]).to.deep.equal(['ok', 'limit/refused']);
    timers.tick(9_999);
    expect(await call(ann)).to.equal('limit/refused');
    timers.tick(1);
    expect([await call(ann), await call(ann)]).to.deep.equal(['ok', 'limit/refused']);
  });

  it('lets so many scripts of one caller run at once; another does not wait for them', async () => {
    const dispatcher = new HoldingDispatcher();
    await compose({ concurrency: { scripts: { perCaller: 1, inAll: 2 } } }, dispatcher);
    const run = (caller: { id: string }): Promise<unknown> => codeMode.run({ script: 'return a()', caller });
    const runs = [run(ann), run(ann), run(bob)];
    await until(() => dispatcher.calls.length === 2);
    expect(dispatcher.calls.map(({ caller }) => caller.id)).to.deep.equal(['ann', 'bob']);
    dispatcher.calls[0]!.answer(jsonResult(1));
    await until(() => dispatcher.calls.length === 3);
    for (const held of dispatcher.calls) held.answer(jsonResult(1));
    expect((await Promise.all(runs)).every((outcome) => (outcome as { ok: boolean }).ok)).to.equal(true);
    expect(dispatcher.peak).to.equal(2);
  });

  it('lets a script make its calls while direct calls are full: no script waits for itself', async () => {
    const dispatcher = new HoldingDispatcher();
    await compose({ concurrency: { calls: { inAll: 1 }, scripts: { inAll: 1 } } }, dispatcher);
    const direct = call(ann);
    await until(() => dispatcher.calls.length === 1);
    const script = codeMode.run({ script: 'return parallel([a, a])', caller: ann });
    await until(() => dispatcher.calls.length === 3);
    for (const held of dispatcher.calls) held.answer(jsonResult(1));
    expect([await direct, (await script).ok]).to.deep.equal(['ok', true]);
  });

  it('gives up waiting with the caller: what waits is cancelled, and makes room', async () => {
    const dispatcher = new HoldingDispatcher();
    await compose({ concurrency: { calls: { inAll: 1 } }, queue: { inAll: 1 } }, dispatcher);
    const first = call(ann);
    await until(() => dispatcher.calls.length === 1);
    const leaver = new AbortController();
    const waits = codeMode
      .callTool('a', {}, { caller: bob, signal: leaver.signal })
      .catch((error: unknown) => error);
    await until(() => dispatcher.calls.length === 1);
    expect(await call(bob)).to.equal('limit/refused');
    leaver.abort();
    expect(await waits).to.include({ code: 'cancelled' });
    const next = call(bob);
    dispatcher.calls[0]!.answer(jsonResult(1));
    await until(() => dispatcher.calls.length === 2);
    dispatcher.calls[1]!.answer(jsonResult(1));
    expect([await first, await next]).to.deep.equal(['ok', 'ok']);
  });

  it('is what a manifest asks for by the settings of the plugin', async () => {
    const judged = await plugin.config!['~standard'].validate({ rates: { calls: { count: 1 } } });
    if (judged.issues !== undefined) expect.fail('the settings are refused');
    codeMode = await createCodeMode({
      runtime: createStarlarkRuntime(),
      dispatcher: answering([definition('a')], () => jsonResult(1)),
      limits: await plugin.create(judged.value, { folder: '/' }),
    });
    expect([await call(ann), await call(ann), await call(bob)]).to.deep.equal(['ok', 'limit/refused', 'ok']);
  });

  it('refuses settings that make no sense, all of them at once', async () => {
    await compose({});
    const refused: unknown = await createTrafficPolicy({
      rates: { calls: { count: 0 } },
      store: { redis: 'localhost' },
    }).catch((error: unknown) => error);
    expect(refused).to.include({
      code: 'config/invalid',
      message:
        'limit traffic: rates.calls.count: wanted a whole number from 1; store.redis: wanted an address that starts with redis:// or rediss://',
    });
  });
});
