import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { DIFFERENCES, Listing, markAt } from './differences.js';

const page = readFileSync(join(import.meta.dirname, '../../../docs/starlark.md'), 'utf8');

describe('differences from the public suites', () => {
  for (const { point } of DIFFERENCES) {
    it(`has a row in the docs: ${point}`, () => {
      const row = page.split('\n').find((line) => line.startsWith(`| ${point} | `));
      expect(row).to.match(/^\|[^|]+\|[^|]+\| \S[^|]+\|$/);
    });
  }

  it('are known by the text of the statement, wherever it stands', () => {
    const before = ['x = 1', 'assert.eq(', '    x,', ')'];
    const later = ['', '', 'assert.eq(', '\tx,', ')'];
    expect(markAt(before, 2)).to.match(/^[0-9a-f]{8}$/);
    expect(markAt(later, 3)).to.equal(markAt(before, 2));
    expect(markAt(['assert.eq(', '    y,', ')'], 1)).not.to.equal(markAt(before, 2));
  });

  it('are met or left over', () => {
    const listing = new Listing([{ point: 'p', places: { 'suite/a.star': 'one two' } }]);
    expect(listing.has('suite/a.star', 'one')).to.equal(true);
    expect(listing.has('suite/b.star', 'two')).to.equal(false);
    expect(listing.leftOver).to.deep.equal(['suite/a.star two']);
  });
});
