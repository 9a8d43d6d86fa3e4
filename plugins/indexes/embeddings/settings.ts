/** What the index by embeddings is told: which service, which model, and how long it is waited for. */
import { z } from 'zod';

const whole = (least: number, greatest: number, wanted: string) =>
  z
    .int({ error: `wanted ${wanted}` })
    .min(least, { error: `wanted ${wanted}` })
    .max(greatest, { error: `wanted ${wanted}` });

const text = (wanted: string) =>
  z.string({ error: `wanted ${wanted}` }).min(1, { error: `wanted ${wanted}` });

const OWN_HEADERS: ReadonlySet<string> = new Set(['content-type', 'content-length', 'host', 'accept']);
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;

const header = z
  .string({ error: 'wanted the name of a header' })
  .regex(HEADER_NAME, { error: 'wanted the name of a header' })
  .refine((name) => !OWN_HEADERS.has(name.toLowerCase()), {
    error: 'wanted no header that the index sends itself',
  });

const line = z
  .string({ error: 'wanted a text' })
  .regex(/^[\t\x20-\x7e]{0,4096}$/, { error: 'wanted one line of plain characters' });

/** Judges the settings and fills in what is left out. */
export const embeddingsSettings = z
  .strictObject({
    /** Where the service is, e.g. `https://api.openai.com/v1` or `http://localhost:8080`. */
    service: z
      .url({ protocol: /^https?$/, error: 'wanted an address that starts with http:// or https://' })
      .refine((url) => !hasCredentials(url), { error: 'wanted no name or password in it: set apiKey' }),
    /** What it speaks: `/embeddings` as OpenAI does, or `/embed` of Text Embeddings Inference. */
    provider: z.enum(['openai', 'tei'], { error: 'wanted openai or tei' }).default('tei'),
    /** Needed for openai. */
    model: text('the name of a model').exactOptional(),
    /** Sent as a bearer token. */
    apiKey: z
      .string({ error: 'wanted a key' })
      .regex(/^[\x21-\x7e]{1,4096}$/, { error: 'wanted a key of plain characters' })
      .exactOptional(),
    headers: z
      .record(header, line, {
        error: (issue) =>
          issue.code === 'invalid_key' ? issue.issues[0]?.message : 'wanted an object of headers and texts',
      })
      .default({}),
    /** How long a vector the service is asked for; openai only. */
    dimensions: whole(1, 16_384, 'a whole number up to 16384').exactOptional(),
    /** Texts in one request. Default: what the service says, else 32; 256 for openai. */
    batchSize: whole(1, 2_048, 'a whole number up to 2048').exactOptional(),
    /** Of one request. */
    timeoutMs: whole(1, 600_000, 'milliseconds, up to ten minutes').default(30_000),
    /** Of a query from a tool that is found: cosine, from 0 for alike to 2 for opposite. */
    maxDistance: z
      .number({ error: 'wanted a number from 0 to 2' })
      .min(0, { error: 'wanted a number from 0 to 2' })
      .max(2, { error: 'wanted a number from 0 to 2' })
      .default(1),
    /** How long a search waits; what is under way goes on, for the next one. */
    waitMs: whole(1, 600_000, 'milliseconds, up to ten minutes').default(5_000),
    /** While the service fails, it is left in peace for so long. */
    pauseMs: whole(0, 3_600_000, 'milliseconds, up to an hour').default(15_000),
    /** Vectors of tools that are kept when no list has the tools any more. */
    maxVectors: whole(1, 1_000_000, 'a whole number up to 1000000').default(20_000),
  })
  .refine(({ provider, model }) => provider !== 'openai' || model !== undefined, {
    error: 'wanted a model, which openai needs',
    path: ['model'],
  })
  .refine(({ provider, dimensions }) => provider === 'openai' || dimensions === undefined, {
    error: 'wanted none: only openai is asked for dimensions',
    path: ['dimensions'],
  });

function hasCredentials(url: string): boolean {
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}

/** The settings as they are written. */
export type EmbeddingsSettings = z.input<typeof embeddingsSettings>;
/** The settings with nothing left out. */
export type CompleteSettings = z.output<typeof embeddingsSettings>;
