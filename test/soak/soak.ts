/**
 * Clients of both eras that come and go, scripts and calls, servers that crash and requests that are
 * cancelled, all by chance from a seed, before one gateway. `npm run soak -- --minutes=10 --seed=1`.
 * Exit code 0: every answer reached its asker, none was lost, the heap stayed flat, no process was left.
 */
import { HeapWatch } from './heap-watch.js';
import { Stage } from './stage.js';
import { Tally } from './tally.js';
import { keepVisiting } from './visits.js';

const SHOWN_FAULTS = 20;

const { faults, text } = await soak(option('minutes', 10), option('seed', 1));
process.stdout.write(`${text}\n`);
process.exitCode = faults === 0 ? 0 : 1;

async function soak(minutes: number, seed: number): Promise<{ faults: number; text: string }> {
  const tally = new Tally();
  const heap = new HeapWatch();
  const stage = await Stage.open(tally);
  const until = Date.now() + minutes * 60_000;
  await Promise.all([keepVisiting(stage, { until, seed }, tally), heap.watch(stage, until)]);
  await stage.close();
  if (heap.growth.isTooMuch) tally.fault(`the heap grew: ${heap.growth.words}`);
  const heading = `soak of ${minutes} min, seed ${seed}`;
  return { faults: tally.faults.length, text: [heading, ...report(tally, heap)].join('\n') };
}

function report({ rows, faults }: Tally, heap: HeapWatch): string[] {
  return [
    ...rows.map(([what, count]) => `  ${what.padEnd(70)} ${count}`),
    `  heap after the warm-up: ${heap.growth.words}`,
    `  heap all along (MiB): ${heap.course}`,
    ...faults.slice(0, SHOWN_FAULTS).map((each) => `  FAULT ${each}`),
    faults.length === 0 ? 'no fault' : `${faults.length} faults`,
  ];
}

function option(name: string, usual: number): number {
  const word = process.argv.find((each) => each.startsWith(`--${name}=`));
  return Number(word?.split('=')[1] ?? usual);
}
