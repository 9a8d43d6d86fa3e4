/** The page of one run. */
import { useEffect, useState } from 'preact/hooks';
import { cancelRun, runs, watchRun } from '../link/live.js';
import { useNow } from '../link/now.js';
import { send } from '../link/request.js';
import { useStore } from '../link/store.js';
import { openInPlayground } from '../playground/draft.js';
import { runState, StateMark } from '../parts/state-mark.js';
import { hashOf } from '../route.js';
import { shownText } from '../text/shown-text.js';
import type { RunRecord } from '../../api.js';
import { RunFacts } from './run-facts.js';
import { RunView } from './run-view.js';

/** A run by its id, followed as long as the page shows it. */
export function RunPage({ id }: { id: string }) {
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    setFault(undefined);
    return watchRun(id, (reason) => setFault(reason instanceof Error ? reason.message : 'it cannot be read'));
  }, [id]);
  const run = useStore(runs).whole.get(id);
  const now = useNow(run?.state === 'running');
  if (run === undefined) {
    return (
      <div class="run-page">
        <p class="crumb">
          <a href={hashOf({ place: 'runs' })}>← All runs</a>
        </p>
        <p class="hint" role="status">
          {fault === undefined ? 'Reading the run …' : `This run cannot be shown: ${shownText(fault, 300)}.`}
        </p>
      </div>
    );
  }
  return (
    <div class="run-page">
      <header class="run-head">
        <p class="crumb">
          <a href={hashOf({ place: 'runs' })}>← All runs</a>
        </p>
        <h1>
          <StateMark state={runState(run)} /> Run <span class="mono">{shownText(run.id, 40)}</span>
        </h1>
        <RunActions run={run} />
      </header>
      <RunFacts run={run} now={now} />
      <RunView run={run} now={now} />
    </div>
  );
}

function RunActions({ run }: { run: RunRecord }) {
  const { script } = run;
  return (
    <div class="actions">
      {run.state === 'running' && run.from === 'console' && (
        <button type="button" onClick={() => void cancelRun(run.id).catch(() => undefined)}>
          Cancel
        </button>
      )}
      {script !== undefined && (
        <button type="button" onClick={() => openInPlayground(script)}>
          Open in the playground
        </button>
      )}
      <button type="button" onClick={() => void download(run.id).catch(() => undefined)}>
        Download as a file
      </button>
    </div>
  );
}

/** Hands the file over by an address of its own, so that no token stands in one. */
async function download(id: string): Promise<void> {
  const response = await send(`runs/${encodeURIComponent(id)}/file`);
  const address = URL.createObjectURL(await response.blob());
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = `run-${id.replace(/[^\w-]/g, '_').slice(0, 60)}.html`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
