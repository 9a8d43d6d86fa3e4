/** The run of the playground, beside the editor. */
import type { RunRecord } from '../../api.js';
import { Panel } from '../parts/panel.js';
import { runState, StateMark, stateWords } from '../parts/state-mark.js';
import { hashOf } from '../route.js';
import { LimitBars } from '../run/limit-bars.js';
import { reachedMs } from '../run/run-clock.js';
import { LogPanel, ResultPanel, RunFault } from '../run/run-output.js';
import { WaterfallKey } from '../run/run-view.js';
import type { Selection } from '../run/selection.js';
import { Waterfall } from '../run/waterfall.js';
import { durationText } from '../text/figures.js';

/** What is drawn, and whom it tells of what is pointed at. */
export interface PlaygroundRunProps {
  readonly run: RunRecord;
  readonly now: number;
  readonly selection: Selection;
  readonly select: (selection: Selection | undefined) => void;
  readonly open: (line: number) => void;
}

/** Its state, waterfall, result, logs and limits. */
export function PlaygroundRun({ run, now, selection, select, open }: PlaygroundRunProps) {
  const state = runState(run);
  return (
    <>
      <p class="run-line" role="status">
        <StateMark state={state} silent /> {stateWords(state)}
        <span class="hint"> {durationText(reachedMs(run, now))}</span>
        <a href={hashOf({ place: 'run', id: run.id })}>All of this run</a>
      </p>
      {run.error !== undefined && <RunFault error={run.error} open={open} />}
      <Panel title="Waterfall" aside={<WaterfallKey />}>
        <Waterfall {...{ run, now, selection, select, open }} />
      </Panel>
      <ResultPanel run={run} />
      <LogPanel logs={run.logs} />
      <Panel title="Limits">
        <LimitBars run={run} now={now} />
      </Panel>
    </>
  );
}
