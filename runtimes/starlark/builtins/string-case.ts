/** Methods of strings that change the case of letters. */
import { TextBuilder, chargeScan, chargeText } from '../values/index.js';
import type { Budget, Thread } from '../values/index.js';
import { WORDS, titleCase } from './characters.js';

/** By Unicode, so that a character may become several. */
export function lower({ budget }: Thread, text: string): string {
  return changed(budget, text, (text) => text.toLowerCase());
}

/** By Unicode, so that a character may become several. */
export function upper({ budget }: Thread, text: string): string {
  return changed(budget, text, (text) => text.toUpperCase());
}

/** The first character as in a title, all others in lower case. */
export function capitalize({ budget }: Thread, text: string): string {
  return changed(budget, text, (text) => {
    const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
    return text === '' ? '' : titleCase(first) + text.slice(first.length).toLowerCase();
  });
}

/** Each run of letters that have a case is a word. */
export function title({ budget }: Thread, text: string): string {
  return replaced(
    budget,
    text,
    WORDS,
    (_, first = '', others = '') => titleCase(first) + others.toLowerCase(),
  );
}

/** Upper to lower case, and lower to upper. */
export function swapcase({ budget }: Thread, text: string): string {
  return replaced(budget, text, /([\p{Lu}\p{Lt}]+)|\p{Ll}+/gu, (run, upper) =>
    upper === undefined ? run.toUpperCase() : run.toLowerCase(),
  );
}

/** For comparing without regard to case. */
export function casefold({ budget }: Thread, text: string): string {
  budget.step(text.length);
  return changed(budget, text, (text) => text.toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ'));
}

/** A few characters become two or three in the other case: what is more is charged afterwards. */
function changed(budget: Budget, text: string, change: (text: string) => string): string {
  chargeText(budget, text.length);
  chargeScan(budget, 2 * text.length);
  const result = change(text);
  if (result.length > text.length) chargeText(budget, result.length - text.length);
  return result;
}

function replaced(
  budget: Budget,
  text: string,
  pattern: RegExp,
  change: (match: string, ...groups: (string | undefined)[]) => string,
): string {
  budget.step(text.length);
  const result = new TextBuilder(budget);
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    budget.step(1);
    result.add(text.slice(done, match.index));
    result.add(change(match[0], ...match.slice(1)));
    done = match.index + match[0].length;
  }
  result.add(text.slice(done));
  return result.finish();
}
