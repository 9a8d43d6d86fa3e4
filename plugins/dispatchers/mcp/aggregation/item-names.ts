/**
 * Names for what many servers offer, each name once.
 *
 * Everything is first wanted under some name: its own, or the one with its server in front where the rules
 * say always. Names that several want, and reserved ones, are contested, and the strategy settles each of
 * them: who keeps it, who gets the server in front, who is left out. What gets its server in front goes
 * before what somebody else happens to call the same, so that no server can take the name of another's
 * by offering it first. What is still equal then is numbered.
 *
 * Servers go in the order of their names: the same offers give the same names, whichever came first.
 */
import { SERVER_PLACE, type NamingRules } from './naming-rules.js';
import { FreeNames, validName } from './valid-name.js';

/** What can be named: a tool, a prompt. */
export interface Item {
  readonly name: string;
}

/** One thing that a server offers. */
export interface Offered<T extends Item> {
  /** Under the name that it should have, unless somebody else has it. */
  readonly item: T;
  /** The server's own name for it. */
  readonly original: string;
}

/** A server and all that it offers of one kind. */
export interface Offer<Server, T extends Item> {
  readonly server: Server;
  /** The server's name. */
  readonly name: string;
  readonly items: readonly Offered<T>[];
}

/** An item under the name by which it is listed, and where it lives. */
export interface NamedItem<Server, T extends Item> extends Offered<T> {
  readonly server: Server;
}

/** Something that a reader of the list may miss. */
export interface NamingProblem {
  /** The server's name. */
  readonly server: string;
  /** One line, without the server's name in front. */
  readonly text: string;
}

/** All names. */
export interface Naming<Server, T extends Item> {
  /** In the order of the servers' names, then as each server offers. */
  readonly items: readonly NamedItem<Server, T>[];
  readonly problems: readonly NamingProblem[];
  /** With `manual`: each name that several servers want, a line each. */
  readonly conflicts: readonly string[];
}

/** What naming may know beside the rules. */
export interface NamingContext {
  /** What an item is called in problems, e.g. `tool`. */
  readonly noun: string;
  /** With `manual`: which server had a name before; it keeps it. */
  readonly holders?: ReadonlyMap<string, string>;
}

/** Gives every item a name, or a reason why it has none. */
export function nameItems<Server, T extends Item>(
  offers: readonly Offer<Server, T>[],
  rules: NamingRules,
  context: NamingContext,
): Naming<Server, T> {
  const sorted = [...offers].sort((a, b) => (a.name < b.name ? -1 : 1));
  return new Settlement(sorted, rules, context).naming();
}

/** An item on its way to a name. */
interface Candidate<Server, T extends Item> extends Offered<T> {
  readonly offer: Offer<Server, T>;
  /** The name that it gets unless it is contested. */
  readonly wanted: string;
  /** Whether its server stands in front already. */
  readonly isPrefixed: boolean;
  verdict: 'keeps' | 'prefixed' | 'left out';
}

class Settlement<Server, T extends Item> {
  readonly #rules: NamingRules;
  readonly #context: NamingContext;
  readonly #candidates: readonly Candidate<Server, T>[];
  readonly #wanting = new Map<string, Candidate<Server, T>[]>();
  readonly #problems: NamingProblem[] = [];
  readonly #conflicts: string[] = [];

  constructor(offers: readonly Offer<Server, T>[], rules: NamingRules, context: NamingContext) {
    this.#rules = rules;
    this.#context = context;
    this.#candidates = offers.flatMap((offer) => offer.items.map((offered) => this.#enter(offer, offered)));
    for (const [name, group] of this.#wanting) {
      if (group.length > 1 || rules.reserved.has(name)) this.#settle(name, group);
    }
    this.#clearTheWay();
  }

