/** Limits: they hold, and nothing in a script catches them. */
import { attacks } from './arena.js';

const few = { limits: { steps: 20_000 } };

attacks('limits', [
  ['a loop for ever', 'while True:\n  pass', 'limit/steps'],
  ['a loop over much', 'for i in range(1 << 50):\n  pass', 'limit/steps'],
  ['a comprehension over much', 'return [i for i in range(1 << 50)]', 'limit/steps|limit/memory'],
  [
    'loops in loops',
    'for a in range(1000):\n  for b in range(1000):\n    for c in range(1000):\n      pass',
    'limit/steps',
  ],
  ['a limit in an attempt', 'def f():\n  while True:\n    pass\nreturn attempt(f)', 'limit/steps', few],
  [
    'a limit in attempts',
    'def f():\n  while True:\n    pass\nreturn [attempt(lambda: attempt(f)) for i in range(3)]',
    'limit/steps',
    few,
  ],
  [
    'a limit in a retry',
    'def f():\n  while True:\n    pass\nreturn retry(f, attempts=1000, delay_ms=0)',
    'limit/steps',
    few,
  ],
  [
    'a limit in parallel',
    'def f():\n  while True:\n    pass\nreturn attempt(parallel, [f, f, lambda: 1])',
    'limit/steps',
    few,
  ],
  ['memory in an attempt', 'return attempt(lambda: "a" * 100000000)', 'limit/memory'],
  [
    'memory in all in an attempt',
    'def f():\n  x = []\n  while True:\n    x.append("a" * 1000000)\nreturn attempt(f)',
    'limit/memory|limit/steps',
  ],
  ['depth in an attempt', 'def f():\n  return f()\nreturn attempt(f)', 'limit/depth'],
  [
    'depth of values in an attempt',
    'x = []\nfor i in range(1000):\n  x = [x]\nreturn attempt(lambda: str(x))',
    'limit/depth',
  ],
  [
    'calls in an attempt',
    'def f():\n  for i in range(100):\n    echo(n=i)\nreturn attempt(f)',
    'limit/tool-calls',
    { limits: { toolCalls: 5 } },
  ],
  ['logs in an attempt', 'def f():\n  while True:\n    print("a" * 1000)\nreturn attempt(f)', 'limit/logs'],
  [
    'logs from branches',
    'def f():\n  while True:\n    print("a" * 1000)\nreturn attempt(parallel, [f, f])',
    'limit/logs|limit/steps',
  ],
  ['logs of empty lines', 'while True:\n  print()', 'limit/logs|limit/steps'],
  ['a line too long for the logs', 'print("a" * 1000000)', 'limit/logs'],
  ['time', 'while True:\n  pass', 'limit/wall-time', { limits: { steps: 1e12, wallTimeMs: 200 } }],
  [
    'time in an attempt',
    'def f():\n  while True:\n    pass\nreturn attempt(f)',
    'limit/wall-time',
    { limits: { steps: 1e12, wallTimeMs: 200 } },
  ],
  [
    'time in one operation',
    'x = [1]\ny = [1]\nfor i in range(60):\n  x = [x, x]\n  y = [y, y]\nreturn attempt(lambda: x == y)',
    'limit/steps|limit/wall-time',
    { limits: { steps: 1e12, wallTimeMs: 20_000 } },
  ],
  ['time while waiting', 'return attempt(never)', 'limit/wall-time', { limits: { wallTimeMs: 200 } }],
  [
    'time while sleeping',
    'return retry(fails, attempts=100, delay_ms=30000)',
    'limit/wall-time',
    { limits: { wallTimeMs: 200 } },
  ],
  ['no steps at all', 'return 1 + 1', 'limit/steps|ok', { limits: { steps: 1 } }],
  [
    'a little memory',
    'return len([0] * 100)',
    'limit/memory|ok',
    { limits: { memoryBytes: 65_536, valueBytes: 1_024 } },
  ],
  [
    'one call within a call',
    'def f():\n  return g()\ndef g():\n  return 1\nreturn f()',
    'limit/depth',
    { limits: { callDepth: 1 } },
  ],
  [
    'retries for ever',
    'def f():\n  fail("no")\nreturn attempt(retry, f, attempts=100000000, delay_ms=0)',
    'limit/wall-time|limit/steps',
    { limits: { wallTimeMs: 300 } },
  ],
  [
    'retries of a builtin for ever',
    'return attempt(retry, fail, attempts=1e300, delay_ms=0)',
    'limit/wall-time|limit/steps',
    { limits: { wallTimeMs: 300 } },
  ],
  ['odd numbers of retries', 'return retry(lambda: 1, attempts=math.nan)', 'script/runtime'],
  [
    'a pause without end',
    'return attempt(retry, fails, attempts=2, delay_ms=math.inf)',
    'limit/wall-time|script/runtime',
    { limits: { wallTimeMs: 200 } },
  ],
  [
    'memory held by caught failures',
    'def f():\n  x = "a" * 100000\n  fail(x)\nwhile True:\n  attempt(f)',
    'limit/memory|limit/steps',
  ],
  [
    'no work after a limit',
    'x = parallel([lambda: echo(n=1), lambda: [i for i in range(1 << 40)]])',
    'limit/steps|limit/memory',
    few,
  ],
  [
    'the nearest of many names, for ever',
    'd = {("a" * 50) + "%014d" % i: 1 for i in range(900)}\ns = struct(**d)\nwhile True:\n  attempt(getattr, s, "b" * 64)',
    'limit/steps|limit/memory',
  ],
  [
    'the nearest of many parameters, for ever',
    `def f(${Array.from({ length: 900 }, (_, i) => `${'a'.repeat(50)}${String(i)}=1`).join(', ')}):\n  pass\nk = {"b" * 54: 1}\nwhile True:\n  attempt(f, **k)`,
    'limit/steps|limit/memory|limit/wall-time',
    { limits: { steps: 100_000, wallTimeMs: 20_000 } },
  ],
]);
