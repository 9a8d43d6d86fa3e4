import { expect } from 'chai';

import { createCodeMode, defineTool } from '../../../../adapters/library/index.js';
import type { TelemetryEvent } from '../../../../core/index.js';

type Called = Extract<TelemetryEvent, { readonly name: 'tool.called' }>;

const get = defineTool({
  name: 'get',
  description: '',
  inputSchema: { type: 'object', properties: { n: { type: 'integer' } } },
  call: async ({ n }) => {
    await new Promise<void>((resolve) => void setImmediate(resolve));
    return Number(n);
  },
});

describe('where the calls of a script stand', () => {
  /** Lines and columns of the calls, in the order of asking. */
  async function placesOf(script: string): Promise<string[]> {
    const calls = await callsOf(script);
    return calls
      .sort((one, other) => Number(one.callId.split('/')[1]) - Number(other.callId.split('/')[1]))
      .map(({ position }) => `${String(position?.line)}:${String(position?.column)}`);
  }

  async function callsOf(script: string): Promise<Called[]> {
    const called: Called[] = [];
    const codeMode = await createCodeMode({
      tools: [get],
      sinks: [{ takes: ['tool.called'], record: (event) => void called.push(event as Called) }],
    });
    const outcome = await codeMode.run({ script });
    await codeMode.close();
    expect(outcome.ok, JSON.stringify(outcome)).to.equal(true);
    return called;
  }

  const SCRIPTS: readonly [what: string, script: string, places: readonly string[]][] = [
    ['a plain call', 'x = 1\nget(x)', ['2:4']],
    [
      'with keywords, by its name, under tools',
      'get(n=1)\ncall_tool("get", n=2)\ntools.get(n=3)',
      ['1:4', '2:10', '3:10'],
    ],
    ['each turn of a loop', 'for i in range(2):\n    get(i)', ['2:8', '2:8']],
    ['in a function, where it is called there', 'def f(x):\n    return get(x)\nf(1)\nf(2)', ['2:15', '2:15']],
    ['in branches', 'parallel([lambda: get(1),\n  lambda: get(2)])', ['1:22', '2:14']],
    [
      'branches of branches, the second call of each',
      'def f():\n  get(1)\n  return get(2)\nparallel([f, lambda: parallel([f])])',
      ['2:6', '2:6', '3:13', '3:13'],
    ],
    ['after wide characters and a byte order mark', '\uFEFFx = "😀"; get(1)', ['1:13']],
    [
      'by a builtin: where that is called',
      'attempt(get, 1)\nparallel([lambda: attempt(get, 2)])',
      ['1:8', '2:26'],
    ],
    [
      'by a builtin that goes on after it waited, while branches run',
      'def f():\n  return list(map(get, [1, 2]))\nparallel([f, lambda: get(9)])',
      ['2:18', '3:25', '2:18'],
    ],
  ];

  for (const [what, script, places] of SCRIPTS) {
    it(what, async () => {
      expect(await placesOf(script)).to.deep.equal(places);
    });
  }

  it('are frozen, and one object for one place', async () => {
    const [first, second] = await callsOf('for i in range(2):\n    get(i)');
    expect(first?.position).to.equal(second?.position).and.be.frozen;
  });

  it('what the script has used by then comes with each call, and grows', async () => {
    const [first, second] = await callsOf('get(1)\nx = [str(i) for i in range(1000)]\nget(2)');
    expect(first!.steps).to.be.greaterThan(0);
    expect(second!.steps! - first!.steps!).to.be.greaterThan(1_000);
    expect(second!.memoryBytes! - first!.memoryBytes!).to.be.greaterThan(8_000);
  });
});
