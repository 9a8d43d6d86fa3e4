import { expect } from 'chai';
import {
  Builtin,
  Func,
  Module,
  Range,
  Struct,
  repr,
  str,
} from '../../../../runtimes/starlark/values/index.js';
import type { List, Value } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, bytes, dict, failure, float, list, set, tuple } from './material.js';

const budget = budgetOf();

class Named extends Func {
  constructor(readonly name: string) {
    super();
  }
}

describe('repr', () => {
  const cases: [value: Value, text: string][] = [
    [null, 'None'],
    [true, 'True'],
    [false, 'False'],
    [-5, '-5'],
    [2n ** 64n, '18446744073709551616'],
    [float(1), '1.0'],
    ['', '""'],
    [`it's "quoted" \\`, `"it's \\"quoted\\" \\\\"`],
    ['\x07\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
    ['\0\x1f\x7f', '"\\x00\\x1f\\x7f"'],
    ['é → 😀', '"é → 😀"'],
    ['\u0085\u00ad\u2028\ufeff', '"\\u0085\\u00ad\\u2028\\ufeff"'],
    ['\u{e0001}', '"\\U000e0001"'],
    ['\ud83d', '"\\ud83d"'],
    ['\ude00\ud83d', '"\\ude00\\ud83d"'],
    [bytes(0x61, 0x22, 0x0a, 0xff), 'b"a\\"\\n\\xff"'],
    [bytes(0xc3, 0xa9, 0xe4, 0xb8, 0x96, 0xf0, 0x9f, 0x98, 0x80), 'b"é世😀"'],
    [bytes(0xe4, 0xb8, 0x41, 0xc3), 'b"\\xe4\\xb8A\\xc3"'],
    [
      bytes(0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80),
      'b"\\xc0\\x80\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80"',
    ],
    [bytes(0x7f, 0xe2, 0x80, 0x8d), 'b"\\x7f\\u200d"'],
    [list(), '[]'],
    [list(1, 'a', null), '[1, "a", None]'],
    [tuple(), '()'],
    [tuple(1), '(1,)'],
    [tuple(1, tuple()), '(1, ())'],
    [dict(), '{}'],
    [dict(['a', list(1)], [2, tuple()]), '{"a": [1], 2: ()}'],
    [set(), 'set([])'],
    [set(1, 'a'), 'set([1, "a"])'],
    [
      new Struct(
        new Map<string, Value>([
          ['b', 1],
          ['a', 'x'],
        ]),
      ),
      'struct(b = 1, a = "x")',
    ],
    [new Struct(new Map()), 'struct()'],
    [new Range(0, 3, 1, 3), 'range(3)'],
    [new Range(1, 3, 1, 2), 'range(1, 3)'],
    [new Range(0, 3, -1, 0), 'range(0, 3, -1)'],
    [new Module('json', new Map()), '<module "json">'],
    [new Builtin('len', () => null), '<built-in function len>'],
    [new Builtin('append', () => null, false, list()), '<built-in method append of list value>'],
    [new Named('main'), '<function main>'],
  ];
  for (const [value, text] of cases) it(text, () => expect(repr(budget, value)).to.equal(text));

  it('shows a list or a dict within itself as dots', () => {
    const x = list(1);
    x.items.push(x, dict(['x', x]));
    expect(repr(budget, x)).to.equal('[1, [...], {"x": [...]}]');
    const d = dict();
    d.set(budget, 'd', tuple(d));
    expect(repr(budget, d)).to.equal('{"d": ({...},)}');
  });

  it('shows twice what stands there twice', () => {
    const x = list(1);
    expect(repr(budget, list(x, x))).to.equal('[[1], [1]]');
  });

  it('keeps surrogate pairs together in long strings', () => {
    const long = 'x' + '😀'.repeat(5000);
    expect(repr(budget, long)).to.equal(`"${long}"`);
    expect(repr(budget, '\n'.repeat(10_000))).to.equal(`"${'\\n'.repeat(10_000)}"`);
  });
});

describe('str', () => {
  for (const [value, text] of [
    ['a"b', 'a"b'],
    [list('a'), '["a"]'],
    [null, 'None'],
    [bytes(0xc3, 0xa9, 0xff), 'é\ufffd'],
    [bytes(0xe4, 0xb8, 0x41, 0xff), '\ufffd\ufffdA\ufffd'],
    [bytes(0xef, 0xbb, 0xbf, 0x61), '\ufeffa'],
  ] as const) {
    it(text, () => expect(str(budget, value)).to.equal(text));
  }
});

describe('text within the budget', () => {
  const nested = (depth: number): List => {
    let x = list();
    for (let i = 0; i < depth; i++) x = list(x);
    return x;
  };
  const shared = (levels: number): Value => {
    let x: Value = tuple(1);
    for (let i = 0; i < levels; i++) x = tuple(x, x);
    return x;
  };

  it('meets the depth limit, also far beyond the stack of JavaScript', () => {
    expect(repr(budget, nested(90))).to.have.length(182);
    for (const depth of [200, 300_000]) {
      expect(failure(() => repr(budgetOf(), nested(depth))).code).to.equal('limit/depth');
    }
  });

  it('meets a limit where sharing multiplies, with little memory', () => {
    const before = process.memoryUsage().rss;
    expect(failure(() => repr(budgetOf({ steps: 200_000 }), shared(40))).code).to.equal('limit/steps');
    expect(failure(() => repr(budgetOf({ valueBytes: 2 ** 20 }), shared(40))).code).to.equal('limit/memory');
    expect(process.memoryUsage().rss - before).to.be.below(200 * 2 ** 20);
  });

  it('refuses quotes that multiply a string beyond one value', () => {
    const long = '\0'.repeat(4_000_000);
    expect(failure(() => repr(budgetOf(), long)).code).to.equal('limit/memory');
  });

  it('refuses a huge int by the steps of printing it', () => {
    const tight = budgetOf({ steps: 10_000 });
    expect(failure(() => repr(tight, 2n ** 99_000n)).code).to.equal('limit/steps');
  });
});
