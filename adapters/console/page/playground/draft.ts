/** The script that is being written: kept across a reload in the tab itself, and nowhere else. */
import { createStore, type Store } from '../link/store.js';
import { hashOf } from '../route.js';

/** What is being written. */
export interface Draft {
  /** Undefined until something was written: then an example stands there. */
  readonly script?: string;
  /** JSON text of an object. */
  readonly data: string;
  /** Undefined for the default language. */
  readonly language?: string;
}

const KEY = 'toolscript-draft';

/** The draft of this tab. */
export const draft: Store<Draft> = createStore(read());

/** Changes the draft, and keeps it. */
export function keepDraft(change: Partial<Draft>): void {
  const next = { ...draft.get(), ...change };
  draft.set(next);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Too long for the store, or the browser keeps nothing: then it lasts as long as the page.
  }
}

/** Goes to the playground with this script in it. */
export function openInPlayground(script: string): void {
  keepDraft({ script });
  location.hash = hashOf({ place: 'playground' });
}

function read(): Draft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    return {
      ...(typeof kept['script'] === 'string' && { script: kept['script'] }),
      ...(typeof kept['language'] === 'string' && { language: kept['language'] }),
      data: typeof kept['data'] === 'string' ? kept['data'] : '',
    };
  } catch {
    return { data: '' };
  }
}
