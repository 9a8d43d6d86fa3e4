/** What the page knows of the server, kept up to date: the one place where answers become state. */
import type {
  ConsoleMessage,
  ConsoleState,
  ConsoleTool,
  RunRecord,
  ScriptDraft,
  StartedRun,
  UsageBucket,
} from '../../api.js';
import { followEvents, type LinkState } from './events.js';
import { ask, post } from './request.js';
import { EMPTY_BOOK, withHeads, withoutWhole, withRun } from './run-book.js';
import { createStore } from './store.js';

/** How the stream of events stands. */
export const link = createStore<LinkState>('connecting');

/** What the console stands before; undefined until it is told. */
export const state = createStore<ConsoleState | undefined>(undefined);

/** The runs. */
export const runs = createStore(EMPTY_BOOK);

/** Whether the list of runs was told yet. */
export const runsTold = createStore(false);

/** All tools, by name. */
export const tools = createStore<readonly ConsoleTool[]>([]);

/** Calls over time, the oldest first. */
export const usage = createStore<readonly UsageBucket[]>([]);

/** How many look at the whole of a run. */
const watchers = new Map<string, number>();

/** Begins to follow the server. */
export function startLive(): void {
  void followEvents({
    told: take,
    changed(next) {
      link.set(next);
      if (next === 'live') void readAll();
    },
  });
}

/** Keeps the whole of a run from now on; answers what ends it. Fails when there is no such run. */
export function watchRun(id: string, failed: (fault: unknown) => void): () => void {
  watchers.set(id, (watchers.get(id) ?? 0) + 1);
  ask<RunRecord>(`runs/${encodeURIComponent(id)}`).then(
    (run) => {
      if (watchers.has(id)) takeRun(run);
    },
    (fault: unknown) => failed(fault),
  );
  return () => {
    const left = (watchers.get(id) ?? 1) - 1;
    if (left > 0) watchers.set(id, left);
    else {
      watchers.delete(id);
      runs.set(withoutWhole(runs.get(), id));
    }
  };
}

/** Starts a script from the playground. */
export async function startRun(draft: ScriptDraft): Promise<string> {
  return (await post<StartedRun>('runs', draft)).id;
}

/** Cancels a run of the playground. */
export async function cancelRun(id: string): Promise<void> {
  await ask(`runs/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

async function readAll(): Promise<void> {
  await Promise.allSettled([
    ask<ConsoleState>('state').then(state.set),
    ask<ConsoleTool[]>('tools').then(tools.set),
    ask<UsageBucket[]>('usage').then(usage.set),
    ask<RunRecord[]>('runs').then((told) => {
      runs.set(withHeads(runs.get(), told));
      runsTold.set(true);
    }),
    ...[...watchers.keys()].map((id) => ask<RunRecord>(`runs/${encodeURIComponent(id)}`).then(takeRun)),
  ]);
}

function take(message: ConsoleMessage): void {
  switch (message.type) {
    case 'run':
      takeRun(message.run);
      return;
    case 'state':
      state.set(message.state);
      void ask<ConsoleTool[]>('tools').then(tools.set, () => undefined);
      return;
    case 'usage':
      usage.set(withBucket(usage.get(), message.bucket));
  }
}

function takeRun(run: RunRecord): void {
  const known = runs.get().heads.find(({ id }) => id === run.id);
  // An answer that was on its way while the run ended is older than what was told of its end.
  if (known?.state === 'finished' && run.state === 'running') return;
  runs.set(withRun(runs.get(), run, watchers.has(run.id)));
}

function withBucket(buckets: readonly UsageBucket[], bucket: UsageBucket): UsageBucket[] {
  return [...buckets.filter(({ at }) => at !== bucket.at), bucket].sort((a, b) => a.at - b.at);
}
