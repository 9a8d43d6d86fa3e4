/** The tools of all servers of a composition, under their names. */
import { ToolscriptError, type ToolDefinition } from '../../../../core/index.js';
import { nameItems, type NamedItem, type NamingContext, type NamingProblem } from './item-names.js';
import type { NamingRules } from './naming-rules.js';
import { selectTools, type ToolRules } from './tool-selection.js';

/** A server, as far as its tools are concerned. */
export interface ToolSource {
  readonly name: string;
  /** As the server names them, each name once; the same array until they change. */
  readonly tools: readonly ToolDefinition[];
}

/** What it takes to list tools. */
export interface ToolListingOptions<Source extends ToolSource> {
  readonly sources: readonly Source[];
  readonly rules: NamingRules;
  /** Which tools of a server are let in. */
  readonly rulesOf: (source: Source) => ToolRules;
}

type Route<Source> = NamedItem<Source, ToolDefinition>;

/** Problems of one server that are told: a hostile one could have as many as tools. */
const MAX_PROBLEMS = 20;

/** Names tools anew when those of a server are not the same array as before, and only then. */
export class ToolListing<Source extends ToolSource> {
  readonly #options: ToolListingOptions<Source>;
  #seen: readonly (readonly ToolDefinition[])[] | undefined;
  #tools: readonly ToolDefinition[] = [];
  #routes: ReadonlyMap<string, Route<Source>> = new Map();
  #problems: ReadonlyMap<string, readonly string[]> = new Map();
  #counts: ReadonlyMap<string, number> = new Map();

  constructor(options: ToolListingOptions<Source>) {
    this.#options = options;
  }

  /** The same array until a tool or a name changed. */
  get tools(): readonly ToolDefinition[] {
    return this.#tools;
  }

  /** Whose tool a listed name is, and the server's own name for it. */
  route(name: string): Route<Source> | undefined {
    return this.#routes.get(name);
  }

  /** By server, what the rules could not do with its tools; the same map until tools are named anew. */
  get problems(): ReadonlyMap<string, readonly string[]> {
    return this.#problems;
  }

  /** Whether tools were named at all. */
  get isListed(): boolean {
    return this.#seen !== undefined;
  }

  /** How many tools of a server are listed. */
  countOf(server: string): number {
    return this.#counts.get(server) ?? 0;
  }

  /**
   * Looks at the servers' tools. Throws `config/invalid` when names clash that `manual` leaves to the
   * operator; not when that only comes up after a first good look.
   */
  refresh(): void {
    const { sources, rules, rulesOf } = this.#options;
    const seen = sources.map(({ tools }) => tools);
    if (this.#seen?.every((tools, at) => tools === seen[at]) === true) return;
    const selections = sources.map((server) => ({ server, ...selectTools(server.tools, rulesOf(server)) }));
    const offers = selections.map(({ server, offered }) => ({ server, name: server.name, items: offered }));
    const { items, problems, conflicts } = nameItems(offers, rules, this.#context());
    if (this.#seen === undefined && conflicts.length > 0) throw unsolved(conflicts);
    this.#seen = seen;
    this.#problems = byServer([
      ...selections.flatMap(({ server, problems: own }) =>
        own.map((text): NamingProblem => ({ server: server.name, text })),
      ),
      ...problems,
    ]);
    this.#routes = new Map(items.map((named) => [named.item.name, named]));
    this.#counts = countsOf(items);
    const tools = items.map(({ item }) => item);
    if (!areSame(tools, this.#tools)) this.#tools = tools;
  }

  #context(): NamingContext {
    const holders = [...this.#routes].map(([name, { server }]) => [name, server.name] as const);
    return { noun: 'tool', holders: new Map(holders) };
  }
}

function countsOf(items: readonly Route<ToolSource>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { server } of items) counts.set(server.name, (counts.get(server.name) ?? 0) + 1);
  return counts;
}

function byServer(problems: readonly NamingProblem[]): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const { server, text } of problems) {
    const list = lists.get(server);
    if (list === undefined) lists.set(server, [text]);
    else list.push(text);
  }
  return new Map([...lists].map(([server, texts]) => [server, bounded(texts, MAX_PROBLEMS)]));
}

function bounded(texts: readonly string[], most: number): readonly string[] {
  return texts.length <= most ? texts : [...texts.slice(0, most), `and ${texts.length - most} more`];
}

function areSame(tools: readonly ToolDefinition[], others: readonly ToolDefinition[]): boolean {
  return (
    tools.length === others.length &&
    tools.every((tool, at) => tool === others[at] || JSON.stringify(tool) === JSON.stringify(others[at]))
  );
}

const MAX_CONFLICTS = 100;

function unsolved(conflicts: readonly string[]): ToolscriptError {
  const names = bounded(conflicts, MAX_CONFLICTS).join(', ');
  const message = `name the tools: several servers offer ${names}; wanted overrides of their names, or another strategy for conflicts`;
  return new ToolscriptError({ code: 'config/invalid', message });
}
