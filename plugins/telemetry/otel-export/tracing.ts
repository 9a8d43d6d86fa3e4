/** Traces: sampled, batched and sent. */
import type { TracerProvider } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { Sampler, SpanExporter } from '@opentelemetry/sdk-trace-base';

import type { Delivery } from './delivery.js';
import { exporterSettings, type ExporterSettings } from './exporter-settings.js';
import type { OtlpOptions } from './export-options.js';
import { watch } from './sending.js';
import { countVariable, type Target } from './signals.js';
import { SpanQueue } from './span-queue.js';

/** Where spans go, until it is shut down. */
export interface Tracing {
  readonly provider: TracerProvider;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

const DEFAULT_QUEUE_SPANS = 2_048;
const MOST_AT_ONCE = 512;

/** Sends the spans of a resource to a target. */
export async function startTracing(
  target: Target,
  resource: Resource,
  otlp: OtlpOptions,
  delivery: Delivery,
): Promise<Tracing> {
  const { BasicTracerProvider, BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-base');
  const settings = exporterSettings(target, otlp);
  const exporter = await spanExporter(target, settings);
  const most = otlp.queueSpans ?? countVariable('OTEL_BSP_MAX_QUEUE_SIZE') ?? DEFAULT_QUEUE_SPANS;
  const processor = new BatchSpanProcessor(exporter, {
    maxQueueSize: most,
    maxExportBatchSize: Math.min(countVariable('OTEL_BSP_MAX_EXPORT_BATCH_SIZE') ?? MOST_AT_ONCE, most),
    ...(otlp.delayMs !== undefined && { scheduledDelayMillis: otlp.delayMs }),
    ...(otlp.timeoutMs !== undefined && { exportTimeoutMillis: otlp.timeoutMs + GRACE_MS }),
  });
  const queue = new SpanQueue(processor, delivery, most);
  watch(exporter, delivery, ({ length }) => {
    queue.left(length);
    return length;
  });
  const sampler = await samplerOf(otlp);
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [queue],
    ...(sampler !== undefined && { sampler }),
  });
  return {
    provider,
    forceFlush: () => provider.forceFlush(),
    shutdown: () => provider.shutdown(),
  };
}

/** By how much the processor waits longer than the exporter, so that it hears how an export ended. */
const GRACE_MS = 1_000;

async function spanExporter({ protocol }: Target, settings: ExporterSettings): Promise<SpanExporter> {
  const { OTLPTraceExporter } =
    protocol === 'json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter(settings);
}

/** None where the environment decides (`OTEL_TRACES_SAMPLER`); its default keeps every trace that begins here. */
async function samplerOf({ sampleRatio }: OtlpOptions): Promise<Sampler | undefined> {
  if (sampleRatio === undefined) return undefined;
  const { ParentBasedSampler, TraceIdRatioBasedSampler } = await import('@opentelemetry/sdk-trace-base');
  return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) });
}
