import { expect } from 'chai';
import fc from 'fast-check';
import {
  Range,
  contains,
  equals,
  index,
  isIterable,
  iterate,
  length,
  repr,
  setIndex,
  slice,
  truth,
  typeName,
  unpack,
  Builtin,
  Module,
  Struct,
} from '../../../../runtimes/starlark/values/index.js';
import type { Value } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, bytes, complaint, dict, failure, float, list, set, tuple } from './material.js';

const budget = budgetOf();
const range = new Range(1, 10, 3, 3);

describe('type, truth and length', () => {
  const cases: [value: Value, type: string, truth: boolean, length: number | undefined][] = [
    [null, 'NoneType', false, undefined],
    [false, 'bool', false, undefined],
    [true, 'bool', true, undefined],
    [0, 'int', false, undefined],
    [-1, 'int', true, undefined],
    [2n ** 70n, 'int', true, undefined],
    [float(0), 'float', false, undefined],
    [float(NaN), 'float', true, undefined],
    ['', 'string', false, 0],
    ['é😀', 'string', true, 3],
    [bytes(), 'bytes', false, 0],
    [bytes(0), 'bytes', true, 1],
    [list(), 'list', false, 0],
    [list(null), 'list', true, 1],
    [tuple(), 'tuple', false, 0],
    [tuple(0), 'tuple', true, 1],
    [dict(), 'dict', false, 0],
    [dict([1, 1]), 'dict', true, 1],
    [set(), 'set', false, 0],
    [set(0), 'set', true, 1],
    [new Range(0, 0, 1, 0), 'range', false, 0],
    [range, 'range', true, 3],
    [new Struct(new Map()), 'struct', true, undefined],
    [new Module('m', new Map()), 'module', true, undefined],
    [new Builtin('f', () => null), 'builtin_function_or_method', true, undefined],
  ];
  for (const [value, type, isTrue, size] of cases) {
    it(`${repr(budget, value)} is a ${type}`, () => {
      expect([typeName(value), truth(value), length(value)]).to.deep.equal([type, isTrue, size]);
    });
  }
});

describe('x[i]', () => {
  const cases: [x: Value, i: Value, item: Value][] = [
    [list('a', 'b'), 0, 'a'],
    [list('a', 'b'), -1, 'b'],
    [tuple('a', 'b'), 1, 'b'],
    ['aé😀', 1, 'é'],
    ['😀', 0, '\ud83d'],
    [range, 2, 7],
    [range, -3, 1],
    [bytes(7, 8), -1, 8],
    [dict(['k', 1], [2, 'two']), 2, 'two'],
    [dict(['k', 1]), 'k', 1],
  ];
  for (const [x, i, item] of cases) {
    it(`${repr(budget, x)}[${repr(budget, i)}]`, () => expect(index(budget, x, i)).to.equal(item));
  }

  const faults: [x: Value, i: Value, message: string][] = [
    [list(1, 2), 2, 'list index 2 out of range [-2:1]'],
    [list(1, 2), -3, 'list index -3 out of range [-2:1]'],
    [list(), 0, 'index 0 out of range: empty list'],
    ['ab', 5, 'string index 5 out of range [-2:1]'],
    [list(1), 2n ** 80n, 'list index beyond 2^53 out of range [-1:0]'],
    [list(1), 'a', 'list index: got string, want int'],
    [list(1), float(0), 'list index: got float, want int'],
    [list(1), true, 'list index: got bool, want int'],
    [dict(), 'k', 'key "k" not in dict'],
    [dict(), 7, 'key 7 not in dict'],
    [dict(), tuple(1), 'key of type tuple not in dict'],
    [dict(), 'x'.repeat(100), 'key of type string not in dict'],
    [dict(), list(), 'unhashable type: list'],
    [null, 0, 'unhandled index operation NoneType[int]'],
    [set(1), 0, 'unhandled index operation set[int]'],
  ];
  for (const [x, i, message] of faults) {
    it(message, () => expect(complaint(() => index(budget, x, i))).to.equal(message));
  }

  it('sets items of lists and dicts only', () => {
    const [items, entries] = [list(1, 2), dict()];
    setIndex(budget, items, -1, 9);
    setIndex(budget, entries, 'k', 1);
    expect([repr(budget, items), repr(budget, entries)]).to.deep.equal(['[1, 9]', '{"k": 1}']);
    expect(complaint(() => setIndex(budget, tuple(1), 0, 1))).to.equal(
      'tuple value does not support item assignment',
    );
    expect(complaint(() => setIndex(budget, items, 2, 1))).to.equal('list index 2 out of range [-2:1]');
    items.iterators = 1;
    expect(complaint(() => setIndex(budget, items, 0, 1))).to.equal(
      'cannot assign to element of list during iteration',
    );
    items.frozen = true;
    expect(complaint(() => setIndex(budget, items, 0, 1))).to.equal(
      'cannot assign to element of frozen list',
    );
  });
});

