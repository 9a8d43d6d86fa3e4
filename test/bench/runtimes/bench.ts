/**
 * The runtimes beside each other, in process and isolated, on the built package: `npm run bench:runtimes`. What a
 * way needs to start is met in fresh processes, one way after another; what its scripts take by turns with all
 * others in one process. Absolute times depend on the machine and on what else it does: read the ratios, which are
 * the middle of those met in one turn.
 *
 * `-- --rounds=N` of all this, default 5; `-- --only=WORDS` measures the first and the ways with these words.
 */
import { execFile } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import { median } from '../timing.js';
import type { Start } from './start-process.js';
import type { Turn } from './turns-process.js';
import { WAYS } from './ways.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { rounds, only } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, only: { type: 'string', default: '' } },
}).values;
const ways = Object.keys(WAYS).filter((way, index) => index === 0 || way.includes(only));

/** What was met of each way, turn by turn. */
type Met<T> = Readonly<Record<string, T[]>>;

const load = loadavg()[0]!;
const starts: Met<Start> = Object.fromEntries(ways.map((way) => [way, []]));
const turns: Met<Turn> = Object.fromEntries(ways.map((way) => [way, []]));
const [startProcess, turnsProcess] = [await bundled('start-process'), await bundled('turns-process')];
for (let round = 0; round < Number(rounds); round += 1) {
  for (const way of ways) starts[way]!.push((await printed(startProcess, [way])) as Start);
  const met = (await printed(turnsProcess, ways)) as Met<Turn>;
  for (const way of ways) turns[way]!.push(...met[way]!);
}
print();

/** As one file beside the package, which it finds by its name. */
async function bundled(name: string): Promise<string> {
  const outfile = join(root, `dist/bench-runtimes-${name}.js`);
  await build({
    entryPoints: [join(root, `test/bench/runtimes/${name}.ts`)],
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

async function printed(program: string, args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { cwd: root });
  return JSON.parse(stdout);
}

function print(): void {
  const loads = [load, loadavg()[0]!].map((figure) => figure.toFixed(1)).join(' to ');
  console.log(`${rounds} rounds, ${String(availableParallelism())} cores, load ${loads}`);
  console.log(`the least that was met, and how many times that of ${ways[0]!}\n`);
  const titles = [
    'start, ms',
    'memory, MiB',
    'new script, ms',
    'warm script, ms',
    'tool call, µs',
    'fan-out of 100, ms',
  ];
  console.log(`| | ${titles.join(' | ')} |\n| --- |${' --- |'.repeat(titles.length)}`);
  for (const way of ways) {
    const cells = [
      ...(['startMs', 'memoryMib'] as const).map((figure) => cell(starts, way, (start) => start[figure])),
      ...(['newScriptMs', 'warmScriptMs', 'callUs', 'fanOutMs'] as const).map((figure) =>
        cell(turns, way, (turn) => turn[figure]),
      ),
    ];
    console.log(`| ${way} | ${cells.join(' | ')} |`);
  }
}

function cell<T>(met: Met<T>, way: string, figureOf: (one: T) => number): string {
  const mine = met[way]!.map(figureOf);
  const first = met[ways[0]!]!.map(figureOf);
  const least = shown(Math.min(...mine));
  if (way === ways[0]) return least;
  return `${least} (${shown(median(mine.map((figure, turn) => figure / first[turn]!)))})`;
}

function shown(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toPrecision(2);
}
