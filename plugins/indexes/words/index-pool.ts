/**
 * Keeps an index for each list of tools that is searched.
 *
 * An index holds one list and nothing else, so that no statistics of terms lead from one list to another.
 * For a list that differs by little from one that is kept, that one's index moves over, by the tools that
 * differ; else a new one is built. A few are kept, those searched last.
 */
import type { ToolDefinition } from '../../../core/index.js';
import { TermIndex, type DigestOf } from './term-index.js';

/** How many lists are kept. */
const MAX_KEPT = 16;
/** An index moves to a list of which so much differs at the most: a tool costs more to move than to build. */
const MOST_MOVED = 0.1;

interface Kept {
  readonly tools: readonly ToolDefinition[];
  readonly index: TermIndex;
}

/** Gives each list its index. */
export class IndexPool {
  readonly #digestOf: DigestOf;
  /** The one searched last first. */
  #kept: readonly Kept[] = [];

  constructor(digestOf: DigestOf) {
    this.#digestOf = digestOf;
  }

  /** The index that holds these tools, and only these, until the next list is asked for. */
  of(tools: readonly ToolDefinition[]): TermIndex {
    if (this.#kept[0]?.tools === tools) return this.#kept[0].index;
    const known = this.#kept.find((kept) => kept.tools === tools);
    const index = known?.index ?? this.#fit(new Set(tools));
    const others = this.#kept.filter((kept) => kept.index !== index);
    this.#kept = [{ tools, index }, ...others].slice(0, MAX_KEPT);
    return index;
  }

  clear(): void {
    this.#kept = [];
  }

  #fit(tools: ReadonlySet<ToolDefinition>): TermIndex {
    const nearest = this.#nearest(tools);
    if (nearest === undefined) return new TermIndex(tools, this.#digestOf);
    nearest.moveTo(tools);
    return nearest;
  }

  #nearest(tools: ReadonlySet<ToolDefinition>): TermIndex | undefined {
    let nearest: TermIndex | undefined;
    let least = tools.size * MOST_MOVED;
    for (const { index } of this.#kept) {
      const distance = index.distance(tools, least);
      if (distance > least || (distance === least && nearest !== undefined)) continue;
      nearest = index;
      least = distance;
    }
    return nearest;
  }
}
