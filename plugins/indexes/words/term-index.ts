/**
 * The terms of one list of tools in a MiniSearch, with one field: the weight of a term in a tool stands as
 * its frequency, so that BM25 lets what stands in several texts count together (as BM25F does).
 *
 * A whole list goes in at once by the form in which MiniSearch keeps an index: that is several times faster
 * than tool by tool. Single tools come and go by its own `add` and `remove`.
 */
import MiniSearch, { type AsPlainObject, type Options, type SearchOptions } from 'minisearch';

import type { ToolDefinition } from '../../../core/index.js';
import type { ToolDigest } from './tool-digest.js';

/** A tool that has one of the terms. */
export interface Match {
  readonly tool: ToolDefinition;
  /** The sum over its terms. */
  readonly score: number;
  /** The terms of the query that it has. */
  readonly terms: readonly string[];
}

/** Digests tools; answers the same for the same tool. */
export type DigestOf = (tool: ToolDefinition) => ToolDigest;

/** `k`: how soon more of a term adds less; `b`: how much a long text counts against it; `d`: for a term at all. */
const BM25 = { k: 10, b: 0.6, d: 0.3 };
/** Of the score of a term itself. */
const LIKENESS = { prefix: 0.8, fuzzy: 0.6 };

/** The index of one list. */
export class TermIndex {
  readonly #index: MiniSearch<Entry>;
  readonly #digestOf: DigestOf;
  #tools: ReadonlySet<ToolDefinition>;

  constructor(tools: ReadonlySet<ToolDefinition>, digestOf: DigestOf) {
    this.#tools = tools;
    this.#digestOf = digestOf;
    this.#index = MiniSearch.loadJS(plainIndexOf(tools, digestOf), OPTIONS);
  }

  get size(): number {
    return this.#tools.size;
  }

  /** How many tools differ; `Infinity` where it is more than `most` at first sight. */
  distance(tools: ReadonlySet<ToolDefinition>, most: number): number {
    if (Math.abs(this.#tools.size - tools.size) > most) return Number.POSITIVE_INFINITY;
    let shared = 0;
    for (const tool of tools) if (this.#tools.has(tool)) shared += 1;
    return this.#tools.size + tools.size - 2 * shared;
  }

  /** Makes it the index of another list. */
  moveTo(tools: ReadonlySet<ToolDefinition>): void {
    for (const tool of this.#tools) if (!tools.has(tool)) this.#index.remove(this.#entry(tool));
    for (const tool of tools) if (!this.#tools.has(tool)) this.#index.add(this.#entry(tool));
    this.#tools = tools;
  }

  /** Tools with any of the terms, each of which counts by its weight. */
  match(weights: ReadonlyMap<string, number>): readonly Match[] {
    return this.#search([...weights.keys()].join(' '), { boostTerm: (term) => weights.get(term)! });
  }

  /** Tools with terms that begin with this one, or are a few letters away from it but for the first. */
  matchNear(term: string, edits: number): readonly Match[] {
    return this.#search(term, {
      prefix: true,
      fuzzy: edits,
      weights: LIKENESS,
      boostDocument: (_, near) => (near[0] === term[0] ? 1 : 0),
    });
  }

  /** MiniSearch multiplies a score by the number of terms that were met; here coverage is counted otherwise. */
  #search(query: string, options: SearchOptions): readonly Match[] {
    return this.#index.search(query, { ...options, ...SEARCH }).map(({ id, score, queryTerms }) => ({
      tool: id as ToolDefinition,
      score: score / queryTerms.length,
      terms: queryTerms,
    }));
  }

  #entry(tool: ToolDefinition): Entry {
    return { tool, digest: this.#digestOf(tool) };
  }
}

interface Entry {
  readonly tool: ToolDefinition;
  readonly digest: ToolDigest;
}

const TERMS = 'terms';

/** A term with its weight is one token, and as many times the term: `issue 6`. */
const OPTIONS: Options<Entry> = {
  fields: [TERMS],
  idField: 'tool',
  extractField: ({ tool, digest }, field): unknown => (field === TERMS ? weighedTerms(digest) : tool),
  stringifyField: String,
  tokenize: (text) => (text === '' ? [] : text.split('\n')),
  processTerm: (token) => {
    const [term = '', weight] = token.split(' ');
    return new Array<string>(Number(weight)).fill(term);
  },
  autoVacuum: false,
};

const SEARCH: SearchOptions = {
  tokenize: (query) => query.split(' '),
  processTerm: (term) => term,
  bm25: BM25,
};

function weighedTerms(digest: ToolDigest): string {
  return [...digest].map(([term, weight]) => `${term} ${weight}`).join('\n');
}

function plainIndexOf(tools: ReadonlySet<ToolDefinition>, digestOf: DigestOf): AsPlainObject {
  const postings = new Map<string, Record<string, number>>();
  const documentIds: Record<string, ToolDefinition> = {};
  const fieldLength: Record<string, number[]> = {};
  let count = 0;
  let length = 0;
  for (const tool of tools) {
    const digest = digestOf(tool);
    for (const [term, weight] of digest) {
      const known = postings.get(term);
      if (known === undefined) postings.set(term, { [count]: weight });
      else known[count] = weight;
    }
    documentIds[count] = tool;
    fieldLength[count] = [digest.size];
    length += digest.size;
    count += 1;
  }
  return {
    serializationVersion: 2,
    index: [...postings].map(([term, weights]) => [term, { 0: weights }]),
    fieldIds: { [TERMS]: 0 },
    documentIds,
    documentCount: count,
    nextId: count,
    fieldLength,
    averageFieldLength: [count === 0 ? 0 : length / count],
    storedFields: {},
  };
}
