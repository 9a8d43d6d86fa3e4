/** The door of the OpenTelemetry sink. */
export { METRICS, TOOLHIVE_METRICS, type InstrumentKind, type MetricRow } from './metric-table.js';
export { createOtelSink } from './otel-sink.js';
export { otelPlugin as default } from './plugin.js';
export { RUN_STATUSES, type RunStatus } from './run-status.js';
export {
  CLIENT_TRACES,
  otelSettings,
  SPAN_CONTENT,
  type ClientTrace,
  type OtelOptions,
  type SpanContent,
} from './settings.js';
export { SPANS, type SpanRow } from './span-table.js';