  naming(): Naming<Server, T> {
    const kept = this.#candidates.filter(({ verdict }) => verdict === 'keeps');
    const names = new FreeNames(new Set([...this.#rules.reserved, ...kept.map(({ wanted }) => wanted)]));
    const items = this.#candidates.flatMap((candidate) => {
      const { verdict, wanted } = candidate;
      if (verdict === 'left out') return [];
      const name = verdict === 'keeps' ? wanted : this.#number(candidate, names);
      return [namedItem(candidate, name)];
    });
    return { items, problems: this.#problems, conflicts: this.#conflicts };
  }

  #enter(offer: Offer<Server, T>, offered: Offered<T>): Candidate<Server, T> {
    const { name } = offered.item;
    const own = this.#rules.prefixes.get(offer.name);
    const prefix = own ?? (this.#rules.prefix === 'always' ? this.#prefixOf(offer) : '');
    const candidate: Candidate<Server, T> = {
      ...offered,
      offer,
      wanted: prefix === '' ? name : validName(prefix + name),
      isPrefixed: prefix !== '' && own === undefined,
      verdict: 'keeps',
    };
    const group = this.#wanting.get(candidate.wanted);
    if (group === undefined) this.#wanting.set(candidate.wanted, [candidate]);
    else group.push(candidate);
    return candidate;
  }

  #prefixOf({ name }: Offer<Server, T>): string {
    return this.#rules.format.replaceAll(SERVER_PLACE, () => name);
  }

  #nameInFront({ offer, wanted, isPrefixed }: Candidate<Server, T>): string {
    return isPrefixed ? wanted : validName(this.#prefixOf(offer) + wanted);
  }

  #settle(name: string, group: readonly Candidate<Server, T>[]): void {
    const keeper = this.#rules.reserved.has(name) ? undefined : this.#keeper(name, group);
    for (const candidate of group) {
      if (keeper === undefined || (candidate !== keeper && candidate.offer === keeper.offer)) {
        candidate.verdict = 'prefixed';
      } else if (candidate !== keeper) this.#leaveOut(candidate, keeper);
    }
  }

  /** Who keeps a contested name; nobody where all get their server in front, or be numbered. */
  #keeper(name: string, group: readonly Candidate<Server, T>[]): Candidate<Server, T> | undefined {
    const { conflicts, priority } = this.#rules;
    const first = new Map(group.toReversed().map((candidate) => [candidate.offer.name, candidate]));
    if (conflicts === 'prefix' || first.size === 1) return undefined;
    if (conflicts === 'priority') return first.get(priority.find((server) => first.has(server)) ?? '');
    const servers = [...new Set(group.map(({ offer }) => `"${offer.name}"`))].join(' and ');
    this.#conflicts.push(`${JSON.stringify(name)} of ${servers}`);
    return first.get(this.#context.holders?.get(name) ?? '') ?? group[0];
  }

  #leaveOut(candidate: Candidate<Server, T>, keeper: Candidate<Server, T>): void {
    candidate.verdict = 'left out';
    const why = this.#rules.conflicts === 'priority' ? 'has priority' : 'has this name already';
    this.#tell(candidate, `is left out: server "${keeper.offer.name}" ${why}`);
  }

  /** Whoever has the very name that somebody with the server in front needs, gets the server in front too. */
  #clearTheWay(): void {
    const waiting = this.#candidates.filter(({ verdict }) => verdict === 'prefixed');
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const group = this.#wanting.get(this.#nameInFront(next)) ?? [];
      const inTheWay = group.length === 1 ? group[0] : undefined;
      if (inTheWay === undefined || !this.#givesWay(inTheWay)) continue;
      inTheWay.verdict = 'prefixed';
      waiting.push(inTheWay);
    }
  }

  #givesWay({ verdict, isPrefixed, offer }: Candidate<Server, T>): boolean {
    const { conflicts, priority } = this.#rules;
    const isListed = conflicts === 'priority' && priority.includes(offer.name);
    return verdict === 'keeps' && !isPrefixed && !isListed;
  }

  #number(candidate: Candidate<Server, T>, names: FreeNames): string {
    const wanted = this.#nameInFront(candidate);
    const name = names.take(wanted);
    if (name !== wanted) this.#tell(candidate, `is listed as "${name}": "${wanted}" is taken`);
    return name;
  }

  #tell({ offer, original }: Candidate<Server, T>, what: string): void {
    const text = `${this.#context.noun} ${JSON.stringify(original.slice(0, MAX_SHOWN))} ${what}`;
    this.#problems.push({ server: offer.name, text });
  }
}

const MAX_SHOWN = 80;

function namedItem<Server, T extends Item>(
  { item, original, offer: { server } }: Candidate<Server, T>,
  name: string,
): NamedItem<Server, T> {
  return { item: name === item.name ? item : { ...item, name }, original, server };
}
