/** The OpenTelemetry sink as a manifest names it: `{"use": "toolscript/plugins/telemetry/otel"}`. */
import { definePlugin } from '../../../core/index.js';
import { createOtelSink } from './otel-sink.js';
import { otelSettings, type OtelSettings } from './settings.js';

/** For a process that registers an SDK of its own, e.g. with `--import`. */
export const otelPlugin = definePlugin<'sink', OtelSettings>({
  name: 'otel',
  kind: 'sink',
  config: otelSettings,
  create: (settings) => createOtelSink(settings),
});
