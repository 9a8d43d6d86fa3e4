import { expect } from 'chai';
import { hashOf, routeOf, type Route } from '../../../../adapters/console/page/route.js';

describe('places of the page', () => {
  const places: Route[] = [
    { place: 'runs' },
    { place: 'run', id: 'a/b?c#d é' },
    { place: 'playground' },
    { place: 'tools', search: '' },
    { place: 'tools', search: 'read & write' },
    { place: 'servers' },
    { place: 'usage' },
  ];
  for (const place of places) {
    it(`finds ${hashOf(place)} again`, () => expect(routeOf(hashOf(place))).to.deep.equal(place));
  }

  it('shows the runs where the address is unknown', () => {
    expect(['', '#', '#/', '#/nowhere/x', '#/runs/'].map((hash) => routeOf(hash).place)).to.deep.equal(
      Array(5).fill('runs'),
    );
    expect(routeOf('#/runs/%E0%A4%A')).to.deep.equal({ place: 'run', id: '%E0%A4%A' });
  });
});
