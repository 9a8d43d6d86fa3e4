/** The limits of a run, as they fill. */
import type { RunRecord } from '../../api.js';
import { limitRows } from './limit-rows.js';

const WORDS = { ample: '', near: ', near its limit', met: ', limit met' };

/** A bar for each limit. */
export function LimitBars({ run, now }: { run: RunRecord; now: number }) {
  const rows = limitRows(run, now);
  if (rows.length === 0) return <p class="hint">It was refused before it had limits.</p>;
  return (
    <ul class="limits">
      {rows.map(({ name, label, used, most, share, state }) => (
        <li key={name} class={`limit ${state}`}>
          <span class="limit-name">{label}</span>
          <span
            class="gauge"
            role="meter"
            aria-label={`${label}${WORDS[state]}`}
            aria-valuenow={Math.round(share * 100)}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuetext={`${used} of ${most}`}
          >
            <span class="gauge-fill" style={{ width: `${share * 100}%` }} />
          </span>
          <span class="limit-figures">
            {used} <span class="of">of {most}</span>
            {state !== 'ample' && <b class="limit-word">{state === 'met' ? ' met' : ' near'}</b>}
          </span>
        </li>
      ))}
    </ul>
  );
}
