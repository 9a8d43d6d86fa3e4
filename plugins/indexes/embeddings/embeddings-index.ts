/**
 * Finds tools whose meaning is near to that of a query, by the vectors of a service.
 *
 * Vectors are kept by the text that they are of: each text is sent once, whoever has the tool and however
 * often the list changes. A search waits for a while; what it asked for goes on for the next one. After a
 * failure the service is left in peace, and every search that needs it fails at once: other indexes answer.
 */
import {
  LONGEST_QUERY,
  ToolscriptError,
  type Clock,
  type ToolDefinition,
  type ToolIndex,
  type ToolQuery,
} from '../../../core/index.js';
import type { EmbeddingService } from './service.js';
import type { CompleteSettings } from './settings.js';
import { sendable } from './tool-text.js';
import { distanceOf, type Vector } from './vector.js';
import { VectorStore, type Vectors } from './vector-store.js';

/** The index. */
export class EmbeddingsIndex implements ToolIndex {
  readonly name = 'embeddings';
  readonly #settings: CompleteSettings;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  readonly #store: VectorStore;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(settings: CompleteSettings, service: EmbeddingService, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#store = new VectorStore(service, settings, this.#closing.signal);
  }

  /** Rejects with `backend/unavailable`. */
  async search(
    tools: readonly ToolDefinition[],
    { text, keywords = [], limit }: ToolQuery,
  ): Promise<readonly ToolDefinition[]> {
    const query = sendable(text, LONGEST_QUERY) || sendable(keywords.join(' '), LONGEST_QUERY);
    if (query === '' || tools.length === 0) return [];
    const vectors = this.#store.known(tools, query) ?? (await this.#ask(tools, query));
    return this.#nearest(tools, vectors.query, vectors.ofTool).slice(0, limit);
  }

  close(): void {
    this.#closing.abort();
    this.#store.forget();
  }

  async #ask(tools: readonly ToolDefinition[], query: string): Promise<Vectors> {
    if (this.#clock.now() < this.#pausedUntil) throw unavailable('the service failed a short while ago');
    const asked = this.#store.ask(tools, query).catch((thrown: unknown) => {
      this.#pausedUntil = this.#clock.now() + this.#settings.pauseMs;
      throw thrown;
    });
    return this.#inTime(asked);
  }

  async #inTime<T>(asked: Promise<T>): Promise<T> {
    let cancel = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.#clock.after(this.#settings.waitMs, () => {
        reject(unavailable('the service has not answered yet'));
      });
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      cancel();
    }
  }

  #nearest(
    tools: readonly ToolDefinition[],
    query: Vector,
    ofTool: (tool: ToolDefinition) => Vector,
  ): readonly ToolDefinition[] {
    return tools
      .map((tool) => ({ tool, distance: distanceOf(ofTool(tool), query) }))
      .filter(({ distance }) => distance <= this.#settings.maxDistance)
      .sort((a, b) => a.distance - b.distance || (a.tool.name < b.tool.name ? -1 : 1))
      .map(({ tool }) => tool);
  }
}

function unavailable(met: string): ToolscriptError {
  const message = `find by embeddings: ${met}`;
  return new ToolscriptError({ code: 'backend/unavailable', message });
}
