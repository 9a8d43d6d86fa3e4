/**
 * Synonyms as concepts: each group of them is one, with a mark that no word can be. Where a text holds a
 * word of the group, its mark is indexed too; a query that holds one asks for the mark beside the word. So
 * a group is as rare as all its words together, and a text that holds three of them fits no better than one.
 */
import { stemsOf } from './stem.js';
import type { SynonymGroup } from './synonym-group.js';

/** What a stem begins: a phrase of this and the following stems, and the marks of its groups. */
interface Phrase {
  readonly following: readonly string[];
  readonly marks: string[];
}

/** Knows the concepts of stems. */
export class Concepts {
  readonly #phrases = new Map<string, Phrase[]>();

  constructor(groups: readonly SynonymGroup[]) {
    groups.forEach((group, index) => {
      for (const text of group) this.#learn(text, `~${index.toString(36)}`);
    });
  }

  /** The marks of the words and phrases that begin at a place of the stems. */
  marksAt(stems: readonly string[], place: number): readonly string[] {
    const phrases = this.#phrases.get(stems[place]!);
    if (phrases === undefined) return NONE;
    const marks = phrases
      .filter((phrase) => standsAt(phrase, stems, place + 1))
      .map((phrase) => phrase.marks);
    return marks.length === 1 ? marks[0]! : marks.flat();
  }

  #learn(text: string, mark: string): void {
    const [first, ...following] = stemsOf(text, 'prose');
    if (first === undefined) return;
    const phrases = this.#phrases.get(first) ?? [];
    this.#phrases.set(first, phrases);
    const known = phrases.find((phrase) => phrase.following.join(' ') === following.join(' '));
    if (known === undefined) phrases.push({ following, marks: [mark] });
    else if (!known.marks.includes(mark)) known.marks.push(mark);
  }
}

const NONE: readonly string[] = [];

function standsAt({ following }: Phrase, stems: readonly string[], place: number): boolean {
  return following.every((stem, offset) => stems[place + offset] === stem);
}
