/**
 * The command `npm run conformance:mcp`: runs the official suites and the Inspector against the gateway and
 * prints how each scenario ended; `-- server`, `-- client` or `-- inspector` runs one of them. Ends with 1 when
 * one fails that is not listed with a reason, or a listed one passes.
 */
import { CLIENT_SCENARIOS, judgeClient } from './client-suites.js';
import { judgeByInspector } from './inspector.js';
import { SERVER_REASONS } from './reasons.js';
import { judgeServer, type Behind } from './server-suites.js';
import { tableOf } from './table.js';
import { toolchain } from './toolchain.js';
import { surprises, type Judged } from './verdicts.js';

const BEHIND: readonly Behind[] = ['legacy', 'legacy over HTTP', 'modern'];

const judges = await toolchain();
const wrong: string[] = [];
const [only] = process.argv.slice(2);
if (only === undefined || only === 'server') await judgeServers();
if (only === undefined || only === 'client') await judgeClients();
if (only === undefined || only === 'inspector') {
  report('the Inspector, before five servers', await judgeByInspector(judges), {});
}
if (wrong.length > 0) {
  say(`\nnot as listed:\n${wrong.join('\n')}`);
  process.exitCode = 1;
}

async function judgeServers(): Promise<void> {
  for (const [revision, reasons] of Object.entries(SERVER_REASONS)) {
    for (const behind of BEHIND) {
      const title = `as a server of ${revision}, before one that is ${behind}`;
      report(title, await judgeServer(judges, revision, behind), reasons[behind]);
    }
  }
}

async function judgeClients(): Promise<void> {
  for (const [revision, scenarios] of Object.entries(CLIENT_SCENARIOS)) {
    report(`as a client of ${revision}`, await judgeClient(judges, revision, scenarios), {});
  }
}

function report(title: string, judged: readonly Judged[], reasons: Readonly<Record<string, string>>): void {
  say(tableOf(title, judged, reasons));
  wrong.push(...surprises(judged, reasons).map((words) => `${title}: ${words}`));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
