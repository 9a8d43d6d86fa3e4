import { expect } from 'chai';

import { placeOf, qualityOf, quantile } from './metrics.js';

describe('the arithmetic of the search benchmark', () => {
  it('finds the place of the first right answer', () => {
    expect(placeOf(['a', 'b', 'c'], ['c', 'b'])).to.equal(2);
    expect(placeOf(['a', 'b'], ['b', 'a'])).to.equal(1);
    expect(placeOf(['a', 'b'], ['c'])).to.equal(undefined);
    expect(placeOf([], ['c'])).to.equal(undefined);
  });

  it('counts hits and reciprocal places, and misses as nothing', () => {
    expect(qualityOf([1, 2, 5, undefined])).to.deep.equal({
      hit1: 0.25,
      hit5: 0.75,
      mrr: (1 + 1 / 2 + 1 / 5) / 4,
    });
    expect(qualityOf([6, 8])).to.deep.equal({ hit1: 0, hit5: 0, mrr: (1 / 6 + 1 / 8) / 2 });
    expect(qualityOf([1])).to.deep.equal({ hit1: 1, hit5: 1, mrr: 1 });
  });

  it('reads quantiles without making figures up', () => {
    expect(quantile([3, 1, 2], 0.5)).to.equal(2);
    expect(quantile([4, 1, 3, 2], 0.5)).to.equal(2);
    expect(quantile([...Array(100).keys()], 0.95)).to.equal(94);
    expect(quantile([7], 0.95)).to.equal(7);
    expect(quantile([7, 9], 0)).to.equal(7);
  });
});
