/**
 * `npm run oracle:starlark -- [--programs N] [--seed S] [--family F]`: programs made by fast-check, on our
 * engine and on starlark-go. Exit code: 0 they agree, 1 they do not, 2 it cannot run.
 */
import { parseArgs } from 'node:util';
import type fc from 'fast-check';
import { run } from './campaign.js';
import type { Counterexample, Report } from './campaign.js';
import { OracleMissing } from './native-build.js';
import { Oracle } from './oracle.js';
import { FAMILIES } from './programs.js';
import type { Program } from './programs.js';

/** Of one family. */
const MOST_COUNTEREXAMPLES = 5;

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '3000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    family: { type: 'string' },
  },
});

try {
  process.exitCode = await main(Number(values.programs), Number(values.seed), values.family);
} catch (error) {
  if (!(error instanceof OracleMissing)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function main(programs: number, seed: number, only: string | undefined): Promise<number> {
  const families = Object.entries<fc.Arbitrary<Program>>(FAMILIES).filter(
    ([name]) => only === undefined || name === only,
  );
  if (families.length === 0 || !(programs > 0) || !Number.isSafeInteger(seed)) {
    say(`oracle: want numbers, and one of the families ${Object.keys(FAMILIES).join(', ')}`);
    return 2;
  }
  const oracle = new Oracle();
  say(`seed ${String(seed)}`);
  say('family         programs   same value   same error   known   limit   different');
  let different = 0;
  for (const [name, family] of families) {
    const count = Math.ceil(programs / families.length);
    const report = await run(oracle, { programs: family, count, seed, most: MOST_COUNTEREXAMPLES });
    say(row(name, report));
    report.counterexamples.forEach(show);
    different += report.counterexamples.length;
  }
  oracle.close();
  return different === 0 ? 0 : 1;
}

function row(name: string, { tally }: Report): string {
  const { value, error, known, limit, difference } = tally;
  const columns = [
    [value + error + known + limit + difference, 8],
    [value, 12],
    [error, 12],
    [known, 7],
    [limit, 7],
    [difference, 11],
  ] as const;
  return name.padEnd(15) + columns.map(([count, width]) => String(count).padStart(width)).join(' ');
}

/** Ready to paste. */
function show({ program, oracle, engine }: Counterexample): void {
  const options = Object.entries(program.options).filter(([, on]) => on === true);
  say(`\n# options: ${options.map(([name]) => name).join(' ')}`);
  say(program.source);
  say(`# starlark-go: ${oracle.replaceAll('\n', '\n#   ')}`);
  say(`# here:        ${engine.replaceAll('\n', '\n#   ')}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
