import { expect } from 'chai';
import fc from 'fast-check';
import {
  Float,
  add,
  binaryOperation,
  bitAnd,
  bitOr,
  bitXor,
  divide,
  equals,
  floorDivide,
  invert,
  makeInteger,
  modulo,
  multiply,
  negate,
  positive,
  repr,
  shiftLeft,
  shiftRight,
  subtract,
} from '../../../../runtimes/starlark/values/index.js';
import type { BinaryOperator, Value } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, bytes, complaint, dict, failure, float, list, set, tuple } from './material.js';

const budget = budgetOf();
const MAX = Number.MAX_SAFE_INTEGER;

/** Ints of every size, and those at the edges of their two forms. */
const integers = fc
  .oneof(
    fc.bigInt({ min: -20n, max: 20n }),
    fc.bigInt({ min: -(2n ** 33n), max: 2n ** 33n }),
    fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
    fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
    fc.constantFrom(
      2n ** 53n,
      -(2n ** 53n),
      2n ** 53n - 1n,
      1n - 2n ** 53n,
      2n ** 31n,
      -(2n ** 31n),
      2n ** 32n,
    ),
  )
  .map(makeInteger);

function floorOf(x: bigint, y: bigint): bigint {
  const whole = x / y;
  return x % y !== 0n && x < 0n !== y < 0n ? whole - 1n : whole;
}

