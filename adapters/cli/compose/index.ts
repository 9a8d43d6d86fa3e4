/**
 * The composition root: the one room that opens every door and chooses who does what.
 *
 * The MCP packages take longer to load than most scripts to run: they are loaded where they are needed.
 */
export type { TrailReport } from '../../../plugins/telemetry/audit/index.js';
export type { PingPreview } from '../../../plugins/telemetry/ping/index.js';
export type {
  Authenticator,
  CodeModeSwitch,
  DrainOptions,
  Gateway,
  HttpOptions,
} from '../../gateway/index.js';
export type { RunRecorder } from '../../console/record/index.js';
export type { ConsoleDoor } from '../../console/server/index.js';
export { verifyAudit } from './audit.js';
export { createRecorder, createRunFiles, openConsole, type RunFiles } from './console.js';
export type { ComposeOptions } from './compose-options.js';
export { compose, withComposition, type Composition } from './composition.js';
export { createPool } from './dispatchers.js';
export { createSwitch, openAuthenticator, openGateway } from './gateway.js';
export { KeptRuntimes } from './kept-runtimes.js';
export { previewPing } from './ping.js';
export { plan } from './plan.js';
export { refusal } from './refusal.js';
export type { Report } from './report.js';
export { createExports, type Exports } from './telemetry.js';
