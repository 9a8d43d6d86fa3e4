/** Answers requests for lists: of tools, resources, resource templates and prompts. */
import type { CodeMode, ContextKind, Json, JsonObject } from '../../core/index.js';
import type { ClientRequest } from './client-request.js';
import { pageOf } from './list-page.js';

interface Listing {
  /** Where the list stands in the result. */
  readonly field: string;
  /** The field by which an entry is known. */
  readonly name: string;
  readonly list: (desk: ListDesk, request: ClientRequest) => Promise<readonly JsonObject[]>;
}

const contextListing = (field: ContextKind, name: string): Listing => ({
  field,
  name,
  list: (desk, { caller }) => desk.codeMode.listContext(field, caller),
});

const LISTINGS: Readonly<Record<string, Listing>> = {
  'tools/list': { field: 'tools', name: 'name', list: (desk, request) => desk.tools(request) },
  'resources/list': contextListing('resources', 'uri'),
  'resources/templates/list': contextListing('resourceTemplates', 'uriTemplate'),
  'prompts/list': contextListing('prompts', 'name'),
};

/**
 * How long a client may go on with a list (2026-07-28, server/utilities/caching): changes are told to those
 * who listen. Lists are the caller's own, never to be shared.
 */
const CACHING = { ttlMs: 60_000, cacheScope: 'private' };

/** The lists of one gateway. */
export class ListDesk {
  readonly codeMode: CodeMode;
  readonly #offersScripts: () => boolean;
  readonly #pageSize: number;

  /** `pageSize` 0 is all at once. */
  constructor(codeMode: CodeMode, offersScripts: () => boolean, pageSize: number) {
    this.codeMode = codeMode;
    this.#offersScripts = offersScripts;
    this.#pageSize = pageSize;
  }

  /** The methods that it answers. */
  static readonly methods = Object.keys(LISTINGS);

  /** One page of the list that the method names. */
  async list(request: ClientRequest): Promise<JsonObject> {
    const { field, name, list } = LISTINGS[request.method]!;
    const entries = await list(this, request);
    const nameOf = (entry: JsonObject): string => JSON.stringify(entry[name] ?? null);
    const { items, nextCursor } = pageOf(entries, nameOf, request.params['cursor'], this.#pageSize);
    return {
      [field]: items as Json,
      ...(nextCursor !== undefined && { nextCursor }),
      ...(request.era === 'modern' && CACHING),
    };
  }

  /** The caller's tools, code mode's own the last; not where the caller may not use it. */
  async tools({ caller }: ClientRequest): Promise<readonly JsonObject[]> {
    const tools = (await this.codeMode.listTools(caller)) as readonly JsonObject[];
    const own = this.#offersScripts() ? await this.codeMode.scriptTool(caller) : undefined;
    return own === undefined ? tools : [...tools, own as JsonObject];
  }
}
