/** Tells which of a caller's lists became another; not when only a backend's state did. */
import type { Caller, CodeMode } from '../../core/index.js';

/** What clients are told of, each a list of its own to them. */
export type Watched = 'tools' | 'resources' | 'prompts';

/** What clients are offered. */
export interface Offer {
  readonly codeMode: CodeMode;
  /** Whether code mode's own tool is listed too. */
  readonly offersScripts: () => boolean;
}

type List = readonly unknown[];
type Snapshot = Readonly<Record<Watched, readonly List[]>>;

const NOTHING: Snapshot = { tools: [], resources: [], prompts: [] };
const WATCHED = Object.keys(NOTHING) as Watched[];

/** Calls back for each list that changed; the answer stops it. `caller` may become known late. */
export function watchLists(
  offer: Offer,
  caller: () => Caller | undefined,
  listener: (list: Watched) => void,
): () => void {
  let last = snapshot(offer, caller());
  return offer.codeMode.onChange(() => {
    const before = last;
    last = snapshot(offer, caller());
    void Promise.all([before, last]).then(([old, now]) => {
      for (const list of WATCHED) if (!areSame(old[list], now[list])) listener(list);
    });
  });
}

async function snapshot({ codeMode, offersScripts }: Offer, caller: Caller | undefined): Promise<Snapshot> {
  try {
    const [tools, own, resources, templates, prompts] = await Promise.all([
      codeMode.listTools(caller),
      offersScripts() ? codeMode.scriptTool(caller) : undefined,
      codeMode.listContext('resources', caller),
      codeMode.listContext('resourceTemplates', caller),
      codeMode.listContext('prompts', caller),
    ]);
    return {
      tools: own === undefined ? [tools] : [tools, [own]],
      resources: [resources, templates],
      prompts: [prompts],
    };
  } catch {
    return NOTHING;
  }
}

function areSame(old: readonly List[], now: readonly List[]): boolean {
  return old.length === now.length && old.every((list, index) => isSameList(list, now[index]!));
}

/** What was compared: many callers are listed the very same arrays. */
const COMPARED = new WeakMap<List, WeakMap<List, boolean>>();

function isSameList(old: List, now: List): boolean {
  if (old === now) return true;
  const known = COMPARED.get(old) ?? new WeakMap<List, boolean>();
  COMPARED.set(old, known);
  const same = known.get(now) ?? hasSameEntries(old, now);
  known.set(now, same);
  return same;
}

function hasSameEntries(old: List, now: List): boolean {
  return (
    old.length === now.length &&
    old.every((entry, index) => entry === now[index] || JSON.stringify(entry) === JSON.stringify(now[index]))
  );
}
