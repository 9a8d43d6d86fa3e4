/**
 * OpenTelemetry's SDK at work: tracer and meter that send by OTLP over HTTP, and are scraped by Prometheus.
 *
 * It is nobody's global SDK. What a receiver does touches nobody: what waits is bounded, and so is the time
 * at the end.
 */
import { metrics, trace, type MeterProvider, type TracerProvider } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';

import type { SinkHost } from '../../../core/index.js';
import { Delivery } from './delivery.js';
import { ExportError, exportFaults } from './export-fault.js';
import type { ExportHost, ExportOptions } from './export-options.js';
import { scrapedMetrics, sentMetrics, startMetering, type MetricReading } from './metering.js';
import { MetricsDoors, type OpenPage } from './metrics-doors.js';
import { resourceOf } from './resource.js';
import { shownUrl, targetsOf, type Target } from './signals.js';
import { startTracing } from './tracing.js';

/** An export at work. */
export interface TelemetryExport {
  /** Where traces are off, the global one: it records nothing unless somebody has set it up. */
  readonly tracerProvider: TracerProvider;
  /** Where metrics are off, the global one. */
  readonly meterProvider: MeterProvider;
  /** Where metrics are scraped. */
  readonly metricsUrl?: string;
  /** Where what goes, in words; empty where nothing is exported. */
  readonly places: readonly string[];
  /** Tells a sink's host that sending fails or works again, and of lost spans: the one that asked last, until the answer is called. */
  tell(listener: SinkHost): () => void;
  /** Sends what waits. Bounded in time; never rejects. */
  flush(): Promise<void>;
  /** Sends what waits and ends, within so many milliseconds, by default `closeMs`. Never rejects. */
  close(withinMs?: number): Promise<void>;
}

/** What an export consists of, each until it is shut down. */
interface Working {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

const DEFAULT_CLOSE_MS = 4_000;

/** Starts one; rejects with an {@link ExportError}. */
export async function startExport(
  options: ExportOptions,
  host: ExportHost = {},
  doors = new MetricsDoors(),
): Promise<TelemetryExport> {
  const faults = await exportFaults(options);
  if (faults.length > 0) throw new ExportError(faults);
  const targets = targetsOf(options);
  if (targets.length === 0 && options.prometheus === undefined) return nothing;
  return new RunningExport(await started(targets, options, host, doors));
}

/** Nothing to export, and nothing loaded for it. */
const nothing: TelemetryExport = {
  get tracerProvider() {
    return trace.getTracerProvider();
  },
  get meterProvider() {
    return metrics.getMeterProvider();
  },
  places: [],
  tell: () => () => undefined,
  flush: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

interface Parts {
  readonly options: ExportOptions;
  readonly host: ExportHost;
  readonly targets: readonly Target[];
  readonly deliveries: readonly Delivery[];
  readonly listeners: Set<SinkHost>;
  readonly tracing: (Working & { readonly provider: TracerProvider }) | undefined;
  readonly metering: (Working & { readonly provider: MeterProvider }) | undefined;
  readonly page: OpenPage | undefined;
}

async function started(
  targets: readonly Target[],
  options: ExportOptions,
  host: ExportHost,
  doors: MetricsDoors,
): Promise<Parts> {
  const listeners = new Set<SinkHost>();
  const latest = (): SinkHost | undefined => [...listeners].at(-1);
  const told: SinkHost = {
    changed: (up, reason) => latest()?.changed(up, reason),
    dropped: (spans, reason) => latest()?.dropped(spans, reason),
  };
  const [traced, measured] = (['traces', 'metrics'] as const).map((wanted) => {
    const target = targets.find(({ signal }) => signal === wanted);
    const what = `sending ${wanted} to ${target === undefined ? '' : shownUrl(target.url)}`;
    return target && { target, delivery: new Delivery(what, host, told) };
  });
  const resource = await resourceOf(options);
  const scraped = options.prometheus && (await scrapedMetrics());
  // The listener first: nothing else can fail, and would have to be shut down again.
  const page = scraped?.text && (await doors.open(options.prometheus!, scraped.text));
  const otlp = options.otlp ?? {};
  const sent = measured && (await sentMetrics(measured.target, otlp, measured.delivery));
  return {
    options,
    host,
    targets,
    deliveries: [traced, measured].flatMap((signal) => signal?.delivery ?? []),
    listeners,
    tracing: traced && (await startTracing(traced.target, resource, otlp, traced.delivery)),
    metering: await meteringOf(resource, [sent, scraped]),
    page,
  };
}

async function meteringOf(
  resource: Resource,
  readings: readonly (MetricReading | undefined)[],
): Promise<Parts['metering']> {
  const made = readings.filter((reading) => reading !== undefined);
  return made.length === 0 ? undefined : startMetering(resource, made);
}

class RunningExport implements TelemetryExport {
  readonly tracerProvider: TracerProvider;
  readonly meterProvider: MeterProvider;
  readonly metricsUrl?: string;
  readonly #parts: Parts;
  #closing: Promise<void> | undefined;
  #isGivenUp = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.tracerProvider = parts.tracing?.provider ?? nothing.tracerProvider;
    this.meterProvider = parts.metering?.provider ?? nothing.meterProvider;
    if (parts.page !== undefined) this.metricsUrl = parts.page.url;
  }

  get places(): readonly string[] {
    const { targets, page } = this.#parts;
    const sent = targets.map(({ signal, url }) => `${signal} to ${shownUrl(url)}`);
    return page === undefined ? sent : [...sent, `metrics at ${page.url}`];
  }

  tell(listener: SinkHost): () => void {
    this.#parts.listeners.add(listener);
    return () => this.#parts.listeners.delete(listener);
  }

  async flush(): Promise<void> {
    await this.#inTime(this.#closeMs, (part) => part.forceFlush());
  }

  close(withinMs = this.#closeMs): Promise<void> {
    return (this.#closing ??= this.#close(withinMs));
  }

  get #closeMs(): number {
    return this.#parts.options.closeMs ?? DEFAULT_CLOSE_MS;
  }

  async #close(withinMs: number): Promise<void> {
    await this.#inTime(withinMs, (part) => part.shutdown());
    for (const delivery of this.#parts.deliveries) delivery.tellLost();
    await this.#parts.page?.close();
  }

  /** What fails was told by its delivery. */
  async #inTime(ms: number, work: (part: Working) => Promise<void>): Promise<void> {
    const { tracing, metering, host } = this.#parts;
    const works = [tracing, metering].flatMap((part) => (part === undefined ? [] : [work(part)]));
    const done = Promise.allSettled(works).then(() => true as const);
    const isInTime = await orTimeout(done, ms);
    if (isInTime || this.#isGivenUp) return;
    this.#isGivenUp = true;
    host.report?.(`telemetry: what was sent last was not answered within ${String(ms)} ms`);
  }
}

async function orTimeout(done: Promise<true>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const isDone = await Promise.race([done, late]);
  clearTimeout(timer);
  return isDone;
}
