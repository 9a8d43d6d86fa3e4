/** Methods of strings that take something off their ends. */
import { chargeScan, chargeText, scatter } from '../values/index.js';
import type { Budget, Thread } from '../values/index.js';
import { skipSpaces, skipSpacesBack } from './characters.js';

/** At both ends. */
export function strip({ budget }: Thread, text: string, cutset?: string): string {
  return trimmed(budget, text, cutset, true, true);
}

/** At the start. */
export function lstrip({ budget }: Thread, text: string, cutset?: string): string {
  return trimmed(budget, text, cutset, true, false);
}

/** At the end. */
export function rstrip({ budget }: Thread, text: string, cutset?: string): string {
  return trimmed(budget, text, cutset, false, true);
}

/** Once at the most. */
export function removeprefix({ budget }: Thread, text: string, prefix: string): string {
  chargeScan(budget, prefix.length);
  return text.startsWith(prefix) ? part(budget, text, prefix.length, text.length) : text;
}

/** Once at the most. */
export function removesuffix({ budget }: Thread, text: string, suffix: string): string {
  chargeScan(budget, suffix.length);
  return text.endsWith(suffix) ? part(budget, text, 0, text.length - suffix.length) : text;
}

/** Takes off white space, or the code points of the cutset unless it is empty. */
function trimmed(
  budget: Budget,
  text: string,
  cutset: string | undefined,
  left: boolean,
  right: boolean,
): string {
  chargeScan(budget, 4 * text.length);
  const cut = cutset === undefined || cutset === '' ? SPACES : codePointsOf(budget, cutset);
  const from = left ? cut.skip(text, 0) : 0;
  const to = right ? Math.max(from, cut.skipBack(text, text.length)) : text.length;
  return part(budget, text, from, to);
}

function part(budget: Budget, text: string, from: number, to: number): string {
  if (to - from === text.length) return text;
  chargeText(budget, to - from);
  return text.slice(from, to);
}

/** What may be taken off, as two ways to skip it. */
interface Cut {
  readonly skip: (text: string, from: number) => number;
  readonly skipBack: (text: string, to: number) => number;
}

const SPACES: Cut = { skip: skipSpaces, skipBack: skipSpacesBack };

/** Scattered, so that nobody can choose code points that collide. */
function codePointsOf(budget: Budget, cutset: string): Cut {
  budget.step(cutset.length);
  const cut = new Set(Array.from(cutset, (character) => scatter(character.codePointAt(0)!)));
  return {
    skip(text, from) {
      let at = from;
      while (at < text.length && cut.has(scatter(text.codePointAt(at)!)))
        at += unitsOf(text.codePointAt(at)!);
      return at;
    },
    skipBack(text, to) {
      let at = to;
      while (at > 0 && cut.has(scatter(codePointBefore(text, at)))) at -= unitsOf(codePointBefore(text, at));
      return at;
    },
  };
}

function codePointBefore(text: string, at: number): number {
  const pair = at > 1 ? text.codePointAt(at - 2)! : 0;
  return unitsOf(pair) === 2 ? pair : text.charCodeAt(at - 1);
}

function unitsOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1;
}
