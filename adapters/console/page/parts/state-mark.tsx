/** How a call or a run stands, as a small drawing: told by its form, not by its colour alone. */
import type { CallBar, RunRecord } from '../../api.js';

/** What can be marked. */
export type MarkedState = CallBar['state'] | 'refused' | 'limited' | 'cancelled';

const FORMS: Record<MarkedState, string> = {
  succeeded: 'M3 8.5 6.5 12 13 4.5',
  failed: 'M4 4l8 8M12 4l-8 8',
  refused: 'M3.2 3.2l9.6 9.6M8 1.8a6.2 6.2 0 1 0 .01 0',
  limited: 'M2.5 13.5h11L8 3zM8 7v3M8 11.8v.4',
  cancelled: 'M4 4h8v8H4z',
  unknown: 'M5.2 5.6a2.9 2.9 0 1 1 4.1 2.7c-.9.5-1.3.9-1.3 1.9M8 12.8v.4',
  unsent: 'M3.5 8h9',
  queued: 'M8 2.5a5.5 5.5 0 1 0 .01 0M8 5v3.2l2.2 1.3',
  running: 'M8 2.5a5.5 5.5 0 0 1 5.5 5.5',
};

const WORDS: Record<MarkedState, string> = {
  succeeded: 'succeeded',
  failed: 'failed',
  refused: 'refused',
  limited: 'met a limit',
  cancelled: 'cancelled',
  unknown: 'unknown: sent, no answer',
  unsent: 'never sent',
  queued: 'waiting for its turn',
  running: 'running',
};

/** The words for a state. */
export function stateWords(state: MarkedState): string {
  return WORDS[state];
}

/** How a run ended, or that it runs. */
export function runState(run: RunRecord): MarkedState {
  if (run.state === 'running') return 'running';
  if (run.state === 'refused') return 'refused';
  const code = run.code ?? run.error?.code ?? 'ok';
  if (code === 'ok') return 'succeeded';
  if (code === 'cancelled') return 'cancelled';
  return code.startsWith('limit/') ? 'limited' : 'failed';
}

/** The drawing; `silent` where words stand beside it. */
export function StateMark({ state, silent = false }: { state: MarkedState; silent?: boolean }) {
  const name = silent
    ? { 'aria-hidden': true as const }
    : { role: 'img' as const, 'aria-label': WORDS[state] };
  return (
    <svg class={`mark ${state}`} viewBox="0 0 16 16" {...name}>
      <path d={FORMS[state]} />
    </svg>
  );
}
