/**
 * Searches tools by words.
 *
 * What fits is ranked by the weights of the terms it has, times how much of the query it covers: of two
 * tools, the one that has a little of every word comes before the one that has much of one. A word that no
 * tool of the list has is taken for the beginning of one, or for a slip of the pen.
 */
import type { OriginOf, ToolDefinition, ToolQuery } from '../../../core/index.js';
import { Concepts } from './concepts.js';
import { Coverage } from './coverage.js';
import { IndexPool } from './index-pool.js';
import { wordsOfQuery, type QueryWord } from './query-words.js';
import type { SynonymGroup } from './synonym-group.js';
import type { TermIndex } from './term-index.js';
import { digestOf, type ToolDigest } from './tool-digest.js';

/** Finds tools by words. */
export class WordSearch {
  readonly #concepts: Concepts;
  readonly #originOf: OriginOf;
  readonly #digests = new WeakMap<ToolDefinition, ToolDigest>();
  readonly #pool: IndexPool;

  constructor(synonyms: readonly SynonymGroup[], originOf: OriginOf) {
    this.#originOf = originOf;
    this.#concepts = new Concepts(synonyms);
    this.#pool = new IndexPool((tool) => this.#digestOf(tool));
  }

  /** The best first; tools that fit alike stand in the order of their names. */
  search(tools: readonly ToolDefinition[], query: ToolQuery): readonly ToolDefinition[] {
    const words = wordsOfQuery(query, this.#concepts);
    if (words.length === 0 || tools.length === 0) return [];
    const hits = hitsOf(this.#pool.of(tools), words);
    return hits
      .toSorted(byFit)
      .slice(0, query.limit)
      .map(([tool]) => tool);
  }

  close(): void {
    this.#pool.clear();
  }

  #digestOf(tool: ToolDefinition): ToolDigest {
    const known = this.#digests.get(tool);
    if (known !== undefined) return known;
    const digest = digestOf(tool, this.#originOf(tool.name), this.#concepts);
    this.#digests.set(tool, digest);
    return digest;
  }
}

type Hit = readonly [tool: ToolDefinition, fit: number];

function byFit([a, fitOfA]: Hit, [b, fitOfB]: Hit): number {
  return fitOfB - fitOfA || (a.name < b.name ? -1 : Number(a.name > b.name));
}

/** How much each tool fits that does at all. */
function hitsOf(index: TermIndex, words: readonly QueryWord[]): readonly Hit[] {
  const coverage = new Coverage(words);
  coverage.add(index.match(coverage.weights));
  const likely = coverage.missing().filter(({ stem }) => BEGINNING.test(stem));
  for (const { stem } of likely.slice(0, MAX_NEAR)) coverage.add(index.matchNear(stem, editsIn(stem)));
  return coverage.fits(index.size);
}

/** Words for which likeness is looked for: that walks through all terms. */
const MAX_NEAR = 4;
const BEGINNING = /^[a-z]{4,30}$/;

/** How many letters may be wrong: none of a short word, as many others are near it. */
function editsIn(stem: string): number {
  return stem.length < 6 ? 0 : stem.length < 9 ? 1 : 2;
}
