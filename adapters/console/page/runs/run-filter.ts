/** Which runs of the list are shown. */
import type { RunRecord } from '../../api.js';

/** What is wanted of the list. */
export interface RunFilter {
  /** Words that must all be found, in any case. */
  readonly words: string;
  readonly kind: 'all' | 'running' | 'failed';
}

/** The runs that fit. */
export function filteredRuns(runs: readonly RunRecord[], { words, kind }: RunFilter): RunRecord[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => {
    if (kind === 'running' && run.state !== 'running') return false;
    if (kind === 'failed' && !isFailed(run)) return false;
    const text = textOf(run);
    return wanted.every((word) => text.includes(word));
  });
}

function isFailed({ state, code = 'ok' }: RunRecord): boolean {
  return state === 'refused' || (state === 'finished' && code !== 'ok');
}

function textOf(run: RunRecord): string {
  const parts = [
    run.id,
    run.caller,
    run.from,
    run.runtime,
    run.state,
    run.code,
    run.error?.message,
    run.error?.tool,
  ];
  return parts.join('\n').toLowerCase();
}
