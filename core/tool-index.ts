/** Contract: finds tools by words that say what they are for. */
import type { OriginOf } from './limit-policy.js';
import type { ToolDefinition } from './tool-dispatcher.js';

/** What is looked for. */
export interface ToolQuery {
  /** What the tool is to do, in anybody's words; at most {@link LONGEST_QUERY} UTF-16 units reach an index. */
  readonly text: string;
  /** Words that the asker holds for the best; they count beside the text. */
  readonly keywords?: readonly string[];
  /** How many tools to answer at the most, from 1. */
  readonly limit: number;
}

/**
 * Finds tools. The array is the same as long as nothing changed, and so is each definition that stays: what
 * is worked out for either can be kept for as long as they live. Several callers have several arrays, and
 * what one of them may not see must not bear on the answer for it.
 */
export interface ToolIndex {
  /** For diagnostics; `unnamed` when absent. */
  readonly name?: string;
  /** Called once, before the first search: tells which server a listed tool comes from. */
  learn?(originOf: OriginOf): void;
  /** Tools of the array that fit, the best first, none twice. A rejection leaves the index out of this search. */
  search(
    tools: readonly ToolDefinition[],
    query: ToolQuery,
    signal: AbortSignal,
  ): readonly ToolDefinition[] | Promise<readonly ToolDefinition[]>;
  close?(): Promise<void> | void;
}

/** UTF-16 units of a query's text that are looked at. */
export const LONGEST_QUERY = 1000;

/** The plain default: counts the words of the query that a tool's name and description hold. */
export const plainIndex: ToolIndex = {
  name: 'plain',
  search(tools, { text, keywords = [], limit }) {
    const words = wordsOf([text, ...keywords].join(' '));
    return tools
      .map((tool) => ({ tool, score: score(tool, words) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ tool }) => tool);
  },
};

function wordsOf(text: string): readonly string[] {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word.length > 1);
}

/** Two for a word in the name, one for a word in the description. */
function score(tool: ToolDefinition, words: readonly string[]): number {
  const name = tool.name.toLowerCase();
  const text = typeof tool.description === 'string' ? tool.description.toLowerCase() : '';
  return words.reduce((sum, word) => sum + (name.includes(word) ? 2 : 0) + (text.includes(word) ? 1 : 0), 0);
}
