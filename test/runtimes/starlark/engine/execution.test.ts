import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  Builtin,
  Module,
  STRICT_DIALECT,
  StarlarkError,
  execute,
  prepare,
  runStarlark,
  systemClock,
} from '../../../../runtimes/starlark/index.js';
import type { Value } from '../../../../runtimes/starlark/index.js';
import { settled } from './hand-clock.js';
import { Workshop, shown } from './workshop.js';

const SPIN = 'def spin():\n  while True:\n    pass\nspin()\n';

/** Collects garbage for sure: tests alone may ask for it. */
const collectGarbage = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

describe('an execution', () => {
  it('is done when execute returns, where nothing waits', () => {
    let printed = '';
    const clock = new Workshop().clock;
    execute(prepare('print(sum([x for x in range(10)]))'), { clock, print: (line) => (printed = line) });
    expect(printed).to.equal('45');
  });

  it('gives None where the script returns nothing', async () => {
    expect(await runStarlark('x = 1')).to.deep.include({ ok: true, value: null });
    expect(await runStarlark('')).to.deep.include({ ok: true, value: null });
    expect(await runStarlark('# nothing')).to.deep.include({ ok: true, value: null });
  });

  it('starts afresh each time a prepared script runs', async () => {
    const prepared = prepare(
      'x = [n for n in range(2)]\nx.append(len(x))\ndef f(y = x):\n  return y\nreturn f()',
    );
    for (let i = 0; i < 3; i++) {
      const execution = execute(prepared);
      expect(shown(await execution.result, execution)).to.equal('[0, 1, 2]');
    }
  });

  it('answers a fault of the text as a result, with all faults', async () => {
    const result = await runStarlark('a\nb\n');
    expect(result.ok ? [] : [result.error, ...result.error.also].map((error) => error.code)).to.deep.equal([
      'script/name',
      'script/name',
    ]);
  });

  it('lets the event loop breathe while it computes, and spends the same steps', async () => {
    const source =
      'def f(n):\n  return n\nn = 0\nwhile n < 5000:\n  n += 1\n  f([x for x in range(5)])\nreturn n';
    const idle = new Workshop();
    const calm = await idle.run(source, { limits: { sliceMs: 1e9 } });
    const busy = new Workshop();
    const hurried = await busy.run(source, { limits: { sliceMs: 0 } });
    expect(idle.yields).to.equal(0);
    expect(busy.yields).to.be.greaterThan(5);
    expect(hurried.usage).to.deep.equal(calm.usage);
    expect(hurried).to.deep.include({ ok: true, value: 5000 });
  });

  it('lets the event loop breathe where promises settle at once', async () => {
    let ticks = 0;
    const shop = new Workshop();
    const predeclared = new Map<string, Value>([
      [
        'tick',
        new Builtin(
          'tick',
          (thread) => thread.wait(Promise.resolve(shop.clock.advance(1).then(() => ++ticks))),
          true,
        ),
      ],
    ]);
    await shop.run('for i in range(30):\n  tick()', { predeclared, limits: { sliceMs: 10 } });
    expect(ticks).to.equal(30);
  });

  it('ends at its wall time while it waits', async () => {
    const shop = new Workshop();
    const source = 'def f():\n  tool(1)\nf()\n';
    const execution = shop.start(source, { limits: { wallTimeMs: 500 } });
    await shop.clock.advance(499);
    await shop.clock.advance(1);
    const result = await execution.result;
    expect(shown(result, execution)).to.equal('limit/wall-time: run: out of time');
    expect(result.ok ? undefined : result.error.at).to.equal(source.indexOf('(1)'));
    expect(result.ok ? [] : result.error.trace).to.deep.equal([
      { function: 'f', at: source.lastIndexOf('()') },
    ]);
    await shop.calls[0]!.answer(1);
  });

  it('ends at its wall time while it computes', async () => {
    const shop = new Workshop();
    let time = 0;
    const clock = { now: () => time++, after: () => () => undefined };
    const execution = shop.start(SPIN, { clock, limits: { wallTimeMs: 50, steps: Infinity } });
    expect(shown(await execution.result, execution)).to.equal('limit/wall-time: run: out of time');
  });

  it('is cancelled while it waits, and ignores what settles later', async () => {
    const shop = new Workshop();
    const controller = new AbortController();
    const execution = shop.start('tool(1)\nprint("never")', { signal: controller.signal });
    await settled();
    controller.abort();
    expect(shown(await execution.result, execution)).to.equal('cancelled: run: cancelled');
    await shop.calls[0]!.fail();
    expect(shop.printed).to.deep.equal([]);
    expect(shop.clock.pending).to.equal(0);
  });

  it('keeps nothing alive for a promise that never settles', async () => {
    const shop = new Workshop();
    const never = new Promise<Value>(() => undefined);
    const predeclared = new Map<string, Value>([
      ['never', new Builtin('never', (thread) => thread.wait(never), true)],
    ]);
    const refs: WeakRef<object>[] = [];
    await (async () => {
      const execution = shop.start('x = [0] * 1000\nnever()', { predeclared, limits: { wallTimeMs: 5 } });
      refs.push(new WeakRef(execution.budget));
      await shop.clock.advance(5);
      await execution.result;
      shop.execution = undefined;
    })();
    await settled();
    collectGarbage();
    expect(refs[0]!.deref()).to.equal(undefined);
    expect(never).to.be.instanceOf(Promise);
  });

  it('takes the reason of the abort for its error', async () => {
    const shop = new Workshop();
    const controller = new AbortController();
    const execution = shop.start('parallel([lambda: tool(1)])', { signal: controller.signal });
    controller.abort(new StarlarkError('limit/wall-time', 'too long'));
    expect(shown(await execution.result, execution)).to.equal('limit/wall-time: too long');
  });

  it('runs nothing when the signal is aborted before', async () => {
    const shop = new Workshop();
    const execution = shop.start('print(1)', { signal: AbortSignal.abort() });
    expect(shown(await execution.result, execution)).to.equal('cancelled: run: cancelled');
    expect(shop.printed).to.deep.equal([]);
  });

  it('is cancelled while it computes', async () => {
    const shop = new Workshop();
    const execution = shop.start(`print("here")\n${SPIN}`, {
      clock: systemClock,
      limits: { steps: Infinity, sliceMs: 1 },
      print: () => setImmediate(() => execution.cancel(new StarlarkError('cancelled', 'enough'))),
    });
    expect(shown(await execution.result, execution)).to.equal('cancelled: enough');
  });

  it('is cancelled by a function that it calls', async () => {
    const shop = new Workshop();
    const host: { cancel?: () => void } = {};
    const stop = new Builtin('stop', () => (host.cancel?.(), null), true);
    const predeclared = new Map<string, Value>([
      ['stop', stop],
      ['rest', new Builtin('rest', (thread) => thread.wait(Promise.resolve(null)), true)],
    ]);
    const execution = shop.start('rest()\nstop()\nprint("never")\n' + SPIN, { predeclared });
    host.cancel = () => execution.cancel(new StarlarkError('cancelled', 'enough'));
    expect(shown(await execution.result, execution)).to.equal('cancelled: enough');
  });

  it('takes nothing from the host for None', async () => {
    const nothing = undefined as unknown as Value;
    const predeclared = new Map<string, Value>([
      ['plain', new Builtin('plain', () => nothing)],
      ['quick', new Builtin('quick', () => nothing, true)],
      ['slow', new Builtin('slow', (thread) => thread.wait(Promise.resolve(nothing)), true)],
    ]);
    const execution = execute(prepare('return [plain(), quick(), slow()]', { predeclared }));
    expect(shown(await execution.result, execution)).to.equal('[None, None, None]');
  });

  it('ends by what print throws', async () => {
    const shop = new Workshop();
    const print = (): void => {
      throw new StarlarkError('limit/logs', 'print: too much');
    };
    const execution = shop.start('attempt(lambda: print(1))', { print });
    expect(shown(await execution.result, execution)).to.equal('limit/logs: print: too much');
  });

  it('turns a fault of the host into an error that says nothing of it', async () => {
    const predeclared = new Map<string, Value>([
      [
        'bad',
        new Builtin(
          'bad',
          () => {
            throw new TypeError('secret');
          },
          true,
        ),
      ],
      ['worse', new Builtin('worse', (thread) => thread.wait(Promise.reject(new TypeError('secret'))), true)],
    ]);
    for (const call of ['bad()', 'worse()', 'attempt(bad)']) {
      const result = await runStarlark(call, { predeclared });
      expect(result.ok ? '' : result.error.code).to.equal('internal');
      expect(result.ok ? '' : result.error.message).not.to.contain('secret');
      expect(result.ok ? undefined : result.fault).to.be.instanceOf(TypeError);
    }
  });

  it('recurses as deep as it may, however tall the stack of JavaScript gets', async () => {
    const bodies = [
      '0 if n == 0 else 1 + f(n - 1)',
      'max([0 if n == 0 else f(n - 1) + 1], key = lambda x: x)',
    ];
    for (const body of bodies) {
      const execution = new Workshop().start(`def f(n):\n  return ${body}\nreturn f(990)`, {
        limits: { callDepth: 2000 },
      });
      expect(shown(await execution.result, execution)).to.equal('990');
    }
  });

  it('loads from where the host says', async () => {
    const module = new Module(
      'm',
      new Map<string, Value>([
        ['alpha', 1],
        ['b', 2],
      ]),
    );
    for (const load of [() => module, () => Promise.resolve(module)]) {
      const result = await runStarlark('load("m", "alpha", c = "b")\nreturn [alpha, c]', { load });
      expect(result.ok).to.equal(true);
    }
    const missing = await runStarlark('load("m", "alpa")', { load: () => module });
    expect(missing.ok ? '' : missing.error.message).to.equal(
      'load: name alpa not found in module m (did you mean alpha?)',
    );
    const alone = await runStarlark('load("m", "a")');
    expect(alone.ok ? '' : alone.error.message).to.equal('load: no module "m"');
  });

  it('forbids recursion in the strict dialect', async () => {
    const source =
      'def f(n):\n  return g(n)\ndef g(n):\n  return f(n) if n else 0\nx = [f(0), g(0)]\ny = f(1)\n';
    const result = await runStarlark(source, { dialect: STRICT_DIALECT });
    expect(result.ok ? '' : result.error.message).to.equal('function f called recursively');
    expect(result.ok ? 0 : result.error.at).to.equal(source.indexOf('(n) if'));
  });
});
