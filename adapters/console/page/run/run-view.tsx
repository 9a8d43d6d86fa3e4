/** All of one run: what the page of a run shows, and the file that a run is kept in. */
import { useMemo, useState } from 'preact/hooks';
import type { RunRecord } from '../../api.js';
import { Panel } from '../parts/panel.js';
import { plural } from '../text/figures.js';
import { Ledger } from './ledger.js';
import { LimitBars } from './limit-bars.js';
import { LogPanel, ResultPanel, RunFault } from './run-output.js';
import { ScriptView, type ScriptViewProps } from './script-view.js';
import { NOTHING, type Selection } from './selection.js';
import { Waterfall } from './waterfall.js';

/** The panels of a run. */
export function RunView({ run, now }: { run: RunRecord; now: number }) {
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [target, setTarget] = useState<{ line: number }>();
  const select = (next: Selection | undefined): void => setSelection(next ?? NOTHING);
  const open = (line: number): void => setTarget({ line });
  // These do not change as time passes, only as the run comes further.
  const text = useMemo(
    () => <ScriptPanel {...{ run, selection, select, target }} />,
    [run, selection, target],
  );
  const output = useMemo(() => <OutputPanels run={run} />, [run]);
  const ledger = useMemo(() => <LedgerPanel run={run} />, [run]);
  return (
    <div class="run-view">
      {run.error !== undefined && <RunFault error={run.error} open={open} />}
      <div class="run-grid">
        <div class="run-column">
          <Panel title="Waterfall" aside={<WaterfallKey />}>
            <Waterfall {...{ run, now, selection, select, open }} />
          </Panel>
          <Panel title="Limits" class="limit-panel">
            <LimitBars run={run} now={now} />
          </Panel>
          {ledger}
        </div>
        <div class="run-column">
          {text}
          {output}
        </div>
      </div>
    </div>
  );
}

function ScriptPanel(props: ScriptViewProps) {
  const { script } = props.run;
  return (
    <Panel
      title="Script"
      class="script-panel"
      aside={script !== undefined && plural(script.split('\n').length, 'line')}
    >
      {script === undefined ? (
        <p class="hint">Its text is not held: the caller's policy forbids it, or the run is over for long.</p>
      ) : (
        <ScriptView {...props} />
      )}
    </Panel>
  );
}

function OutputPanels({ run }: { run: RunRecord }) {
  return (
    <>
      <ResultPanel run={run} />
      <LogPanel logs={run.logs} />
    </>
  );
}

function LedgerPanel({ run }: { run: RunRecord }) {
  const { calls } = run;
  return (
    <Panel title="Ledger" class="ledger-panel" aside={calls.length > 0 && plural(calls.length, 'call')}>
      <Ledger calls={calls} />
    </Panel>
  );
}

/** What the looks of the bars mean. */
export function WaterfallKey() {
  return (
    <ul class="key" aria-label="Key">
      {(['turn', 'succeeded', 'failed', 'unknown'] as const).map((kind) => (
        <li key={kind}>
          <span class={`swatch bar ${kind}`} />{' '}
          {{ turn: 'queue', succeeded: 'run', failed: 'failed', unknown: 'unknown' }[kind]}
        </li>
      ))}
    </ul>
  );
}
