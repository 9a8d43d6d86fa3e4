/** Speaks to a service of embeddings, as OpenAI or as Text Embeddings Inference. */
import { isJsonArray, isJsonObject, ToolscriptError } from '../../../core/index.js';
import { HttpExchange } from './http-exchange.js';
import type { CompleteSettings } from './settings.js';
import { vectorOf, type Vector } from './vector.js';

/** Makes vectors of texts. */
export interface EmbeddingService {
  /** How many texts one request may hold. */
  batchSize(signal: AbortSignal): Promise<number>;
  /** A vector for each text, in order. Rejects with `backend/unavailable`. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly Vector[]>;
}

/** The service of these settings. */
export function serviceOf(settings: CompleteSettings): EmbeddingService {
  const exchange = new HttpExchange(settings);
  return settings.provider === 'openai'
    ? openAi(settings, exchange)
    : textEmbeddingsInference(settings, exchange);
}

const OPENAI_BATCH = 256;
const TEI_BATCH = 32;
const LARGEST_BATCH = 2_048;

function openAi(
  { model, dimensions, batchSize = OPENAI_BATCH }: CompleteSettings,
  exchange: HttpExchange,
): EmbeddingService {
  return {
    batchSize: () => Promise.resolve(batchSize),
    async embed(texts, signal) {
      const asked = {
        model,
        input: texts,
        encoding_format: 'float',
        ...(dimensions !== undefined && { dimensions }),
      };
      const answer = await exchange.post('embeddings', asked, signal);
      const data = isJsonObject(answer) ? answer['data'] : undefined;
      if (!isJsonArray(data) || data.length !== texts.length) throw otherCount();
      return inOrder(data).map(vectorOf);
    },
  };
}

/** The place of each is said beside it; where it is not, the order counts. */
function inOrder(data: readonly unknown[]): readonly unknown[] {
  const ordered = new Array<unknown>(data.length);
  data.forEach((item, place) => {
    const { embedding, index = place } = isJsonObject(item) ? item : {};
    if (typeof index === 'number' && index >= 0 && index < data.length) ordered[index] = embedding;
  });
  return ordered;
}

function textEmbeddingsInference({ batchSize }: CompleteSettings, exchange: HttpExchange): EmbeddingService {
  let told: number | undefined = batchSize;
  return {
    async batchSize(signal) {
      told ??= batchOf(await exchange.get('info', signal));
      return told;
    },
    async embed(texts, signal) {
      const answer = await exchange.post('embed', { inputs: texts, truncate: true }, signal);
      if (!isJsonArray(answer) || answer.length !== texts.length) throw otherCount();
      return answer.map(vectorOf);
    },
  };
}

function batchOf(info: unknown): number {
  const size = isJsonObject(info) ? info['max_client_batch_size'] : undefined;
  return typeof size === 'number' && size >= 1 ? Math.min(Math.floor(size), LARGEST_BATCH) : TEI_BATCH;
}

function otherCount(): ToolscriptError {
  const message = 'ask for embeddings: got another number of vectors than of texts';
  return new ToolscriptError({ code: 'backend/unavailable', message });
}
