/** What clients of the soak ask for, by chance from a seed, and what must come back. */
import { SCRIPT_TOOL_NAME } from '../../core/index.js';

/** A source of numbers from 0 to 1. */
export type Chance = () => number;

/** Numbers that the seed decides (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of them. */
export function oneOf<T>(all: readonly T[], chance: Chance): T {
  return all[Math.floor(chance() * all.length)]!;
}

/** One call of a client. */
export interface Act {
  readonly name: string;
  readonly args: Record<string, unknown>;
  /** The words that the answer must hold when it is no error, in this order, and no others of the kind. */
  readonly wanted: readonly string[];
}

/** The servers of the soak, as their tools are prefixed. */
export const SERVERS = ['older', 'newer', 'http'] as const;

/** So seldom that a server is mostly up: one that crashes again and again is not started at once. */
const CRASHES = 0.0001;
const MAX_MS = 20;

/** An act of a caller; `nonce` makes words that nobody else has. */
export function anAct(chance: Chance, caller: string, nonce: () => string): Act {
  const server = oneOf(SERVERS, chance);
  if (chance() < CRASHES) return { name: `${server}_crash`, args: { nonce: 'crash', ms: 0 }, wanted: [] };
  return oneOf(SHAPES, chance)({ chance, caller, nonce, server });
}

interface Making {
  readonly chance: Chance;
  readonly caller: string;
  readonly nonce: () => string;
  readonly server: string;
}

const SHAPES: readonly ((making: Making) => Act)[] = [
  ({ chance, nonce, server }) => {
    const word = nonce();
    const args = { nonce: word, ms: Math.floor(chance() * MAX_MS) };
    return { name: `${server}_echo`, args, wanted: [word] };
  },
  ({ caller }) => ({ name: 'whoami', args: {}, wanted: [`caller-is-${caller}`] }),
  (making) => script(making, (calls) => `[${calls.join(', ')}]`),
  (making) => script(making, (calls) => `parallel([${calls.map((call) => `lambda: ${call}`).join(', ')}])`),
  ({ caller }) => ({ name: SCRIPT_TOOL_NAME, args: { script: 'whoami()' }, wanted: [`caller-is-${caller}`] }),
  ({ nonce }) => {
    const word = nonce();
    const text = `total = 0\nfor n in range(2000):\n    total += n\n"${word}"`;
    return { name: SCRIPT_TOOL_NAME, args: { script: text }, wanted: [word] };
  },
];

function script({ chance, nonce }: Making, shaped: (calls: readonly string[]) => string): Act {
  const wanted = Array.from({ length: 1 + Math.floor(chance() * 5) }, nonce);
  const calls = wanted.map(
    (word) => `${oneOf(SERVERS, chance)}_echo(nonce="${word}", ms=${Math.floor(chance() * MAX_MS)})`,
  );
  return { name: SCRIPT_TOOL_NAME, args: { script: shaped(calls) }, wanted };
}
