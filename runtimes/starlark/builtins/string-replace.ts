/** `replace`. */
import { TextBuilder, chargeText, needleFor } from '../values/index.js';
import type { Budget, Integer, Thread } from '../values/index.js';
import { most } from './count.js';
import { cut } from './cut.js';

/** Pieces that may be held at once while they are joined. */
const FEW = 100_000;

/** The empty string is found before each code point and at the end. */
export function replace({ budget }: Thread, text: string, old: string, by: string, count?: Integer): string {
  const times = most(count);
  const needle = needleFor(budget, text, old);
  const places = old === '' ? Math.min(times, codePointCount(text) + 1) : needle.countIn(text, times);
  budget.step(places);
  if (places === 0) return text;
  if (old === '' || places === times || places > FEW) return rebuilt(budget, text, old, by, places);
  chargeText(budget, text.length + places * (by.length - old.length));
  return cut(text, old, needle).join(by);
}

/** Piece by piece, at the first so many places. */
function rebuilt(budget: Budget, text: string, old: string, by: string, places: number): string {
  const result = new TextBuilder(budget);
  let done = 0;
  const put = (at: number): void => {
    result.add(text.slice(done, at));
    result.add(by);
    done = at + old.length;
  };
  if (old === '') forEachGap(text, places, put);
  else needleFor(budget, text, old).forEachIn(text, places, put);
  result.add(text.slice(done));
  return result.finish();
}

function codePointCount(text: string): number {
  let count = 0;
  forEachGap(text, Infinity, () => count++);
  return count - 1;
}

function forEachGap(text: string, most: number, visit: (at: number) => void): void {
  let at = 0;
  for (let shown = 0; shown < most && at <= text.length; shown++) {
    visit(at);
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
}
