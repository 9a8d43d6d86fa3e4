import { expect } from 'chai';
import fc from 'fast-check';
import {
  floatText,
  integerText,
  makeInteger,
  parseFloatText,
  parseInteger,
  truncate,
} from '../../../../runtimes/starlark/values/index.js';
import { bitsOf } from '../../../../runtimes/starlark/values/integer.js';
import { budgetOf, complaint, failure } from './material.js';

const budget = budgetOf();

describe('text of a float', () => {
  const cases: [value: number, text: string][] = [
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [123456, '123456.0'],
    [123456.5, '123456.5'],
    [1e6, '1000000.0'],
    [1234567.5, '1234567.5'],
    [9999999999999998, '9999999999999998.0'],
    [1e16, '1e+16'],
    [-123456789012345680, '-1.2345678901234568e+17'],
    [1e21, '1e+21'],
    [1e100, '1e+100'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1.5e-300, '1.5e-300'],
    [5e-324, '5e-324'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
    [100 / 7, '14.285714285714286'],
    [NaN, 'nan'],
    [Infinity, '+inf'],
    [-Infinity, '-inf'],
  ];
  for (const [value, text] of cases) it(text, () => expect(floatText(value)).to.equal(text));

  it('reads back as the same float', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(parseFloatText(floatText(value))).to.satisfy((back: number) => Object.is(back, value));
        expect(floatText(value)).to.match(/[.e]|inf/);
      }),
    );
  });
});

describe('reading a float', () => {
  for (const [text, value] of [
    ['1', 1],
    ['1.', 1],
    ['.5', 0.5],
    ['+1.5e3', 1500],
    ['-1E-2', -0.01],
    ['inf', Infinity],
    ['+INF', Infinity],
    ['-InFiniTy', -Infinity],
    ['NaN', NaN],
  ] as const) {
    it(text, () => expect(parseFloatText(text)).to.deep.equal(value));
  }
  for (const text of [
    '',
    '.',
    'e5',
    '1e',
    '1_000',
    '0x10',
    ' 1',
    '1 ',
    'infinit',
    'infinity and more',
    '--1',
  ]) {
    it(`is refused: "${text}"`, () => expect(parseFloatText(text)).to.equal(undefined));
  }

  it('is an error beyond the largest float', () => {
    expect(complaint(() => parseFloatText('1e400'))).to.equal('floating-point number too large');
  });

  it('takes linear time to refuse a long text', () => {
    expect(parseFloatText(`${'1'.repeat(1_000_000)}x`)).to.equal(undefined);
  });

  it('truncates to an int of every digit', () => {
    expect(truncate(-3.9)).to.equal(-3);
    expect(Object.is(truncate(-0.5), 0)).to.equal(true);
    expect(truncate(1.23e45)).to.equal(1229999999999999973814869011019624571608236032n);
    expect(complaint(() => truncate(NaN))).to.equal('cannot convert float NaN to integer');
    expect(complaint(() => truncate(-Infinity))).to.equal('cannot convert float infinity to integer');
  });
});

describe('reading an int', () => {
  const cases: [text: string, base: number, value: number | bigint | undefined][] = [
    ['0', 10, 0],
    ['-0', 10, 0],
    ['+12', 10, 12],
    ['007', 10, 7],
    ['ff', 16, 255],
    ['0xFF', 16, 255],
    ['-0xff', 0, -255],
    ['0b101', 0, 5],
    ['0o17', 0, 15],
    ['0b1', 16, 177],
    ['zz', 36, 1295],
    ['9007199254740992', 10, 2n ** 53n],
    ['-9007199254740991', 10, Number.MIN_SAFE_INTEGER],
    ['123456789012345678901234567890', 10, 123456789012345678901234567890n],
    ['000', 0, 0],
    ['', 10, undefined],
    ['-', 10, undefined],
    ['--1', 10, undefined],
    ['1_000', 10, undefined],
    ['12', 2, undefined],
    ['0x', 16, undefined],
    ['0x1', 10, undefined],
    ['0755', 0, undefined],
    ['1.0', 10, undefined],
    [' 1', 10, undefined],
    ['١', 10, undefined],
  ];
  for (const [text, base, value] of cases) {
    it(`"${text}" in base ${base}`, () => expect(parseInteger(budget, text, base)).to.equal(value));
  }

  it('undoes the text of an int, in every base', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }),
        fc.integer({ min: 2, max: 36 }),
        (n, base) => {
          const value = makeInteger(n);
          const text = integerText(budget, value, base);
          expect(text).to.equal(n.toString(base));
          expect(parseInteger(budget, text, base)).to.equal(value);
          expect(parseInteger(budget, text.toUpperCase(), base)).to.equal(value);
        },
      ),
    );
  });

  it('knows the bits of an int, exactly or one more', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: -3, max: 3 }), fc.boolean(), (power, offset, negative) => {
        const size = 2n ** BigInt(power) + BigInt(offset);
        fc.pre(size > 0n);
        const bits = bitsOf(makeInteger(negative ? -size : size));
        const exact = size.toString(2).length;
        expect([exact, exact + 1]).to.include(bits);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses millions of digits before it reads them', () => {
    const digits = '9'.repeat(3_000_000);
    for (const base of [10, 16, 36, 0]) {
      expect(failure(() => parseInteger(budgetOf(), digits, base)).code).to.equal('limit/memory');
    }
  });

  it('charges printing and reading by the square of the digits', () => {
    const counted = budgetOf();
    const text = integerText(counted, 2n ** 90_000n);
    const printing = counted.steps;
    expect(printing).to.be.above(10_000);
    parseInteger(counted, text, 10);
    expect(counted.steps).to.be.above(printing + 10_000);
  });
});
