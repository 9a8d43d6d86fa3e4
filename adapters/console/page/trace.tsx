/** A run as a file: draws the record that stands in the file itself, and asks no server. */
import { render } from 'preact';
import type { RunRecord } from '../api.js';
import { runState, StateMark } from './parts/state-mark.js';
import { ThemeSwitch } from './parts/theme-switch.js';
import { RunFacts } from './run/run-facts.js';
import { RunView } from './run/run-view.js';
import { shownText } from './text/shown-text.js';

const place = document.getElementById('trace');
const text = document.getElementById('run')?.textContent;
if (place !== null && text !== undefined) render(<Trace run={JSON.parse(text) as RunRecord} />, place);

function Trace({ run }: { run: RunRecord }) {
  return (
    <main class="run-page">
      <header class="run-head">
        <h1>
          <StateMark state={runState(run)} /> Run <span class="mono">{shownText(run.id, 40)}</span>
        </h1>
        <ThemeSwitch />
      </header>
      <RunFacts run={run} now={run.askedAt} />
      <RunView run={run} now={run.askedAt} />
    </main>
  );
}
