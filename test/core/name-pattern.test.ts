import { expect } from 'chai';
import fc from 'fast-check';
import { fitsPattern } from '../../core/name-pattern.js';

const ROWS: readonly [pattern: string, fits: readonly string[], not: readonly string[]][] = [
  ['search', ['search'], ['Search', 'search2', 'a search', '']],
  ['*', ['', 'anything'], []],
  ['get_*', ['get_', 'get_issue'], ['get', 'forget_me']],
  ['*_delete', ['_delete', 'repo_delete'], ['delete', 'repo_delete_all']],
  ['get_?', ['get_a'], ['get_', 'get_ab']],
  ['*a*b*', ['ab', 'xaxbx', 'aab'], ['ba', 'a']],
  ['a.b', ['a.b'], ['axb']],
  ['[a-z]+', ['[a-z]+'], ['abc']],
  ['', [''], ['x']],
];

describe('patterns of names', () => {
  for (const [pattern, fits, not] of ROWS) {
    it(`"${pattern}" fits what it says, whole, and nothing else`, () => {
      expect(fits.filter((name) => !fitsPattern(name, pattern))).to.deep.equal([]);
      expect(not.filter((name) => fitsPattern(name, pattern))).to.deep.equal([]);
    });
  }

  it('fit what the same regular expression fits', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(text, name, (pattern, some) => {
        const same = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(fitsPattern(some, pattern)).to.equal(same.test(some));
      }),
      { numRuns: 1_000 },
    );
  });

  it('end soon on what makes others take for ever', () => {
    expect(fitsPattern('a'.repeat(256), `${'*a'.repeat(127)}*b`)).to.equal(false);
  }).timeout(500);
});
