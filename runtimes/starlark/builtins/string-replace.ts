/** `replace`. */
import { chargeText } from '../values/index.js';
import type { Integer, Thread } from '../values/index.js';
import { most } from './count.js';
import { needleFor } from './needle.js';
import { PiecewiseText } from './piecewise-text.js';

/** Pieces that may be held at once while they are joined. */
const FEW = 100_000;

/** The empty string is found before each code point and at the end. */
export function replace({ budget }: Thread, text: string, old: string, by: string, count?: Integer): string {
  const times = most(count);
  const needle = needleFor(budget, text, old);
  const places = old === '' ? Math.min(times, codePointCount(text) + 1) : needle.countIn(text, times);
  if (places === 0) return text;
  budget.step(places);
  chargeText(budget, text.length + places * (by.length - old.length));
  if (old === '') return filled(text, by, places);
  if (places < times && places < FEW) return needle.cut(text).join(by);
  const builder = new PiecewiseText();
  let done = 0;
  needle.forEachIn(text, places, (at) => {
    builder.add(text.slice(done, at));
    builder.add(by);
    done = at + old.length;
  });
  builder.add(text.slice(done));
  return builder.finish();
}

/** Puts a text into so many of the gaps, from the left. */
function filled(text: string, by: string, places: number): string {
  const builder = new PiecewiseText();
  let done = 0;
  forEachGap(text, places, (at) => {
    builder.add(text.slice(done, at));
    builder.add(by);
    done = at;
  });
  builder.add(text.slice(done));
  return builder.finish();
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
