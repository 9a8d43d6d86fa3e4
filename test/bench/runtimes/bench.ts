/**
 * The runtimes beside each other, in process and isolated: `npm run bench:runtimes`. Each way is measured in
 * processes of its own, by turns, on the built package. Absolute times depend on the machine and on what else it
 * does; the ratios to the first way are of processes that ran one after another.
 *
 * `-- --rounds=N` processes for each way, default 5; `-- --only=WORDS` runs the first and the ways with these words.
 */
import { execFile } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import { median } from '../timing.js';
import type { Figures } from './way-process.js';
import { WAYS } from './ways.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { rounds, only } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
}).values;

const COLUMNS: readonly (readonly [title: string, figure: keyof Figures])[] = [
  ['start, ms', 'startMs'],
  ['memory, MiB', 'memoryMib'],
  ['new script, ms', 'newScriptMs'],
  ['warm script, ms', 'warmScriptMs'],
  ['tool call, µs', 'callUs'],
  ['fan-out of 100, ms', 'fanOutMs'],
];

const ways = Object.keys(WAYS).filter((way, index) => index === 0 || way.includes(only));
const met = new Map<string, Figures[]>(ways.map((way) => [way, []]));
const load = loadavg()[0]!;
const program = await bundled();
for (let round = 0; round < Number(rounds); round += 1)
  for (const [way, figures] of met) figures.push(await measure(way));
print();

/** As one file beside the package, which it finds by its name. */
async function bundled(): Promise<string> {
  const outfile = join(root, 'dist/bench-runtimes.js');
  await build({
    entryPoints: [join(root, 'test/bench/runtimes/way-process.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}

async function measure(way: string): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, way], { cwd: root });
  return JSON.parse(stdout) as Figures;
}

function print(): void {
  const loads = [load, loadavg()[0]!].map((figure) => figure.toFixed(1)).join(' to ');
  console.log(
    `${rounds} processes each, ${String(availableParallelism())} cores, load ${loads}; least (ratio to ${ways[0]!})\n`,
  );
  console.log(`| | ${COLUMNS.map(([title]) => title).join(' | ')} |`);
  console.log(`| --- |${' --- |'.repeat(COLUMNS.length)}`);
  for (const way of ways)
    console.log(`| ${way} | ${COLUMNS.map(([, figure]) => cell(way, figure)).join(' | ')} |`);
}

/** The least that was met, and the middle of the ratios to the first way in the same round. */
function cell(way: string, figure: keyof Figures): string {
  const mine = met.get(way)!.map((figures) => figures[figure]);
  const first = met.get(ways[0]!)!.map((figures) => figures[figure]);
  const ratio = median(mine.map((value, round) => value / first[round]!));
  const least = shown(Math.min(...mine));
  return way === ways[0] ? least : `${least} (${shown(ratio)})`;
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
