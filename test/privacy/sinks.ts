/** Every sink that there is: how it is named in a manifest, where its output is, and what it may show. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONTENT_KINDS, type ContentKind, type TelemetryEvent } from '../../core/index.js';
import { createOtelSink, SPAN_CONTENT, type OtelOptions } from '../../plugins/telemetry/otel/index.js';
import { startExport } from '../../plugins/telemetry/otel-export/index.js';
import { createPingSink } from '../../plugins/telemetry/ping/index.js';
import { MemorySdk } from '../plugins/telemetry/otel/memory-sdk.js';
import { Receiver } from '../plugins/telemetry/ping/receiver.js';
import { HandClock } from '../support/hand-clock.js';
import { replay } from './replay.js';
import type { Place } from './secrets.js';

/** The path of a file of this folder. */
export const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** What there is by the end. */
export interface GivenAway {
  readonly folder: string;
  readonly stderr: string;
  /** All bytes that went to a receiver of OTLP, as text. */
  readonly otlp: string;
  /** Every event as it was told, for sinks that are tried afterwards. */
  readonly events: readonly TelemetryEvent[];
}

/** A sink in the manifest, and where its output is. */
export interface SinkRow {
  readonly sink: string;
  readonly plugin?: { readonly use: string; readonly with?: object };
  readonly output: (given: GivenAway) => Promise<string> | string;
  /** A part of what must be there: a sink that writes nothing keeps every secret. */
  readonly shows: string;
}

const LOG = 'toolscript/plugins/telemetry/log';
const AUDIT = 'toolscript/plugins/telemetry/audit';

const file =
  (name: string) =>
  ({ folder }: GivenAway): Promise<string> =>
    readFile(join(folder, name), 'utf8');

/** Every sink as it comes, telling as much as it tells without a setting named for content. */
export const SINKS: readonly SinkRow[] = [
  {
    sink: 'the log',
    plugin: { use: LOG, with: { level: 'debug', destination: 'all.log' } },
    output: file('all.log'),
    shows: '"event":"tool.started"',
  },
  {
    sink: 'a sink of an integrator',
    plugin: { use: beside('recorder.mjs') },
    output: file('events.jsonl'),
    shows: '"name":"tool.started"',
  },
  {
    sink: 'the audit',
    plugin: { use: AUDIT, with: { file: 'audit.jsonl' } },
    output: file('audit.jsonl'),
    shows: '"tool":"structured"',
  },
  {
    sink: 'the spans and metrics of OpenTelemetry',
    output: traced({ toolhiveNames: true }),
    shows: 'tools/call structured',
  },
  {
    sink: 'what the gateway exports by OTLP',
    output: ({ otlp }) => otlp,
    shows: 'tools/call structured',
  },
  {
    sink: 'the page for Prometheus',
    output: scraped,
    shows: 'structured',
  },
  {
    sink: 'the ping',
    output: pinged,
    shows: '"scripts"',
  },
  {
    sink: 'standard error',
    plugin: { use: LOG, with: { level: 'debug' } },
    output: ({ stderr }) => stderr,
    shows: '"event":"tool.started"',
  },
];

/** What each content holds; what a tool answers is its result, whether it calls it an error or not. */
export const CONTENT: Readonly<Record<ContentKind, readonly Place[]>> = {
  script: ['script'],
  data: ['data'],
  arguments: ['argument'],
  argumentHash: [],
  result: ['returned', 'text', 'structured', 'toolError'],
  logs: ['printed'],
  error: ['thrown', 'toolError', 'crash'],
};

/** Sinks with a setting for what they show, told to show one thing each. */
export const SHOWING: readonly (SinkRow & { readonly kind: string; readonly may: readonly Place[] })[] = [
  ...CONTENT_KINDS.map((kind) => ({
    sink: 'the log',
    kind,
    may: CONTENT[kind],
    plugin: {
      use: LOG,
      with: { level: 'debug', destination: `${kind}.log`, content: [kind], contentLength: 10_000 },
    },
    output: file(`${kind}.log`),
    shows: '"event":"tool.started"',
  })),
  ...SPAN_CONTENT.map((kind) => ({
    sink: 'OpenTelemetry',
    kind,
    may: CONTENT[kind],
    output: traced({ content: [kind] }),
    shows: 'tools/call structured',
  })),
  {
    sink: 'the audit',
    kind: 'claims',
    may: ['claim'],
    plugin: { use: AUDIT, with: { file: 'claims.jsonl', claims: ['roles'] } },
    output: file('claims.jsonl'),
    shows: '"tool":"structured"',
  },
];

/** The spans and metrics of what happened, as the SDK hands them to exporters. */
function traced(options: OtelOptions): SinkRow['output'] {
  return async ({ events }) => {
    const sdk = new MemorySdk();
    const sink = createOtelSink({ ...sdk.providers, ...options });
    replay(sink, events);
    const metrics = [...(await sdk.metrics())];
    await sink.close?.();
    const spans = sdk.spans.map(({ name, attributes, events: told, status, links, resource }) => ({
      name,
      attributes,
      told,
      status,
      links,
      resource: resource.attributes,
    }));
    return JSON.stringify({ spans, metrics });
  };
}

/** The page that Prometheus reads after all of it happened. */
async function scraped({ events }: GivenAway): Promise<string> {
  const made = await startExport({ prometheus: { port: 0 } });
  const { tracerProvider, meterProvider, metricsUrl } = made;
  const sink = createOtelSink({ tracerProvider, meterProvider, toolhiveNames: true });
  replay(sink, events);
  const page = await fetch(metricsUrl!);
  const text = await page.text();
  await sink.close?.();
  await made.close();
  return text;
}

/** A ping of an hour in which all of it happened. */
async function pinged({ folder, events }: GivenAway): Promise<string> {
  const receiver = await Receiver.start();
  const clock = new HandClock();
  const env = { HOME: folder, XDG_STATE_HOME: folder };
  const sink = createPingSink({ url: receiver.url, clock, random: () => 0.5, env });
  replay(sink, events);
  await clock.advance(3_600_000);
  await receiver.got(1);
  await sink.close?.();
  await receiver.close();
  return receiver.requests.join('\n');
}
