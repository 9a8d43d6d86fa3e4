/** What those who compose choose, besides the manifest. */
import type { TelemetrySink } from '../../../core/index.js';
import type { BackendPool } from '../../../plugins/dispatchers/mcp/index.js';
import type { KeptRuntimes } from './kept-runtimes.js';
import type { Report } from './report.js';
import type { Exports } from './telemetry.js';

/** How a manifest is put to work. */
export interface ComposeOptions {
  readonly report: Report;
  /** Which servers the first list of tools waits for: all, or those that start soon; the others come later. */
  readonly servers: 'all' | 'soon';
  /** Offers code mode whatever the manifest says. */
  readonly codeMode?: true | undefined;
  /** Puts the optimizer before it whatever the manifest says. */
  readonly optimizer?: true | undefined;
  /** Where scripts run when the manifest does not say. Default: `none`, in this process. */
  readonly isolation?: 'process' | 'none';
  /** Servers of compositions before, which go on where their configuration is the same. Default: none. */
  readonly pool?: BackendPool;
  /** Processes for scripts of compositions before, which go on where they are made from the same. Default: none. */
  readonly processes?: KeptRuntimes;
  /** What takes events besides the sinks of the manifest; they outlive the composition. */
  readonly sinks?: readonly TelemetrySink[];
  /** Where telemetry is exported. Default: nowhere, whatever the manifest says. */
  readonly exports?: Exports;
}
