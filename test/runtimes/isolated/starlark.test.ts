import { expect } from 'chai';

import { createCodeMode, createStarlarkRuntime, defineTool } from '../../../adapters/library/index.js';
import type { Outcome, ScriptRuntime } from '../../../core/index.js';
import { RecordingSink } from '../../../core/testing/index.js';
import { isolated, STARLARK, type Isolated } from './isolated-scripts.js';

const tools = [
  defineTool({
    name: 'orders.list',
    description: 'Orders of a customer.',
    inputSchema: { type: 'object', properties: { customer: { type: 'string' } }, required: ['customer'] },
    call: ({ customer }) => [
      { id: 9007199254740993n, customer: customer as string, items: ['a', 'b'] },
      { id: 2, customer: customer as string, items: ['c'] },
    ],
  }),
  defineTool({
    name: 'price',
    description: 'Price of an item.',
    inputSchema: { type: 'object', properties: { item: { type: 'string' } }, required: ['item'] },
    call: ({ item }) => {
      if (item === 'c') throw new Error('no price for c');
      return { item: item as string, cents: (item as string).charCodeAt(0) };
    },
  }),
];

const JOB = `
orders = orders_list(customer=who)
items = [item for order in orders for item in order["items"]]
prices = parallel([lambda: attempt(price, item=item) for item in items])
print("priced", len(prices))
progress(1, 2, "half")
found = [tool["name"] for tool in tools.search("price of an item")]
return {
    "ids": [order["id"] for order in orders],
    "total": sum([p.value["cents"] for p in prices if p.ok]),
    "failed": [p.error.code for p in prices if not p.ok],
    "found": found,
    "big": 2 ** 80, "text": "\\u0000n12 \\u2028 ü", "__proto__": {"x": 1}, "empty": {}, "float": 1.5,
}
`;

describe('Starlark in processes of its own', () => {
  let apart: Isolated;

  before(async () => {
    apart = await isolated({ ...STARLARK, processes: 2, scriptsAtOnce: 4 }, tools);
  });

  after(() => apart.codeMode.close());

  it('does one job as it does it in process', async () => {
    const here = await createCodeMode({ runtime: createStarlarkRuntime(), tools });
    const steps: number[] = [];
    const request = {
      script: JOB,
      data: { who: 'ann' },
      onProgress: ({ progress }: { progress: number }) => steps.push(progress),
    };
    const wanted = await here.run(request);
    const outcome = await apart.codeMode.run(request);
    expect(wanted.ok, JSON.stringify(wanted.ok || wanted.error)).to.equal(true);
    expect(steps).to.eql([1, 1]);
    expect(told(outcome)).to.eql(told(wanted));
    await here.close();
  });

  for (const [what, script] of [
    ['a text that cannot be parsed', 'x = ('],
    ['an unknown name', 'return prise("a")'],
    ['arguments that do not fit', 'return price(7)'],
    ['a failure with a backtrace', 'def f():\n  return 1 // 0\nreturn f()'],
    ['a tool that fails', 'return price("c")'],
    ['a limit', 'while True: pass'],
    ['too much text', 'for i in range(100000): print("a long line of text")'],
    ['too large a result', 'return ["0123456789"] * 200000'],
    ['too many calls', 'for i in range(2000): price("a")'],
  ] as const) {
    it(`tells of ${what} as in process`, async () => {
      const here = await createCodeMode({ runtime: createStarlarkRuntime(), tools });
      const wanted = await here.run({ script });
      const outcome = await apart.codeMode.run({ script });
      expect(wanted.ok).to.equal(false);
      expect(told(outcome)).to.eql(told(wanted));
      await here.close();
    });
  }

  it('tells of each call where it stands, and what was used until then, as in process', async () => {
    const script = 'price("a")\nx = [price(i) for i in "ab"]\nreturn 1';
    const told = async (runtime: ScriptRuntime): Promise<object[]> => {
      const sink = new RecordingSink();
      const codeMode = await createCodeMode({ runtime, tools, sinks: [sink] });
      await codeMode.run({ script });
      return sink.events.flatMap((event) =>
        event.name === 'tool.called' ? [{ position: event.position, steps: event.steps }] : [],
      );
    };
    const here = await told(createStarlarkRuntime());
    expect(here).to.have.length(3);
    expect(here[0]).to.deep.include({ position: { line: 1, column: 6 } });
    expect(await told(apart.runtime)).to.deep.equal(here);
  });

  it('checks there what it checks in process, and runs nothing', async () => {
    const checked = async (script: string): Promise<unknown> => {
      const here = await createCodeMode({ runtime: createStarlarkRuntime(), tools });
      const wanted = await here.check({ script });
      expect(await apart.codeMode.check({ script })).to.deep.equal(wanted);
      return wanted;
    };
    expect(await checked('return price("a")')).to.equal(undefined);
    expect(await checked('return prise(1) + unknown')).to.have.property('code', 'script/name');
    expect(await checked('x = (')).to.have.property('code', 'script/syntax');
  });

  it('runs more scripts than there are seats, each in its turn', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, i) => apart.codeMode.run({ script: 'return i', data: { i } })),
    );
    expect(outcomes.map((outcome) => outcome.ok && outcome.value)).to.eql(
      Array.from({ length: 40 }, (_, i) => i),
    );
  });

  it('never blocks the turns of the parent', async () => {
    const running = apart.codeMode.run({
      script: 'x = 0\nwhile True: x += 1',
      limits: { steps: 1e12, wallTimeMs: 600 },
    });
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    count();
    const outcome = await running;
    isOver = true;
    expect(outcome.ok || outcome.error.code).to.equal('limit/wall-time');
    expect(turns).to.be.greaterThan(100);
  });
});

/** What of an outcome does not depend on time. */
function told(outcome: Outcome): object {
  const { logs, calls, usage } = outcome;
  const { steps, memoryBytes, branches, toolCalls, outputBytes, logBytes } = usage;
  const records = calls.map(({ tool, status, code }) => [tool, status, code]);
  const ending = outcome.ok ? [outcome.value, outcome.text] : [{ ...outcome.error }];
  return { ending, logs, records, usage: { steps, memoryBytes, branches, toolCalls, outputBytes, logBytes } };
}
