/** Makes stems of texts: splits them into words, leaves out what every text has, and cuts endings off. */
import { stemmer } from 'stemmer';

import { partsOf, wordsOf, type Place } from './word-split.js';

/** The stems of a text, in order; in prose, of the words that tell something. */
export function stemsOf(text: string, place: Place): readonly string[] {
  const stems: string[] = [];
  for (const word of wordsOf(text)) for (const stem of stemsOfWord(word, place)) stems.push(stem);
  return stems;
}

/** The stems of a text with all its words: for one that says nothing else. */
export function allStemsOf(text: string): readonly string[] {
  return wordsOf(text).flatMap((word) => partsOf(word, 'prose').map(stemOf));
}

/** By Porter's algorithm, where a word is one of plain letters. */
export function stemOf(word: string): string {
  return PLAIN.test(word) ? stemmer(word) : word;
}

const PLAIN = /^[a-z]{3,40}$/;

/** Words whose stems are kept; those of scripts without spaces are not, as each is a sentence. */
const MAX_KEPT = 20_000;
const LONGEST_KEPT = 40;
const kept: Readonly<Record<Place, Map<string, readonly string[]>>> = { prose: new Map(), name: new Map() };

function stemsOfWord(word: string, place: Place): readonly string[] {
  const known = kept[place].get(word);
  if (known !== undefined) return known;
  const parts = partsOf(word, place);
  const telling = place === 'name' ? parts : parts.filter((part) => !STOP_WORDS.has(part));
  const stems = telling.map(stemOf);
  if (word.length > LONGEST_KEPT) return stems;
  if (kept[place].size >= MAX_KEPT) kept[place].clear();
  kept[place].set(word, stems);
  return stems;
}

const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about all also am an and any are as at be been being but by can could did do does doing for from had has
  have having he her here him his how i if in into is it its just let like may me might my myself need needs of
  on one or our out please shall she should so some that the their them then there these they this those to too
  us use used uses using very via want wants was we were what when where whether which while who whom whose why
  will with would you your`.split(/\s+/),
);
