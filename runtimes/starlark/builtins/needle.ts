/**
 * Finds strings in strings, in linear time whatever they are.
 *
 * V8's own search compares up to n·m units of texts that are made to slow it down. A short string is left
 * to it, for then m is a small constant; a longer one is sought by Knuth, Morris and Pratt.
 */
import { chargeScan } from '../values/index.js';
import type { Budget } from '../values/index.js';

/** Units of a string that is left to V8. */
const SHORT = 32;

/** Charges looking through a text for a string, all of it and from left to right once, and prepares it. */
export function needleFor(budget: Budget, text: string, sought: string): Needle {
  chargeScan(budget, text.length);
  if (sought.length > SHORT && sought.length <= text.length) {
    chargeScan(budget, 4 * sought.length);
    budget.allocate(16 + 4 * sought.length);
  }
  return new Needle(sought);
}

/** One string to be found. */
export class Needle {
  /** For each length of a match so far: the longest proper start of it that is also its end. */
  private fallbacks: Int32Array | undefined;

  constructor(private readonly text: string) {}

  /** The first place at or after `from`, or −1. */
  indexIn(text: string, from = 0): number {
    if (this.text.length <= SHORT) return text.indexOf(this.text, from);
    return this.scan(text, from, false);
  }

  /** The last place, or −1. */
  lastIndexIn(text: string): number {
    if (this.text.length <= SHORT) return text.lastIndexOf(this.text);
    return this.scan(text, 0, true);
  }

  /** Shows the places that do not overlap, from the left. The string is not empty. */
  forEachIn(text: string, most: number, visit: (at: number) => void): void {
    let at = 0;
    for (let found = 0; found < most; found++) {
      at = this.indexIn(text, at);
      if (at < 0) return;
      visit(at);
      at += this.text.length;
    }
  }

  /** How many places do not overlap, at most so many. */
  countIn(text: string, most = Infinity): number {
    let count = 0;
    this.forEachIn(text, most, () => count++);
    return count;
  }

  /** What is between the places, before the first and after the last. The string is not empty. */
  cut(text: string): string[] {
    if (this.text.length <= SHORT) return text.split(this.text);
    const pieces: string[] = [];
    let done = 0;
    this.forEachIn(text, Infinity, (at) => {
      pieces.push(text.slice(done, at));
      done = at + this.text.length;
    });
    pieces.push(text.slice(done));
    return pieces;
  }

  private scan(text: string, from: number, toTheEnd: boolean): number {
    const sought = this.text;
    if (text.length - from < sought.length) return -1;
    const fallbacks = (this.fallbacks ??= fallbacksOf(sought));
    let [matched, found] = [0, -1];
    for (let i = from; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      while (matched > 0 && sought.charCodeAt(matched) !== unit) matched = fallbacks[matched]!;
      if (sought.charCodeAt(matched) === unit) matched++;
      if (matched < sought.length) continue;
      found = i + 1 - matched;
      if (!toTheEnd) break;
      matched = fallbacks[matched]!;
    }
    return found;
  }
}

function fallbacksOf(sought: string): Int32Array {
  const fallbacks = new Int32Array(sought.length + 1);
  let matched = 0;
  for (let i = 1; i < sought.length; i++) {
    const unit = sought.charCodeAt(i);
    while (matched > 0 && sought.charCodeAt(matched) !== unit) matched = fallbacks[matched]!;
    if (sought.charCodeAt(matched) === unit) matched++;
    fallbacks[i + 1] = matched;
  }
  return fallbacks;
}
