/** `replace`. */
import { chargeText } from '../values/index.js';
import type { Thread } from '../values/index.js';
import { most } from './count.js';
import { needleFor } from './needle.js';
import type { Integer } from '../values/index.js';
import { PiecewiseText } from './piecewise-text.js';

/** The empty string is found before each code point and at the end. */
export function replace({ budget }: Thread, text: string, old: string, by: string, count?: Integer): string {
  const times = most(count);
  const needle = needleFor(budget, text, old);
  const places = old === '' ? Math.min(times, codePointCount(text) + 1) : needle.countIn(text, times);
  if (places === 0) return text;
  budget.step(places);
  chargeText(budget, text.length + places * (by.length - old.length));
  const builder = new PiecewiseText();
  let done = 0;
  const put = (at: number): void => {
    builder.add(text.slice(done, at));
    builder.add(by);
    done = at + old.length;
  };
  if (old === '') forEachGap(text, places, put);
  else needle.forEachIn(text, places, put);
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
