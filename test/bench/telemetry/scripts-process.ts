/**
 * One process that runs scripts with the sinks of one way, and prints the microseconds of processor time that
 * a script took: with ten calls in process, and with none. Arguments: the way, the checkout, the places.
 */
import type * as Library from '../../../adapters/library/index.js';
import type { CodeMode } from '../../../core/index.js';
import { WAYS } from './ways.js';
import type { Places } from './ways.js';

const WARM_UP = 1_500;
const BATCHES = 12;
const SCRIPTS = 200;

const [way, checkout, places] = process.argv.slice(2) as [string, string, string];
const { createCodeMode, defineTool } = (await import(
  `${checkout}/adapters/library/index.ts`
)) as typeof Library;
const noop = defineTool({
  name: 'noop',
  inputSchema: { type: 'object', properties: { n: { type: 'integer' } } },
  call: () => null,
});
const sinks = await WAYS[way]!(JSON.parse(places) as Places);
const codeMode = await createCodeMode({ tools: [noop], sinks });

const tenCalls = (run: number): string => `for n in range(10):\n  noop(n=n)\nreturn ${String(run)}\n`;
const noCall = (run: number): string => `for n in range(10):\n  n + 1\nreturn ${String(run)}\n`;

await scripts(codeMode, WARM_UP, tenCalls);
await scripts(codeMode, WARM_UP, noCall);
const withCalls: number[] = [];
const without: number[] = [];
for (let batch = 0; batch < BATCHES; batch += 1) {
  withCalls.push(await scripts(codeMode, SCRIPTS, tenCalls));
  without.push(await scripts(codeMode, SCRIPTS, noCall));
}
await codeMode.close();
process.stdout.write(JSON.stringify({ tenCalls: least(withCalls), noCall: least(without) }));
process.exit(0);

/** Microseconds of processor time for each script. */
async function scripts(mode: CodeMode, count: number, text: (run: number) => string): Promise<number> {
  const before = process.cpuUsage();
  for (let run = 0; run < count; run += 1) {
    const outcome = await mode.run({ script: text(run) });
    if (!outcome.ok) throw new Error(outcome.error.message);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

/** The mean of the least third: what was disturbed least. */
function least(figures: readonly number[]): number {
  const third = [...figures].sort((a, b) => a - b).slice(0, Math.ceil(figures.length / 3));
  return third.reduce((sum, figure) => sum + figure, 0) / third.length;
}
