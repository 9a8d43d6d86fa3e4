/**
 * What it costs to tell sinks: `npm run bench:telemetry`. Each way runs in processes of its own, by turns with
 * the others; figures are processor time, and the ratios are what to read. `-- --before=DIR` measures another
 * checkout too, without sinks; `-- --rounds=N`, default 5; `-- --only=WORDS` runs the ways with these words.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { median } from '../timing.js';
import { WAYS } from './ways.js';
import type { Places } from './ways.js';

interface Figures {
  readonly tenCalls: number;
  readonly noCall: number;
}

const run = promisify(execFile);
const here = fileURLToPath(new URL('../../..', import.meta.url));
const { before, rounds, only } = parseArgs({
  options: {
    before: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
  },
}).values;
const ways = Object.keys(WAYS).filter((way) =>
  way === 'before' ? before !== undefined : way === 'none' || way.includes(only),
);
const figures = new Map<string, Figures[]>(ways.map((way) => [way, []]));

const receiver = createServer((request, response) => {
  request
    .resume()
    .on('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end());
}).listen(0, '127.0.0.1');
const folder = await mkdtemp(join(tmpdir(), 'bench-telemetry-'));
const places = { folder, receiver: `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}` };
for (let round = 0; round < Number(rounds); round += 1) {
  for (const [way, measured] of figures) measured.push(await measure(way, places));
}
receiver.closeAllConnections();
receiver.close();
await rm(folder, { recursive: true });
print();

async function measure(way: string, where: Places): Promise<Figures> {
  const file = join(here, 'test/bench/telemetry/scripts-process.ts');
  const checkout = way === 'before' ? before! : here;
  const args = ['--import', 'tsx', file, way, checkout, JSON.stringify(where)];
  return JSON.parse((await run(process.execPath, args, { cwd: here })).stdout) as Figures;
}

function print(): void {
  const load = loadavg()[0]!.toFixed(1);
  console.log(
    `${rounds} rounds, ${String(cpus().length)} cores, load ${load} at the end; µs of processor time\n`,
  );
  console.log('| sinks | a script with ten calls, µs | ratio | of it a call, µs |');
  console.log('| --- | --- | --- | --- |');
  for (const [way, measured] of figures) {
    const script = median(measured.map(({ tenCalls }) => tenCalls));
    const call = median(measured.map(({ tenCalls, noCall }) => (tenCalls - noCall) / 10));
    console.log(`| ${way} | ${script.toFixed(0)} | ${ratioOf(measured).toFixed(3)} | ${call.toFixed(1)} |`);
  }
}

/** To no sink in the same round: the middle of the rounds. */
function ratioOf(measured: readonly Figures[]): number {
  const none = figures.get('none')!;
  return median(measured.map(({ tenCalls }, round) => tenCalls / none[round]!.tenCalls));
}
