/** The list of runs, live. */
import { useState } from 'preact/hooks';
import type { RunRecord } from '../../api.js';
import { runs, runsTold } from '../link/live.js';
import { useSlowNow } from '../link/now.js';
import { useStore } from '../link/store.js';
import { runState, StateMark, stateWords } from '../parts/state-mark.js';
import { hashOf } from '../route.js';
import { reachedMs } from '../run/run-clock.js';
import { countText, durationText, plural, sinceText } from '../text/figures.js';
import { shownText } from '../text/shown-text.js';
import { FirstRun } from './first-run.js';
import { filteredRuns, type RunFilter } from './run-filter.js';

/** Runs that are shown before more are asked for. */
const AT_ONCE = 100;

const KINDS = ['all', 'running', 'failed'] as const;

/** The runs that fit the filter, the latest first. */
export function RunList() {
  const { heads } = useStore(runs);
  const told = useStore(runsTold);
  const [filter, setFilter] = useState<RunFilter>({ words: '', kind: 'all' });
  const [most, setMost] = useState(AT_ONCE);
  if (heads.length === 0) return told ? <FirstRun /> : <p class="hint page-wait">Reading the runs …</p>;
  const fitting = filteredRuns(heads, filter);
  return (
    <div class="runs-page">
      <div class="toolbar">
        <h1>Runs</h1>
        <input
          type="search"
          class="search"
          placeholder="Filter by caller, code, id …"
          aria-label="Filter the runs"
          data-search
          value={filter.words}
          onInput={(event) => setFilter({ ...filter, words: event.currentTarget.value })}
        />
        <div class="choice" role="group" aria-label="Which runs">
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              aria-pressed={filter.kind === kind}
              onClick={() => setFilter({ ...filter, kind })}
            >
              {kind}
            </button>
          ))}
        </div>
        <span class="hint" role="status">
          {plural(fitting.length, 'run')}
        </span>
      </div>
      <RunTable shown={fitting.slice(0, most)} />
      {fitting.length === 0 && <p class="hint">No run fits the filter.</p>}
      {fitting.length > most && (
        <button type="button" onClick={() => setMost(most + AT_ONCE)}>
          Show more
        </button>
      )}
    </div>
  );
}

function RunTable({ shown }: { shown: readonly RunRecord[] }) {
  const now = useSlowNow(shown.some(({ state }) => state === 'running') ? 250 : 5_000);
  return (
    <table class="runs">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Caller</th>
          <th scope="col" class="when">
            When
          </th>
          <th scope="col" class="figure">
            Took
          </th>
          <th scope="col" class="figure">
            Calls
          </th>
          <th scope="col" class="figure saved">
            Tokens saved
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((run) => (
          <RunRow key={run.id} run={run} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function RunRow({ run, now }: { run: RunRecord; now: number }) {
  const state = runState(run);
  const code = run.code ?? run.error?.code;
  return (
    <tr class={`run-row ${state}`}>
      <th scope="row">
        <a href={hashOf({ place: 'run', id: run.id })}>
          <StateMark state={state} silent /> <span class="state-words">{stateWords(state)}</span>
          {code !== undefined && code !== 'ok' && <code class="code">{code}</code>}
        </a>
      </th>
      <td class="caller">
        <span class="clip">{shownText(run.caller, 60)}</span>{' '}
        <span class="hint">
          {run.from} · {shownText(run.runtime, 20)}
        </span>
      </td>
      <td class="when">
        <time dateTime={new Date(run.askedAt).toISOString()} title={new Date(run.askedAt).toLocaleString()}>
          {sinceText(run.askedAt, now)}
        </time>
      </td>
      <td class="figure">{durationText(reachedMs(run, now))}</td>
      <td class="figure calls-figure">{countText(run.usage.toolCalls)}</td>
      <td class="figure saved">{run.savedTokens > 0 ? countText(run.savedTokens) : '–'}</td>
    </tr>
  );
}
