/** The real SDK of OpenTelemetry, in memory. */
import {
  MeterProvider,
  MetricReader,
  type DataPoint,
  type ExponentialHistogram,
  type Histogram,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
  type TracerConfig,
} from '@opentelemetry/sdk-trace-base';

/** Collects when it is asked to. */
class Reader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** One measured number, or how often and how much of it a histogram saw. */
export interface Point {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: number;
  readonly count?: number;
}

/** A host's SDK. */
export class MemorySdk {
  readonly exporter = new InMemorySpanExporter();
  readonly tracerProvider: BasicTracerProvider;
  readonly #reader = new Reader();
  readonly meterProvider = new MeterProvider({ readers: [this.#reader] });

  constructor(config: TracerConfig = {}) {
    this.tracerProvider = new BasicTracerProvider({
      ...config,
      spanProcessors: [new SimpleSpanProcessor(this.exporter)],
    });
  }

  /** What a sink is given of it. */
  get providers(): Pick<MemorySdk, 'tracerProvider' | 'meterProvider'> {
    return { tracerProvider: this.tracerProvider, meterProvider: this.meterProvider };
  }

  /** The spans that ended. */
  get spans(): readonly ReadableSpan[] {
    return this.exporter.getFinishedSpans();
  }

  /** Those of this name. */
  named(name: string): readonly ReadableSpan[] {
    return this.spans.filter((span) => span.name === name);
  }

  /** The only one of this name. */
  span(name: string): ReadableSpan {
    const found = this.named(name);
    if (found.length !== 1) throw new Error(`${found.length} spans are named ${name}`);
    return found[0]!;
  }

  /** Everything that is measured by now, by metric. */
  async metrics(): Promise<ReadonlyMap<string, readonly Point[]>> {
    const { resourceMetrics, errors } = await this.#reader.collect();
    if (errors.length > 0) throw new AggregateError(errors);
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return new Map(metrics.map((metric) => [metric.descriptor.name, pointsOf(metric)]));
  }

  /** The sum of one metric's points, of those that have all these attributes. */
  async sum(name: string, attributes: Readonly<Record<string, unknown>> = {}): Promise<number> {
    const points = (await this.metrics()).get(name) ?? [];
    const wanted = Object.entries(attributes);
    const chosen = points.filter((point) => wanted.every(([key, value]) => point.attributes[key] === value));
    return chosen.reduce((sum, { value, count }) => sum + (count ?? value), 0);
  }

  async close(): Promise<void> {
    await Promise.all([this.tracerProvider.shutdown(), this.meterProvider.shutdown()]);
  }
}

function pointsOf({ dataPoints }: MetricData): Point[] {
  const points: readonly DataPoint<number | Histogram | ExponentialHistogram>[] = dataPoints;
  return points.map(({ attributes, value }) =>
    typeof value === 'number'
      ? { attributes, value }
      : { attributes, value: value.sum ?? 0, count: value.count },
  );
}
