/** The sinks whose cost is measured, alone and together. */
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { TelemetrySink } from '../../../core/index.js';
import { createAuditSink } from '../../../plugins/telemetry/audit/index.js';
import { createLogSink } from '../../../plugins/telemetry/log/index.js';
import { createOtelSink } from '../../../plugins/telemetry/otel/index.js';

/** Where sinks write to. */
export interface Places {
  readonly folder: string;
  /** The address of a receiver of OTLP. */
  readonly receiver: string;
}

type MakeSinks = (places: Places) => Promise<TelemetrySink[]> | TelemetrySink[];

const nowhere = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
const quiet: MakeSinks = () => [{ name: 'quiet', record: () => undefined }];
const ends: MakeSinks = () => [{ name: 'ends', takes: ['script.finished'], record: () => undefined }];
const logNowhere: MakeSinks = () => [createLogSink({ stream: nowhere() })];
const logFile: MakeSinks = ({ folder }) => [createLogSink({ destination: join(folder, 'log.jsonl') })];
const otelAlone: MakeSinks = () => [createOtelSink()];
const audit: MakeSinks = async ({ folder }) => [await createAuditSink({ file: join(folder, 'audit.jsonl') })];

const otelSdk: MakeSinks = ({ receiver }) => {
  const tracerProvider = new BasicTracerProvider({
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${receiver}/v1/traces` }))],
  });
  const exporter = new OTLPMetricExporter({ url: `${receiver}/v1/metrics` });
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 5_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  return [createOtelSink({ tracerProvider, meterProvider })];
};

const all: MakeSinks = async (places) =>
  (await Promise.all([logFile(places), otelSdk(places), audit(places)])).flat();

/** By the words of the table; `before` is another checkout without sinks. */
export const WAYS: Readonly<Record<string, MakeSinks>> = {
  none: () => [],
  before: () => [],
  'a sink that does nothing': quiet,
  'the same, taking one event': ends,
  'log to nowhere': logNowhere,
  'log to a file': logFile,
  'OTel without SDK': otelAlone,
  'OTel, SDK, OTLP': otelSdk,
  audit,
  'log, OTel, audit': all,
};
