/** `try` and `raise`: no limit is caught, and nothing of the host is seen. */
import { attacks } from './arena.js';

const few = { limits: { steps: 20_000 } };
const soon = { limits: { wallTimeMs: 200 } };

attacks('exceptions', [
  ['a limit in a try', 'try:\n  while True:\n    pass\nexcept:\n  pass\nreturn 1', 'limit/steps', few],
  [
    'depth in a try',
    'def f():\n  return f()\ntry:\n  f()\nexcept Exception as e:\n  pass\nreturn 1',
    'limit/depth',
  ],
  ['memory in a try', 'try:\n  x = "a" * 100000000\nexcept Exception:\n  pass\nreturn 1', 'limit/memory'],
  ['waiting in a try', 'try:\n  never()\nexcept:\n  pass\nreturn 1', 'limit/wall-time', soon],
  [
    'a finally that returns',
    'def f():\n  try:\n    while True:\n      pass\n  finally:\n    return 1\nreturn f()',
    'limit/steps',
    few,
  ],
  [
    'a finally that loops',
    'def f():\n  try:\n    fail("no")\n  finally:\n    while True:\n      pass\nreturn f()',
    'limit/steps',
    few,
  ],
  [
    'errors raised for ever',
    'while True:\n  try:\n    raise ValueError("a" * 1000)\n  except ValueError as e:\n    pass',
    'limit/steps|limit/memory',
  ],
  [
    'tries in tries',
    'def f(n):\n  try:\n    return f(n + 1)\n  finally:\n    pass\nreturn f(0)',
    'limit/depth',
  ],
  [
    'a list left free',
    'x = [1]\ntry:\n  for i in x:\n    fails()\nexcept:\n  x.append(2)\nreturn x',
    'ok',
    { value: [1, 2] },
  ],
  [
    'a long error',
    'try:\n  raise ValueError("a" * 1000000)\nexcept ValueError as e:\n  return len(str(e)) > 0',
    'ok',
    { value: true },
  ],
  [
    'the stack of an error',
    'try:\n  1 // 0\nexcept Exception as e:\n  return [hasattr(e, n) for n in ["stack", "constructor", "__proto__", "trace", "at"]]',
    'ok',
    { value: [false, false, false, false, false] },
  ],
]);
