/** What a receiver reads in a message of OTLP, whichever way it was written. */
import { fileURLToPath } from 'node:url';
import { loadSync } from 'protobufjs';

/** Attributes by name. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One span. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly durationNs: bigint;
  readonly attributes: Attributes;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** 0 unset, 1 fine, 2 an error. */
  readonly status: number;
  readonly resource: Attributes;
  readonly scope: string;
}

/** One series of one metric. */
export interface ReceivedPoint {
  readonly name: string;
  readonly unit: string;
  /** The value, or how many values a histogram holds. */
  readonly value: number;
  /** Of a histogram. */
  readonly sum?: number;
  readonly attributes: Attributes;
  readonly resource: Attributes;
  readonly scope: string;
}

const root = loadSync(fileURLToPath(new URL('otlp.proto', import.meta.url)));

interface Written {
  resourceSpans?: {
    resource?: Attributed;
    scopeSpans?: { scope?: { name?: string }; spans?: RawSpan[] }[];
  }[];
  resourceMetrics?: {
    resource?: Attributed;
    scopeMetrics?: { scope?: { name?: string }; metrics?: RawMetric[] }[];
  }[];
}
interface Attributed {
  attributes?: { key: string; value?: AnyValue }[];
}
interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: number | string;
  doubleValue?: number;
  arrayValue?: { values?: AnyValue[] };
}
type Id = string | Uint8Array | undefined;
interface RawSpan extends Attributed {
  traceId: Id;
  spanId: Id;
  parentSpanId?: Id;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  links?: { traceId: Id; spanId: Id }[];
  status?: { code?: number };
}
interface RawPoint extends Attributed {
  asDouble?: number;
  asInt?: number | string;
  count?: number | string;
  sum?: number;
}
interface RawMetric {
  name: string;
  unit?: string;
  gauge?: { dataPoints?: RawPoint[] };
  sum?: { dataPoints?: RawPoint[] };
  histogram?: { dataPoints?: RawPoint[] };
}

/** Reads the body of a request. */
export function readMessage(
  signal: 'traces' | 'metrics',
  contentType: string,
  body: Buffer,
): { spans: ReceivedSpan[]; points: ReceivedPoint[] } {
  const message = contentType === 'application/json' ? fromJson(body) : fromProtobuf(signal, body);
  return { spans: spansOf(message), points: pointsOf(message) };
}

function fromJson(body: Buffer): Written {
  return JSON.parse(body.toString()) as Written;
}

function fromProtobuf(signal: 'traces' | 'metrics', body: Buffer): Written {
  const type = root.lookupType(signal === 'traces' ? 'Traces' : 'Metrics');
  return type.toObject(type.decode(body), { longs: String });
}

function spansOf({ resourceSpans = [] }: Written): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ scope, spans = [] }) =>
      spans.map((span) => ({
        traceId: idOf(span.traceId),
        spanId: idOf(span.spanId),
        parentSpanId: idOf(span.parentSpanId),
        name: span.name,
        kind: span.kind,
        durationNs: BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano),
        attributes: attributesOf(span),
        links: (span.links ?? []).map(({ traceId, spanId }) => ({
          traceId: idOf(traceId),
          spanId: idOf(spanId),
        })),
        status: span.status?.code ?? 0,
        resource: attributesOf(resource),
        scope: scope?.name ?? '',
      })),
    ),
  );
}

function pointsOf({ resourceMetrics = [] }: Written): ReceivedPoint[] {
  return resourceMetrics.flatMap(({ resource, scopeMetrics = [] }) =>
    scopeMetrics.flatMap(({ scope, metrics = [] }) =>
      metrics.flatMap(({ name, unit = '', gauge, sum, histogram }) =>
        ((gauge ?? sum ?? histogram)?.dataPoints ?? []).map((point) => ({
          name,
          unit,
          value: Number(point.count ?? point.asInt ?? point.asDouble),
          ...(histogram !== undefined && { sum: point.sum ?? 0 }),
          attributes: attributesOf(point),
          resource: attributesOf(resource),
          scope: scope?.name ?? '',
        })),
      ),
    ),
  );
}

function idOf(id: Id): string {
  return typeof id === 'string' ? id : Buffer.from(id ?? []).toString('hex');
}

function attributesOf({ attributes = [] }: Attributed = {}): Attributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]));
}

function valueOf(value: AnyValue = {}): unknown {
  if (value.arrayValue !== undefined) return (value.arrayValue.values ?? []).map(valueOf);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue;
}
