/** What is shown before the first run: how a client comes to run one. */
import { useState } from 'preact/hooks';
import { state, tools } from '../link/live.js';
import { useStore } from '../link/store.js';
import { CopyButton } from '../parts/copy-button.js';
import { hashOf } from '../route.js';
import { plural } from '../text/figures.js';

const CLIENTS = ['claude', 'claude-code', 'cursor', 'vscode'] as const;

/** Three steps to a run that is seen here. */
export function FirstRun() {
  const [client, setClient] = useState<(typeof CLIENTS)[number]>('claude');
  const count = useStore(tools).length;
  const servers = useStore(state)?.backends.length ?? 0;
  const command = `toolscript config print --client ${client}`;
  return (
    <div class="first-run">
      <h1>No script has run yet</h1>
      <p class="lead">
        {count === 0
          ? 'Scripts appear here as they run, each with its calls on a line of time.'
          : `${plural(count, 'tool')} of ${plural(servers, 'server')} are connected. Scripts appear here as they run, each with its calls on a line of time.`}
      </p>
      <ol class="steps">
        <li>
          <h2>Run one yourself</h2>
          <p>The playground has an example for the tools that are connected: Ctrl-Enter runs it.</p>
          <a class="button primary" href={hashOf({ place: 'playground' })}>
            Open the playground
          </a>
        </li>
        <li>
          <h2>Connect your agent</h2>
          <p>This prints what to paste into the client:</p>
          <div class="choice" role="group" aria-label="Client">
            {CLIENTS.map((name) => (
              <button key={name} type="button" aria-pressed={client === name} onClick={() => setClient(name)}>
                {name}
              </button>
            ))}
          </div>
          <p class="command">
            <code>{command}</code> <CopyButton text={command} />
          </p>
        </li>
        <li>
          <h2>Ask it for something that takes several tools</h2>
          <p>
            “Read these ten files and count the failures by service.” It sends one script; its calls are drawn
            here while it runs.
          </p>
        </li>
      </ol>
    </div>
  );
}
