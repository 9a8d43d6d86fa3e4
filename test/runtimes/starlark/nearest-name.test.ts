import { expect } from 'chai';
import { describe, it } from 'mocha';
import { didYouMean, nearestName } from '../../../runtimes/starlark/nearest-name.js';

describe('the nearest name', () => {
  const CASES: readonly (readonly [
    name: string,
    candidates: readonly string[],
    nearest: string | undefined,
  ])[] = [
    ['colr', ['size', 'color'], 'color'],
    ['color', ['colour', 'colors'], 'colour'],
    ['readFile', ['write_file', 'read_file'], 'read_file'],
    ['apend', ['append', 'extend'], 'append'],
    ['xyz', ['append', 'extend'], undefined],
    ['a', ['b', 'c'], undefined],
    ['A', ['b', 'a'], 'a'],
    ['ab', ['ax', 'a_b'], 'a_b'],
    ['x'.repeat(65), ['x'.repeat(65)], undefined],
    ['name', [], undefined],
  ];
  for (const [name, candidates, nearest] of CASES) {
    it(`of ${name} among ${candidates.join(', ')} is ${String(nearest)}`, () => {
      expect(nearestName(name, candidates)).to.equal(nearest);
    });
  }

  it('is looked for among the first thousand', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `other${String(i)}`);
    expect(nearestName('needle', [...many, 'needle_'])).to.equal(undefined);
    expect(nearestName('needle', ['needle_', ...many])).to.equal('needle_');
  });

  it('reads as a question', () => {
    expect(didYouMean('colr', ['color'])).to.equal(' (did you mean color?)');
    expect(didYouMean('xyz', ['color'])).to.equal('');
  });
});
