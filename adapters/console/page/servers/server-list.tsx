/** How the servers behind us stand. */
import type { ConsoleBackend } from '../../api.js';
import { state } from '../link/live.js';
import { useStore } from '../link/store.js';
import { StateMark, type MarkedState } from '../parts/state-mark.js';
import { plural } from '../text/figures.js';
import { shownText } from '../text/shown-text.js';

const MARKS: Record<ConsoleBackend['state'], MarkedState> = {
  up: 'succeeded',
  starting: 'running',
  down: 'failed',
};

/** A row for each server. */
export function ServerList() {
  const told = useStore(state);
  return (
    <div class="servers-page">
      <div class="toolbar">
        <h1>Servers</h1>
        {told !== undefined && (
          <span class="hint" role="status">
            {plural(told.backends.filter(({ state }) => state === 'up').length, 'server')} of{' '}
            {told.backends.length} up
          </span>
        )}
      </div>
      {told?.backends.length === 0 && (
        <p class="hint">
          No server stands behind this gateway. Add one to the manifest's <code>mcpServers</code>, or take
          over those of your client: <code>toolscript import</code>.
        </p>
      )}
      <ul class="servers">
        {told?.backends.map((backend) => (
          <Server key={backend.name} {...backend} />
        ))}
      </ul>
    </div>
  );
}

function Server({ name, state, tools, notes }: ConsoleBackend) {
  return (
    <li class={`server ${state}`}>
      <span class="server-state">
        <StateMark state={MARKS[state]} silent /> {state}
      </span>
      <b class="clip">{shownText(name, 80)}</b>
      <span class="figure">{plural(tools, 'tool')}</span>
      {notes.length > 0 && (
        <ul class="notes">
          {notes.slice(0, 50).map((note, index) => (
            <li key={index}>{shownText(note, 600)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
