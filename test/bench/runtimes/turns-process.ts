/** A process in which the ways that are its arguments run scripts by turns; prints what each turn took. */
import { CALLS, openWay } from './open-way.js';
import type { OpenWay } from './open-way.js';

/** One turn of one way. */
export interface Turn {
  readonly newScriptMs: number;
  readonly warmScriptMs: number;
  /** Microseconds of one call among many, one after another. */
  readonly callUs: number;
  readonly fanOutMs: number;
}

const WARM_UP = 10;
const TURNS = 15;
const SCRIPTS = 12;
const LOOPS = 6;

const names = process.argv.slice(2);
const ways = new Map<string, OpenWay>();
for (const name of names) ways.set(name, await openWay(name));
let seed = 1;
const turns: Record<string, Turn[]> = Object.fromEntries(names.map((name) => [name, []]));
for (let turn = -WARM_UP; turn < TURNS; turn += 1) {
  // Nobody always comes after the same one.
  const first = (turn + WARM_UP) % names.length;
  for (const name of [...names.slice(first), ...names.slice(0, first)]) {
    const met = await turnOf(ways.get(name)!);
    if (turn >= 0) turns[name]!.push(met);
  }
}
for (const way of ways.values()) await way.close();
process.stdout.write(JSON.stringify(turns));

/** The least of some scripts of each kind, so that what the machine did besides hardly counts. */
async function turnOf(way: OpenWay): Promise<Turn> {
  const newScriptMs = await least(SCRIPTS, () => way.report((seed += 1)));
  const warmScriptMs = await least(SCRIPTS, () => way.report(0));
  const bare = await least(LOOPS, () => way.noCall());
  const calls = await least(LOOPS, () => way.calls());
  const fanOutMs = await least(LOOPS, () => way.fanOut());
  return { newScriptMs, warmScriptMs, callUs: (1000 * (calls - bare)) / CALLS, fanOutMs };
}

async function least(count: number, act: () => Promise<number>): Promise<number> {
  let ms = Number.POSITIVE_INFINITY;
  for (let time = 0; time < count; time += 1) ms = Math.min(ms, await act());
  return ms;
}
