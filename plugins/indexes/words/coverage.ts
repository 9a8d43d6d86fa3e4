/**
 * Adds up what was found for the words of a query: how much of each tool fits, times how much of the query
 * the tool covers. A word that few tools have is a greater part of the query than one that many have.
 */
import type { ToolDefinition } from '../../../core/index.js';
import type { QueryWord } from './query-words.js';
import type { Match } from './term-index.js';

/** How strongly coverage counts, and within it the rareness of words. */
const COVERAGE_POWER = 1.5;
const RARENESS_POWER = 0.5;
/** Digits that count: two sums of the same in another order are the same. */
const PRECISION = 1e6;

interface Hit {
  score: number;
  /** A bit for each word. */
  words: number;
}

/** What was found for one query. */
export class Coverage {
  /** The weight of each term that is asked for. */
  readonly weights: ReadonlyMap<string, number>;
  readonly #words: readonly QueryWord[];
  readonly #bits = new Map<string, number>();
  readonly #hits = new Map<ToolDefinition, Hit>();

  constructor(words: readonly QueryWord[]) {
    const weights = new Map<string, number>();
    words.forEach(({ terms }, place) => {
      for (const [term, weight] of terms) {
        if ((weights.get(term) ?? 0) >= weight) continue;
        weights.set(term, weight);
        this.#bits.set(term, 1 << place);
      }
    });
    this.#words = words;
    this.weights = weights;
  }

  add(matches: readonly Match[]): void {
    for (const { tool, score, terms } of matches) {
      const words = terms.reduce((bits, term) => bits | this.#bits.get(term)!, 0);
      const hit = this.#hits.get(tool);
      if (hit === undefined) this.#hits.set(tool, { score, words });
      else {
        hit.score += score;
        hit.words |= words;
      }
    }
  }

  /** Words for which nothing was found. */
  missing(): readonly QueryWord[] {
    let found = 0;
    for (const { words } of this.#hits.values()) found |= words;
    return this.#words.filter((_, place) => (found & (1 << place)) === 0);
  }

  /** How much each tool fits, of a list of so many. */
  fits(size: number): readonly (readonly [tool: ToolDefinition, fit: number])[] {
    const parts = this.#words.map((_, place) => partOf(this.#toolsWith(1 << place), size));
    const whole = parts.reduce((sum, part) => sum + part, 0);
    const covered = (words: number): number =>
      parts.reduce((sum, part, place) => ((words & (1 << place)) === 0 ? sum : sum + part), 0) / whole;
    return [...this.#hits].map(([tool, { score, words }]) => {
      const fit = score * covered(words) ** COVERAGE_POWER;
      return [tool, Math.round(fit * PRECISION) / PRECISION];
    });
  }

  #toolsWith(word: number): number {
    let tools = 0;
    for (const { words } of this.#hits.values()) if ((words & word) !== 0) tools += 1;
    return tools;
  }
}

/** What a word that so many of all tools have is of the query; one that no tool has is none of it. */
function partOf(tools: number, all: number): number {
  return tools === 0 ? 0 : Math.log(1 + all / tools) ** RARENESS_POWER;
}
