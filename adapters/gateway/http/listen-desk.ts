/**
 * Answers `subscriptions/listen` over HTTP. The SDK keeps the stream; each stream has a bus of its own, on
 * which it is told what concerns its caller and no other.
 */
import { createMcpHandler, InMemoryServerEventBus, type McpHttpHandler } from '@modelcontextprotocol/server';

import type { Caller } from '../../../core/index.js';
import { followResource } from '../followed-resource.js';
import { narrowToReadable, type ListenMessage } from '../listen-filter.js';
import { watchLists, type Watched } from '../list-watch.js';
import { protocolServer, type Served } from '../protocol-server.js';

const MAX_STREAMS = 1_024;

const EVENTS = {
  tools: 'tools_list_changed',
  resources: 'resources_list_changed',
  prompts: 'prompts_list_changed',
} as const satisfies Record<Watched, string>;

/** How streams are kept. */
export interface ListenOptions {
  /** How often a stream that has nothing to tell says that it is there. Milliseconds; 0 is never. */
  readonly keepAliveMs: number;
  readonly onerror: (error: Error) => void;
}

/** The streams of one endpoint. */
export class ListenDesk {
  readonly #served: Served;
  readonly #options: ListenOptions;
  readonly #streams = new Set<McpHttpHandler>();

  constructor(served: Served, options: ListenOptions) {
    this.#served = served;
    this.#options = options;
  }

  /** Opens a stream, which ends with the request's signal or the desk; or answers what is wrong. */
  async open(request: Request, asked: ListenMessage, caller: Caller): Promise<Response> {
    const { codeMode } = this.#served;
    const bus = new InMemoryServerEventBus(this.#options.onerror);
    const handler = createMcpHandler(() => protocolServer(this.#served, 'modern'), {
      ...this.#options,
      bus,
      legacy: 'reject',
      maxSubscriptions: this.#streams.size < MAX_STREAMS ? 1 : 0,
    });
    const { message, uris } = await narrowToReadable(asked, codeMode, caller);
    const response = await handler.fetch(request, { parsedBody: message });
    if (response.headers.get('content-type') !== 'text/event-stream') return response;
    const stops = [
      watchLists(
        this.#served,
        () => caller,
        (list) => bus.publish({ kind: EVENTS[list] }),
      ),
      ...uris.map((uri) =>
        followResource(codeMode, {
          uri,
          caller,
          tell: () => bus.publish({ kind: 'resource_updated', uri }),
        }),
      ),
    ];
    this.#streams.add(handler);
    const end = (): void => {
      this.#streams.delete(handler);
      for (const stop of stops.splice(0)) stop();
    };
    request.signal.addEventListener('abort', end, { once: true });
    if (request.signal.aborted) end();
    return response;
  }

  /** Ends all streams as the protocol ends them; what watches for them ends with their requests. */
  async close(): Promise<void> {
    await Promise.all([...this.#streams].map((handler) => handler.close()));
  }
}