/** Slicing as the specification tells it, index by index. */
function naiveSlice<T>(items: readonly T[], low: number | null, high: number | null, step: number): T[] {
  const size = items.length;
  const place = (i: number): number => (i < 0 ? i + size : i);
  const result: T[] = [];
  if (step > 0) {
    const end = Math.min(high === null ? size : place(high), size);
    for (let i = Math.max(low === null ? 0 : place(low), 0); i < end; i += step) result.push(items[i]!);
  } else {
    const end = Math.max(high === null ? -1 : place(high), -1);
    for (let i = Math.min(low === null ? size - 1 : place(low), size - 1); i > end; i += step)
      result.push(items[i]!);
  }
  return result;
}

describe('x[low:high:step]', () => {
  const bound = fc.option(fc.integer({ min: -12, max: 12 }));
  const stride = fc.integer({ min: -5, max: 5 }).filter((n) => n !== 0);

  it('takes what the naive model takes, from every sequence', () => {
    fc.assert(
      fc.property(fc.nat(8), bound, bound, stride, (size, low, high, step) => {
        const items = Array.from({ length: size }, (_, i) => i);
        const text = items.map((i) => 'abcdefgh'.charAt(i)).join('');
        const wanted = naiveSlice(items, low, high, step);
        const take = (x: Value): Value => slice(budget, x, low, high, step);
        expect(repr(budget, take(list(...items)))).to.equal(repr(budget, list(...wanted)));
        expect(repr(budget, take(tuple(...items)))).to.equal(repr(budget, tuple(...wanted)));
        expect(take(text)).to.equal(wanted.map((i) => text.charAt(i)).join(''));
        expect(repr(budget, take(bytes(...items)))).to.equal(repr(budget, bytes(...wanted)));
        const part = take(new Range(0, size * 2, 2, size));
        expect(iterate(budget, part)).to.deep.equal(wanted.map((i) => 2 * i));
        expect(equals(budget, part, part)).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes bounds and steps of any size', () => {
    const huge = 2n ** 100n;
    expect(slice(budget, 'abc', -huge, huge, null)).to.equal('abc');
    expect(slice(budget, 'abc', huge, null, -1)).to.equal('cba');
    expect(slice(budget, 'abc', null, null, huge)).to.equal('a');
    expect(slice(budget, 'abc', null, null, -huge)).to.equal('c');
    const far = slice(budget, new Range(0, 10, 5, 2), null, null, Number.MAX_SAFE_INTEGER);
    expect(iterate(budget, far)).to.deep.equal([0]);
  });

  for (const [x, low, high, step, message] of [
    ['abc', 'a', null, null, 'invalid start index: got string, want int'],
    ['abc', null, float(1), null, 'invalid end index: got float, want int'],
    ['abc', null, null, 'x', 'invalid slice step: got string, want int'],
    ['abc', null, null, 0, 'zero is not a valid slice step'],
    [dict(), null, null, null, 'invalid slice operand dict'],
    [1, null, null, null, 'invalid slice operand int'],
  ] as const) {
    it(message, () => expect(complaint(() => slice(budget, x, low, high, step))).to.equal(message));
  }

  it('charges what it copies', () => {
    const counted = budgetOf();
    slice(counted, 'x'.repeat(100_000), 1, null, null);
    expect(counted.memoryBytes).to.be.above(199_000);
    expect(counted.steps).to.be.above(6000);
  });
});

describe('iterating and unpacking', () => {
  it('sees keys, items and numbers in order', () => {
    expect(iterate(budget, dict(['b', 1], ['a', 2]))).to.deep.equal(['b', 'a']);
    expect(iterate(budget, set(3, 1))).to.deep.equal([3, 1]);
    expect(iterate(budget, range)).to.deep.equal([1, 4, 7]);
    const items = list(1);
    expect(iterate(budget, items)).to.equal(items.items);
  });

  it('refuses what is no collection', () => {
    expect(complaint(() => iterate(budget, 'abc'))).to.equal('got string, want iterable');
    expect(failure(() => iterate(budget, 'abc')).hint).to.contain('.elems()');
    for (const value of [null, 1, bytes(1), new Struct(new Map())])
      expect(isIterable(budget, value)).to.equal(false);
  });

  it('refuses a range too long to be held, before it is made', () => {
    expect(failure(() => iterate(budgetOf(), new Range(0, 1e12, 1, 1e12))).code).to.equal('limit/memory');
  });

  it('unpacks just as many as wanted', () => {
    expect(unpack(budget, tuple(1, 2), 2)).to.deep.equal([1, 2]);
    expect(unpack(budget, dict(['a', 1]), 1)).to.deep.equal(['a']);
    expect(complaint(() => unpack(budget, list(1, 2, 3), 2))).to.equal(
      'too many values to unpack (got 3, want 2)',
    );
    expect(complaint(() => unpack(budget, list(1), 2))).to.equal('too few values to unpack (got 1, want 2)');
    expect(complaint(() => unpack(budget, 'ab', 2))).to.equal('got string in sequence assignment');
    const long = new Range(0, 1e12, 1, 1e12);
    expect(complaint(() => unpack(budget, long, 2))).to.equal(
      'too many values to unpack (got 1000000000000, want 2)',
    );
  });
});

describe('in', () => {
  const cases: [item: Value, container: Value, found: boolean][] = [
    ['b', 'abc', true],
    ['', '', true],
    ['ac', 'abc', false],
    [1, list(2, float(1)), true],
    ['1', list(1), false],
    [tuple(1), tuple(tuple(1)), true],
    ['a', dict(['a', null]), true],
    [null, dict(['a', null]), false],
    [float(2), set(2), true],
    [4, range, true],
    [5, range, false],
    [10, range, false],
    [float(4), range, true],
    [2n ** 80n, range, false],
    [7, bytes(6, 7), true],
    [bytes(2, 3), bytes(1, 2, 3), true],
    [bytes(3, 2), bytes(1, 2, 3), false],
    [bytes(), bytes(), true],
    [list(), dict(), false],
    [tuple(1, list()), dict(), false],
  ];
  for (const [item, container, found] of cases) {
    it(`${repr(budget, item)} in ${repr(budget, container)}: ${found}`, () => {
      expect(contains(budget, container, item)).to.equal(found);
    });
  }

  for (const [item, container, message] of [
    [1, 'abc', "'in <string>' requires string as left operand, not int"],
    ['a', range, "'in <range>' requires integer as left operand, not string"],
    ['a', bytes(1), "'in bytes' requires bytes or int as left operand, not string"],
    [256, bytes(1), 'int in bytes: 256 out of range, want 0 to 255'],
    [list(), set(), 'unhashable type: list'],
    [1, 5, 'unknown binary op: int in int'],
  ] as const) {
    it(message, () => expect(complaint(() => contains(budget, container, item))).to.equal(message));
  }

  it('searches strings made to slow it down in linear time', () => {
    const text = 'a'.repeat(1_000_000);
    const half = 'a'.repeat(25_000);
    const counted = budgetOf();
    expect(contains(counted, text, `${half}b${half}`)).to.equal(false);
    expect(contains(counted, `${text}b${text}`, `${half}b${half}`)).to.equal(true);
    expect(counted.steps).to.be.within(190_000, 250_000);
  });

  it('charges a step for each item passed', () => {
    const counted = budgetOf();
    contains(counted, list(...Array.from({ length: 1000 }, (_, i) => i)), 'x');
    expect(counted.steps).to.equal(1000);
  });
});
