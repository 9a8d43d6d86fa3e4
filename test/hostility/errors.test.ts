/** Errors: short, in their place, and without what they should not tell. */
import { attacks } from './arena.js';

const long = '"s" * 1000000';
const SHORT = /^[^]{1,500}$/;

attacks('errors', [
  ['a long key that is missing', `return {}["k" * 10000]`, 'script/runtime', { says: SHORT }],
  ['a long name of a field', `return getattr(1, ${long})`, 'script/runtime', { says: SHORT }],
  ['a long name of an argument', `def f():\n  pass\nreturn f(**{${long}: 1})`, 'script/runtime'],
  [
    'a long name of an argument of a builtin',
    `return len(**{${long}: 1})`,
    'script/runtime',
    { says: SHORT },
  ],
  ['a long name of an argument of retry', `return retry(**{${long}: 1})`, 'script/runtime'],
  ['a long name of an argument of a tool', `return strict(**{${long}: 1})`, 'tool/arguments'],
  ['a long failure', `fail(${long})`, 'script/runtime'],
  ['a failure of many', 'fail(*["a" * 1000000] * 100)', 'limit/memory|limit/steps'],
  [
    'a long failure that is caught',
    `e = attempt(fail, ${long}).error\nreturn len(e.message) < 5000`,
    'ok',
    { value: true },
  ],
  ['a failure of control characters', 'fail("\\u001b[2J\\u0000\\u2028")', 'script/runtime'],
  ['an int that is long', 'return int("x" * 1000000)', 'script/runtime', { says: SHORT }],
  ['a float that is long', 'return float("x" * 10000)', 'script/runtime', { says: SHORT }],
  ['an operator of long values', `return (${long}) + 1`, 'script/runtime', { says: SHORT }],
  ['a comparison of long values', `return (${long}) < [${long}]`, 'script/runtime', { says: SHORT }],
  ['a call of a long value', `x = ${long}\nreturn x()`, 'script/runtime', { says: SHORT }],
  [
    'a format of a long type',
    'return ("{:" + "z" * 10000 + "}").format(1)',
    'script/runtime',
    { says: SHORT },
  ],
  ['a % of a long letter', 'return ("%" + "ü" * 10000) % 1', 'script/runtime', { says: SHORT }],
  ['a number out of range', 'return [1][pow(7, 10000)]', 'script/runtime', { says: SHORT }],
  ['bytes out of range', 'return bytes([pow(7, 1000)])', 'script/runtime', { says: SHORT }],
  ['too many to unpack', 'a, b = list(range(100000))', 'script/runtime', { says: SHORT }],
  [
    'a duplicate key that is long',
    `return {${long}: 1, ${long}: 2}`,
    'script/runtime|limit/memory|limit/steps',
  ],
  [
    'a path to what is no JSON',
    'x = {"k" * 1000: [print]}\nfor i in range(50):\n  x = {"deep" * 50: x}\nreturn x',
    'script/runtime',
    { says: /…/ },
  ],
  ["a tool's path to what is no JSON", 'return echo(a={"k" * 1000: print})', 'script/runtime'],
  ['an error in the last line', 'x = 1\n\n\nreturn x.y', 'script/runtime|script/name'],
  ['an error after a line of emoji', 'x = "🙂🙂🙂"; return 1 // 0', 'script/runtime'],
  ['an error after carriage returns', 'x = 1\r\ry = 2\r\nreturn 1 // 0', 'script/runtime'],
  ['an error in a default', 'def f(x=1 // 0):\n  pass', 'script/runtime'],
  ['an error in an f-string', 'x = 1\nreturn f"{x} {1 // 0}"', 'script/runtime'],
  ['an error in a branch of a branch', 'parallel([lambda: parallel([lambda: 1 // 0])])', 'script/runtime'],
  ['an error in a key', 'sorted([1, 2], key=lambda n: n // 0)', 'script/runtime'],
  ['an error deep below', 'def f(n):\n  return 1 // 0 if n == 0 else f(n - 1)\nf(150)', 'script/runtime'],
  [
    'a secret in an argument',
    'password = "hunter2hunter2"\nreturn strict(n=password)',
    'tool/arguments',
    { says: /^(?!.*hunter2)/ },
  ],
  [
    'a secret in a result',
    'password = "hunter2hunter2"\nreturn [print, password]',
    'script/runtime',
    { says: /^(?!.*hunter2)/ },
  ],
  [
    'a secret in an operator',
    'password = "hunter2hunter2"\nreturn password - 1',
    'script/runtime',
    { says: /^(?!.*hunter2)/ },
  ],
  [
    'a secret as a number',
    'password = "hunter2hunter2"\nreturn int(password)',
    'script/runtime',
    { says: /^(?!.*hunter2)/ },
  ],
]);
