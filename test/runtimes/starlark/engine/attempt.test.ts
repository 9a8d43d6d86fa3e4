import { expect } from 'chai';
import { describe, it } from 'mocha';
import { settled } from './hand-clock.js';
import { Workshop, shown } from './workshop.js';

describe('attempt', () => {
  const GOOD: readonly (readonly [script: string, value: string])[] = [
    ['attempt(now, 5)', 'struct(ok = True, value = 5, error = None)'],
    ['attempt(lambda a, b: a - b, b = 1, a = 3).value', '2'],
    ['attempt(broken).error', 'ToolError(code = "tool/failed", message = "broken: it failed", tool = None)'],
    ['attempt(lambda: 1 // 0).error.code', '"script/runtime"'],
    ['attempt(lambda: fail("oh"), ).ok', 'False'],
    ['attempt(attempt, broken).value.ok', 'False'],
    ['attempt(parallel, [broken, now]).error.code', '"tool/failed"'],
    ['attempt(now, 1, 2).ok', 'True'],
    ['attempt(lambda x: x).error.message', '"lambda: missing 1 argument: x"'],
  ];
  for (const [script, value] of GOOD) {
    it(`answers ${script}`, async () => {
      const execution = new Workshop().start(`return ${script}`);
      expect(shown(await execution.result, execution)).to.equal(value);
    });
  }

  it('catches what a waiting call brings', async () => {
    const shop = new Workshop();
    const execution = shop.start('return [attempt(lambda: tool(i) + 1) for i in range(2)]');
    await settled();
    await shop.calls[0]!.fail('backend/unavailable');
    await shop.calls[0]!.answer(4);
    expect(shown(await execution.result, execution)).to.equal(
      '[struct(ok = False, value = None, error = ConnectionError(code = "backend/unavailable", message = "tool: it failed", tool = "tool")), ' +
        'struct(ok = True, value = 5, error = None)]',
    );
  });

  it('leaves the depth of calls as it was', async () => {
    const source = `
def deep(n):
    if n == 0:
        return tool(0) if WAIT else broken()
    return deep(n - 1)
def level(n):
    return 0 if n == 0 else 1 + level(n - 1)
attempt(deep, 90)
return level(98)
`;
    for (const wait of ['True', 'False']) {
      const shop = new Workshop();
      const execution = shop.start(source.replace('WAIT', wait), { limits: { callDepth: 100 } });
      await settled();
      if (wait === 'True') await shop.calls[0]!.fail();
      expect(shown(await execution.result, execution)).to.equal('98');
    }
  });

  it('unlocks collections that a failed loop ran over', async () => {
    for (const call of ['broken()', 'tool(x)']) {
      const shop = new Workshop();
      const execution = shop.start(`
items = [1, 2]
table = {"a": 1}
def loop():
    for k in table:
        for x in items:
            ${call}
def comprehend():
    return [${call} for x in items]
attempt(loop)
attempt(comprehend)
items.append(3)
table["b"] = 2
return (items, table)
`);
      await settled();
      while (shop.calls.length > 0) await shop.calls[0]!.fail();
      expect(shown(await execution.result, execution)).to.equal('([1, 2, 3], {"a": 1, "b": 2})');
    }
  });

  const FATAL = ['limit/tool-calls', 'limit/output', 'cancelled', 'internal'];
  for (const code of FATAL) {
    it(`does not catch ${code}`, async () => {
      const shop = new Workshop();
      const execution = shop.start('attempt(tool, 1)\nprint("after")');
      await settled();
      await shop.calls[0]!.fail(code);
      const result = await execution.result;
      expect(result.ok ? '' : result.error.code).to.equal(code);
      expect(shop.printed).to.deep.equal([]);
    });
  }

  const LIMITS: readonly (readonly [script: string, code: string])[] = [
    ['def f():\n  while True:\n    pass\nattempt(f)', 'limit/steps'],
    ['def f(x):\n  return f(x)\nattempt(f, 1)', 'limit/depth'],
    ['attempt(lambda: [0] * 10000000)', 'limit/memory'],
    ['def f():\n  return retry(lambda: [0] * 10000000)\nattempt(f)', 'limit/memory'],
  ];
  for (const [script, code] of LIMITS) {
    it(`lets ${code} pass in ${JSON.stringify(script)}`, async () => {
      const result = await new Workshop().run(script);
      expect(result.ok ? '' : result.error.code).to.equal(code);
    });
  }

  it('refuses what cannot be called', async () => {
    const result = await new Workshop().run('attempt(now(5))');
    expect(result.ok ? '' : result.error.message).to.equal('attempt: got int, want a function first');
  });
});
