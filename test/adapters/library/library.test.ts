import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import * as library from '../../../adapters/library/index.js';
import type { Tool, ToolDispatcher } from '../../../adapters/library/index.js';

const { createCodeMode, defineTool } = library;

const add = defineTool({
  name: 'add-numbers',
  inputSchema: {
    type: 'object',
    properties: { a: { type: 'integer' }, b: { type: 'integer' } },
    required: ['a', 'b'],
  },
  call: ({ a, b }: { a: number; b: number }) => a + b,
});

describe('the main door', () => {
  it('lets out these values', () => {
    expect(Object.keys(library).sort()).to.deep.equal([
      'ANONYMOUS',
      'DEFAULT_LIMITS',
      'ERROR_CODES',
      'LIMIT_RANGES',
      'SCRIPT_TOOL_NAME',
      'ToolscriptError',
      'createCodeMode',
      'createStarlarkRuntime',
      'definePlugin',
      'defineTool',
    ]);
  });

  it('composes with nothing but defaults', async () => {
    const codeMode = await createCodeMode();
    expect(await codeMode.run({ script: 'return 6 * 7' })).to.include({ ok: true, value: 42, text: '42' });
    expect(await codeMode.listTools()).to.deep.equal([]);
    await codeMode.close();
  });

  it('tells its sinks that it is at work', async () => {
    const events: unknown[] = [];
    const codeMode = await createCodeMode({ sinks: [{ record: (event) => void events.push(event) }] });
    const { version } = JSON.parse(
      await readFile(new URL('../../../package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    expect(events).to.deep.equal([
      { name: 'service.started', service: 'library', version, codeMode: true, optimizer: false },
    ]);
    await codeMode.close();
  });

  it('runs Starlark over tools of this process', async () => {
    const codeMode = await createCodeMode({ tools: [add], limits: { parallel: 2 } });
    const script = 'return parallel([lambda n=n: add_numbers(a=n, b=x) for n in range(3)])';
    const outcome = await codeMode.run({ script, data: { x: 10 } });
    expect(outcome).to.deep.include({ ok: true, value: [10, 11, 12] });
    expect(outcome.calls.map(({ tool, status }) => [tool, status])).to.deep.equal(
      Array(3).fill(['add-numbers', 'succeeded']),
    );
    expect(outcome.usage.parallelPeak).to.equal(2);
    await codeMode.close();
  });

  it('keeps every digit of an integer, both ways', async () => {
    const seen: unknown[] = [];
    const echo = defineTool({
      name: 'echo',
      inputSchema: { type: 'object' },
      call: (args) => (seen.push(args.n), { n: args.n ?? null }),
    });
    const codeMode = await createCodeMode({ tools: [echo] });
    const outcome = await codeMode.run({
      script: 'return echo(n=18446744073709551616)["n"] + 1',
    });
    expect(seen).to.deep.equal([18446744073709551616n]);
    expect(outcome).to.include({ ok: true, value: 18446744073709551617n, text: '18446744073709551617' });
    await codeMode.close();
  });

  it('refuses tools and a dispatcher together, and tools that are none', async () => {
    const dispatcher: ToolDispatcher = {
      listTools: () => [],
      callTool: () => Promise.resolve({ content: [] }),
    };
    const codes = [
      createCodeMode({ tools: [add], dispatcher }),
      createCodeMode({ tools: [add, add] }),
      createCodeMode({ tools: [{} as Tool] }),
      createCodeMode({ limits: { steps: 0 } }),
    ].map((made) =>
      made.then(
        () => 'made',
        (error: unknown) => (error as { code: string }).code,
      ),
    );
    expect(await Promise.all(codes)).to.deep.equal(Array(4).fill('config/invalid'));
  });

  it('costs a script over a thousand tools about what it costs over three', async () => {
    const many = Array.from({ length: 1_000 }, (_, n) => defineTool({ ...add, name: `tool-${String(n)}` }));
    const [few, lots] = await Promise.all([
      createCodeMode({ tools: many.slice(0, 3) }),
      createCodeMode({ tools: many }),
    ]);
    const script = 'return [tool_0(a=1, b=2), tool_1(a=1, b=2), tool_2(a=1, b=2)]';
    const cost = async (codeMode: typeof few): Promise<number> => {
      const times: number[] = [];
      for (let run = 0; run < 30; run += 1) {
        const startedMs = performance.now();
        expect((await codeMode.run({ script })).ok).to.equal(true);
        times.push(performance.now() - startedMs);
      }
      return Math.min(...times);
    };
    await cost(few);
    expect((await cost(lots)) / (await cost(few))).to.be.below(10);
    await Promise.all([few.close(), lots.close()]);
  });
});
