/** The resources, resource templates and prompts of one server: listed where it offers them, kept, followed. */
import { METHOD_NOT_FOUND, ProtocolError } from '@modelcontextprotocol/client';

import type { ContextKind, JsonObject } from '../../../../core/index.js';
import { isConnectionLoss, reasonOf } from './call-failure.js';
import type { ChangingList, Connection } from '../connection/connection.js';
import { CONTEXT_KINDS, type Prompt } from '../listing/context-list.js';
import { listItems, type ItemKind } from '../listing/item-list.js';
import { KeptList } from '../listing/kept-list.js';
import { ResourceFollows } from './resource-follows.js';

/** What the context of a server tells. */
interface ContextEvents {
  /** A list, or what is wrong with one, changed. */
  changed(): void;
  /** A list could not be had since the connection seems to be gone. */
  doubted(connection: Connection): void;
}

const KINDS: Readonly<Record<Exclude<ChangingList, 'tools'>, readonly ContextKind[]>> = {
  resources: ['resources', 'resourceTemplates'],
  prompts: ['prompts'],
};

/** The context of one server; its lists stay as they were while it is down. */
export class BackendContext {
  readonly follows: ResourceFollows;
  readonly #lists = {
    resources: keptList('resources', CONTEXT_KINDS.resources),
    resourceTemplates: keptList('resources', CONTEXT_KINDS.resourceTemplates),
    prompts: keptList('prompts', CONTEXT_KINDS.prompts),
  };
  readonly #faults = new Map<ContextKind, string>();
  readonly #signal: AbortSignal;
  readonly #events: ContextEvents;
  #connection: Connection | undefined;
  #offers: ReadonlySet<string> = new Set();

  /** `signal` ends it all. */
  constructor(signal: AbortSignal, events: ContextEvents) {
    this.#signal = signal;
    this.#events = events;
    this.follows = new ResourceFollows(signal);
  }

  /** The same arrays until something in them changed. */
  get resources(): readonly JsonObject[] {
    return this.#lists.resources.items;
  }

  get resourceTemplates(): readonly JsonObject[] {
    return this.#lists.resourceTemplates.items;
  }

  get prompts(): readonly Prompt[] {
    return this.#lists.prompts.items;
  }

  get problems(): readonly string[] {
    const { resources, resourceTemplates, prompts } = this.#lists;
    const lists = [resources, resourceTemplates, prompts].flatMap(({ problems }) => problems);
    return [...lists, ...this.#faults.values()];
  }

  /** Whether the server offers it, or did when it was up last. */
  offers(what: 'resources' | 'prompts' | 'completions'): boolean {
    return this.#offers.has(what);
  }

  /** A new connection: reads what its server offers, side by side. Never rejects. */
  async attach(connection: Connection): Promise<void> {
    this.#connection = connection;
    this.#offers = new Set(Object.keys(connection.capabilities));
    this.follows.attach(connection);
    await Promise.all([this.renew('resources'), this.renew('prompts')]);
  }

  /** Reads what may have changed. Never rejects. */
  async renew(changed: keyof typeof KINDS): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    await Promise.all(KINDS[changed].map((kind) => this.#renew(kind, connection)));
  }

  async #renew(kind: ContextKind, connection: Connection): Promise<void> {
    const list = this.#lists[kind];
    const before = [list.items, list.problems, this.#faults.get(kind)];
    list.doubt();
    this.#faults.delete(kind);
    try {
      await list.renew(connection, this.#signal, () => this.#connection === connection);
    } catch (error) {
      if (this.#connection !== connection || isNotThere(error)) return;
      this.#faults.set(kind, `cannot list its ${kind}: ${reasonOf(error)}`);
      if (isConnectionLoss(error)) this.#events.doubted(connection);
    }
    const after = [list.items, list.problems, this.#faults.get(kind)];
    if (before.some((part, at) => part !== after[at])) this.#events.changed();
  }
}

/** A server that does not offer it is not asked. */
function keptList<T>(capability: 'resources' | 'prompts', kind: ItemKind<T>): KeptList<T> {
  return new KeptList(async (connection, signal) =>
    connection.capabilities[capability] === undefined
      ? { items: [], problems: [] }
      : listItems(kind, (method, params) => connection.ask(method, params, signal)),
  );
}

/** A server with resources need not have templates, and says so in this way. */
function isNotThere(error: unknown): boolean {
  return error instanceof ProtocolError && error.code === METHOD_NOT_FOUND;
}
