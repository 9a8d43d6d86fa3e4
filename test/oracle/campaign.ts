/** Many programs on both engines, and what came of them. */
import fc from 'fast-check';
import { compare } from './comparison.js';
import type { Verdict } from './comparison.js';
import { OracleDied } from './oracle.js';
import type { Oracle } from './oracle.js';
import type { Program } from './programs.js';

/** How many programs of a family ended how. */
export type Tally = Record<Verdict['is'], number>;

/** A program as short as it could be made, and what both say of it. */
export interface Counterexample {
  readonly program: Program;
  readonly oracle: string;
  readonly engine: string;
}

export interface Report {
  readonly tally: Tally;
  readonly counterexamples: readonly Counterexample[];
}

/** What a campaign is made of. */
export interface Campaign {
  readonly programs: fc.Arbitrary<Program>;
  readonly count: number;
  readonly seed: number;
  /** It goes on after a difference until there are so many. */
  readonly most: number;
}

/** Runs a campaign to its end. The same campaign makes the same programs. */
export async function run(oracle: Oracle, { programs, count, seed, most }: Campaign): Promise<Report> {
  const tally: Tally = { value: 0, error: 0, limit: 0, known: 0, difference: 0 };
  const counterexamples: Counterexample[] = [];
  for (let round = 0, left = count; left > 0 && counterexamples.length < most; round++) {
    const stretch = new Stretch(oracle, tally);
    const { numRuns } = await fc.check(stretch.property(programs), { numRuns: left, seed: seed + round });
    left -= numRuns;
    if (stretch.last !== undefined) counterexamples.push(stretch.last);
  }
  return { tally, counterexamples };
}

/** Programs up to the first that differs, which is then made shorter. */
class Stretch {
  /** The last that differed: the shortest. */
  last: Counterexample | undefined;

  constructor(
    private readonly oracle: Oracle,
    private readonly tally: Tally,
  ) {}

  property(programs: fc.Arbitrary<Program>) {
    return fc.asyncProperty(programs, async (program) => {
      const verdict = await this.verdictOf(program);
      if (this.last === undefined) this.tally[verdict.is]++;
      if (verdict.is !== 'difference') return true;
      this.last = { program, oracle: verdict.oracle, engine: verdict.engine };
      return false;
    });
  }

  /** A program that the oracle does not survive says nothing about us. */
  private async verdictOf(program: Program): Promise<Verdict> {
    try {
      return await compare(this.oracle, program);
    } catch (error) {
      if (error instanceof OracleDied) return { is: 'limit' };
      throw error;
    }
  }
}
