import { expect } from 'chai';
import { programOf } from './programs.js';
import { shrink } from './shrink.js';
import { Trial } from './trial.js';

describe('fuzzing', function () {
  this.timeout(60_000);

  it('any program has an outcome, and leaves the process as it was', async () => {
    const trial = await Trial.open();
    for (let seed = 1; seed <= 400; seed++) {
      const program = programOf(seed);
      const fault = (await trial.faultOf(program)) && (await trial.faultOf(program));
      expect(fault, `seed ${String(seed)}: ${program}`).to.equal(null);
    }
    await trial.close();
  });

  it('the same seed is the same program', () => {
    for (const seed of [1, 2, 3]) expect(programOf(seed)).to.equal(programOf(seed));
    expect(new Set(Array.from({ length: 50 }, (_, seed) => programOf(seed))).size).to.be.greaterThan(45);
  });

  it('a failing program is made small', async () => {
    const small = await shrink(`${'x = 1\n'.repeat(50)}boom()\n`, (text) =>
      Promise.resolve(text.includes('boom')),
    );
    expect(small).to.equal('boom');
  });
});
