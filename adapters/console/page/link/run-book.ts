/** The runs that the page knows: of all their heads, of those that are looked at everything. */
import type { RunRecord } from '../../api.js';

/** Runs by id. Not changed, but replaced as one of them changes. */
export interface RunBook {
  /** Without calls, logs and script; the latest first. */
  readonly heads: readonly RunRecord[];
  /** Whole, and only those that are watched. */
  readonly whole: ReadonlyMap<string, RunRecord>;
}

/** A book with nothing in it. */
export const EMPTY_BOOK: RunBook = { heads: [], whole: new Map() };

/** What the page holds; the server may hold more. */
const MOST_RUNS = 1_000;

/** The book with the list of runs that the server told. */
export function withHeads(book: RunBook, runs: readonly RunRecord[]): RunBook {
  return { ...book, heads: runs.slice(0, MOST_RUNS).map(headOf) };
}

/** The book after a run came further; `watched` says whether all of it is kept. */
export function withRun(book: RunBook, run: RunRecord, watched: boolean): RunBook {
  const at = book.heads.findIndex(({ id }) => id === run.id);
  const head = headOf(run);
  const heads = at === -1 ? inOrder(book.heads, head) : book.heads.with(at, head);
  if (!watched) return { ...book, heads };
  return { heads, whole: new Map(book.whole).set(run.id, withScript(run, book.whole.get(run.id))) };
}

/** The book without the whole of a run that nobody looks at any longer. */
export function withoutWhole(book: RunBook, id: string): RunBook {
  const whole = new Map(book.whole);
  whole.delete(id);
  return { ...book, whole };
}

function inOrder(heads: readonly RunRecord[], head: RunRecord): RunRecord[] {
  const behind = heads.findIndex(({ askedAt }) => askedAt <= head.askedAt);
  return heads.toSpliced(behind === -1 ? heads.length : behind, 0, head).slice(0, MOST_RUNS);
}

function headOf(run: RunRecord): RunRecord {
  const head: { -readonly [Key in keyof RunRecord]: RunRecord[Key] } = { ...run, calls: [], logs: [] };
  delete head.script;
  delete head.result;
  return head;
}

/** A message leaves out a script that an earlier one told. */
function withScript(run: RunRecord, known: RunRecord | undefined): RunRecord {
  return run.script === undefined && known?.script !== undefined ? { ...run, script: known.script } : run;
}
