import { expect } from 'chai';
import fc from 'fast-check';
import {
  compare,
  difference,
  equals,
  intersection,
  isSubset,
  repr,
  symmetricDifference,
  union,
} from '../../../../runtimes/starlark/values/index.js';
import type { StarlarkSet } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, complaint, float, list, set } from './material.js';

const budget = budgetOf();

describe('set', () => {
  it('keeps the first of equal items, in order', () => {
    const s = set(3, 1, float(3), 'a', 1);
    expect(repr(budget, s)).to.equal('set([3, 1, "a"])');
    expect(s.add(budget, float(1))).to.equal(false);
    expect(s.add(budget, 2)).to.equal(true);
    expect(s.delete(budget, 3)).to.equal(true);
    expect(s.delete(budget, 3)).to.equal(false);
    s.add(budget, 3);
    expect(s.items()).to.deep.equal([1, 'a', 2, 3]);
  });

  it('refuses unhashable items, and changes while frozen or iterated over', () => {
    const s = set(1);
    expect(complaint(() => s.add(budget, list()))).to.equal('unhashable type: list');
    s.iterators = 1;
    expect(complaint(() => s.add(budget, 2))).to.equal('cannot insert into set during iteration');
    s.frozen = true;
    expect(complaint(() => s.delete(budget, 1))).to.equal('cannot delete from frozen set');
    expect(complaint(() => s.clear())).to.equal('cannot clear frozen set');
    expect(s.size).to.equal(1);
  });

  const small = fc.uniqueArray(fc.integer({ min: 0, max: 12 }));
  const model = (s: StarlarkSet): number[] => s.items() as number[];

  it('computes as the model of arrays does', () => {
    fc.assert(
      fc.property(small, small, (x, y) => {
        const [a, b] = [set(...x), set(...y)];
        const [onlyX, onlyY] = [x.filter((n) => !y.includes(n)), y.filter((n) => !x.includes(n))];
        expect(model(union(budget, a, b))).to.deep.equal([...x, ...onlyY]);
        expect(model(intersection(budget, a, b))).to.deep.equal(x.filter((n) => y.includes(n)));
        expect(model(difference(budget, a, b))).to.deep.equal(onlyX);
        expect(model(symmetricDifference(budget, a, b))).to.deep.equal([...onlyX, ...onlyY]);
        expect(isSubset(budget, a, b)).to.equal(onlyX.length === 0);
      }),
    );
  });

  it('is ordered by inclusion', () => {
    fc.assert(
      fc.property(small, small, (x, y) => {
        const [a, b] = [set(...x), set(...y)];
        const [below, above] = [isSubset(budget, a, b), isSubset(budget, b, a)];
        expect(compare(budget, a, b, '<=') <= 0).to.equal(below);
        expect(compare(budget, a, b, '<') < 0).to.equal(below && !above);
        expect(compare(budget, a, b, '>=') >= 0).to.equal(above);
        expect(compare(budget, a, b, '>') > 0).to.equal(above && !below);
        expect(equals(budget, a, b)).to.equal(below && above);
      }),
    );
  });
});
