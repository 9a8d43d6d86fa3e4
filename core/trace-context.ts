/**
 * Where something stands in a distributed trace, in the words of W3C Trace Context and Baggage.
 *
 * MCP carries the same three keys in `_meta`, without a prefix (specification 2026-07-28, SEP-414). They come
 * from outside: what does not fit the recommendations is not there.
 */
import type { JsonObject } from './json.js';

/** A place in a trace. */
export interface TraceContext {
  /** `00-<trace id>-<span id>-<flags>`. */
  readonly traceparent: string;
  /** What tracing systems note for themselves. */
  readonly tracestate?: string;
  /** What the application hands along. */
  readonly baggage?: string;
}

/** What holds the keys: a `_meta`, or HTTP headers by lower-case names. */
type Carrier = Readonly<Record<string, unknown>>;

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const PRINTABLE = /^[\t\x20-\x7e]+$/;
const LONGEST = { tracestate: 512, baggage: 8_192 } as const;

/** The place that a carrier tells; nothing where it tells none, or nonsense. */
export function traceContextOf(carrier: Carrier | undefined): TraceContext | undefined {
  const traceparent = carrier?.['traceparent'];
  if (typeof traceparent !== 'string' || !TRACEPARENT.test(traceparent)) return undefined;
  return Object.freeze({ traceparent, ...listed('tracestate', carrier!), ...listed('baggage', carrier!) });
}

/** A `_meta` that tells this place, whatever it told before. */
export function withTrace(meta: JsonObject | undefined, trace: TraceContext): JsonObject {
  const entries = Object.entries(meta ?? {}).filter(([key]) => key !== 'tracestate');
  return { ...Object.fromEntries(entries), ...trace };
}

/** The trace's id, 32 hexadecimal digits. */
export function traceIdOf({ traceparent }: TraceContext): string {
  return traceparent.slice(3, 35);
}

/** The span's id, 16 hexadecimal digits. */
export function spanIdOf({ traceparent }: TraceContext): string {
  return traceparent.slice(36, 52);
}

function listed(key: keyof typeof LONGEST, carrier: Carrier): Partial<TraceContext> {
  const value = carrier[key];
  const fits = typeof value === 'string' && value.length <= LONGEST[key] && PRINTABLE.test(value);
  return fits ? { [key]: value } : {};
}
