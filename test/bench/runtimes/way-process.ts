/**
 * One process that measures one way, its argument, from the loading of the runtime on, and prints what it met. It
 * measures the built package.
 */
import { readFileSync } from 'node:fs';
import { median } from '../timing.js';
import { WAYS } from './ways.js';

/** What is met; each a figure of its own unit. */
export interface Figures {
  /** Milliseconds from nothing loaded to the first answer. */
  readonly startMs: number;
  /** MiB of this process and its children after the first answer. */
  readonly memoryMib: number;
  readonly newScriptMs: number;
  readonly warmScriptMs: number;
  /** Microseconds of one call among a hundred, one after another. */
  readonly callUs: number;
  readonly fanOutMs: number;
}

const WARM_UP = 150;
const SCRIPTS = 100;
const CALLS = 100;
const LOOPS = 20;
const MIB = 1024 * 1024;

const { scripts, make } = WAYS[process.argv[2]!]!;
const begun = performance.now();
const [{ createCodeMode, defineTool }, runtime] = await Promise.all([import('toolscript'), make()]);
const echo = defineTool<{ n: number }>({
  name: 'echo',
  inputSchema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
  call: ({ n }) => n,
});
const codeMode = await createCodeMode({ runtime, tools: [echo], limits: { parallel: CALLS } });
const sum = (CALLS * (CALLS - 1)) / 2;

await timed(scripts.report(0), (value) => (value as { seed: number }).seed === 0);
const startMs = performance.now() - begun;
const memoryMib = memory();
let seed = 0;
for (; seed < WARM_UP; seed += 1) await report(seed);
const fresh = await several(SCRIPTS, () => report((seed += 1)));
const warm = await several(SCRIPTS, () => report(1));
const bare = await several(LOOPS, () => timed(scripts.calls(0), (value) => value === 0));
const calls = await several(LOOPS, () => timed(scripts.calls(CALLS), (value) => value === sum));
const fanOut = await several(LOOPS, () => timed(scripts.fanOut(CALLS), (value) => value === sum));
const figures: Figures = {
  startMs,
  memoryMib,
  newScriptMs: fresh,
  warmScriptMs: warm,
  callUs: (1000 * (calls - bare)) / CALLS,
  fanOutMs: fanOut,
};
await codeMode.close();
process.stdout.write(JSON.stringify(figures));

function report(number: number): Promise<number> {
  return timed(scripts.report(number), (value) => (value as { seed: number }).seed === number);
}

/** Milliseconds from text to answer, which must be as expected. */
async function timed(script: string, isRight: (value: unknown) => boolean): Promise<number> {
  const start = performance.now();
  const outcome = await codeMode.run({ script });
  const ms = performance.now() - start;
  if (!outcome.ok) throw new Error(outcome.error.message);
  if (!isRight(outcome.value)) throw new Error(`a wrong answer: ${outcome.text}`);
  return ms;
}

/** The middle of several. */
async function several(count: number, act: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) times.push(await act());
  return median(times);
}

function memory(): number {
  const pids = [process.pid, ...(runtime.pids ?? [])];
  return pids.reduce((all, pid) => all + residentBytes(pid), 0) / MIB;
}

/** As Linux counts them; elsewhere those of this process alone. */
function residentBytes(pid: number): number {
  try {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
    return Number(kib) * 1024;
  } catch {
    return pid === process.pid ? process.memoryUsage().rss : 0;
  }
}
