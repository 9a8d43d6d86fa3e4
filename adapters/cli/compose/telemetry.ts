/** The section `telemetry` of a manifest: one export for the process, a sink for each composition. */
import { VERSION, type TelemetrySink } from '../../../core/index.js';
import type { Fault, Manifest } from '../../../core/manifest/index.js';
import type { ExportLease, ExportOptions, PoolHost } from '../../../plugins/telemetry/otel-export/index.js';
import { exportingSink } from './exporting-sink.js';
import { refusal } from './refusal.js';
import type { Report } from './report.js';

/** The exports of telemetry of one process. */
export interface Exports {
  lease(options: ExportOptions): Promise<ExportLease>;
}

/** Who hears of exports, and whether Prometheus may scrape them. */
export interface ExportsOptions {
  readonly report: Report;
  /** Takes where telemetry goes, a line each time that it changes. */
  readonly note?: (line: string) => void;
  readonly scraped: boolean;
}

/** What it takes is loaded with the first manifest that exports; what fails is told as of any sink. */
export function createExports({ report, note, scraped }: ExportsOptions): Exports {
  const onStart: PoolHost['onStart'] = ({ places }) => {
    if (places.length > 0) note?.(`exporting ${places.join(', ')}`);
    else report('telemetry goes nowhere: wanted otlp, prometheus or OTEL_EXPORTER_OTLP_ENDPOINT');
  };
  const load = async () => {
    const { ExportPool } = await import('../../../plugins/telemetry/otel-export/index.js');
    return new ExportPool({ onStart });
  };
  let pool: ReturnType<typeof load> | undefined;
  return {
    lease: async ({ prometheus, ...options }) => {
      pool ??= load();
      return (await pool).lease({ ...options, ...(scraped && prometheus !== undefined && { prometheus }) });
    },
  };
}

/** The sink of the section `telemetry`; none without it. Rejects with a {@link ManifestError}. */
export async function exportSinks(
  manifest: Manifest,
  exports: Exports | undefined,
): Promise<TelemetrySink[]> {
  const { telemetry } = manifest;
  if (telemetry === undefined || exports === undefined) return [];
  const { createOtelSink } = await import('../../../plugins/telemetry/otel/index.js');
  const { ExportError } = await import('../../../plugins/telemetry/otel-export/index.js');
  const {
    export: shared,
    flush,
    release,
  } = await exports.lease(exportOptions(telemetry)).catch((error: unknown) => {
    throw error instanceof ExportError ? refusal(manifest, inTelemetry(error.faults), error) : error;
  });
  const { tracerProvider, meterProvider } = shared;
  const { clientTrace, content, toolhiveNames } = telemetry;
  const sink = createOtelSink({ tracerProvider, meterProvider, clientTrace, content, toolhiveNames });
  return [exportingSink(sink, { tell: (host) => shared.tell(host), flush, release })];
}

type Telemetry = NonNullable<Manifest['telemetry']>;

/** What of the section is the export's; the rest is its sink's. */
function exportOptions({ serviceName, attributes, otlp, prometheus }: Telemetry): ExportOptions {
  return {
    serviceVersion: VERSION,
    ...(serviceName !== undefined && { serviceName }),
    ...(attributes !== undefined && { attributes }),
    ...(otlp !== undefined && { otlp }),
    ...(prometheus !== undefined && { prometheus }),
  };
}

/** What speaks against the section, found before anything starts. */
export async function telemetryFaults({ telemetry }: Manifest): Promise<Fault[]> {
  if (telemetry === undefined) return [];
  const { exportFaults } = await import('../../../plugins/telemetry/otel-export/index.js');
  return inTelemetry(await exportFaults(exportOptions(telemetry)));
}

function inTelemetry(faults: readonly Fault[]): Fault[] {
  return faults.map(({ path, message }) => ({ path: ['telemetry', ...path], message }));
}
