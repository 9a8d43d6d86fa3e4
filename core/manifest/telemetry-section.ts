/** The part of the manifest that says where traces and metrics go. */
import { z } from 'zod';

import { CONTENT_KINDS, type ContentKind } from '../event-content.js';

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

const CONTENT_TEXTS: Readonly<Record<ContentKind, string>> = {
  script: 'the text of scripts',
  data: 'the data of scripts',
  arguments: 'the arguments of tool calls',
  argumentHash: 'a hash of the arguments of tool calls',
  result: 'the results of scripts and tool calls',
  logs: 'what scripts print',
  error: 'the messages of errors',
};

const content = z.strictObject(
  Object.fromEntries(
    CONTENT_KINDS.map((kind) => [
      kind,
      z.boolean().default(false).describe(`Whether spans carry ${CONTENT_TEXTS[kind]}.`),
    ]),
  ) as Record<ContentKind, z.ZodDefault<z.ZodBoolean>>,
);

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
  incomingTrace: z
    .enum(['parent', 'link', 'ignore'])
    .default('parent')
    .describe(
      "What a client's own trace is to ours: they go on in it, begin anew with a link to it, or know nothing of it.",
    ),
  toolhiveNames: z
    .boolean()
    .default(false)
    .describe("Whether metrics are told under ToolHive's names too, for its dashboards."),
  content: content
    .prefault({})
    .describe('What spans may carry of what is run. It may hold secrets: all of it is off unless said.'),
});

/** What is told of this service, as the manifest says it. */
export type TelemetrySection = z.output<typeof telemetrySection>;
