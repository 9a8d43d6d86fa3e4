/** A short look at whether we and starlark-go agree; where there is no Go, it is left out. */
import { expect } from 'chai';
import type fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { run } from './campaign.js';
import { compare } from './comparison.js';
import { OracleMissing } from './native-build.js';
import { Oracle } from './oracle.js';
import { FAMILIES } from './programs.js';
import type { Program } from './programs.js';

/** Programs of each family; always the same ones. `npm run oracle:starlark` runs more, and others. */
const COUNT = 150;
const SEED = 1;

describe('our engine and starlark-go', () => {
  let oracle: Oracle | undefined;

  before(function () {
    this.timeout(300_000);
    try {
      oracle = new Oracle();
    } catch (error) {
      if (!(error instanceof OracleMissing)) throw error;
      this.skip();
    }
  });

  after(() => oracle?.close());

  for (const [name, programs] of Object.entries<fc.Arbitrary<Program>>(FAMILIES)) {
    it(`agree on ${name}`, async () => {
      const report = await run(oracle!, { programs, count: COUNT, seed: SEED, most: 1 });
      expect(report.counterexamples).to.deep.equal([]);
      expect(report.tally.value + report.tally.error).to.be.greaterThan(COUNT * 0.9);
    });
  }

  it('are told apart where they differ', async () => {
    const source = 'see(1)\nsee(len("🙂"))\n';
    expect(await compare(oracle!, { source, options: {} })).to.deep.equal({
      is: 'difference',
      oracle: '{"int":"1"}\n{"int":"4"}',
      engine: '{"int":"1"}\n{"int":"2"}',
    });
  });
});
