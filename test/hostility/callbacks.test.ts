/** Functions of the script that builtins call back: what they change, and how deep they go. */
import { attacks } from './arena.js';

const deep = (call: string): string => `def f(n):\n  return 0 if n == 0 else ${call}\nreturn f(150)`;
const endless = (call: string): string => `def f(n):\n  return ${call}\nreturn f(1)`;

attacks('callbacks', [
  [
    'a key that empties the list',
    'x = [3, 1, 2]\ndef key(n):\n  x.clear()\n  return n\nreturn [sorted(x, key=key), x]',
    'ok',
    { value: [[1, 2, 3], []] },
  ],
  [
    'a key that fills the list',
    'x = [3, 1, 2]\ndef key(n):\n  x.append(n)\n  return n\nreturn sorted(x, key=key)',
    'ok',
    { value: [1, 2, 3] },
  ],
  [
    'a key of min that empties the list',
    'x = [3, 1, 2]\ndef key(n):\n  x.clear()\n  return n\nreturn [min(x, key=key), x]',
    'ok',
    { value: [1, []] },
  ],
  [
    'a map that empties the list',
    'x = [3, 1, 2]\ndef f(n):\n  x.clear()\n  return n\nreturn list(map(f, x))',
    'ok',
    { value: [3, 1, 2] },
  ],
  [
    'a filter that fills the list',
    'x = [3, 1, 2]\ndef f(n):\n  x.append(n)\n  return n > 1\nreturn list(filter(f, x))',
    'ok',
    { value: [3, 2] },
  ],
  ['a loop that changes its list', 'x = [1, 2]\nfor i in x:\n  x.append(i)', 'script/runtime'],
  [
    'a loop that changes its list by a function',
    'x = [1, 2]\ndef f():\n  x.clear()\nfor i in x:\n  f()',
    'script/runtime',
  ],
  [
    'a loop that sorts and changes',
    'x = [1, 2]\nfor i in x:\n  sorted([1], key=lambda n: x.pop())',
    'script/runtime',
  ],
  [
    'a comprehension that changes its dict',
    'd = {1: 2}\nreturn [d.update({i + 5: 1}) for i in d]',
    'script/runtime',
  ],
  ['a loop over a set that changes it', 's = set([1, 2])\nfor i in s:\n  s.discard(i)', 'script/runtime'],
  [
    "a loop that changes a branch's list",
    'x = [1, 2]\ndef f():\n  x.append(3)\nfor i in x:\n  parallel([f])',
    'script/runtime',
  ],
  [
    'a list left free after a failure',
    'x = [1, 2]\ndef f():\n  for i in x:\n    fail("out")\nattempt(f)\nx.append(3)\nreturn x',
    'ok',
    { value: [1, 2, 3] },
  ],
  [
    'a list left free after a tool failed',
    'x = [1, 2]\ndef f():\n  for i in x:\n    fails()\nattempt(f)\nx.append(3)\nreturn x',
    'ok',
    { value: [1, 2, 3] },
  ],
  [
    'a parallel list that its branches change',
    'x = []\nx.append(lambda: x.clear())\nx.append(lambda: 2)\nreturn [parallel(x), x]',
    'ok',
    { value: [[null, 2], []] },
  ],
  ['endless calls', endless('f(n)'), 'limit/depth'],
  ['endless calls through sorted', endless('sorted([n], key=f)'), 'limit/depth'],
  ['endless calls through max', endless('max([n], key=f)'), 'limit/depth'],
  ['endless calls through map', endless('list(map(f, [n]))'), 'limit/depth'],
  ['endless calls through filter', endless('list(filter(f, [n]))'), 'limit/depth'],
  ['endless calls through attempt', endless('attempt(f, n)'), 'limit/depth'],
  ['endless calls through retry', endless('retry(lambda: f(n))'), 'limit/depth'],
  ['endless calls through parallel', endless('parallel([lambda: f(n)])'), 'limit/depth'],
  ['endless calls through a comprehension', endless('[f(n) for i in [1]]'), 'limit/depth'],
  [
    'endless calls through a default',
    'def f():\n  def g(x=f()):\n    return x\n  return g()\nreturn f()',
    'limit/depth',
  ],
  [
    'endless calls through a struct',
    's = {}\ndef f():\n  return s["s"].f()\ns["s"] = struct(f=f)\nreturn f()',
    'limit/depth',
  ],
  ['attempts of attempts', 'return attempt(*[attempt] * 100000)', 'limit/depth|limit/steps|limit/memory'],
  [
    'attempts of a few attempts',
    'return attempt(attempt, attempt, lambda: 1 // 0).value.value.ok',
    'ok',
    { value: false },
  ],
  ['deep calls through sorted', deep('sorted([n], key=lambda x: f(n - 1))[0] - n'), 'ok|limit/depth'],
  [
    'deep calls through comprehensions',
    deep('[[[f(n - 1) for a in [1]] for b in [1]] for c in [1]][0][0][0]'),
    'ok|limit/depth',
  ],
  ['deep calls with tools', deep('f(n - 1) if echo(n=n) else 1'), 'ok', { value: 0 }],
  [
    'deep calls where calls may be deep',
    'def f(n):\n  return 0 if n == 0 else 1 + f(n - 1)\nreturn f(900)',
    'ok',
    { limits: { callDepth: 1_000 }, value: 900 },
  ],
  [
    'deep calls that fail',
    'def f(n):\n  return 1 // n if n == 0 else f(n - 1)\nreturn f(900)',
    'script/runtime',
    { limits: { callDepth: 1_000 } },
  ],
  [
    'deep branches that meet a limit',
    'def f(n):\n  if n == 0:\n    while True:\n      pass\n  return parallel([lambda: f(n - 1)])\nreturn f(400)',
    'limit/steps',
    { limits: { callDepth: 1_000 } },
  ],
  [
    'deep nesting within deep calls',
    `def f(n):\n  return 0 if n == 0 else ${'[x for x in '.repeat(60)}[f(n - 1)]${']'.repeat(60)}[0]\nreturn f(190)`,
    'ok|limit/depth',
  ],
  [
    'deep loops within deep calls',
    `def f(n):\n${Array.from({ length: 90 }, (_, i) => `${' '.repeat(i + 1)}for i in [1]:\n`).join('')}${' '.repeat(92)}if n > 0:\n${' '.repeat(93)}f(n - 1)\nreturn f(190)`,
    'ok|limit/depth',
  ],
]);
