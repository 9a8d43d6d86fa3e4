/** Names that mean something to the host, wherever a script may write one. */
import { attacks } from './arena.js';

const HOST = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'then',
  'toJSON',
  '__defineGetter__',
];

attacks('names', [
  ...HOST.map(
    (name) =>
      [
        `${name} as a field of a struct`,
        `s = struct(**{"${name}": 1})\nreturn [s.${name}, hasattr(s, "${name}"), getattr(s, "${name}"), dir(s)]`,
        'ok',
        { value: [1, true, 1, [name]] },
      ] as const,
  ),
  ...HOST.map(
    (name) =>
      [
        `${name} of a struct without it`,
        `return hasattr(struct(a=1), "${name}") or hasattr([], "${name}") or hasattr("", "${name}") or hasattr({}, "${name}") or hasattr(1, "${name}") or hasattr(len, "${name}") or hasattr(json, "${name}")`,
        'ok',
        { value: false },
      ] as const,
  ),
  ...HOST.map(
    (name) =>
      [
        `${name} as a parameter`,
        `def f(${name}=1, **k):\n  ${name} += 1\n  return [${name}, k]\nreturn [f(), f(${name}=4), f(**{"${name}": 5, "x": 1})]`,
        'ok',
        {
          value: [
            [2, {}],
            [5, {}],
            [6, { x: 1 }],
          ],
        },
      ] as const,
  ),
  ...HOST.map(
    (name) =>
      [
        `${name} as a variable`,
        `${name} = 1\ndef f():\n  return ${name} + 1\nreturn [${name}, f(), [${name} for ${name} in [3]]]`,
        'ok|script/name',
        {},
      ] as const,
  ),
  ['a field of a list', 'return [].constructor', 'script/runtime|script/name'],
  ['a field of a string', 'return "".__proto__', 'script/runtime|script/name'],
  [
    'a field of a function',
    'def f():\n  pass\nreturn f.constructor("return process")()',
    'script/runtime|script/name',
  ],
  ['a field of a lambda', 'return (lambda: 1).prototype', 'script/runtime|script/name'],
  ['a field of a builtin', 'return print.call', 'script/runtime|script/name'],
  ['a field of a module', 'return json.__proto__', 'script/runtime|script/name'],
  ['a field of the tools', 'return tools.constructor', 'ok|script/runtime|script/name'],
  ['a field found by a long name', 'return getattr([], "a" * 1000000, None)', 'ok'],
  ['a field found by no name', 'return getattr([], "")', 'script/runtime'],
  ['a field assigned to', 's = struct(a=1)\ns.__proto__ = 1', 'script/runtime|script/name|script/syntax'],
  ['an element named so', 'x = [1]\nreturn x["constructor"]', 'script/runtime|script/name'],
  [
    'an attempt at a host error',
    'e = attempt(lambda: 1 // 0).error\nreturn dir(e)',
    'ok',
    { value: ['code', 'message', 'tool'] },
  ],
  [
    'the stack of an error',
    'e = attempt(lambda: 1 // 0).error\nreturn e.stack',
    'script/runtime|script/name',
  ],
  [
    'a builtin as a key',
    'd = {print: 1, len: 2, print: 3} if False else {print: 1, len: 2}\nreturn [d[print], d[len], len(d)]',
    'ok',
    { value: [1, 2, 2] },
  ],
  ['a builtin replaced', 'len = lambda x: 7\nreturn len([])', 'ok', { value: 7 }],
  ['a tool replaced', 'echo = lambda **k: 7\nreturn echo(a=1)', 'ok', { value: 7 }],
  ['a tool replaced is a tool again', 'return echo(a=1)', 'ok', { value: { a: 1 } }],
  ['None assigned to', 'None = 1', 'script/syntax|script/name|ok'],
]);
