/** Programs of some ten milliseconds: the first time in a fresh process, and warm. */
import { readFileSync, readdirSync } from 'node:fs';
import { median } from '../timing.js';
import type { EngineUnderTest } from './engine-under-test.js';
import type { Engines } from './engines.js';
import type { Measured } from './measured.js';
import { geometricMean, row } from './table.js';

/** Every program is measured this often on each side, by turns, each time in a fresh process. */
const ROUNDS = 3;
/** Milliseconds of warm repetitions in a round; as many come before, unmeasured. */
const ROUND_MS = 700;

const folder = new URL('programs/', import.meta.url);

/** One engine's figures of one program, in milliseconds. */
interface Figures {
  readonly first: number;
  readonly least: number;
  readonly median: number;
  readonly cpu: number;
}

/** Prints the table. Both must answer the same. */
export async function warmPrograms(engines: Engines, only: readonly string[]): Promise<void> {
  console.log(`programs, in ms: ${ROUNDS} rounds by turns, each in a fresh process\n`);
  console.log(row('', ['least', 'native', 'ratio', 'median', 'ratio', 'cpu ratio', 'first', 'ratio']));
  const ratios: number[][] = [[], [], [], []];
  for (const name of programNames()) {
    if (only.length > 0 && !only.includes(name)) continue;
    const [ours, native] = await figuresOf(engines, name);
    const found = [0, 0, 0, 0].map((_, part) => native && parts(ours)[part]! / parts(native)[part]!);
    found.forEach((ratio, part) => ratio !== undefined && ratios[part]!.push(ratio));
    const [least, middle, cpu, first] = found;
    console.log(row(name, [ours.least, native?.least, least, ours.median, middle, cpu, ours.first, first]));
  }
  const [least, middle, cpu, first] = ratios.map(geometricMean);
  if (engines.native !== undefined) {
    console.log(row('geometric mean', ['', '', least, '', middle, cpu, '', first]));
  }
  console.log();
}

function programNames(): string[] {
  return readdirSync(folder).map((file) => file.replace(/\.star$/, ''));
}

function parts({ least, median, cpu, first }: Figures): number[] {
  return [least, median, cpu, first];
}

async function figuresOf(engines: Engines, name: string): Promise<[ours: Figures, native?: Figures]> {
  const source = readFileSync(new URL(`${name}.star`, folder), 'utf8');
  const ours: Round[] = [];
  const native: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await roundOf(engines.ours(), source));
    if (engines.native !== undefined) native.push(await roundOf(engines.native(), source));
  }
  const answers = new Set([...ours, ...native].map(({ warm }) => JSON.stringify(warm.value)));
  if (answers.size !== 1) throw new Error(`${name}: the engines differ: ${[...answers].join(' and ')}`);
  return native.length === 0 ? [together(ours)] : [together(ours), together(native)];
}

/** One process: the program once, then often. */
interface Round {
  readonly first: Measured;
  readonly warm: Measured;
  readonly repeat: number;
}

async function roundOf(engine: EngineUnderTest, source: string): Promise<Round> {
  const first = await engine.measure({ source, repeat: 1 });
  const few = await engine.measure({ source, repeat: 5 });
  const repeat = Math.max(5, Math.round((ROUND_MS * 1e6) / few.run.least));
  await engine.measure({ source, repeat });
  const warm = await engine.measure({ source, repeat });
  engine.close();
  return { first, warm, repeat };
}

function together(rounds: readonly Round[]): Figures {
  const ms = (figures: readonly number[]): number => Math.min(...figures) / 1e6;
  return {
    first: median(rounds.map(({ first }) => first.parse.first + first.run.first)) / 1e6,
    least: ms(rounds.map(({ warm }) => warm.run.least)),
    median: median(rounds.map(({ warm }) => warm.run.median)) / 1e6,
    cpu: ms(rounds.map(({ warm, repeat }) => warm.cpu / repeat)),
  };
}
