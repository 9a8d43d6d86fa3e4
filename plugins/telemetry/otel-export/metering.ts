/** Metrics: counted once, sent from time to time, and read by whoever scrapes. */
import type { MeterProvider } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { IMetricReader, PushMetricExporter } from '@opentelemetry/sdk-metrics';

import type { Delivery } from './delivery.js';
import { exporterSettings, type ExporterSettings } from './exporter-settings.js';
import type { OtlpOptions } from './export-options.js';
import type { MetricsText } from './metrics-door.js';
import { watch } from './sending.js';
import { countVariable, type Target } from './signals.js';

/** Where metrics are counted, until it is shut down. */
export interface Metering {
  readonly provider: MeterProvider;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Who takes metrics; the text to scrape, where there is any. */
export interface MetricReading {
  readonly reader: IMetricReader;
  readonly text?: MetricsText;
}

/** Counts for a resource. */
export async function startMetering(
  resource: Resource,
  readings: readonly MetricReading[],
): Promise<Metering> {
  const { MeterProvider: Provider } = await import('@opentelemetry/sdk-metrics');
  const provider = new Provider({ resource, readers: readings.map(({ reader }) => reader) });
  return {
    provider,
    forceFlush: () => provider.forceFlush(),
    shutdown: () => provider.shutdown(),
  };
}

const DEFAULT_INTERVAL_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 10_000;

/** Sends all metrics to a target every so often. An export that fails loses nothing: the next one tells it all. */
export async function sentMetrics(
  target: Target,
  otlp: OtlpOptions,
  delivery: Delivery,
): Promise<MetricReading> {
  const { PeriodicExportingMetricReader } = await import('@opentelemetry/sdk-metrics');
  const exporter = await metricExporter(target, exporterSettings(target, otlp));
  watch(exporter, delivery, () => 0);
  const interval = otlp.intervalMs ?? countVariable('OTEL_METRIC_EXPORT_INTERVAL') ?? DEFAULT_INTERVAL_MS;
  const timeout = otlp.timeoutMs ?? countVariable('OTEL_METRIC_EXPORT_TIMEOUT') ?? DEFAULT_TIMEOUT_MS;
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: interval,
    exportTimeoutMillis: Math.min(interval, timeout),
  });
  return { reader };
}

async function metricExporter({ protocol }: Target, settings: ExporterSettings): Promise<PushMetricExporter> {
  const { OTLPMetricExporter } =
    protocol === 'json'
      ? await import('@opentelemetry/exporter-metrics-otlp-http')
      : await import('@opentelemetry/exporter-metrics-otlp-proto');
  return new OTLPMetricExporter(settings);
}

/** Metrics as a text in Prometheus' format; whoever asks while one is written gets that one. */
export async function scrapedMetrics(): Promise<MetricReading> {
  const { PrometheusExporter, PrometheusSerializer } = await import('@opentelemetry/exporter-prometheus');
  const reader = new PrometheusExporter({ preventServerStart: true });
  const serializer = new PrometheusSerializer();
  const write = async (): Promise<string> => serializer.serialize((await reader.collect()).resourceMetrics);
  let writing: Promise<string> | undefined;
  const text = (): Promise<string> => (writing ??= write().finally(() => (writing = undefined)));
  return { reader, text };
}
