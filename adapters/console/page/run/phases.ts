/**
 * What a run as a whole was doing, from its asking to its end: in the queue, computing, or waiting for
 * tools. It waits while at least one call is on its way.
 */
import type { RunRecord } from '../../api.js';
import { endMs, sentMs } from './run-clock.js';

/** A stretch of a run; milliseconds from its asking. */
export interface Phase {
  readonly kind: 'queue' | 'compute' | 'wait';
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is shorter than this part of the whole is not told, so that ten thousand calls stay few phases. */
const FINEST = 1 / 500;

/** The phases of a run that has come so far, in order and without gaps, but for stretches too short to see. */
export function phasesOf(run: RunRecord, reached: number): Phase[] {
  const phases: Phase[] = [];
  const finest = reached * FINEST;
  const add = (kind: Phase['kind'], fromMs: number, toMs: number): void => {
    if (toMs - fromMs > (kind === 'wait' ? 0 : finest)) phases.push({ kind, fromMs, toMs });
  };
  add('queue', 0, run.queuedMs);
  let at = run.queuedMs;
  for (const [fromMs, toMs] of waits(run, reached, finest)) {
    add('compute', at, fromMs);
    add('wait', Math.max(at, fromMs), toMs);
    at = Math.max(at, toMs);
  }
  if (run.state !== 'refused') add('compute', at, reached);
  return phases;
}

/** When at least one call was on its way; stretches that all but touch are one. */
function waits(run: RunRecord, reached: number, finest: number): [number, number][] {
  const sent = run.calls
    .filter(({ state }) => state !== 'unsent' && state !== 'queued')
    .map((call): [number, number] => [sentMs(call, reached), endMs(call, reached)])
    .sort(([a], [b]) => a - b);
  const joined: [number, number][] = [];
  for (const [from, to] of sent) {
    const last = joined.at(-1);
    if (last !== undefined && from - last[1] <= finest) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
