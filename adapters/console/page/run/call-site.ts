/** Where in a script's text its calls stand. */
import type { CallBar } from '../../api.js';

/** The calls of one line of a script. */
export interface CallSite {
  /** From 1. */
  readonly line: number;
  /** Indices into the calls of the run, in their order. */
  readonly calls: readonly number[];
  /** The worst of what became of them. */
  readonly state: CallBar['state'];
}

const BY_BADNESS: readonly CallBar['state'][] = [
  'succeeded',
  'unsent',
  'queued',
  'running',
  'unknown',
  'failed',
];

/** The lines on which something was called. */
export function callSites(calls: readonly CallBar[]): Map<number, CallSite> {
  const sites = new Map<number, { line: number; calls: number[]; state: CallBar['state'] }>();
  calls.forEach(({ position, state }, index) => {
    if (position === undefined) return;
    const site = sites.get(position.line);
    if (site === undefined) {
      sites.set(position.line, { line: position.line, calls: [index], state });
      return;
    }
    site.calls.push(index);
    site.state = worse(site.state, state);
  });
  return sites;
}

/** The columns (from 0, the end excluded) of the word that a position means, for it to be underlined. */
export function wordAt(line: string, column: number): readonly [from: number, to: number] {
  const isWord = (at: number): boolean => /[\p{L}\p{N}_.$]/u.test(line[at] ?? '');
  let from = Math.min(Math.max(0, column - 1), line.length);
  // A position at the parenthesis means the name before it.
  if (!isWord(from) && isWord(from - 1)) from -= 1;
  let to = from;
  while (isWord(from - 1)) from -= 1;
  while (isWord(to)) to += 1;
  return to > from ? [from, to] : [from, Math.min(from + 1, line.length)];
}

function worse(one: CallBar['state'], other: CallBar['state']): CallBar['state'] {
  return BY_BADNESS.indexOf(one) >= BY_BADNESS.indexOf(other) ? one : other;
}
