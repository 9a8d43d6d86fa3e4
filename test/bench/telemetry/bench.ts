/**
 * What it costs to tell sinks: `npm run bench:telemetry`. Each way runs in processes of its own, from bundles, by
 * turns with no sinks in the same process; figures are processor time, and the ratios are what to read.
 * `-- --before=DIR` measures another checkout too, without sinks; `-- --rounds=N` processes for each way,
 * default 3; `-- --only=WORDS` runs the ways with these words.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import { median } from '../timing.js';
import { WAYS } from './ways.js';
import type { Places } from './ways.js';
import type { Figures } from './scripts-process.js';

/** What one process prints. */
interface Compared {
  readonly tenCalls: Figures;
  readonly noCall: Figures;
}

const run = promisify(execFile);
const here = fileURLToPath(new URL('../../..', import.meta.url));
const { before, rounds, only } = parseArgs({
  options: {
    before: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
}).values;
const ways = Object.keys(WAYS).filter((way) =>
  way === 'before' ? before !== undefined : way.includes(only),
);
const figures = new Map<string, Compared[]>(ways.map((way) => [way, []]));

const receiver = createServer((request, response) => {
  request
    .resume()
    .on('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end());
}).listen(0, '127.0.0.1');
const folder = await mkdtemp(join(tmpdir(), 'bench-telemetry-'));
const places = { folder, receiver: `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}` };
const main = await bundled('scripts-process', here);
const program = await bundled('scripts', here);
const programBefore = before === undefined ? program : await bundled('scripts', before);
for (let round = 0; round < Number(rounds); round += 1) {
  for (const [way, measured] of figures) measured.push(await measure(way, places));
}
receiver.closeAllConnections();
receiver.close();
await rm(folder, { recursive: true });
print();

/** As one file in the checkout, where it finds the packages that it needs. */
async function bundled(name: string, checkout: string): Promise<string> {
  const outfile = join(checkout, 'dist', `bench-telemetry-${name}.js`);
  await build({
    entryPoints: [join(here, `test/bench/telemetry/${name}.ts`)],
    outfile,
    alias: { toolscript: join(checkout, 'adapters/library/index.ts') },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}

async function measure(way: string, where: Places): Promise<Compared> {
  const args = [main, program, way === 'before' ? programBefore : program, way, JSON.stringify(where)];
  return JSON.parse((await run(process.execPath, args, { cwd: here })).stdout) as Compared;
}

function print(): void {
  const load = loadavg()[0]!.toFixed(1);
  console.log(
    `${rounds} processes each, ${String(cpus().length)} cores, load ${load} at the end; µs of processor time\n`,
  );
  console.log('| sinks | a script with ten calls, µs | ratio to none | ratios met | of it a call, µs |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const [way, measured] of figures) console.log(rowOf(way, measured));
}

function rowOf(way: string, measured: readonly Compared[]): string {
  const ratios = measured.map(({ tenCalls }) => tenCalls.ratio).sort((a, b) => a - b);
  const script = median(measured.map(({ tenCalls }) => tenCalls.way));
  const call = median(measured.map(({ tenCalls, noCall }) => (tenCalls.way - noCall.way) / 10));
  const range = `${ratios[0]!.toFixed(3)} to ${ratios.at(-1)!.toFixed(3)}`;
  return `| ${way} | ${script.toFixed(0)} | ${median(ratios).toFixed(3)} | ${range} | ${call.toFixed(1)} |`;
}
