import { expect } from 'chai';
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import { OPEN_DIALECT, parse } from '../../../../runtimes/starlark/syntax/index.js';
import type { Literal } from '../../../../runtimes/starlark/syntax/tree.js';

function literal(source: string): Literal['value'] {
  const [statement] = parse(source, OPEN_DIALECT).body;
  if (statement?.kind !== 'expression' || statement.expression.kind !== 'literal')
    throw new Error('no literal');
  return statement.expression.value;
}

function fault(source: string): string {
  try {
    literal(source);
  } catch (error) {
    if (error instanceof StarlarkError) return `${error.at}: ${error.message}`;
    throw error;
  }
  throw new Error('no fault');
}

describe('number literals', () => {
  const values: readonly (readonly [string, Literal['value']])[] = [
    ['0', 0],
    ['00', 0],
    ['7', 7],
    ['123456789012345', 123456789012345],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['12345678901234567890', 12345678901234567890n],
    ['0x7f', 127],
    ['0XFF', 255],
    ['0xdeadBEEFdeadBEEF', 0xdeadbeefdeadbeefn],
    ['0o755', 493],
    ['0O17', 15],
    ['0b1010', 10],
    ['0B11', 3],
    ['0.', { float: 0 }],
    ['.5', { float: 0.5 }],
    ['1.5', { float: 1.5 }],
    ['1e3', { float: 1000 }],
    ['1E-2', { float: 0.01 }],
    ['1.e+2', { float: 100 }],
    ['0123.5', { float: 123.5 }],
    ['012e1', { float: 120 }],
    ['1e-999', { float: 0 }],
  ];
  for (const [source, value] of values) {
    it(`reads ${source}`, () => expect(literal(source)).to.deep.equal(value));
  }

  const faults: readonly (readonly [string, string])[] = [
    ['0x', '0: number: got 0x alone, want digits after it'],
    ['0b2', '0: number: got 0b alone, want digits after it'],
    ['0o8', '0: number: got 0o alone, want digits after it'],
    ['0755', '0: number: got a decimal number that begins with 0'],
    ['1e', '0: number: got an exponent without digits'],
    ['1e+', '0: number: got an exponent without digits'],
    ['1e999', '0: number: got a float beyond the largest one'],
    ['1_000', "0: number: got '_' between digits"],
    ['0x1_0', "0: number: got '_' between digits"],
  ];
  for (const [source, message] of faults) {
    it(`refuses ${source}`, () => expect(fault(source)).to.equal(message));
  }

  it('reads integers of 10,000 digits and refuses longer ones', () => {
    expect(literal('9'.repeat(10_000))).to.equal(10n ** 10_000n - 1n);
    expect(fault('9'.repeat(10_001))).to.equal('0: number: got 10001 digits, want at most 10000');
    expect(fault(`0x${'f'.repeat(10_000)}`)).to.contain('want at most 10000');
  });
});

describe('string literals', () => {
  const values: readonly (readonly [string, string])[] = [
    [`""`, ''],
    [`''`, ''],
    [`"it's"`, "it's"],
    [`'say "x"'`, 'say "x"'],
    [`"a\\"b\\'c"`, `a"b'c`],
    [`"\\a\\b\\t\\n\\v\\f\\r\\\\"`, '\u0007\b\t\n\v\f\r\\'],
    [`"\\0\\12\\101-\\1329"`, '\0\nA-Z9'],
    [`"\\x41\\x7f"`, 'A\u007f'],
    [`"\\u0400\\U0001F63F"`, 'Ѐ😿'],
    [`"a\\\nb"`, 'ab'],
    [`"a\\\r\nb"`, 'ab'],
    [`r"a\\nb\\"c"`, 'a\\nb\\"c'],
    [`r'\\''`, "\\'"],
    [`R"\\d"`, '\\d'],
    [`u"x"`, 'x'],
    [`"""a "quoted" ""b"""`, 'a "quoted" ""b'],
    [`''''a'b'c'''`, "'a'b'c"],
    [`'''\\''''`, "'"],
    [`"""a\nb\r\nc\rd"""`, 'a\nb\nc\nd'],
    [`r"""\\w\r\n"""`, '\\w\n'],
    [`r"a\\\nb"`, 'a\\\nb'],
    [`"世界 ☃ 😿"`, '世界 ☃ 😿'],
  ];
  for (const [source, value] of values) {
    it(`reads ${JSON.stringify(source)}`, () => expect(literal(source)).to.equal(value));
  }

  const faults: readonly (readonly [string, string])[] = [
    [`"abc`, '0: string: got end of line, want "'],
    [`"a\nb"`, '0: string: got end of line, want "'],
    [`'abc\\'`, "0: string: got end of line, want '"],
    [`"abc\\`, '0: string: got end of line, want "'],
    [`"""abc""`, '0: string: got end of script, want """'],
    [`"a\\d"`, '2: string: got unknown escape \\d'],
    [`"\\😿"`, '1: string: got unknown escape \\😿'],
    [`"\\x4"`, '1: string: got an incomplete escape \\x, want 2 hexadecimal digits after it'],
    [`"\\xfg"`, '1: string: got an incomplete escape \\x, want 2 hexadecimal digits after it'],
    [`"\\u100"`, '1: string: got an incomplete escape \\u, want 4 hexadecimal digits after it'],
    [`"\\U0000400"`, '1: string: got an incomplete escape \\U, want 8 hexadecimal digits after it'],
    [`"\\udc00"`, '1: string: got escape \\udc00, want a Unicode code point'],
    [`"\\U00110000"`, '1: string: got escape \\U00110000, want a Unicode code point'],
    [`"\\x80"`, '1: string: got non-ASCII escape \\x80, want an ASCII character'],
    [`"\\377"`, '1: string: got non-ASCII escape \\377, want an ASCII character'],
    [`"\\400"`, '1: string: got octal escape \\400, want at most \\377'],
  ];
  for (const [source, message] of faults) {
    it(`refuses ${JSON.stringify(source)}`, () => expect(fault(source)).to.equal(message));
  }
});

describe('bytes literals', () => {
  const values: readonly (readonly [string, readonly number[]])[] = [
    [`b""`, []],
    [`b"abc"`, [97, 98, 99]],
    [`b"é😿"`, [0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0xbf]],
    [`b"\\x00\\xff\\377\\u00e9"`, [0, 255, 255, 0xc3, 0xa9]],
    [`b'a\\\nb'`, [97, 98]],
    [`rb"\\xff"`, [92, 120, 102, 102]],
    [`br'\\n'`, [92, 110]],
    [`b"""a\r\nb"""`, [97, 10, 98]],
  ];
  for (const [source, bytes] of values) {
    it(`reads ${JSON.stringify(source)}`, () =>
      expect(literal(source)).to.deep.equal({ bytes: Uint8Array.from(bytes) }));
  }

  it('refuses an octal escape beyond a byte', () => {
    expect(fault(`b"\\400"`)).to.equal('2: string: got octal escape \\400, want at most \\377');
  });
});
