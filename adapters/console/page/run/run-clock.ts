/** The times of a run, finished or on its way, in milliseconds from its asking. */
import type { CallBar, RunRecord } from '../../api.js';

/** How far a run has come: its whole time, or the time by now of one that runs. */
export function reachedMs(run: RunRecord, now: number): number {
  if (run.state === 'running') return Math.max(now - run.askedAt, run.queuedMs, latestEnd(run), 0);
  return Math.max(run.queuedMs, run.usage.wallTimeMs, latestEnd(run));
}

/** When a call was sent; for one that never was, when it gave up waiting. */
export function sentMs(call: CallBar, reached: number): number {
  return call.state === 'queued' ? reached : call.startedMs + call.queuedMs;
}

/** When a call was answered; for one that is on its way, now. */
export function endMs(call: CallBar, reached: number): number {
  return isOpen(call) ? Math.max(reached, call.startedMs) : call.startedMs + call.queuedMs + call.ranMs;
}

/** Whether more is to come of a call. */
export function isOpen({ state }: CallBar): boolean {
  return state === 'queued' || state === 'running';
}

function latestEnd({ calls }: RunRecord): number {
  let latest = 0;
  for (const { startedMs, queuedMs, ranMs } of calls) latest = Math.max(latest, startedMs + queuedMs + ranMs);
  return latest;
}
