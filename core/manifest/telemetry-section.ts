/** The part of the manifest that says where traces and metrics go. */
import { z } from 'zod';

const text = () => z.string().min(1);
const DAY_MS = 86_400_000;

const duration = (description: string) => z.int().min(1).max(DAY_MS).exactOptional().describe(description);

const endpoint = () =>
  text().refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), {
    error: 'an address that starts with http:// or https://',
  });

const otlp = z.strictObject({
  endpoint: endpoint()
    .exactOptional()
    .describe(
      'The receiver, to which /v1/traces and /v1/metrics are added. Default: OTEL_EXPORTER_OTLP_ENDPOINT, else http://localhost:4318.',
    ),
  protocol: z
    .enum(['protobuf', 'json'])
    .exactOptional()
    .describe('How OTLP is written over HTTP. Default: OTEL_EXPORTER_OTLP_PROTOCOL, else protobuf.'),
  headers: z
    .record(text(), z.string())
    .exactOptional()
    .describe('HTTP headers to send along, e.g. Authorization, beside those of OTEL_EXPORTER_OTLP_HEADERS.'),
  compression: z
    .enum(['gzip', 'none'])
    .exactOptional()
    .describe('Default: OTEL_EXPORTER_OTLP_COMPRESSION, else none.'),
  traces: z.boolean().exactOptional().describe('Whether traces are sent. Default true.'),
  metrics: z.boolean().exactOptional().describe('Whether metrics are sent. Default true.'),
  sampleRatio: z
    .number()
    .min(0)
    .max(1)
    .exactOptional()
    .describe(
      'How many of the traces that begin here are kept, 0 to 1; of others their beginner decided. Default: OTEL_TRACES_SAMPLER, else 1.',
    ),
  intervalMs: duration('Milliseconds between two exports of metrics. Default 60,000.'),
  delayMs: duration('Milliseconds that a finished span waits for others at the most. Default 5,000.'),
  timeoutMs: duration('Milliseconds that one export may take, repetitions included. Default 10,000.'),
  queueSpans: z
    .int()
    .min(1)
    .max(1_000_000)
    .exactOptional()
    .describe('How many finished spans may wait; what comes beyond is lost, and counted. Default 2,048.'),
});

const prometheus = z.strictObject({
  host: text().exactOptional().describe('Where to listen for scrapes. Default 127.0.0.1.'),
  port: z
    .int()
    .min(0)
    .max(65_535)
    .exactOptional()
    .describe('The port to listen on; 0 takes a free one, and says which. Default 9464.'),
  path: z
    .string()
    .refine((path) => path.startsWith('/'), { error: 'a path that starts with /' })
    .exactOptional()
    .describe('The path that answers. Default /metrics.'),
  allowedHosts: z
    .array(text())
    .exactOptional()
    .describe('Host names, without port, by which scrapers may come, beside localhost and plain addresses.'),
});

/** What is told of this service, how, and to whom. */
export const telemetrySection = z.strictObject({
  serviceName: text()
    .exactOptional()
    .describe('What telemetry calls this service. Default: OTEL_SERVICE_NAME, else toolscript.'),
  attributes: z
    .record(text(), z.union([z.string(), z.number(), z.boolean()]))
    .exactOptional()
    .describe('Further attributes of the resource, e.g. deployment.environment.name.'),
  otlp: otlp
    .exactOptional()
    .describe(
      'Sends traces and metrics by OTLP over HTTP. Default: only where OTEL_EXPORTER_OTLP_ENDPOINT is set.',
    ),
  prometheus: prometheus.exactOptional().describe('Lets Prometheus scrape the metrics.'),
  clientTrace: z
    .enum(['parent', 'link', 'ignore'])
    .default('parent')
    .describe(
      "What spans do with the client's place in a trace: become its children, link to it, or know nothing of it.",
    ),
  toolhiveNames: z
    .boolean()
    .default(false)
    .describe("Whether metrics are told under ToolHive's names too, for its dashboards."),
  content: z
    .array(z.enum(['script', 'arguments', 'result', 'error']))
    .default([])
    .describe('What spans show of scripts and calls. It may hold secrets: none of it unless named.'),
});

/** What is told of this service, as the manifest says it. */
export type TelemetrySection = z.output<typeof telemetrySection>;
