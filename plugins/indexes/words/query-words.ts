/** Makes words of a query: each with the terms that stand for it, and how much they count. */
import { LONGEST_QUERY, type ToolQuery } from '../../../core/index.js';
import type { Concepts } from './concepts.js';
import { allStemsOf, stemOf, stemsOf } from './stem.js';

/** A word of a query. */
export interface QueryWord {
  readonly stem: string;
  /** Its stem, the concepts that it or a phrase begins with it names, and what it makes with its neighbour. */
  readonly terms: ReadonlyMap<string, number>;
}

/** Words of a query that are looked at; each is a bit of a whole number. */
export const MAX_WORDS = 30;

const KEYWORD_WEIGHT = 1.5;
/** Of the concepts of a word together: a word of many meanings asks a little for each. */
const CONCEPTS_WEIGHT = 1.5;

/** Each word once, the keywords first; of a query of nothing but stop words, those. */
export function wordsOfQuery({ text, keywords = [] }: ToolQuery, concepts: Concepts): readonly QueryWord[] {
  const words = new Map<string, QueryWord>();
  const read = (part: string, weight: number): void => {
    const bounded = part.slice(0, LONGEST_QUERY);
    const telling = stemsOf(bounded, 'prose');
    const stems = telling.length > 0 ? telling : allStemsOf(bounded);
    stems.forEach((stem, place) => {
      if (words.has(stem) || words.size >= MAX_WORDS) return;
      words.set(stem, { stem, terms: termsAt(stems, place, weight, concepts) });
    });
  };
  for (const keyword of keywords) read(keyword, KEYWORD_WEIGHT);
  read(text, 1);
  return [...words.values()];
}

function termsAt(
  stems: readonly string[],
  place: number,
  weight: number,
  concepts: Concepts,
): ReadonlyMap<string, number> {
  const terms = new Map<string, number>();
  const marks = concepts.marksAt(stems, place);
  for (const mark of marks) terms.set(mark, (weight * CONCEPTS_WEIGHT) / marks.length);
  const next = stems[place + 1];
  if (next !== undefined) terms.set(stemOf(stems[place]! + next), weight);
  return terms.set(stems[place]!, weight);
}
