/** One program on both engines. */
import { engineAnswer } from './engine-answer.js';
import type { EngineAnswer } from './engine-answer.js';
import { kindOf } from './kinds.js';
import { canonical, knownRefusal } from './known-differences.js';
import type { Fault, Oracle, OracleAnswer } from './oracle.js';
import type { Program } from './programs.js';

/** `limit`: one of them was stopped, so nothing can be said; `known`: they differ on purpose. */
export type Verdict =
  | { readonly is: 'value' | 'error' | 'limit' | 'known' }
  | { readonly is: 'difference'; readonly oracle: string; readonly engine: string };

type Answer = OracleAnswer | EngineAnswer;
type EngineFault = EngineAnswer['faults'][number];

/** For the oracle; the engine has limits of its own that stop it earlier. */
const STEPS = 1_000_000;
const MS = 3000;

/** Asks our engine first: what takes too much memory there never reaches the oracle, which has no such limit. */
export async function compare(oracle: Oracle, { source, options }: Program): Promise<Verdict> {
  const engine = await engineAnswer(source, options);
  if (engine.faults.some(({ phase }) => phase === 'limit')) return { is: 'limit' };
  const answer = await oracle.ask({ source, options, steps: STEPS, ms: MS });
  if (answer.faults?.some(({ message }) => kindOf(message) === 'limit') === true) return { is: 'limit' };
  if (sameBefore(answer, engine)) return { is: 'error' };
  const different =
    difference(ending(answer), ending(engine), messages(answer), messages(engine)) ??
    difference(values(answer.seen), values(engine.seen)) ??
    difference(values(answer.prints), values(engine.prints));
  if (different === undefined) return { is: answer.faults ? 'error' : 'value' };
  const known = knownRefusal(source, { oracle: answer.faults ?? [], engine: engine.faults });
  return known === undefined ? different : { is: 'known' };
}

function difference(oracle: string, engine: string, ...told: readonly string[]): Verdict | undefined {
  if (oracle === engine) return undefined;
  return { is: 'difference', oracle: told[0] ?? oracle, engine: told[1] ?? engine };
}

function values(told: OracleAnswer['seen'] = []): string {
  return told.map(canonical).join('\n');
}

/**
 * Whether both find faults before running, and one line is at fault for both. One engine finds while reading
 * what the other finds while resolving, and what is found while reading is the first fault alone.
 */
function sameBefore({ faults = [] }: Answer, engine: EngineAnswer): boolean {
  const lines = new Set(faults.filter(isBefore).map(({ line }) => line));
  return engine.faults.some((fault) => isBefore(fault) && lines.has(fault.line));
}

function isBefore({ phase }: EngineFault): boolean {
  return phase === 'parse' || phase === 'resolve';
}

/** What counts of the fault that ended the run. */
function ending({ faults: [fault] = [] }: Answer): string {
  if (fault === undefined) return 'no error';
  return isBefore(fault) ? 'before running' : `line ${String(lineOf(fault))}: ${kindOf(fault.message)}`;
}

/** For wrong arguments the oracle names a line of the function that is called, we the call. */
function lineOf({ message, line, callers = [] }: EngineFault | Fault): number {
  return /^function \S+ (missing|accepts|got|called)/.test(message) ? (callers[0] ?? line) : line;
}

function messages({ faults = [] }: Answer): string {
  if (faults.length === 0) return 'no error';
  return faults.map(({ phase, line, message }) => `${phase} ${String(line)}: ${message}`).join('\n');
}
