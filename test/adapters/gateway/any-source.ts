/** A dispatcher in this process with resources, prompts and tools that tests give it. */
import {
  ToolscriptError,
  type ContextKind,
  type ContextRequest,
  type JsonObject,
  type ToolCall,
  type ToolDispatcher,
  type ToolResult,
} from '../../../core/index.js';

type Lists = Record<ContextKind, readonly JsonObject[]> & { tools: readonly JsonObject[] };

/** What it has, to be changed by tests. */
export class AnySource {
  readonly lists: Lists = { resources: [], resourceTemplates: [], prompts: [], tools: [] };
  /** Requests for context, as they came. */
  readonly asked: ContextRequest[] = [];
  readonly calls: ToolCall[] = [];
  request: (request: ContextRequest) => Promise<JsonObject> = ({ method }) => Promise.reject(unknown(method));
  call: (call: ToolCall) => Promise<ToolResult> = ({ tool }) => Promise.reject(unknown(tool));
  readonly #changes = new Set<() => void>();
  readonly #updates = new Map<string, Set<() => void>>();

  /** Something became another. */
  changed(): void {
    for (const listener of this.#changes) listener();
  }

  /** A resource became another; answers how many were told. */
  updated(uri: string): number {
    const listeners = this.#updates.get(uri) ?? new Set();
    for (const listener of listeners) listener();
    return listeners.size;
  }

  /** How many listen to a resource. */
  listeners(uri: string): number {
    return this.#updates.get(uri)?.size ?? 0;
  }

  get dispatcher(): ToolDispatcher {
    return {
      listTools: () => this.lists.tools as ReturnType<ToolDispatcher['listTools']>,
      callTool: (call) => {
        this.calls.push(call);
        return this.call(call);
      },
      onChange: (listener) => {
        this.#changes.add(listener);
        return () => this.#changes.delete(listener);
      },
      context: {
        list: (kind) => this.lists[kind],
        request: (request) => {
          this.asked.push(request);
          return this.request(request);
        },
        subscribe: (uri, listener) => {
          const listeners = this.#updates.get(uri) ?? new Set();
          this.#updates.set(uri, listeners.add(listener));
          return () => listeners.delete(listener);
        },
      },
    };
  }
}

function unknown(what: string): ToolscriptError {
  return new ToolscriptError({ code: 'context/unknown', message: `${what}: it is not there` });
}
