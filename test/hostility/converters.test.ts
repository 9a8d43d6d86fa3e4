/** JSON, results, data: what goes in and out. */
import type { JsonObject } from '../../adapters/library/index.js';
import { attacks } from './arena.js';

const OWN = JSON.parse(
  '{"d": {"__proto__": {"polluted": 1}, "constructor": 2, "then": 3, "toJSON": 4}}',
) as JsonObject;
const WIDE = { rows: Array.from({ length: 30_000 }, (_, i) => ({ id: i, name: 'a name' })) };

function nested(levels: number): JsonObject {
  let value: JsonObject = {};
  for (let i = 0; i < levels; i++) value = { x: value };
  return value;
}

attacks('the conversion of values', [
  ['decode of open brackets', 'return json.decode("[" * 100000)', 'limit/depth'],
  ['decode of open objects', 'return json.decode("{\\"a\\":" * 100000)', 'limit/depth'],
  [
    'decode of many numbers',
    'return len(json.decode("[" + "1," * 1000000 + "1]"))',
    'limit/steps|limit/memory',
  ],
  [
    'decode of many objects',
    'return len(json.decode("[" + "{}," * 500000 + "1]"))',
    'limit/steps|limit/memory',
  ],
  ['decode of many digits', 'return json.decode("9" * 3000000)', 'limit/memory|limit/steps'],
  ['decode of a long exponent', 'return json.decode("1e" + "9" * 1000)', 'script/runtime'],
  ['decode of an almost number', 'return json.decode("1" * 100000 + "-")', 'script/runtime'],
  ['decode of signs', 'return json.decode("-" * 1000000)', 'script/runtime|limit/steps'],
  ['decode of an open string', 'return json.decode("\\"" + "a" * 1000000)', 'script/runtime'],
  [
    'decode of escapes',
    'return len(json.decode("\\"" + "\\\\u0041" * 100000 + "\\""))',
    'ok',
    { value: 100_000 },
  ],
  ['decode of a half escape', 'return json.decode("\\"\\\\u00")', 'script/runtime'],
  ['decode of a lone surrogate', 'return len(json.decode("\\"\\\\ud800\\""))', 'ok', { value: 1 }],
  [
    'decode of keys named in JavaScript',
    'd = json.decode("{\\"__proto__\\": {\\"a\\": 1}, \\"constructor\\": 1}")\nreturn [d["__proto__"]["a"], d.get("toString"), d]',
    'ok',
  ],
  [
    'decode of one key many times',
    'return json.decode("{" + "\\"a\\":1," * 50000 + "\\"a\\":2}")',
    'ok',
    { value: { a: 2 } },
  ],
  [
    'decode of keys that are ints',
    'return len(json.decode("{" + ",".join(["\\"%d\\":1" % (i << 14) for i in range(20000)]) + "}"))',
    'ok',
    { value: 20_000 },
  ],
  ['decode of nothing', 'return json.decode("")', 'script/runtime'],
  ['decode of control characters', 'return json.decode("\\"\\u0001\\"")', 'script/runtime'],
  ['decode with a default does not hide a limit', 'return json.decode("[" * 100000, None)', 'limit/depth'],
  [
    'encode of shared lists',
    'x = ["a"]\nfor i in range(60):\n  x = [x, x]\nreturn json.encode(x)',
    'limit/steps|limit/memory',
  ],
  ['encode of a cycle', 'x = []\nx.append(x)\nreturn json.encode(x)', 'script/runtime'],
  [
    'encode of a long cycle',
    'x = {}\ny = x\nfor i in range(50):\n  y = {"a": y}\nx["x"] = y\nreturn json.encode(x)',
    'script/runtime',
  ],
  ['encode of deep lists', 'x = []\nfor i in range(5000):\n  x = [x]\nreturn json.encode(x)', 'limit/depth'],
  [
    'encode of many deep lists',
    'x = [[]] * 100000\nfor i in range(190):\n  x = [x]\nreturn len(json.encode(x))',
    'limit/steps|ok',
  ],
  ['encode of a function', 'return json.encode({"f": len})', 'script/runtime'],
  ['encode of a method of a large list', 'x = [1] * 100000\nreturn json.encode(x.append)', 'script/runtime'],
  ['encode of keys that are no strings', 'return json.encode({1: 2})', 'script/runtime|ok'],
  ['encode of line separators', 'return json.encode("\\u2028\\u2029\\u0000\\u007f")', 'ok'],
  ['encode of a large range', 'return json.encode(range(1000000000))', 'limit/memory|limit/steps'],
  [
    'indent that multiplies',
    'return json.encode_indent([[[[[1]]]]] * 1000, indent=" " * 100000)',
    'limit/memory|limit/steps',
  ],
  ['indent by a billion', 'return json.dumps([1], indent=1000000000)', 'limit/memory'],
  ['indent of deep text', 'return json.indent("[" * 100000)', 'limit/depth'],
  [
    'a result that is shared',
    'x = ["a"]\nfor i in range(60):\n  x = [x, x]\nreturn x',
    'limit/steps|limit/memory|limit/output',
  ],
  ['a result within itself', 'x = []\nx.append(x)\nreturn x', 'script/runtime'],
  ['a result that is deep', 'x = []\nfor i in range(5000):\n  x = [x]\nreturn x', 'limit/depth'],
  ['a result that is large', 'return "a" * 2000000', 'limit/output'],
  ['a result of many', 'return list(range(500000))', 'limit/output|limit/steps'],
  ['a result that is a function', 'return lambda: 1', 'script/runtime'],
  ['a result that is a builtin', 'return {"a": [print]}', 'script/runtime'],
  ['a result that is a tool', 'return echo', 'script/runtime'],
  ['a result of bytes', 'return bytes("a")', 'script/runtime'],
  ['a result of surrogates', 'return chr(0xd800)', 'ok'],
  ['a result that looks like a promise', 'return {"then": 1}', 'ok', { value: { then: 1 } }],
  ['a struct that looks like a promise', 'return struct(then=lambda: 1, catch=2)', 'script/runtime'],
  [
    'data named in JavaScript',
    'return [data["d"]["then"], "toString" in d, d.get("valueOf"), len(d)]',
    'ok',
    { data: OWN, value: [3, false, null, 4] },
  ],
  [
    'data named __proto__',
    'return data',
    'script/name|ok',
    { data: JSON.parse('{"__proto__": 1}') as JsonObject },
  ],
  ['data named as a builtin', 'return len', 'script/name', { data: { len: 1 } }],
  ['data named as a tool', 'return echo', 'script/name', { data: { echo: 1 } }],
  ['data that is no name', 'return 1', 'script/name', { data: { 'a b': 1 } }],
  ['data that is a word', 'return 1', 'script/name', { data: { for: 1 } }],
  ['data that is deep', 'return data', 'limit/depth|script/name', { data: nested(5_000) }],
  [
    'data that is wide',
    'return len([r for r in rows if r["id"] % 2 == 0])',
    'ok',
    { data: WIDE, value: 15_000 },
  ],
  ['data that is too large', 'return 1', 'limit/script-size', { data: { text: 'x'.repeat(5_000_000) } }],
  ['data that is no JSON', 'return x', 'script/name', { data: { x: NaN } }],
  ['data with a large int', 'return x + 1', 'ok', { data: { x: 2n ** 70n }, value: 2n ** 70n + 1n }],
]);
