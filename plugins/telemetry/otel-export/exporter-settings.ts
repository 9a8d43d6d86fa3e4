/** The options of a target, as the SDK's exporters take them; what is left out they read from the environment. */
import type { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';

import type { OtlpOptions } from './export-options.js';
import type { Target } from './signals.js';

/** The same for every exporter. */
export type ExporterSettings = NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>;

/** Of one signal. */
export function exporterSettings({ url }: Target, otlp: OtlpOptions): ExporterSettings {
  const { headers, timeoutMs, compression } = otlp;
  const settings: ExporterSettings = {
    url,
    userAgent: 'toolscript',
    ...(headers !== undefined && { headers: { ...headers } }),
    ...(timeoutMs !== undefined && { timeoutMillis: timeoutMs }),
  };
  // The type of this one belongs to a package that is not ours to name.
  return Object.assign(settings, compression !== undefined && { compression });
}
