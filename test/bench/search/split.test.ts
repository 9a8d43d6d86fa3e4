import { expect } from 'chai';

import { queriesOf } from './queries.js';
import { halfOf, type Half } from './split.js';

describe('the halves of the queries', () => {
  it('follow from the words alone', () => {
    expect(halfOf('search the web')).to.equal(halfOf('search the web'));
    const halves = [...Array(1000).keys()].map((number) => halfOf(`query ${String(number)}`));
    expect(halves.filter((half) => half === 'tuning').length).to.be.within(400, 600);
  });

  for (const half of ['tuning', 'held-out'] satisfies Half[]) {
    it(`hold each query of ${half} in its own`, async () => {
      const queries = await queriesOf(half);
      expect(queries.filter(({ query }) => halfOf(query) !== half).length).to.equal(0);
      expect(queries.length).to.be.at.least(80);
      expect(queries.filter(({ right }) => right.length === 0).length).to.equal(0);
    });
  }

  it('hold no query twice', async () => {
    const all = [...(await queriesOf('tuning')), ...(await queriesOf('held-out'))].map(({ query }) => query);
    expect(new Set(all).size).to.equal(all.length);
  });
});
