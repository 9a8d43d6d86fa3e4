/** Finds tools for callers and their scripts: asks every index, and makes one ranking of the answers. */
import type { Caller } from './caller.js';
import { toldCaller } from './told-caller.js';
import type { FoundTools } from './code-mode.js';
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { EventFeed } from './events.js';
import { inject, injectable, TOKENS } from './injection.js';
import type { PolicyGate } from './policy-gate.js';
import { fused } from './rank-fusion.js';
import type { Languages } from './languages.js';
import { redactSecrets } from './redaction.js';
import { messageOf } from './thrown.js';
import { estimatedTokensOf } from './token-estimate.js';
import type { ToolDefinition } from './tool-dispatcher.js';
import { LONGEST_QUERY } from './tool-index.js';
import type { ToolIndex, ToolQuery } from './tool-index.js';
import type { ToolList } from './tool-list.js';

/** Sinks read no more of why an index failed, in UTF-16 units. */
const MAX_MESSAGE = 1_000;

/** What one search is for. */
export interface Search {
  /** What the caller may see; nothing else is found. */
  readonly tools: readonly ToolDefinition[];
  readonly query: ToolQuery;
  readonly caller: Caller;
  readonly mode: 'script' | 'direct';
}

/** Searches. */
@injectable()
export class ToolFinder {
  readonly #indexes: readonly ToolIndex[];
  readonly #toolList: ToolList;
  readonly #languages: Languages;
  readonly #policy: PolicyGate;
  readonly #events: EventFeed;
  readonly #known = new WeakMap<readonly ToolDefinition[], ReadonlySet<ToolDefinition>>();

  constructor(
    @inject(TOKENS.indexes) indexes: readonly ToolIndex[],
    @inject(TOKENS.toolList) toolList: ToolList,
    @inject(TOKENS.languages) languages: Languages,
    @inject(TOKENS.policyGate) policy: PolicyGate,
    @inject(TOKENS.events) events: EventFeed,
  ) {
    this.#indexes = indexes;
    this.#toolList = toolList;
    this.#languages = languages;
    this.#policy = policy;
    this.#events = events;
  }

  /**
   * The best first. An index that fails is left out; when all do, rejects with `backend/unavailable`. Rejects
   * with the ending's reason.
   */
  async find(search: Search, ending: Ending): Promise<readonly ToolDefinition[]> {
    const query = bounded(search.query);
    const limit = this.#indexes.length === 1 ? query.limit : Math.max(query.limit, LEAST_CANDIDATES);
    const asked = this.#indexes.map((index) => this.#ask(index, search.tools, { ...query, limit }, ending));
    const rankings = (await Promise.all(asked)).filter((ranking) => ranking !== undefined);
    if (rankings.length === 0) throw nothingAnswers();
    const found = fused(rankings, query.limit);
    this.#tell(search, found);
    return found;
  }

  /** For a client, in its turn: rejects with `limit/refused` and the dispatcher's ToolscriptError too. */
  async findFor(caller: Caller, query: ToolQuery, ending: Ending): Promise<FoundTools> {
    const catalog = await this.#toolList.catalog(caller, ending);
    const { tools } = catalog;
    const search = { tools, query, caller, mode: 'direct' } as const;
    const use = { caller, use: 'direct', tool: SEARCH_NAME } as const;
    const found = await this.#policy.admitted(use, ending, () => this.find(search, ending));
    const bound = found.map((tool) => catalog.byName(tool.name)!);
    return {
      tools: bound.map((tool) => ({
        tool: tool.tool,
        scriptName: tool.scriptName,
        signature: this.#languages.default.signature(tool),
      })),
      baselineTokens: estimatedTokensOf(tools),
      returnedTokens: estimatedTokensOf(found),
    };
  }

  async #ask(
    index: ToolIndex,
    tools: readonly ToolDefinition[],
    query: ToolQuery,
    ending: Ending,
  ): Promise<readonly ToolDefinition[] | undefined> {
    try {
      const ranking = await ending.until(answerOf(index, tools, query, ending));
      const known = this.#knownOf(tools);
      return [...new Set(ranking)].filter((tool) => known.has(tool));
    } catch (thrown) {
      if (ending.reason !== undefined) throw ending.reason;
      const message = redactSecrets(messageOf(thrown, 'no message'), MAX_MESSAGE);
      this.#events.emit('index.failed', { index: index.name ?? 'unnamed', message });
      return undefined;
    }
  }

  #knownOf(tools: readonly ToolDefinition[]): ReadonlySet<ToolDefinition> {
    const known = this.#known.get(tools) ?? new Set(tools);
    this.#known.set(tools, known);
    return known;
  }

  #tell({ tools, caller, mode }: Search, found: readonly ToolDefinition[]): void {
    if (!this.#events.hears('tools.found')) return;
    this.#events.emit('tools.found', {
      caller: toldCaller(caller),
      mode,
      tools: tools.length,
      found: found.length,
      baselineTokens: estimatedTokensOf(tools),
      returnedTokens: estimatedTokensOf(found),
    });
  }
}

/** What policies hear that a client's search is a use of. */
const SEARCH_NAME = 'find_tool';

/** How many tools each of several indexes is asked for at the least: what is low in one may be high in another. */
const LEAST_CANDIDATES = 50;
const MAX_KEYWORDS = 50;
const LONGEST_KEYWORD = 100;

function bounded({ text, keywords, limit }: ToolQuery): ToolQuery {
  return {
    text: text.slice(0, LONGEST_QUERY),
    ...(keywords !== undefined && {
      keywords: keywords.slice(0, MAX_KEYWORDS).map((word) => word.slice(0, LONGEST_KEYWORD)),
    }),
    limit,
  };
}

/** Async, so that an index that throws at once rejects too. */
async function answerOf(
  index: ToolIndex,
  tools: readonly ToolDefinition[],
  query: ToolQuery,
  { signal }: Ending,
): Promise<readonly ToolDefinition[]> {
  return index.search(tools, query, signal);
}

function nothingAnswers(): ToolscriptError {
  const message = 'find tools: no index answers';
  return new ToolscriptError({ code: 'backend/unavailable', message });
}
