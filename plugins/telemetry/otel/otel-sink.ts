/** Tells OpenTelemetry of what happens: spans and metrics, on the API alone. */
import {
  ToolscriptError,
  type ContentKind,
  type EventName,
  type StartEvent,
  type TelemetryEvent,
  type TelemetrySink,
  type TraceContext,
} from '../../../core/index.js';
import { Metrics } from './metrics.js';
import { otelSettings, type OtelOptions, type OtelSettings } from './settings.js';
import { Spans } from './spans.js';

/**
 * Makes the sink. Spans and metrics go to the providers that the host registered, else nowhere, and then they
 * cost next to nothing. The providers stay the host's: nothing flushes or closes them. Throws `config/invalid`.
 */
export function createOtelSink(options: OtelOptions = {}): TelemetrySink {
  const { tracerProvider, meterProvider, ...rest } = options;
  const { data, error } = otelSettings.safeParse(rest);
  if (data !== undefined) return new OtelSink({ ...data, tracerProvider, meterProvider });
  const faults = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ToolscriptError({ code: 'config/invalid', message: `tell OpenTelemetry: ${faults.join('; ')}` });
}

/** Which events say something that is told: what begins is opened by `trace`. */
const TAKEN: Readonly<Record<EventName, boolean>> = {
  'service.started': true,
  'request.started': false,
  'request.finished': true,
  'script.started': true,
  'script.refused': true,
  'script.finished': true,
  'tool.queued': false,
  'tool.started': true,
  'tool.called': true,
  'limit.met': true,
  'context.denied': true,
  'tools.found': true,
  'savings.measured': true,
  'catalog.changed': true,
  'index.failed': true,
  'backend.changed': true,
  'sink.changed': true,
  'sink.muted': true,
  'sink.dropped': true,
};

class OtelSink implements TelemetrySink {
  readonly name = 'otel';
  readonly takes = (Object.keys(TAKEN) as EventName[]).filter((name) => TAKEN[name]);
  readonly content: readonly ContentKind[];
  readonly #spans: Spans;
  readonly #metrics: Metrics;

  constructor(settings: OtelSettings & Pick<OtelOptions, 'tracerProvider' | 'meterProvider'>) {
    this.content = settings.content;
    this.#spans = new Spans(settings);
    this.#metrics = new Metrics(settings);
  }

  /** Makes the instruments before anybody waits for an event. */
  attach(): void {
    this.#metrics.prepare();
  }

  /** While the host registered nothing that traces or measures. */
  idle(): boolean {
    return !this.#spans.isTraced && !this.#metrics.isMeasured;
  }

  trace(event: StartEvent): TraceContext | undefined {
    return this.#spans.open(event);
  }

  record(event: TelemetryEvent): void {
    this.#spans.record(event);
    this.#metrics.record(event);
  }

  close(): void {
    this.#spans.close();
    this.#metrics.close();
  }
}
