import { expect } from 'chai';
import fc from 'fast-check';
import {
  Builtin,
  Module,
  Range,
  Struct,
  decodeJson,
  encodeJson,
  equals,
  indentJson,
  repr,
} from '../../../../runtimes/starlark/values/index.js';
import type { List, Value } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, bytes, complaint, dict, failure, float, list, set, tuple } from './material.js';

const budget = budgetOf();

describe('json.encode', () => {
  const cases: [value: Value, text: string][] = [
    [null, 'null'],
    [true, 'true'],
    [-0, '0'],
    [12345678901234567890n, '12345678901234567890'],
    [float(1), '1.0'],
    [float(-0), '-0.0'],
    [float(0.1), '0.1'],
    [float(123456789), '123456789.0'],
    [float(1e21), '1e+21'],
    [float(1e-7), '1e-7'],
    ['a"\\\n\u0001é<>&', '"a\\"\\\\\\n\\u0001é<>&"'],
    ['\ud83d\ude00 \ud83d', '"😀 \\ud83d"'],
    ['\u2028', '"\u2028"'],
    [list(1, list(), dict()), '[1,[],{}]'],
    [tuple(1, 2), '[1,2]'],
    [set(2, 1), '[2,1]'],
    [new Range(0, 6, 2, 3), '[0,2,4]'],
    [
      dict(['b', 1], ['a', list(2)], ['10', null], ['__proto__', 0]),
      '{"b":1,"a":[2],"10":null,"__proto__":0}',
    ],
    [
      new Struct(
        new Map<string, Value>([
          ['y', 1],
          ['x', 'z'],
        ]),
      ),
      '{"y":1,"x":"z"}',
    ],
    [new Struct(new Map()), '{}'],
  ];
  for (const [value, text] of cases) {
    it(text, () => expect(encodeJson(budget, value)).to.equal(text));
  }

  const call = new Builtin('f', () => null);
  const cyclicList = list();
  cyclicList.items.push(cyclicList);
  const cyclicDict = dict();
  cyclicDict.set(budget, 'r', tuple(1, cyclicDict));
  const faults: [value: Value, message: string][] = [
    [float(NaN), 'json.encode: cannot encode non-finite float nan'],
    [list(float(-Infinity)), 'json.encode: at list index 0: cannot encode non-finite float -inf'],
    [call, 'json.encode: cannot encode builtin_function_or_method as JSON'],
    [bytes(1), 'json.encode: cannot encode bytes as JSON'],
    [new Module('m', new Map()), 'json.encode: cannot encode module as JSON'],
    [dict([1, 2]), 'json.encode: in dict: dict has int key, want string'],
    [
      list(dict(['a', 1]), dict(['b', 1], [null, 1])),
      'json.encode: at list index 1: in dict: dict has NoneType key, want string',
    ],
    [
      list(dict(['a', 1]), dict([1, 2])),
      'json.encode: at list index 1: in dict: dict has int key, want string',
    ],
    [
      new Struct(new Map([['x', list(1, dict(['k', call]))]])),
      'json.encode: in field .x: at list index 1: in dict key "k": cannot encode builtin_function_or_method as JSON',
    ],
    [cyclicList, 'json.encode: at list index 0: cycle in JSON structure'],
    [cyclicDict, 'json.encode: in dict key "r": at tuple index 1: cycle in JSON structure'],
  ];
  for (const [value, message] of faults) {
    it(message, () => expect(complaint(() => encodeJson(budget, value))).to.equal(message));
  }

  it('names the act, and cuts long keys and long ways short', () => {
    let deep: Value = dict(['k'.repeat(200), call]);
    for (let i = 0; i < 50; i++) deep = list(deep);
    const message = complaint(() => encodeJson(budget, deep, 'send'));
    expect(message).to.match(/^send: at list index 0: .*: …: .*cannot encode/);
    expect(message.length).to.be.below(400);
  });
});

