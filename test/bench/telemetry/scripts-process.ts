/**
 * One process that runs scripts without sinks and with the sinks of one way, by turns, and prints what they took.
 * Arguments: the program without sinks, the program of the way, the way, the places. Each is loaded as a copy of
 * its own, so that the engine makes of each what it would make of it alone.
 */
import { median } from '../timing.js';
import type * as program from './scripts.js';
import type { Measure } from './scripts.js';
import type { Places } from './ways.js';

/** Microseconds of processor time for a script, and the ratio to no sinks. */
export interface Figures {
  readonly none: number;
  readonly way: number;
  readonly ratio: number;
}

const WARM_UP = 1_500;
const ROUNDS = 80;
const SCRIPTS = 40;

const [programOfNone, programOfWay, way, places] = process.argv.slice(2) as [string, string, string, string];
const where = JSON.parse(places) as Places;
const { scriptsWith: scriptsOfNone } = (await import(`${programOfNone}?none`)) as typeof program;
const { scriptsWith: scriptsOfWay } = (await import(`${programOfWay}?way`)) as typeof program;
const without = await scriptsOfNone('none', where);
const within = await scriptsOfWay(way, where);
const tenCalls = await compared(without.tenCalls, within.tenCalls);
const noCall = await compared(without.noCall, within.noCall);
process.stdout.write(JSON.stringify({ tenCalls, noCall }));
process.exit(0);

async function compared(none: Measure, other: Measure): Promise<Figures> {
  await none(WARM_UP);
  await other(WARM_UP);
  const rounds: (readonly [none: number, other: number])[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % 2 === 0) rounds.push([await none(SCRIPTS), await other(SCRIPTS)]);
    else rounds.push(turned([await other(SCRIPTS), await none(SCRIPTS)]));
  }
  return {
    none: median(rounds.map(([before]) => before)),
    way: median(rounds.map(([, after]) => after)),
    ratio: median(rounds.map(([before, after]) => after / before)),
  };
}

function turned([first, second]: readonly [number, number]): readonly [number, number] {
  return [second, first];
}
