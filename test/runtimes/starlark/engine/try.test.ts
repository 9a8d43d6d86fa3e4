/** What `try` does when calls wait, when limits are met, and when nobody catches. */
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { positionOf } from '../../../../runtimes/starlark/index.js';
import { settled } from './hand-clock.js';
import { Workshop, shown } from './workshop.js';

/** A handler and a finally that would be seen if they ran. */
function guarded(body: string): string {
  const lines = body.replace(/^/gm, '        ');
  return `
def f(n):
    try:
        try:
${lines}
        except:
            print("except")
    finally:
        print("finally")
    return n
f(1)
print("after")
`;
}

describe('try', () => {
  const LIMITS: readonly (readonly [body: string, code: string])[] = [
    ['    while True:\n        pass', 'limit/steps'],
    ['    f(n + 1)', 'limit/depth'],
    ['    [0] * 10000000', 'limit/memory'],
    ['    parallel([lambda: [0] * 10000000])', 'limit/memory'],
  ];
  for (const [body, code] of LIMITS) {
    it(`runs nothing more after ${code} in ${JSON.stringify(body.trim())}`, async () => {
      const shop = new Workshop();
      const result = await shop.run(guarded(body));
      expect(result.ok ? '' : result.error.code).to.equal(code);
      expect(shop.printed).to.deep.equal([]);
    });
  }

  for (const code of ['limit/tool-calls', 'limit/wall-time', 'cancelled', 'internal']) {
    it(`runs nothing more when a waiting call ends in ${code}`, async () => {
      const shop = new Workshop();
      const execution = shop.start(guarded('    tool(1)'));
      await settled();
      await shop.calls[0]!.fail(code);
      const result = await execution.result;
      expect(result.ok ? '' : result.error.code).to.equal(code);
      expect(shop.printed).to.deep.equal([]);
    });
  }

  it('runs nothing more when the run is cancelled while it waits', async () => {
    const shop = new Workshop();
    const signal = AbortSignal.timeout(1);
    const result = await shop.run(guarded('    tool(1)'), { signal });
    expect(result.ok ? '' : result.error.code).to.equal('cancelled');
    expect(shop.printed).to.deep.equal([]);
  });

  it('runs nothing more after a limit met in a handler or in finally', async () => {
    for (const where of ['except', 'finally']) {
      const shop = new Workshop();
      const loop = (part: string) => (part === where ? 'while True: pass' : 'print("seen")');
      const source = `
try:
    try:
        fail("oh")
    except Exception:
        ${loop('except')}
    finally:
        ${loop('finally')}
except:
    print("outer")
`;
      const result = await shop.run(source);
      expect(result.ok ? '' : result.error.code).to.equal('limit/steps');
      expect(shop.printed).to.deep.equal(where === 'except' ? [] : ['seen']);
    }
  });

  it('catches what a waiting call brings, in branches of their own', async () => {
    const shop = new Workshop();
    const execution = shop.start(`
def risky(x):
    try:
        return tool(x) + tool(x * 10)
    except ToolError as e:
        return (type(e), e.code, e.tool, tool(x * 100))
    finally:
        print(f"done {x}")
parallel([lambda x=x: risky(x) for x in [1, 2]])
`);
    await settled();
    await shop.calls[1]!.fail('tool/timeout');
    await shop.calls[0]!.answer(5);
    expect(shop.asked).to.deep.equal([200, 10]);
    await shop.calls[1]!.answer(6);
    await shop.calls[0]!.answer(7);
    expect(shown(await execution.result, execution)).to.equal(
      '[11, ("TimeoutError", "tool/timeout", "tool", 7)]',
    );
    expect(shop.printed).to.deep.equal(['done 1', 'done 2']);
  });

  const CLASSES: readonly (readonly [code: string, name: string, classes: string])[] = [
    ['tool/failed', 'ToolError', 'ToolError RuntimeError Exception'],
    ['tool/arguments', 'ToolError', 'ToolError RuntimeError Exception'],
    ['tool/timeout', 'TimeoutError', 'TimeoutError OSError ToolError RuntimeError Exception'],
    ['tool/denied', 'PermissionError', 'PermissionError OSError ToolError RuntimeError Exception'],
    ['backend/unavailable', 'ConnectionError', 'ConnectionError OSError ToolError RuntimeError Exception'],
  ];
  const ASKED = [...new Set(CLASSES.flatMap(([, , classes]) => classes.split(' '))), 'ValueError'];
  for (const [code, name, classes] of CLASSES) {
    it(`takes ${code} for ${classes}`, async () => {
      for (const asked of ASKED) {
        const shop = new Workshop();
        const execution = shop.start(
          `try:\n  tool(1)\nexcept ${asked} as e:\n  return type(e)\nexcept:\n  return "other"`,
        );
        await settled();
        await shop.calls[0]!.fail(code);
        const want = classes.split(' ').includes(asked) ? `"${name}"` : '"other"';
        expect(shown(await execution.result, execution), asked).to.equal(want);
      }
    });
  }

  it('tells an error that was raised again as it was first: code, tool, place and calls', async () => {
    const shop = new Workshop();
    const source = `
def fetch():
    return tool(1)
def f():
    try:
        fetch()
    except Exception as e:
        print(str(e))
        raise e
f()
`;
    const execution = shop.start(source);
    await settled();
    await shop.calls[0]!.fail('tool/failed');
    const result = await execution.result;
    if (result.ok) throw new Error('it did not fail');
    const { code, message, tool, at, trace } = result.error;
    expect([code, message, tool]).to.deep.equal(['tool/failed', 'tool: it failed', 'tool']);
    expect(positionOf(source, at!).line).to.equal(3);
    expect(trace.map((entry) => [entry.function, positionOf(source, entry.at).line])).to.deep.equal([
      ['fetch', 6],
      ['f', 10],
    ]);
  });

  it('keeps the calls of an error short, however often it is raised again', async () => {
    const shop = new Workshop();
    const result = await shop.run(`
def again(e):
    raise e
kept = ValueError("x")
for i in range(2000):
    try:
        again(kept)
    except ValueError as e:
        kept = e
raise kept
`);
    expect(result.ok ? 0 : result.error.trace.length).to.be.within(1, 70);
  });

  it('gives way to the event loop within a body that computes', async () => {
    const shop = new Workshop();
    const options = { limits: { steps: 300_000, sliceMs: 0 } };
    const execution = shop.start('try:\n  for i in range(50000): pass\nfinally:\n  x = 1\nreturn x', options);
    expect(shown(await execution.result, execution)).to.equal('1');
    expect(shop.yields).to.be.above(5);
  });
});
