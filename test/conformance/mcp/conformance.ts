/**
 * The command `npm run conformance:mcp`: runs the official suites against the gateway and prints how each
 * scenario ended. Ends with 1 when one fails that is not listed with a reason, or a listed one passes.
 */
import { SERVER_REASONS } from './reasons.js';
import { judgeServer, type Era } from './server-suites.js';
import { tableOf } from './table.js';
import { toolchain } from './toolchain.js';
import { surprises } from './verdicts.js';

const ERAS: readonly Era[] = ['legacy', 'modern'];

const judges = await toolchain();
const wrong: string[] = [];
for (const [revision, reasons] of Object.entries(SERVER_REASONS)) {
  for (const era of ERAS) {
    const judged = await judgeServer(judges, revision, era);
    say(tableOf(`a server of ${revision}, before one of the ${era} era`, judged, reasons[era]));
    wrong.push(...surprises(judged, reasons[era]).map((words) => `${revision}, ${era}: ${words}`));
  }
}
if (wrong.length > 0) {
  say(`\nnot as listed:\n${wrong.join('\n')}`);
  process.exitCode = 1;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
