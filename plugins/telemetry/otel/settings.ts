/** How the OpenTelemetry sink works, as code says it and as a manifest says it. */
import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { z } from 'zod';

/** What spans may show of what scripts and calls are about. */
export const SPAN_CONTENT = ['script', 'arguments', 'result', 'error'] as const;

/**
 * What a span does with the place in a trace that came from the client: it becomes its child, it links to it,
 * or it knows nothing of it.
 */
export const CLIENT_TRACES = ['parent', 'link', 'ignore'] as const;

/** One of each. */
export type SpanContent = (typeof SPAN_CONTENT)[number];
export type ClientTrace = (typeof CLIENT_TRACES)[number];

/** How to tell of it. */
export interface OtelOptions {
  /** Default: the one that the host registered, before or after. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** The same. */
  readonly meterProvider?: MeterProvider | undefined;
  /** Default: `parent`. */
  readonly clientTrace?: ClientTrace | undefined;
  /** Content that spans carry, each text cut; default: none. It may hold secrets. */
  readonly content?: readonly SpanContent[] | undefined;
  /** Whether ToolHive's metrics are told too. Default: false. */
  readonly toolhiveNames?: boolean | undefined;
  /** How many names of tools, of backends and so on metrics tell apart; the others are `_other`. Default: 200. */
  readonly names?: number | undefined;
  /** How many spans may be open; beyond it the oldest is ended. Default: 10,000. */
  readonly openSpans?: number | undefined;
}

/** All of them said, but for the providers. */
export type OtelSettings = z.output<typeof otelSettings>;

const oneOf = (words: readonly string[]): { error: string } => ({
  error: `wanted one of ${words.join(', ')}`,
});
const wholeNumber = (least: number, greatest: number) => {
  const error = `wanted a whole number from ${least} to ${greatest}`;
  return z.int({ error }).min(least, { error }).max(greatest, { error });
};

/** What a manifest may say. */
export const otelSettings = z.strictObject({
  clientTrace: z
    .enum(CLIENT_TRACES, oneOf(CLIENT_TRACES))
    .default('parent')
    .describe("What spans do with the client's place in a trace."),
  content: z
    .array(z.enum(SPAN_CONTENT, oneOf(SPAN_CONTENT)), { error: 'wanted a list' })
    .default([])
    .describe('What spans show of scripts, arguments, results and errors; it may hold secrets.'),
  toolhiveNames: z
    .boolean({ error: 'wanted true or false' })
    .default(false)
    .describe("Whether metrics are told under ToolHive's names too."),
  names: wholeNumber(1, 10_000)
    .default(200)
    .describe('How many names of tools, of backends and so on metrics tell apart.'),
  openSpans: wholeNumber(1, 1_000_000)
    .default(10_000)
    .describe('How many spans may be open; beyond it the oldest is ended.'),
});