describe('arithmetic on ints', () => {
  const model: [operator: BinaryOperator, exact: (x: bigint, y: bigint) => bigint][] = [
    ['+', (x, y) => x + y],
    ['-', (x, y) => x - y],
    ['*', (x, y) => x * y],
    ['&', (x, y) => x & y],
    ['|', (x, y) => x | y],
    ['^', (x, y) => x ^ y],
    ['//', floorOf],
    ['%', (x, y) => x - floorOf(x, y) * y],
  ];
  for (const [operator, exact] of model) {
    it(`computes ${operator} exactly and in the smaller form`, () => {
      const operation = binaryOperation(operator);
      fc.assert(
        fc.property(integers, integers, (x, y) => {
          fc.pre(y !== 0 || !['//', '%'].includes(operator));
          const result = operation(budget, x, y);
          expect(result).to.equal(makeInteger(exact(BigInt(x), BigInt(y))));
          expect(Object.is(result, -0)).to.equal(false);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('divides with the remainder on the side of the divisor', () => {
    fc.assert(
      fc.property(integers, integers, (x, y) => {
        fc.pre(y !== 0);
        const whole = floorDivide(budget, x, y);
        const rest = modulo(budget, x, y);
        expect(add(budget, multiply(budget, whole, y), rest)).to.equal(x);
        expect(rest === 0 || (rest as number) < 0 === y < 0).to.equal(true);
      }),
    );
  });

  it('shifts and negates as bigints do', () => {
    fc.assert(
      fc.property(integers, fc.nat(511), (x, count) => {
        const exact = BigInt(x);
        expect(shiftLeft(budget, x, count)).to.equal(makeInteger(exact << BigInt(count)));
        expect(shiftRight(budget, x, count)).to.equal(makeInteger(exact >> BigInt(count)));
        expect(negate(budget, x)).to.equal(makeInteger(-exact));
        expect(invert(budget, x)).to.equal(makeInteger(~exact));
        expect(positive(budget, x)).to.equal(x);
      }),
    );
  });

  it('keeps to numbers up to 2^53 − 1, and comes back to them', () => {
    expect(add(budget, MAX, 1)).to.equal(2n ** 53n);
    expect(subtract(budget, add(budget, MAX, 1), 1)).to.equal(MAX);
    expect(multiply(budget, 94906267, 94906267)).to.equal(9007199515875289n);
    expect(shiftRight(budget, 2n ** 600n, 599)).to.equal(2);
    expect(shiftRight(budget, -5, 2n ** 80n)).to.equal(-1);
  });
});

describe('arithmetic on floats', () => {
  const cases: [x: Value, operator: BinaryOperator, y: Value, result: string][] = [
    [1, '/', 2, '0.5'],
    [4, '/', 2, '2.0'],
    [1, '+', float(0.5), '1.5'],
    [float(0.5), '-', 1, '-0.5'],
    [float(1.5), '*', float(2), '3.0'],
    [float(7), '//', 2, '3.0'],
    [-7, '//', float(2), '-4.0'],
    [float(7.5), '%', 2, '1.5'],
    [float(-7.5), '%', 2, '0.5'],
    [float(7.5), '%', -2, '-0.5'],
    [1, '//', float(-Infinity), '-0.0'],
    [1, '%', float(-Infinity), '-inf'],
    [float(Infinity), '-', float(Infinity), 'nan'],
    [2n ** 60n, '+', float(0), '1.152921504606847e+18'],
    [2n ** 60n, '/', 2n ** 59n, '2.0'],
  ];
  for (const [x, operator, y, result] of cases) {
    it(`${repr(budget, x)} ${operator} ${repr(budget, y)} = ${result}`, () => {
      const value = binaryOperation(operator)(budget, x, y);
      expect(value).to.be.instanceOf(Float);
      expect(repr(budget, value)).to.equal(result);
    });
  }

  it('negates zero', () => {
    expect(repr(budget, negate(budget, float(0)))).to.equal('-0.0');
    expect(negate(budget, 0)).to.equal(0);
  });
});

describe('operators on other types', () => {
  const cases: [x: Value, operator: BinaryOperator, y: Value, result: string][] = [
    ['a', '+', 'b', '"ab"'],
    [list(1), '+', list(2), '[1, 2]'],
    [tuple(1), '+', tuple(2), '(1, 2)'],
    [bytes(65), '+', bytes(66), 'b"AB"'],
    ['ab', '*', 3, '"ababab"'],
    [2, '*', 'ab', '"abab"'],
    ['ab', '*', 0, '""'],
    ['ab', '*', -3, '""'],
    [list(1, 2), '*', 2, '[1, 2, 1, 2]'],
    [tuple(1), '*', 3, '(1, 1, 1)'],
    [bytes(65, 66), '*', 2, 'b"ABAB"'],
    [list(), '*', 2n ** 80n, '[]'],
    ['', '*', 2n ** 80n, '""'],
    [dict(['a', 1], ['b', 2]), '|', dict(['b', 3], ['c', 4]), '{"a": 1, "b": 3, "c": 4}'],
    ['%d items', '%', 3, '"3 items"'],
  ];
  for (const [x, operator, y, result] of cases) {
    it(`${repr(budget, x)} ${operator} ${repr(budget, y)} = ${result}`, () => {
      expect(repr(budget, binaryOperation(operator)(budget, x, y))).to.equal(result);
    });
  }

  it('makes a new list, never a view of an operand', () => {
    const operand = list(1);
    const sum = add(budget, operand, list());
    operand.items.push(2);
    expect(repr(budget, sum)).to.equal('[1]');
  });
});

describe('operators that fail', () => {
  const cases: [x: Value, operator: BinaryOperator, y: Value, message: string][] = [
    [1, '/', 0, 'floating-point division by zero'],
    [1, '/', float(0), 'floating-point division by zero'],
    [1, '//', 0, 'floored division by zero'],
    [2n ** 70n, '//', 0, 'floored division by zero'],
    [float(1), '//', 0, 'floored division by zero'],
    [1, '%', 0, 'integer modulo by zero'],
    [float(1), '%', float(0), 'floating-point modulo by zero'],
    [1, '+', 'a', 'unknown binary op: int + string'],
    ['a', '+', 1, 'unknown binary op: string + int'],
    [list(), '+', tuple(), 'unknown binary op: list + tuple'],
    [true, '+', 1, 'unknown binary op: bool + int'],
    [null, '-', 1, 'unknown binary op: NoneType - int'],
    ['a', '*', 'b', 'unknown binary op: string * string'],
    ['a', '*', float(2), 'unknown binary op: string * float'],
    [float(1), '&', 1, 'unknown binary op: float & int'],
    [set(), '|', list(), 'unknown binary op: set | list'],
    [1, '<<', -1, 'negative shift count'],
    [1, '<<', 512, 'shift count too large, want less than 512'],
    [1, '<<', 10 ** 9, 'shift count too large, want less than 512'],
    [1, '<<', 'a', 'unknown binary op: int << string'],
    [2n ** 2000n, '/', 2, 'int too large to convert to float'],
    [2n ** 2000n, '+', float(1), 'int too large to convert to float'],
  ];
  for (const [x, operator, y, message] of cases) {
    it(message, () => {
      expect(complaint(() => binaryOperation(operator)(budget, x, y))).to.equal(message);
    });
  }

  it('hints at str() where text and something else are added', () => {
    expect(failure(() => add(budget, 'n = ', 1)).hint).to.contain('str(');
    expect(failure(() => add(budget, null, 1)).hint).to.equal(undefined);
  });

  it('names the operand of a unary operator', () => {
    expect(complaint(() => negate(budget, 'a'))).to.equal('unknown unary op: -string');
    expect(complaint(() => positive(budget, null))).to.equal('unknown unary op: +NoneType');
    expect(complaint(() => invert(budget, float(1)))).to.equal('unknown unary op: ~float');
  });
});

describe('arithmetic within the budget', () => {
  const refused: [name: string, act: (b: ReturnType<typeof budgetOf>) => Value][] = [
    ['"a" * 10**10', (b) => multiply(b, 'a', 10 ** 10)],
    ['"a" * 2**100', (b) => multiply(b, 'a', 2n ** 100n)],
    ['[0] * 10**9', (b) => multiply(b, list(0), 10 ** 9)],
    ['(0,) * 10**9', (b) => multiply(b, tuple(0), 10 ** 9)],
    ['bytes * 10**9', (b) => multiply(b, bytes(0), 10 ** 9)],
    [
      'x = x * x',
      (b) => {
        let x: Value = 3;
        for (;;) x = multiply(b, x, x);
      },
    ],
    [
      'x = x << 500',
      (b) => {
        let x: Value = 1;
        for (;;) x = shiftLeft(b, x, 500);
      },
    ],
    [
      's = s + s',
      (b) => {
        let s: Value = 'ab';
        for (;;) s = add(b, s, s);
      },
    ],
    [
      'l = l + l',
      (b) => {
        let l: Value = list(1);
        for (;;) l = add(b, l, l);
      },
    ],
  ];
  for (const [name, act] of refused) {
    it(`refuses ${name} before it is made`, () => {
      const before = process.memoryUsage().rss;
      expect(failure(() => act(budgetOf())).code).to.equal('limit/memory');
      expect(process.memoryUsage().rss - before).to.be.below(150 * 2 ** 20);
    });
  }

  it('counts all bytes together, also when each value is small', () => {
    const small = budgetOf({ memoryBytes: 10_000_000 });
    let made = 0;
    const act = (): void => {
      for (; ; made++) add(small, 'x'.repeat(5000), 'y');
    };
    expect(failure(act).code).to.equal('limit/memory');
    expect(made).to.be.within(900, 1000);
  });

  it('charges the digits of large products as steps', () => {
    const counted = budgetOf();
    const large = 2n ** 90_000n;
    floorDivide(counted, large, 2n ** 45_000n);
    expect(counted.steps).to.be.above(1000);
    const fewSteps = budgetOf({ steps: 100_000, integerBits: 1e6 });
    expect(
      failure(() => {
        for (;;) multiply(fewSteps, large, large);
      }).code,
    ).to.equal('limit/steps');
  });

  it('charges nothing for small ints', () => {
    const counted = budgetOf();
    for (let i = 0; i < 100; i++) multiply(counted, add(counted, i, 1), subtract(counted, i, 5));
    expect([counted.steps, counted.memoryBytes]).to.deep.equal([0, 0]);
  });

  it('finds mixed numbers equal only when they are exactly so', () => {
    expect(equals(budget, divide(budget, 2n ** 60n, 1), 2n ** 60n)).to.equal(true);
    expect(equals(budget, float(2 ** 60), 2n ** 60n + 1n)).to.equal(false);
    expect([
      bitAnd(budget, -1, 2 ** 40),
      bitOr(budget, 2 ** 40, 1),
      bitXor(budget, -1, 2 ** 40),
    ]).to.deep.equal([2 ** 40, 2 ** 40 + 1, -1 - 2 ** 40]);
  });
});