describe('json.decode', () => {
  const cases: [text: string, shown: string][] = [
    ['null', 'None'],
    [' \t\r\n true \n', 'True'],
    ['false', 'False'],
    ['0', '0'],
    ['-0', '0'],
    ['-0.0', '-0.0'],
    ['1.0', '1.0'],
    ['1e2', '100.0'],
    ['1E-2', '0.01'],
    ['999999999999999', '999999999999999'],
    ['9007199254740993', '9007199254740993'],
    ['-123456789012345678901234567890', '-123456789012345678901234567890'],
    ['""', '""'],
    ['"a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9"', '"a\\"\\\\/\\b\\f\\n\\r\\té"'],
    ['"\\ud83d\\ude00"', '"😀"'],
    ['"\\ud83d"', '"\\ud83d"'],
    ['[]', '[]'],
    ['[ 1 , [ 2 ] ]', '[1, [2]]'],
    ['{}', '{}'],
    ['{ "b" : 1 , "a" : { } }', '{"b": 1, "a": {}}'],
    ['{"2":1,"1":2}', '{"2": 1, "1": 2}'],
    ['{"a":1,"b":2,"a":3}', '{"a": 3, "b": 2}'],
    ['{"__proto__":{"x":1},"constructor":2}', '{"__proto__": {"x": 1}, "constructor": 2}'],
  ];
  for (const [text, shown] of cases) {
    it(text, () => expect(repr(budget, decodeJson(budget, text))).to.equal(shown));
  }

  const faults: [text: string, reason: string][] = [
    ['', 'at offset 0, unexpected end of file'],
    ['  ', 'at offset 2, unexpected end of file'],
    ['truefalse', "at offset 4, unexpected character 'f' after value"],
    ['nul', "at offset 0, unexpected character 'n'"],
    ['None', "at offset 0, unexpected character 'N'"],
    ["'a'", "at offset 0, unexpected character '\\''"],
    ['"abc', 'at offset 0, unclosed string literal'],
    ['"abc\\', 'at offset 0, unclosed string literal'],
    ['"a\\gb"', 'at offset 0, invalid escape in a string'],
    ['"a\\u12"', 'at offset 0, invalid escape in a string'],
    ['"a\nb"', 'at offset 2, control character in a string, want it escaped'],
    ['1.2.3', 'at offset 0, invalid number: 1.2.3'],
    ['1.', 'at offset 0, invalid number: 1.'],
    ['.5', "at offset 0, unexpected character '.'"],
    ['1e', 'at offset 0, invalid number: 1e'],
    ['-', 'at offset 0, invalid number: -'],
    ['--1', 'at offset 0, invalid number: --1'],
    ['+1', "at offset 0, unexpected character '+'"],
    ['00', 'at offset 0, invalid number: 00'],
    ['-01', 'at offset 0, invalid number: -01'],
    ['0x10', "at offset 1, unexpected character 'x' after value"],
    ['1e999', 'at offset 0, invalid number: 1e999'],
    ['NaN', "at offset 0, unexpected character 'N'"],
    ['[1, 2', 'at offset 5, unexpected end of file'],
    ['[1, ]', "at offset 4, unexpected character ']'"],
    ['[1 2]', "at offset 3, got '2', want ',' or ']'"],
    ['{"a": 1', 'at offset 7, unexpected end of file'],
    ['{"a": 1,}', "at offset 8, unexpected character '}', want a string as key"],
    ['{"a" 1}', "at offset 5, after object key, got '1', want ':'"],
    ['{"a": 1]', "at offset 7, in object, got ']', want ',' or '}'"],
    ['{1: 2}', "at offset 1, unexpected character '1', want a string as key"],
  ];
  for (const [text, reason] of faults) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(complaint(() => decodeJson(budget, text))).to.equal(`json.decode: ${reason}`);
    });
  }

  it('accepts and refuses just what JSON.parse does', () => {
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"',
        '\\',
        '1',
        '-',
        '0',
        '.5',
        'e1',
        'true',
        'null',
        ' ',
        '\n',
        'x',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 7 }), (parts) => {
        const text = parts.join('');
        let wanted: string | undefined;
        try {
          wanted = JSON.stringify(JSON.parse(text));
        } catch {
          expect(complaint(() => decodeJson(budget, text))).to.contain('json.decode: at offset');
          return;
        }
        expect(JSON.stringify(JSON.parse(encodeJson(budget, decodeJson(budget, text))))).to.equal(wanted);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a round trip through JSON', () => {
  const values = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Value[]>(null, true, false),
      fc.integer(),
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 90n }).map((n): Value => n),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(float),
      fc.string({ unit: 'binary' }),
      fc.array(tie('value'), { maxLength: 4 }).map((items) => list(...items)),
      fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 4 }).map((entries) => dict(...entries)),
    ),
  })).value;

  it('keeps every value, its type and the order of its keys', () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = encodeJson(budget, value);
        const back = decodeJson(budget, text);
        expect(equals(budget, back, value)).to.equal(true);
        expect(repr(budget, back)).to.equal(repr(budget, value));
        expect(encodeJson(budget, decodeJson(budget, indentJson(budget, text)))).to.equal(text);
      }),
      { numRuns: 500 },
    );
  });

  it('survives strings of every UTF-16 unit', () => {
    const units = Array.from({ length: 65_536 }, (_, i) => String.fromCharCode(i)).join('');
    expect(decodeJson(budget, encodeJson(budget, units))).to.equal(units);
  });
});

