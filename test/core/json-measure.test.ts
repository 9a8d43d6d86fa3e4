import { expect } from 'chai';
import fc from 'fast-check';
import { utf8Bytes } from '../../core/byte-count.js';
import { measureJson } from '../../core/json-measure.js';

describe('byte counts', () => {
  it('counts UTF-8 as an encoder does', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => utf8Bytes(text) === new TextEncoder().encode(text).length,
      ),
    );
    expect(utf8Bytes('\ud800x\udc00')).to.equal(7);
  });

  it('stops soon after the limit', () => {
    expect(utf8Bytes('€'.repeat(100), 10)).to.be.within(11, 100);
    expect(utf8Bytes('abc', 3)).to.equal(3);
  });
});

describe('JSON measure', () => {
  it('measures as JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        if (/\\u[dD]/.test(text)) return true; // lone surrogates are escaped there
        const measure = measureJson(value, Number.POSITIVE_INFINITY);
        return measure.fault === undefined && measure.bytes === new TextEncoder().encode(text).length;
      }),
    );
  });

  const faults: [name: string, value: unknown, fault: string][] = [
    ['NaN', { a: [1, Number.NaN] }, 'NaN at .a[1]'],
    ['a function', [() => 1], 'a function at [0]'],
    ['undefined', { a: undefined }, 'nothing at .a'],
    ['a hole', new Array<number>(2), 'nothing at [0]'],
    ['a symbol alone', Symbol('x'), 'a symbol'],
  ];
  for (const [name, value, fault] of faults) {
    it(`finds ${name}`, () => {
      expect(measureJson(value, 1e9).fault).to.equal(fault);
    });
  }

  it('ends with cycles, giants, depth and objects that fight back', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(measureJson(cycle, 1e9).fault).to.match(/nested more than 500 deep/);
    const wide: unknown[] = [];
    wide.push(1, wide, wide);
    expect(measureJson(wide, 1e9).fault).to.match(/nested/);
    const shared = Array.from({ length: 100 }).reduce<unknown>((inner) => [inner, inner], 1);
    expect(measureJson(shared, 100_000)).to.have.property('bytes').above(100_000);
    const trap = {
      get x() {
        throw new Error('no');
      },
    };
    expect(measureJson(trap, 10).fault).to.equal('a value that cannot be read');
    expect(
      measureJson(
        new Proxy(
          {},
          {
            ownKeys() {
              throw new Error('no');
            },
          },
        ),
        10,
      ).fault,
    ).to.equal('a value that cannot be read');
  });

  it('measures huge integers without writing them out', () => {
    const measure = measureJson(1n << 4_000_000n, 1e9);
    expect(measure).to.have.property('bytes').within(1_204_000, 1_205_000);
  });
});
