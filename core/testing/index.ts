/** What a plugin's author tests with: `toolscript/testing`. */
export { RecordingSink } from './recording-sink.js';
export { sampleEvents } from './sample-events.js';
export { sinkChecks } from './sink-checks.js';
export type { ContractCheck, SinkChecksOptions } from './sink-checks.js';
