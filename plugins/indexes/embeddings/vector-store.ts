/** Holds the vectors of tools and of queries, and asks the service for those that are missing. */
import { ToolscriptError, type ToolDefinition } from '../../../core/index.js';
import { KeptVectors } from './kept-vectors.js';
import type { EmbeddingService } from './service.js';
import type { CompleteSettings } from './settings.js';
import { textOfTool } from './tool-text.js';
import type { Vector } from './vector.js';

/** What a search needs. */
export interface Vectors {
  readonly query: Vector;
  /** Of each tool of the list that was asked for. */
  readonly ofTool: (tool: ToolDefinition) => Vector;
}

const MAX_QUERIES = 1_000;

/** Vectors of one service; all are equally long. */
export class VectorStore {
  readonly #service: EmbeddingService;
  readonly #signal: AbortSignal;
  readonly #ofTexts: KeptVectors;
  readonly #ofQueries = new KeptVectors(MAX_QUERIES);
  /** Of definitions that live: found without a hash, and kept as long as they are. */
  #ofTools = new WeakMap<ToolDefinition, Vector>();
  /** One list is asked for at a time, so that no text is asked for twice. */
  #last: Promise<void> = Promise.resolve();
  /** How long vectors must be; when it is not set, as long as the first one. */
  readonly #wanted: number | undefined;
  #length: number | undefined;

  constructor(service: EmbeddingService, { maxVectors, dimensions }: CompleteSettings, signal: AbortSignal) {
    this.#service = service;
    this.#signal = signal;
    this.#ofTexts = new KeptVectors(maxVectors);
    this.#wanted = dimensions;
  }

  /** All that the search needs, when all is there. */
  known(tools: readonly ToolDefinition[], query: string): Vectors | undefined {
    const vector = this.#ofQueries.get(query);
    if (vector === undefined || this.#missing(tools).size > 0) return undefined;
    const ofTools = this.#ofTools;
    return { query: vector, ofTool: (tool) => ofTools.get(tool)! };
  }

  /** Asks for what is missing. Rejects with `backend/unavailable`. */
  async ask(tools: readonly ToolDefinition[], query: string): Promise<Vectors> {
    const asked = this.#last.then(() => this.#fill(tools, query));
    this.#last = asked.catch(() => undefined);
    await asked;
    return this.known(tools, query) ?? this.ask(tools, query);
  }

  forget(): void {
    this.#ofTexts.clear();
    this.#ofQueries.clear();
    this.#ofTools = new WeakMap();
    this.#length = undefined;
  }

  async #fill(tools: readonly ToolDefinition[], query: string): Promise<void> {
    if (this.#ofQueries.get(query) === undefined) {
      const [vector] = await this.#embed([query]);
      this.#ofQueries.set(query, vector!);
    }
    const missing = this.#missing(tools);
    if (missing.size === 0) return;
    const size = await this.#service.batchSize(this.#signal);
    const texts = [...missing.keys()];
    for (let first = 0; first < texts.length; first += size) {
      const batch = texts.slice(first, first + size);
      const vectors = await this.#embed(batch);
      batch.forEach((text, place) => this.#learn(text, missing.get(text)!, vectors[place]!));
    }
  }

  /** Tools without a vector, by their text; those whose text is known get theirs. */
  #missing(tools: readonly ToolDefinition[]): ReadonlyMap<string, readonly ToolDefinition[]> {
    const missing = new Map<string, ToolDefinition[]>();
    for (const tool of tools) {
      if (this.#ofTools.has(tool)) continue;
      const text = textOfTool(tool);
      const kept = this.#ofTexts.get(text);
      const same = missing.get(text);
      if (kept !== undefined) this.#ofTools.set(tool, kept);
      else if (same === undefined) missing.set(text, [tool]);
      else same.push(tool);
    }
    return missing;
  }

  #learn(text: string, tools: readonly ToolDefinition[], vector: Vector): void {
    this.#ofTexts.set(text, vector);
    for (const tool of tools) this.#ofTools.set(tool, vector);
  }

  /** Vectors of another length are those of another model: what was kept is worth nothing beside them. */
  async #embed(texts: readonly string[]): Promise<readonly Vector[]> {
    const vectors = await this.#service.embed(texts, this.#signal);
    const wanted = this.#wanted ?? this.#length ?? vectors[0]!.length;
    if (vectors.some(({ length }) => length !== wanted)) {
      this.forget();
      throw otherLength();
    }
    this.#length = wanted;
    return vectors;
  }
}

function otherLength(): ToolscriptError {
  const message = 'ask for embeddings: got vectors of another length than before';
  return new ToolscriptError({ code: 'backend/unavailable', message });
}
