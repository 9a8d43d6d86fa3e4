import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { RunResult } from '../../../../runtimes/starlark/index.js';
import { settled } from './hand-clock.js';
import { Workshop, shown } from './workshop.js';

describe('parallel', () => {
  it('starts all branches, in order, and gives their results in order', async () => {
    const shop = new Workshop();
    const execution = shop.start('return parallel([lambda i=i: tool(i) * 10 for i in range(3)])');
    await settled();
    expect(shop.asked).to.deep.equal([0, 1, 2]);
    await shop.calls[2]!.answer(2);
    await shop.calls[0]!.answer(0);
    await shop.calls[0]!.answer(1);
    expect(shown(await execution.result, execution)).to.equal('[0, 10, 20]');
    expect((await execution.result).usage.branches).to.equal(3);
  });

  it('takes a tuple, an empty list, builtins, and callables that do not wait', async () => {
    const shop = new Workshop();
    const execution = shop.start('return [parallel((now, lambda: 2)), parallel([])]');
    expect(shown(await execution.result, execution)).to.equal('[[None, 2], []]');
  });

  it('nests', async () => {
    const shop = new Workshop();
    const execution = shop.start(`
def pair(n):
    return parallel([lambda: tool(n), lambda: tool(n + 1)])
return parallel([lambda: pair(10), lambda: pair(20)])
`);
    await settled();
    expect(shop.asked).to.deep.equal([10, 11, 20, 21]);
    for (let left = 4; left > 0; left--) await shop.calls.at(-1)!.answer(left);
    expect(shown(await execution.result, execution)).to.equal('[[1, 2], [3, 4]]');
  });

  it('fails with the first error by index, after all have settled', async () => {
    const shop = new Workshop();
    const execution = shop.start(`
def branch(i):
    tool(i)
    print("done", i)
parallel([lambda i=i: branch(i) for i in range(4)])
`);
    await settled();
    await shop.calls[3]!.fail('tool/timeout');
    await shop.calls[1]!.fail('tool/failed');
    expect(await isSettled(execution.result)).to.equal(false);
    await shop.calls[0]!.answer(0);
    await shop.calls[0]!.answer(0);
    const result = await execution.result;
    expect(result.ok ? '' : result.error.code).to.equal('tool/failed');
    expect(shop.printed).to.deep.equal(['done 0', 'done 2']);
  });

  it('traces an error through the branch to its own call', async () => {
    const shop = new Workshop();
    const source = 'def f(x):\n  return 1 // x\ndef g():\n  return parallel([lambda: f(0)])\ng()\n';
    const result = await shop.run(source);
    const error = result.ok ? undefined : result.error;
    expect(error?.at).to.equal(source.indexOf('//'));
    expect(error?.trace).to.deep.equal([
      { function: 'f', at: source.indexOf('(0)') },
      { function: 'lambda', at: source.indexOf('([') },
      { function: 'g', at: source.indexOf('()\n', source.indexOf('g()\n')) },
    ]);
  });

  it('hands on what branches print in the order of the branches', async () => {
    const shop = new Workshop();
    const execution = shop.start(`
def branch(i):
    print("begin", i)
    tool(i)
    print("end", i)
print("before")
parallel([lambda i=i: branch(i) for i in range(2)])
print("after")
`);
    await settled();
    expect(shop.printed).to.deep.equal(['before']);
    await shop.calls[1]!.answer(1);
    await shop.calls[0]!.answer(0);
    await execution.result;
    expect(shop.printed).to.deep.equal(['before', 'begin 0', 'end 0', 'begin 1', 'end 1', 'after']);
  });

  it('hands on what branches printed when the run fails', async () => {
    const shop = new Workshop();
    const execution = shop.start(`
def inner(i, j):
    print("inner", i, j)
    tool(j)
def branch(i):
    print("branch", i)
    parallel([lambda j=j: inner(i, j) for j in range(2)])
parallel([lambda i=i: branch(i) for i in range(2)])
`);
    await settled();
    await shop.calls[3]!.fail('limit/tool-calls');
    const result = await execution.result;
    expect(result.ok ? '' : result.error.code).to.equal('limit/tool-calls');
    expect(shop.printed).to.deep.equal([
      'branch 0',
      'inner 0 0',
      'inner 0 1',
      'branch 1',
      'inner 1 0',
      'inner 1 1',
    ]);
  });

  it('ends the whole run at once when a branch meets a limit', async () => {
    const shop = new Workshop();
    const execution = shop.start(
      'def spin():\n  while True:\n    pass\nattempt(parallel, [lambda: tool(1), spin, lambda: tool(2)])',
      { limits: { steps: 10_000 } },
    );
    const result = await execution.result;
    expect(result.ok ? '' : result.error.code).to.equal('limit/steps');
    await shop.calls[0]!.answer(1);
  });

  it('shares one budget of steps and memory', async () => {
    const text = (count: number): string => `parallel([lambda: [0] * 1000 for i in range(${String(count)})])`;
    const [one, ten] = [await new Workshop().run(text(1)), await new Workshop().run(text(10))];
    expect(ten.usage.memoryBytes - one.usage.memoryBytes).to.be.greaterThan(9 * 8000);
    expect(ten.usage.steps - one.usage.steps).to.be.greaterThan(9 * 1000);
  });

  it('bounds the depth of calls through branches', async () => {
    const result = await new Workshop().run('def f():\n  return parallel([f])\nf()');
    expect(result.ok ? '' : result.error.code).to.equal('limit/depth');
  });

  it('bounds branches that start branches', async () => {
    const limits = { memoryBytes: 1 << 20, callDepth: 1000 };
    const result = await new Workshop().run('def f():\n  return parallel([f] * 100)\nf()', { limits });
    expect(result.ok ? '' : result.error.code).to.equal('limit/memory');
  });

  it('bounds what waits in branches', async () => {
    const source =
      'def f(n):\n  return tool(n) if n == 0 else 1 + f(n - 1)\nparallel([lambda: f(150)] * 400)';
    const result = await new Workshop().run(source, { limits: { memoryBytes: 1 << 20 } });
    expect(result.ok ? '' : result.error.code).to.equal('limit/memory');
  });

  it('runs thousands of branches', async () => {
    const execution = new Workshop().start('return len(parallel([lambda: now(1)] * 5000))');
    expect(shown(await execution.result, execution)).to.equal('5000');
  });

  const WRONG: readonly (readonly [script: string, message: string])[] = [
    ['parallel()', 'parallel: got 0 arguments, want one list of functions'],
    ['parallel(now, now)', 'parallel: got 2 arguments, want one list of functions'],
    ['parallel(5)', 'parallel: got int, want a list of functions'],
    ['parallel([now, 5])', 'parallel: got int at index 1, want a function'],
    ['parallel([now], limit = 5)', 'parallel: unexpected keyword argument limit'],
  ];
  for (const [script, message] of WRONG) {
    it(`refuses ${script}`, async () => {
      const result = await new Workshop().run(script);
      expect(result.ok ? '' : result.error.message).to.equal(message);
    });
  }
});

async function isSettled(result: Promise<RunResult>): Promise<boolean> {
  return Promise.race([result.then(() => true), settled().then(() => false)]);
}
