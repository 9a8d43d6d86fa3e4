/** The resources and prompts of several sources, as those of one. */
import {
  ToolscriptError,
  type Caller,
  type ContextKind,
  type ContextRequest,
  type ContextSource,
  type JsonObject,
} from '../../../core/index.js';
import { ListMemo } from './list-memo.js';

type List = readonly JsonObject[];

/** By which field an entry is known, and listed once. */
const KEYS: Readonly<Record<ContextKind, string>> = {
  resources: 'uri',
  resourceTemplates: 'uriTemplate',
  prompts: 'name',
};

/** Asks the sources in order: the first that knows what is wanted answers. */
export class JoinedContext implements ContextSource {
  readonly #sources: readonly ContextSource[];
  readonly #lists: Readonly<Record<ContextKind, ListMemo<JsonObject, List>>>;

  constructor(sources: readonly ContextSource[]) {
    this.#sources = sources;
    const memo = (kind: ContextKind) =>
      new ListMemo<JsonObject, List>((lists) => distinct(lists.flat(), KEYS[kind]));
    this.#lists = {
      resources: memo('resources'),
      resourceTemplates: memo('resourceTemplates'),
      prompts: memo('prompts'),
    };
  }

  async list(kind: ContextKind, caller: Caller): Promise<List> {
    const lists = await Promise.all(this.#sources.map(async (source) => source.list(kind, caller)));
    return this.#lists[kind].of(lists);
  }

  async request(request: ContextRequest): Promise<JsonObject> {
    const [first, ...others] = this.#sources;
    let answer = first!.request(request);
    for (const source of others) {
      answer = answer.catch((error: unknown) => {
        if (error instanceof ToolscriptError && error.code === 'context/unknown')
          return source.request(request);
        throw error;
      });
    }
    return answer;
  }

  subscribe(uri: string, listener: () => void): () => void {
    const stops = this.#sources.map((source) => source.subscribe?.(uri, listener));
    return () => {
      for (const stop of stops) stop?.();
    };
  }
}

function distinct(entries: List, key: string): List {
  const seen = new Set<unknown>();
  return entries.filter((entry) => {
    const isNew = !seen.has(entry[key]);
    seen.add(entry[key]);
    return isNew;
  });
}
