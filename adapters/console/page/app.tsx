/** The frame of the page: where one can go, how the server stands, and the place one is at. */
import { useEffect } from 'preact/hooks';
import type { ConsoleState } from '../api.js';
import { link, runs, state, tools } from './link/live.js';
import { useRoute } from './link/place.js';
import { useStore } from './link/store.js';
import { ThemeSwitch } from './parts/theme-switch.js';
import { Playground } from './playground/playground.js';
import { hashOf, type Route } from './route.js';
import { RunPage } from './run/run-page.js';
import { RunList } from './runs/run-list.js';
import { ServerList } from './servers/server-list.js';
import { UsagePage } from './servers/usage-page.js';
import { ToolList } from './tools/tool-list.js';

const LINK_WORDS = {
  connecting: 'connecting …',
  live: 'live',
  lost: 'connection lost, trying again …',
  refused: 'not let in',
};

/** The whole page. */
export function App() {
  const route = useRoute();
  const linkState = useStore(link);
  useEffect(focusSearchOnSlash, []);
  return (
    <>
      <a class="skip" href="#main" onClick={skipToMain}>
        Go to the content
      </a>
      <header class="frame-head">
        <a class="brand" href="#/runs">
          <Logo /> <span>Toolscript</span>
        </a>
        <Places route={route} />
        <span class={`link-state ${linkState}`} role="status">
          <span class="dot" aria-hidden="true" /> <span class="link-words">{LINK_WORDS[linkState]}</span>
        </span>
        <ThemeSwitch />
      </header>
      <main id="main" tabIndex={-1}>
        {linkState === 'refused' ? <NotLetIn /> : <Place route={route} />}
      </main>
    </>
  );
}

function Place({ route }: { route: Route }) {
  switch (route.place) {
    case 'runs':
      return <RunList />;
    case 'run':
      return <RunPage key={route.id} id={route.id} />;
    case 'playground':
      return <Playground />;
    case 'tools':
      return <ToolList search={route.search} />;
    case 'servers':
      return <ServerList />;
    case 'usage':
      return <UsagePage />;
  }
}

function Places({ route }: { route: Route }) {
  const told = useStore(state);
  const running = useStore(runs).heads.filter((run) => run.state === 'running').length;
  const places = [
    ['runs', 'Runs', running > 0 ? `${running} running` : undefined],
    ['playground', 'Playground', undefined],
    ['tools', 'Tools', countOf(useStore(tools).length)],
    ['servers', 'Servers', troubles(told)],
    ['usage', 'Usage', undefined],
  ] as const;
  const here = route.place === 'run' ? 'runs' : route.place;
  return (
    <nav class="places" aria-label="Places">
      {places.map(([place, name, note]) => (
        <a
          key={place}
          href={hashOf(place === 'tools' ? { place, search: '' } : { place })}
          aria-current={place === here ? 'page' : undefined}
        >
          {name}
          {note !== undefined && <span class="note"> {note}</span>}
        </a>
      ))}
    </nav>
  );
}

function NotLetIn() {
  return (
    <div class="first-run">
      <h1>This page has no valid token</h1>
      <p class="lead">
        Open the address that <code>toolscript serve --console</code> printed: it has the token of this run of
        the gateway in it.
      </p>
    </div>
  );
}

function Logo() {
  return (
    <svg class="logo" viewBox="0 0 16 16" aria-hidden="true">
      <rect x="1" y="2" width="9" height="3" rx="1.5" />
      <rect x="4" y="6.5" width="11" height="3" rx="1.5" />
      <rect x="4" y="11" width="6" height="3" rx="1.5" />
    </svg>
  );
}

function countOf(count: number): string | undefined {
  return count > 0 ? String(count) : undefined;
}

function troubles(told: ConsoleState | undefined): string | undefined {
  const down = told?.backends.filter((backend) => backend.state === 'down').length ?? 0;
  return down > 0 ? `${down} down` : undefined;
}

function skipToMain(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

/** `/` goes to the search of the page, unless something is being written. */
function focusSearchOnSlash(): () => void {
  const follow = (event: KeyboardEvent): void => {
    const at = event.composedPath()[0];
    const writing =
      at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
    const search = document.querySelector<HTMLInputElement>('[data-search]');
    if (event.key !== '/' || writing || search === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    search.focus();
  };
  addEventListener('keydown', follow);
  return () => removeEventListener('keydown', follow);
}
