/** What a script may use, and what it costs. */
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { positionOf, runStarlark } from '../../../../runtimes/starlark/index.js';
import type { EngineLimits } from '../../../../runtimes/starlark/index.js';

const ENDLESS = { steps: Infinity, memoryBytes: 4 * 1024 * 1024, valueBytes: 1024 * 1024 };

/** Scripts that would never end, or fill the machine. */
const GREEDY: readonly (readonly [script: string, code: string, limits?: Partial<EngineLimits>])[] = [
  ['while True:\n  pass', 'limit/steps', {}],
  ['for i in range(1000000000):\n  pass', 'limit/steps', {}],
  ['[0 for i in range(1000000000)]', 'limit/steps', {}],
  ['def f():\n  f()\nf()', 'limit/depth'],
  ['def f():\n  [f() for x in [1]]\nf()', 'limit/depth'],
  ['def f(x):\n  return sorted([2, 1], key = f)\nf(1)', 'limit/depth'],
  ['[0] * 1000000000', 'limit/memory'],
  ['x = "a"\nwhile True:\n  x += x', 'limit/memory'],
  ['x = []\nwhile True:\n  x.append(1)', 'limit/memory'],
  ['x = [1]\nwhile True:\n  x += x', 'limit/memory'],
  ['x = {}\nwhile True:\n  x[len(x)] = 1', 'limit/memory'],
  ['x = set()\nwhile True:\n  x.add(len(x))', 'limit/memory'],
  ['x = []\nwhile True:\n  x = [x]', 'limit/memory'],
  ['x = None\nwhile True:\n  x = lambda y = x: y', 'limit/memory'],
  ['[i for i in range(1000000000)]', 'limit/memory'],
  ['{i: i for i in range(1000000000)}', 'limit/memory'],
  ['[lambda: i for i in range(1000000000)]', 'limit/memory'],
  ['list(range(1000000000000))', 'limit/memory'],
  ['x = f"{1:>100000000}"', 'limit/memory'],
  ['x = 7\nwhile True:\n  x *= x', 'limit/memory'],
  ['def f(*args):\n  return f(*(args + args))\nf(1)', 'limit/memory', { callDepth: 1000 }],
  [
    'def f(**kwargs):\n  return kwargs\nx = {str(i): i for i in range(5000)}\nwhile True:\n  f(**x)',
    'limit/memory',
  ],
  ['while True:\n  attempt(lambda: parallel([len] * 1000))', 'limit/memory'],
];

/** Scripts that cost what they cost, to the step: on every machine, at any speed. */
const STEPS: readonly (readonly [script: string, steps: number])[] = [
  ['', 0],
  ['1', 2],
  ['x = 1 + 2', 5],
  ['if False:\n  x = [1, 2, 3, 4]', 2],
  ['if True:\n  x = [1, 2, 3, 4]', 9],
  ['for i in range(10):\n  pass', 34],
  ['x = [i for i in range(10)]', 47],
  ['def f(a):\n  return a\nf(1)\nf(2)', 16],
];

describe('limits', () => {
  for (const [script, code, limits = {}] of GREEDY) {
    it(`end ${JSON.stringify(script)} with ${code}`, async () => {
      const unlimited = code === 'limit/steps' ? {} : ENDLESS;
      const result = await runStarlark(script, { limits: { ...unlimited, ...limits } });
      expect(result.ok ? '' : result.error.code, result.ok ? '' : result.error.message).to.equal(code);
      expect(result.ok ? '' : result.fault).to.equal(undefined);
    });
  }

  it('say where the script was', async () => {
    const source = 'def f():\n  while True:\n    pass\n\nf()\n';
    const result = await runStarlark(source);
    const error = result.ok ? undefined : result.error;
    expect(positionOf(source, error?.at ?? 0)).to.deep.equal({ line: 2, column: 3 });
    expect(error?.trace).to.deep.equal([{ function: 'f', at: source.lastIndexOf('()') }]);
  });

  it('count memory when it is asked for, not when it is kept', async () => {
    const { usage } = await runStarlark('for i in range(1000):\n  x = [i] * 100');
    expect(usage.memoryBytes).to.be.within(1_600_000, 2_000_000);
  });

  for (const [script, steps] of STEPS) {
    it(`count ${String(steps)} steps in ${JSON.stringify(script)}`, async () => {
      expect((await runStarlark(script)).usage.steps).to.equal(steps);
    });
  }
});

describe('large scripts', () => {
  const LARGE: Readonly<Record<string, string>> = {
    'a long sum': `x = ${Array.from({ length: 20_000 }, () => '1').join(' + ')}\nreturn x`,
    'a long conjunction': `x = ${Array.from({ length: 20_000 }, () => '1').join(' and ')}\nreturn 20000 * x`,
    'a long chain of elif': `x = 19999\nif x == -1:\n  pass\n${Array.from({ length: 20_000 }, (_, i) => `elif x == ${String(i)}:\n  x = 20000\n`).join('')}return x`,
    'many statements': `x = 0\n${'x += 1\n'.repeat(20_000)}return x`,
    'a large list': `return len([${'1,'.repeat(20_000)}])`,
    'a large dict': `return len({${Array.from({ length: 20_000 }, (_, i) => `"k${String(i)}": 1`).join(', ')}})`,
    'many functions': `${Array.from({ length: 2_000 }, (_, i) => `def f${String(i)}():\n  return ${String(i)}\n`).join('')}return f1999() + 18001`,
    'many variables': `def f():\n${Array.from({ length: 5_000 }, (_, i) => `  v${String(i)} = ${String(i)}\n`).join('')}  return v4999 + 15001\nreturn f()`,
  };
  for (const [name, script] of Object.entries(LARGE)) {
    it(`runs ${name}`, async () => {
      const result = await runStarlark(script);
      expect(result.ok ? result.value : result.error.message).to.equal(20_000);
    });
  }
});
