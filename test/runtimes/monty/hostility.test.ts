import { expect } from 'chai';
import { createCodeMode, defineTool } from '../../../adapters/library/index.js';
import type { CodeMode, Limits } from '../../../adapters/library/index.js';
import { createMontyRuntime } from '../../../runtimes/monty/index.js';

const echo = defineTool({
  name: 'echo',
  inputSchema: { type: 'object', properties: { value: {} } },
  call: ({ value }) => ({ content: [{ type: 'text', text: JSON.stringify(value ?? null) }] }),
});

/** Lists that share their items: 2^40 leaves in forty lines. */
const SHARED = 'x = [1]\nfor i in range(40):\n  x = [x, x]\n';
const MIB = 1024 * 1024;
const LIMITS: Partial<Limits> = { steps: 100_000, memoryBytes: 8 * MIB };

describe('Python against its host', () => {
  let codeMode: CodeMode;
  before(async () => {
    codeMode = await createCodeMode({ runtime: await createMontyRuntime(), tools: [echo] });
  });
  after(() => codeMode.close());

  async function code(script: string, limits: Partial<Limits> = {}): Promise<string> {
    const outcome = await codeMode.run({ script, limits: { ...LIMITS, ...limits } });
    return outcome.ok ? outcome.text : outcome.error.code;
  }

  afterEach('the next script works', async () => {
    expect(await code('return echo(value=[1, 2])')).to.equal('[1,2]');
  });

  const attacks: [script: string, code: string | readonly string[], limits?: Partial<Limits>][] = [
    ['while True: pass', 'limit/steps'],
    ['while True: pass', 'limit/wall-time', { steps: 10_000_000, wallTimeMs: 100 }],
    [
      'while True:\n  try:\n    while True: pass\n  except BaseException: pass\n  finally: pass',
      'limit/steps',
    ],
    ['"a" * 10**10', 'limit/memory'],
    ['10**10**8', 'limit/memory'],
    ['1 << 10**12', 'limit/memory'],
    ['try:\n  [0] * 10**9\nexcept BaseException:\n  return "caught"', 'limit/memory'],
    ['x = []\nwhile True: x.append("a" * 1000)', 'limit/memory', { steps: 10_000_000 }],
    ['"{:>10000000000}".format(1)', ['limit/memory', 'script/runtime']],
    ['sum(range(10**12))', 'limit/steps'],
    ['def f(n): return f(n + 1)\nf(0)', 'limit/depth'],
    ['def f(n): return f(n + 1)\nwhile True:\n  try:\n    f(0)\n  except BaseException: pass', 'limit/steps'],
    ['while True: print("a" * 100)', 'limit/logs'],
    ['while True:\n  try: print("a" * 100)\n  except BaseException: pass', ['limit/logs', 'limit/steps']],
    ['while True: print("a", end="")', ['limit/logs', 'limit/steps']],
    ['return "a" * 2_000_000', 'limit/output'],
    [`${SHARED}return x`, ['limit/steps', 'limit/memory']],
    [`${SHARED}echo(x)`, ['limit/steps', 'limit/memory']],
    [`${SHARED}call_tool("echo", x)`, ['limit/steps', 'limit/memory']],
    [`${SHARED}nobody(x)`, 'script/runtime'],
    [`${SHARED}(nobody # c\n)(x)`, 'script/runtime'],
    [`${SHARED}x.nobody(x)`, 'script/runtime'],
    [`${SHARED}if True: return x`, ['limit/steps', 'limit/memory']],
    [`${SHARED}x; x`, ['limit/steps', 'limit/memory']],
    [`${SHARED}raise ValueError(str(x))`, ['limit/steps', 'limit/memory']],
    [
      'x = []\nfor i in range(100000): x = [x]\nreturn x',
      'script/runtime',
      { steps: 10_000_000, memoryBytes: 64 * MIB },
    ],
    [
      'x = {}\nfor i in range(50000): x = {"a": x}\necho(x)',
      'script/runtime',
      { steps: 10_000_000, memoryBytes: 64 * MIB },
    ],
    ['while True: echo()', 'limit/tool-calls', { steps: 10_000_000 }],
    ['while True:\n  try: echo()\n  except Exception: pass', 'limit/tool-calls', { steps: 10_000_000 }],
    ['attempt(lambda: [echo() for i in range(10**6)])', 'limit/tool-calls', { steps: 10_000_000 }],
    ['parallel([lambda: 1] * 1000000)', ['limit/steps', 'limit/memory']],
    ['def f(): return parallel([f, f])\nf()', ['limit/depth', 'limit/steps']],
    ['import re\nre.match("(a+)+$", "a" * 40 + "b")', 'null'],
    ['import re\nre.match("(a|a)*b\\\\1$", "a" * 40)', ['script/runtime', 'null', 'limit/steps']],
    [`return ${'('.repeat(5000)}1${')'.repeat(5000)}`, 'script/syntax'],
    [`return ${'-'.repeat(20000)}1`, 'script/syntax'],
    ['raise SystemExit(1)', 'script/runtime'],
    ['raise KeyboardInterrupt()', 'script/runtime'],
    ['raise TimeoutError("time limit exceeded: 1ms > 1ms")', 'script/runtime'],
    ['try:\n  raise MemoryError("memory limit exceeded: x")\nexcept MemoryError:\n  return 1', '1'],
    ['\ud800', 'script/syntax'],
  ];
  for (const [script, wanted, limits] of attacks) {
    it(`${JSON.stringify(script.slice(-60))}: ${String(wanted)}`, async () => {
      expect([wanted].flat()).to.include(await code(script, limits));
    });
  }

  it('has nothing of the host within reach', async () => {
    for (const name of [
      'globals',
      'locals',
      'vars',
      'dir',
      '__import__',
      'eval',
      'exec',
      'compile',
      'input',
    ]) {
      expect(await code(`return ${name}("x")`), name).to.equal('script/runtime');
    }
    for (const script of [
      'import os\nos.listdir("/")',
      'import os\nos.system("true")',
      'import sys\nsys.modules',
      'from pathlib import Path\nPath("/etc/passwd").read_text()',
      'open("/tmp/x", "w")',
      '().__class__.__bases__',
      '(lambda: 1).__globals__',
      'echo.__code__',
    ]) {
      expect(await code(script), script).to.equal('script/runtime');
    }
  });
});
