/**
 * The command `npm run conformance:starlark`: runs the public suites from checkouts and prints how each
 * chunk did. Ends with 1 when something fails that is not listed, or when more is listed than may be; with 2
 * when it cannot run.
 */
import { Misuse, checkoutsFrom } from './arguments.js';
import { DIFFERENCES, Listing } from './differences.js';
import { runSuites } from './run-suites.js';
import { filesOf, leftOut } from './suites.js';
import { listedPercent, reportText } from './table.js';

/** Chunks that may stand in the list, in percent. */
const MOST_LISTED = 2;

try {
  const listing = new Listing(DIFFERENCES);
  const report = await runSuites(filesOf(checkoutsFrom(process.argv.slice(2))), listing);
  say(reportText(report));
  say(`\n${leftOut().join('\n')}`);
  for (const place of listing.leftOver) say(`\nlisted, but as expected: ${place}`);
  const percent = listedPercent(report.tallies);
  say(`\n${percent.toFixed(1)} % of the chunks are listed; at most ${MOST_LISTED} % may be`);
  const good = report.failures.length === 0 && listing.leftOver.length === 0 && percent <= MOST_LISTED;
  if (!good) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof Misuse)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
