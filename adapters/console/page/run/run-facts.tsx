/** What a run is in one line: how it ended, whose it is, when, how long, what it saved. */
import type { RunRecord } from '../../api.js';
import { runState, StateMark, stateWords } from '../parts/state-mark.js';
import { bytesText, countText, durationText } from '../text/figures.js';
import { shownText } from '../text/shown-text.js';
import { reachedMs } from './run-clock.js';

/** The facts of a run. */
export function RunFacts({ run, now }: { run: RunRecord; now: number }) {
  const state = runState(run);
  return (
    <dl class="facts-row">
      <Fact name="State" text={stateWords(state)} mark={state} />
      <Fact name="Caller" text={shownText(run.caller, 60)} />
      <Fact name="From" text={run.from} />
      <Fact name="Runtime" text={shownText(run.runtime, 40)} />
      <Fact name="Asked at" text={new Date(run.askedAt).toLocaleString()} />
      <Fact name="Took" text={durationText(reachedMs(run, now))} />
      <Fact name="Calls" text={countText(run.usage.toolCalls)} />
      <Fact name="Tools answered" text={bytesText(run.resultBytes)} />
      <Fact name="Tokens saved" text={run.savedTokens > 0 ? `≈ ${countText(run.savedTokens)}` : '0'} />
    </dl>
  );
}

function Fact({ name, text, mark }: { name: string; text: string; mark?: ReturnType<typeof runState> }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>
        {mark !== undefined && <StateMark state={mark} silent />} {text}
      </dd>
    </div>
  );
}
