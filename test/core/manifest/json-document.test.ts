import { expect } from 'chai';

import { JsonSyntaxError, MAX_DEPTH, readJson } from '../../../core/manifest/json-document.js';

function refusal(text: string): string {
  try {
    readJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return `${error.position.line}:${error.position.column} ${error.message}`;
  }
  return 'read';
}

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    const texts = [
      'null',
      ' [ ] ',
      '{"a":{"b":[1,-2.5e3,0.1,true,false,null]},"":"x"}',
      '"\\u0041\\n\\"\\\\\\/ é 😀"',
      '[[],{},""]',
    ];
    for (const text of texts) expect(readJson(text).value).to.deep.equal(JSON.parse(text));
  });

  it('passes over comments, trailing commas and a byte order mark', () => {
    const text = '\uFEFF// first\n{ /* a */ "a": [1, 2,], // http://x\n "b": "// no comment", }\n/* end */';
    expect(readJson(text).value).to.deep.equal({ a: [1, 2], b: '// no comment' });
  });

  it('keeps every digit of a whole number', () => {
    const text = '[9007199254740991, 9007199254740993, -123456789012345678901234567890, 1e30, -0]';
    expect(readJson(text).value).to.deep.equal([
      9007199254740991,
      9007199254740993n,
      -123456789012345678901234567890n,
      1e30,
      -0,
    ]);
  });

  it('keeps __proto__ as a key like any other', () => {
    const value = readJson('{"__proto__": {"polluted": true}}').value as object;
    expect(Object.keys(value)).to.deep.equal(['__proto__']);
    expect(Object.getPrototypeOf(value)).to.equal(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
  });

  it('says where a value stands, or the nearest one around it', () => {
    const { locate } = readJson('{\n  "a": [\n    1,\n    {"😀": 2, "b": 3}\n  ]\n}');
    expect(locate([])).to.deep.equal({ line: 1, column: 1 });
    expect(locate(['a'])).to.deep.equal({ line: 2, column: 3 });
    expect(locate(['a', 0])).to.deep.equal({ line: 3, column: 5 });
    expect(locate(['a', 1, 'b'])).to.deep.equal({ line: 4, column: 14 });
    expect(locate(['a', 1, 'missing', 'deeper'])).to.deep.equal({ line: 4, column: 5 });
  });

  it('names keys that stand twice', () => {
    expect(readJson('{"a": {"b": 1, "b": 2}}').duplicates).to.deep.equal([['a', 'b']]);
  });

  const refused: readonly (readonly [string, string])[] = [
    ['', '1:1 found the end of the text, wanted a value of JSON'],
    ['{"a": 1', '1:8 found the end of the text, wanted "," or "}"'],
    ['{\n  "a": 1\n  "b": 2\n}', '3:3 found a double quote, wanted "," or "}"'],
    ["{'a': 1}", '1:2 found "\'", wanted a key in double quotes, or "}"'],
    ['{"a" 1}', '1:6 found "1", wanted ":"'],
    ['{"a": nope}', '1:7 found "n", wanted a value of JSON'],
    ['[1 2]', '1:4 found "2", wanted "," or "]"'],
    ['[,]', '1:2 found ",", wanted a value of JSON'],
    ['[01]', '1:3 found "1", wanted "," or "]"'],
    ['"a', '1:3 found the end of the text, wanted a closing double quote'],
    ['"a\nb"', '1:3 found the end of the line, wanted an escape such as \\n within a string'],
    ['"é\\x"', '1:3 found "\\", wanted an escape of JSON (a backslash itself is \\\\)'],
    ['"\u0001"', '1:2 found a control character (1), wanted an escape such as \\n within a string'],
    ['{} {}', '1:4 found "{", wanted the end'],
    ['/* open', '1:1 found "/", wanted "*/" after this'],
    ['NaN', '1:1 found "N", wanted a value of JSON'],
  ];
  for (const [text, expected] of refused) {
    it(`refuses ${JSON.stringify(text)} with its place`, () => {
      expect(refusal(text)).to.equal(expected);
    });
  }

  it('ends nesting at its depth, however deep the text is', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(refusal(nested(MAX_DEPTH))).to.equal('read');
    expect(refusal(nested(MAX_DEPTH + 1))).to.contain(`wanted at most ${MAX_DEPTH} levels of nesting`);
    expect(refusal('{"a":'.repeat(1_000_000))).to.contain('levels of nesting');
  });

  it('reads a megabyte of one string, of digits and of white space in no time', () => {
    const long = 'x'.repeat(1 << 20);
    expect(readJson(`"${long}"`).value).to.equal(long);
    expect(refusal(`"${long}`)).to.contain('a closing double quote');
    expect(readJson(`${' '.repeat(1 << 20)}1`).value).to.equal(1);
    expect(refusal('1'.repeat(1 << 20))).to.contain('a number of at most 4096 digits');
  });
});
