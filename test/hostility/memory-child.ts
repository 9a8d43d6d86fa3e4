/** Runs scripts that hoard values until their memory is spent, and writes how each ended. */
import { Builtin, runStarlark } from '../../runtimes/starlark/index.js';

const MEBIBYTE = 2 ** 20;
const limits = { memoryBytes: 16 * MEBIBYTE, valueBytes: 8 * MEBIBYTE, steps: 1e9, callDepth: 1_000 };

/** What is put into lists for ever; `i` counts. */
const HOARDED = [
  '[]',
  '[i]',
  '()',
  '{}',
  '{i: i}',
  'set([i])',
  'i * 5000000000',
  '(1 << 70) + i',
  'i + 0.5',
  'str(i)',
  'chr(1024 + i % 1000)',
  '("\\u0434" * 40)[i % 40]',
  '"%d" % i',
  'f"{i}"',
  'range(i)',
  'x.append',
  'lambda: x',
  'struct(a = i)',
  'bytes("a")',
  'attempt(lambda: i)',
  'attempt(lambda: 1 // 0)',
  'enumerate(range(100))',
  '("a," * 100).split(",")',
  '("\\u0434" * 100).codepoints()',
  'json.decode("[[],{},1.5]")',
];

const OTHERS = [
  'x = []\nwhile True:\n  x += [len(x)]',
  'x = {}\nwhile True:\n  x[len(x)] = 1',
  'x = "a"\nwhile True:\n  x += "b" * 1000',
  'def f(n):\n  a = [n] * 100\n  return f(n + 1) if n < 400 else parallel([lambda: f(1)] * 50)\nf(1)',
  'def f():\n  x = [0] * 1000\n  wait()\n  return x\nparallel([f] * 100000)',
  'parallel([wait] * 1000000)',
];

const wait = new Builtin('wait', (thread) => thread.wait(new Promise(() => undefined)), true);
const predeclared = new Map([['wait', wait]]);

const scripts = HOARDED.map(
  (value) =>
    `x = [[]]\ni = 0\nwhile True:\n  i += 1\n  if i % 1000 == 0:\n    x.append([])\n  x[-1].append(${value})`,
);
for (const script of [...scripts, ...OTHERS]) {
  const result = await runStarlark(script, { limits, predeclared });
  process.stdout.write(`${JSON.stringify(script.slice(-60))}: ${result.ok ? 'ok' : result.error.code}\n`);
}
process.exit(0);
