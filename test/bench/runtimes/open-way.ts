/** One way at work: a composition over the built package, whose scripts are timed. */
import { WAYS } from './ways.js';

/** How many calls the scripts of calls make. */
export const CALLS = 100;
const SUM = (CALLS * (CALLS - 1)) / 2;

/** Milliseconds from text to answer, of each kind of script; an answer that is wrong is an error. */
export interface OpenWay {
  readonly report: (seed: number) => Promise<number>;
  readonly noCall: () => Promise<number>;
  readonly calls: () => Promise<number>;
  readonly fanOut: () => Promise<number>;
  /** Processes of its own. */
  readonly pids: () => readonly number[];
  readonly close: () => Promise<void>;
}

/** Loads and makes all that the way needs. */
export async function openWay(name: string): Promise<OpenWay> {
  const { scripts, make } = WAYS[name]!;
  const { createCodeMode, defineTool } = await import('toolscript');
  const runtime = await make();
  const echo = defineTool<{ n: number }>({
    name: 'echo',
    inputSchema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
    call: ({ n }) => n,
  });
  const codeMode = await createCodeMode({ runtime, tools: [echo], limits: { parallel: CALLS } });
  const timed = async (script: string, isRight: (value: unknown) => boolean): Promise<number> => {
    const start = performance.now();
    const outcome = await codeMode.run({ script });
    const ms = performance.now() - start;
    if (!outcome.ok) throw new Error(`${name}: ${outcome.error.message}`);
    if (!isRight(outcome.value)) throw new Error(`${name}: a wrong answer: ${outcome.text}`);
    return ms;
  };
  return {
    report: (seed) => timed(scripts.report(seed), (value) => (value as { seed: number }).seed === seed),
    noCall: () => timed(scripts.calls(0), (value) => value === 0),
    calls: () => timed(scripts.calls(CALLS), (value) => value === SUM),
    fanOut: () => timed(scripts.fanOut(CALLS), (value) => value === SUM),
    pids: () => runtime.pids ?? [],
    close: () => codeMode.close(),
  };
}
