import { expect } from 'chai';
import fc from 'fast-check';
import {
  Builtin,
  Range,
  Struct,
  compare,
  equals,
  makeInteger,
  repr,
} from '../../../../runtimes/starlark/values/index.js';
import type { List, Value } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, bytes, complaint, dict, failure, float, list, set, tuple } from './material.js';

const budget = budgetOf();
const struct = (fields: Record<string, Value>): Struct => new Struct(new Map(Object.entries(fields)));
const call = new Builtin('f', () => null);

describe('==', () => {
  const equal: [Value, Value][] = [
    [null, null],
    [1, float(1)],
    [0, float(-0)],
    [2n ** 53n, float(2 ** 53)],
    [float(NaN), float(NaN)],
    ['a', 'a'],
    [bytes(1), bytes(1)],
    [list(1, list(2)), list(float(1), list(2))],
    [tuple(), tuple()],
    [dict(['a', 1], ['b', list()]), dict(['b', list()], ['a', 1])],
    [set(1, 2), set(2, 1)],
    [struct({ a: 1, b: 2 }), struct({ b: 2, a: 1 })],
    [new Range(0, 10, 3, 4), new Range(0, 12, 3, 4)],
    [new Range(0, 0, 1, 0), new Range(5, 2, 1, 0)],
    [new Range(3, 4, 1, 1), new Range(3, 9, 7, 1)],
    [call, call],
  ];
  for (const [x, y] of equal) {
    it(`${repr(budget, x)} == ${repr(budget, y)}`, () => {
      expect([equals(budget, x, y), equals(budget, y, x)]).to.deep.equal([true, true]);
    });
  }

  const unequal: [Value, Value][] = [
    [null, false],
    [0, false],
    [1, true],
    [1, '1'],
    ['', null],
    [2n ** 53n + 1n, float(2 ** 53)],
    [float(0.1), 0],
    [float(NaN), float(0)],
    ['a', bytes(97)],
    [list(1), tuple(1)],
    [list(1), list(1, 2)],
    [list(), dict()],
    [dict(['a', 1]), dict(['a', 2])],
    [dict(['a', null]), dict(['b', null])],
    [set(1), list(1)],
    [struct({ a: 1 }), struct({ a: 2 })],
    [struct({ a: 1 }), struct({ b: 1 })],
    [new Range(0, 3, 1, 3), list(0, 1, 2)],
    [new Range(0, 3, 1, 3), new Range(0, 6, 2, 3)],
    [call, new Builtin('f', () => null)],
  ];
  for (const [x, y] of unequal) {
    it(`${repr(budget, x)} != ${repr(budget, y)}`, () => {
      expect([equals(budget, x, y), equals(budget, y, x)]).to.deep.equal([false, false]);
    });
  }
});

describe('order', () => {
  const ascending: Value[][] = [
    [
      float(-Infinity),
      -(2n ** 70n),
      -5,
      float(-0.5),
      0,
      float(1e-9),
      1,
      float(1.5),
      2 ** 53 - 1,
      2n ** 53n,
      float(Infinity),
      float(NaN),
    ],
    [false, true],
    ['', 'A', 'B', 'a', 'aa', 'b', '\ud83d\ude00', '\uffff'],
    [bytes(), bytes(0), bytes(0, 1), bytes(1)],
    [list(), list(1), list(1, 2), list(float(1.5)), list(2, list(1)), list(2, list(3))],
    [tuple(1, 'a'), tuple(1, 'b'), tuple(2, 'a')],
  ];
  for (const values of ascending) {
    it(values.map((value) => repr(budget, value)).join(' < '), () => {
      for (const [i, x] of values.entries()) {
        for (const [j, y] of values.entries()) {
          expect(Math.sign(compare(budget, x, y, '<')), `${i} and ${j}`).to.equal(Math.sign(i - j));
        }
      }
    });
  }

  for (const [x, y, message] of [
    [1, 'a', 'int < string not implemented'],
    [null, null, 'NoneType < NoneType not implemented'],
    [dict(), dict(), 'dict < dict not implemented'],
    [list(), tuple(), 'list < tuple not implemented'],
    [1, true, 'int < bool not implemented'],
    [list(1, 'a'), list(1, 2), 'string < int not implemented'],
    [new Range(0, 1, 1, 1), new Range(0, 1, 1, 1), 'range < range not implemented'],
  ] as const) {
    it(message, () => expect(complaint(() => compare(budget, x, y, '<'))).to.equal(message));
  }

  const numbers = fc.oneof(
    fc.integer().map((n): Value => n),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(makeInteger),
    fc.double().map(float),
    fc.integer({ min: -9, max: 9 }).map((n) => float(n)),
  );

  it('agrees with == and is antisymmetric and transitive on numbers', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (x, y, z) => {
        const xy = compare(budget, x, y, '<');
        expect(xy === 0).to.equal(equals(budget, x, y));
        expect(Math.sign(compare(budget, y, x, '<'))).to.equal(-Math.sign(xy) + 0);
        if (xy <= 0 && compare(budget, y, z, '<') <= 0) expect(compare(budget, x, z, '<')).to.be.at.most(0);
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with == on nested lists', () => {
    const nested = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        numbers,
        fc.array(tie('value'), { maxLength: 3 }).map((items) => list(list(...items))),
      ),
    })).value;
    fc.assert(
      fc.property(fc.array(nested, { maxLength: 3 }), fc.array(nested, { maxLength: 3 }), (a, b) => {
        const [x, y] = [list(...a), list(...b)];
        let order: number;
        try {
          order = compare(budget, x, y, '<');
        } catch {
          return;
        }
        expect(order === 0).to.equal(equals(budget, x, y));
      }),
    );
  });
});

describe('comparing within the budget', () => {
  const nested = (depth: number): List => {
    let x = list();
    for (let i = 0; i < depth; i++) x = list(x);
    return x;
  };
  const cyclic = (): List => {
    const x = list();
    x.items.push(x);
    return x;
  };
  const shared = (levels: number): Value => {
    let x: Value = tuple(1);
    for (let i = 0; i < levels; i++) x = tuple(x, x);
    return x;
  };

  it('meets the depth limit in deep and cyclic values', () => {
    for (const [x, y] of [
      [nested(200), nested(200)],
      [cyclic(), cyclic()],
    ] as const) {
      expect(failure(() => equals(budget, x, y)).code).to.equal('limit/depth');
      expect(failure(() => compare(budget, x, y, '<')).code).to.equal('limit/depth');
    }
    expect(equals(budget, nested(90), nested(90))).to.equal(true);
  });

  it('compares data with itself like any other', () => {
    const counted = budgetOf();
    const x = nested(50);
    expect(equals(counted, x, x)).to.equal(true);
    expect(counted.steps).to.be.greaterThan(50);
    const y = cyclic();
    expect(failure(() => equals(budgetOf(), y, y)).code).to.equal('limit/depth');
  });

  it('meets the step limit where sharing multiplies', () => {
    for (const act of [equals, (b: typeof budget, x: Value, y: Value) => compare(b, x, y, '<')]) {
      expect(failure(() => act(budgetOf({ steps: 200_000 }), shared(40), shared(40))).code).to.equal(
        'limit/steps',
      );
    }
  });

  it('charges long strings by their length', () => {
    const counted = budgetOf();
    equals(counted, 'x'.repeat(16_000), 'x'.repeat(16_000));
    expect(counted.steps).to.equal(1000);
    compare(counted, 'x'.repeat(16_000), 'y'.repeat(32_000), '<');
    expect(counted.steps).to.equal(2000);
  });
});
