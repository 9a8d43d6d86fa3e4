/**
 * The resources and prompts of many servers as those of one.
 *
 * A resource keeps its URI: what a tool's result links to must be found by it. The first server by name
 * has a URI that several list. Prompts are named as tools are.
 */
import {
  unknownContext,
  type ContextKind,
  type ContextRequest,
  type ContextSource,
  type JsonObject,
} from '../../../../core/index.js';
import { nameItems, type NamedItem } from '../aggregation/item-names.js';
import type { NamingRules } from '../aggregation/naming-rules.js';
import type { Backend } from '../backend/backend.js';
import type { Prompt } from '../listing/context-list.js';
import { ResourceRoutes } from './resource-routes.js';
import { isRecord } from '../message/loose-json.js';

/** What the context of many servers needs. */
export interface McpContextOptions {
  readonly backends: readonly Backend[];
  readonly rules: NamingRules;
  /** Settles when the servers have started, or have had the time for it. */
  readonly ready: () => Promise<void>;
  /** Takes one line for each thing that is wrong with a server, without the server's name in front. */
  readonly onProblem: (server: string, problem: string) => void;
}

/** The context of many servers. */
export class McpContext implements ContextSource {
  readonly #options: McpContextOptions;
  readonly #followers = new Set<Follower>();
  #resources: ResourceRoutes = new ResourceRoutes([]);
  #prompts: ReadonlyMap<string, NamedItem<Backend, Prompt>> = new Map();
  #lists: Readonly<Record<ContextKind, readonly JsonObject[]>> = {
    resources: [],
    resourceTemplates: [],
    prompts: [],
  };
  #offered: readonly unknown[] = [];
  #told: ReadonlySet<string> = new Set();

  constructor(options: McpContextOptions) {
    this.#options = options;
  }

  async list(kind: ContextKind): Promise<readonly JsonObject[]> {
    await this.#options.ready();
    this.#refresh();
    return this.#lists[kind];
  }

  async request(request: ContextRequest): Promise<JsonObject> {
    await this.#options.ready();
    this.#refresh();
    const { method } = request;
    if (method === 'resources/read') return this.#read(request);
    return method === 'prompts/get' ? this.#getPrompt(request) : this.#complete(request);
  }

  subscribe(uri: string, listener: () => void): () => void {
    const follower: Follower = { uri, listener, backend: undefined, stop: () => undefined };
    this.#followers.add(follower);
    this.#refresh();
    this.#place(follower);
    return () => {
      this.#followers.delete(follower);
      follower.stop();
    };
  }

  /** What the servers offer may have changed: whoever follows a resource follows it where it is now. */
  changed(): void {
    if (this.#followers.size === 0) return;
    this.#refresh();
    for (const follower of this.#followers) this.#place(follower);
  }

  /** Nobody follows anything any more. */
  close(): void {
    for (const { stop } of this.#followers) stop();
    this.#followers.clear();
  }

  async #read(request: ContextRequest): Promise<JsonObject> {
    const { uri } = request.params;
    const backend = typeof uri === 'string' ? this.#resources.route(uri) : undefined;
    if (backend !== undefined) return backend.request(request, request.params);
    throw unknownContext(request.method, request.params);
  }

  async #getPrompt(request: ContextRequest): Promise<JsonObject> {
    const route = this.#promptOf(request.params['name']);
    if (route === undefined) throw unknownContext(request.method, request.params);
    return route.server.request(request, { ...request.params, name: route.original });
  }

  async #complete(request: ContextRequest): Promise<JsonObject> {
    const { ref } = request.params;
    if (isRecord(ref) && ref['type'] === 'ref/prompt') {
      const route = this.#promptOf(ref['name']);
      if (route !== undefined) {
        const original = { ...ref, name: route.original } as JsonObject;
        return complete(route.server, request, { ...request.params, ref: original });
      }
    }
    if (isRecord(ref) && ref['type'] === 'ref/resource' && typeof ref['uri'] === 'string') {
      const backend = this.#resources.routeTemplate(ref['uri']);
      if (backend !== undefined) return complete(backend, request, request.params);
    }
    throw unknownContext(request.method, request.params);
  }

  #promptOf(name: unknown): NamedItem<Backend, Prompt> | undefined {
    return typeof name === 'string' ? this.#prompts.get(name) : undefined;
  }

  #place(follower: Follower): void {
    const backend = this.#resources.route(follower.uri);
    if (backend === follower.backend) return;
    follower.stop();
    follower.backend = backend;
    follower.stop = backend?.context.follows.follow(follower.uri, follower.listener) ?? (() => undefined);
  }

  /** Derives everything anew when something that a server offers is not the same as before. */
  #refresh(): void {
    const backends = [...this.#options.backends].sort((a, b) => (a.name < b.name ? -1 : 1));
    const offered = backends.flatMap((backend) => {
      const { resources, resourceTemplates, prompts } = backend.context;
      return [backend, resources, resourceTemplates, prompts, backend.context.offers('resources')];
    });
    if (offered.length === this.#offered.length && offered.every((part, at) => part === this.#offered[at]))
      return;
    this.#offered = offered;
    this.#resources = new ResourceRoutes(backends);
    const named = this.#namePrompts(backends);
    this.#prompts = new Map(named.items.map((item) => [item.item.name, item]));
    const { resources, templates } = this.#resources;
    this.#lists = {
      resources: same(this.#lists.resources, resources),
      resourceTemplates: same(this.#lists.resourceTemplates, templates),
      prompts: same(
        this.#lists.prompts,
        named.items.map(({ item }) => item),
      ),
    };
    this.#tell([...this.#resources.problems, ...named.problems]);
  }

  #namePrompts(backends: readonly Backend[]): ReturnType<typeof nameItems<Backend, Prompt>> {
    const offers = backends.map((server) => ({
      server,
      name: server.name,
      items: server.context.prompts.map((item) => ({ item, original: item.name })),
    }));
    const rules = { ...this.#options.rules, reserved: new Set<string>() };
    return nameItems(offers, rules, { noun: 'prompt' });
  }

  #tell(problems: readonly { readonly server: string; readonly text: string }[]): void {
    const told = new Set<string>();
    for (const { server, text } of problems) {
      const line = `${server} ${text}`;
      if (!this.#told.has(line)) this.#options.onProblem(server, text);
      told.add(line);
    }
    this.#told = told;
  }
}

/** Somebody who wants to hear of a resource, and where it is at the moment. */
interface Follower {
  readonly uri: string;
  readonly listener: () => void;
  backend: Backend | undefined;
  stop: () => void;
}

/** A server that completes nothing is not asked. */
async function complete(backend: Backend, request: ContextRequest, params: JsonObject): Promise<JsonObject> {
  if (backend.context.offers('completions')) return backend.request(request, params);
  return { completion: { values: [], total: 0, hasMore: false } };
}

/** The list as it was where it holds the very same items. */
function same(before: readonly JsonObject[], now: readonly JsonObject[]): readonly JsonObject[] {
  return before.length === now.length && before.every((item, at) => item === now[at]) ? before : now;
}