describe('json.indent', () => {
  it('lays out what holds something, and keeps together what is empty', () => {
    const text = '{"x": 1, "y":[ "one","two, [three]" ],"z":{},"w":[ ]}';
    expect(indentJson(budget, text, '', '  ')).to.equal(
      '{\n  "x": 1,\n  "y": [\n    "one",\n    "two, [three]"\n  ],\n  "z": {},\n  "w": []\n}',
    );
    expect(indentJson(budget, '[1,[2]]', '¶', '--')).to.equal('[\n¶--1,\n¶--[\n¶----2\n¶--]\n¶]');
    expect(indentJson(budget, ' "a\\"b" ')).to.equal('"a\\"b"');
  });

  it('refuses what is no JSON', () => {
    expect(complaint(() => indentJson(budget, '!@#'))).to.equal(
      "json.indent: at offset 0, unexpected character '!'",
    );
  });
});

describe('JSON within the budget', () => {
  const nested = (depth: number): List => {
    let x = list();
    for (let i = 0; i < depth; i++) x = list(x);
    return x;
  };
  const shared = (levels: number): Value => {
    let x: Value = list(1);
    for (let i = 0; i < levels; i++) x = list(x, x);
    return x;
  };

  it('meets the depth limit both ways', () => {
    expect(failure(() => encodeJson(budgetOf(), nested(100_000))).code).to.equal('limit/depth');
    for (const text of ['['.repeat(5_000_000), '{"a":'.repeat(1_000_000)]) {
      expect(failure(() => decodeJson(budgetOf(), text)).code).to.equal('limit/depth');
    }
    expect(encodeJson(budget, decodeJson(budget, '['.repeat(100) + ']'.repeat(100)))).to.have.length(200);
  });

  it('meets a limit where sharing multiplies', () => {
    expect(failure(() => encodeJson(budgetOf({ steps: 100_000 }), shared(40))).code).to.equal('limit/steps');
    expect(failure(() => encodeJson(budgetOf({ valueBytes: 2 ** 20 }), shared(40))).code).to.equal(
      'limit/memory',
    );
  });

  it('refuses a million digits, and escapes and indents that multiply a text', () => {
    expect(failure(() => decodeJson(budgetOf(), '9'.repeat(1_000_000))).code).to.equal('limit/memory');
    expect(failure(() => encodeJson(budgetOf(), '\0'.repeat(4_000_000))).code).to.equal('limit/memory');
    const deep = '['.repeat(90) + ']'.repeat(90);
    expect(failure(() => indentJson(budgetOf(), deep, '', ' '.repeat(10_000))).code).to.equal('limit/memory');
  });

  it('charges decoding by what it makes', () => {
    const counted = budgetOf();
    decodeJson(counted, `[${'1,'.repeat(9999)}1]`);
    expect(counted.memoryBytes).to.be.above(80_000);
    expect(counted.steps).to.be.above(10_000);
  });

  it('decodes in linear time', () => {
    const counted = budgetOf();
    decodeJson(counted, `["\\"${'x'.repeat(100_000)}", ${'"a\\n",'.repeat(50_000)} 1]`);
    expect(counted.steps).to.be.below(150_000);
  });
});
