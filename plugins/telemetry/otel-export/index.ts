/** The door of the export of telemetry: OpenTelemetry's SDK, where a process has none of its own. */
export { ExportError, exportFaults, type ExportFault } from './export-fault.js';
export type {
  ExportHost,
  ExportOptions,
  OtlpOptions,
  OtlpProtocol,
  PrometheusOptions,
} from './export-options.js';
export { ExportPool, type ExportLease, type PoolHost } from './export-pool.js';
export { startExport, type TelemetryExport } from './telemetry-export.js';
