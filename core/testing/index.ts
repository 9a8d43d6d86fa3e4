/** What a plugin's author tests with: `toolscript/testing`. */
export type { ContractCheck } from './contract-check.js';
export { DISPATCHER_CHECK_NAMES, dispatcherChecks } from './dispatcher-checks.js';
export type { DispatcherChecksOptions, SampleCall } from './dispatcher-checks.js';
export { HandClock, settled } from './hand-clock.js';
export { RecordingHost } from './recording-host.js';
export type { RecordedCall, RecordingHostOptions } from './recording-host.js';
export { RecordingSink } from './recording-sink.js';
export { RUNTIME_CHECK_NAMES, runtimeChecks } from './runtime-checks.js';
export type { RuntimeChecksOptions } from './runtime-checks.js';
export type { RuntimeScripts } from './runtime-scripts.js';
export { sampleEvents } from './sample-events.js';
export { ScriptedDispatcher, jsonResult, textResult } from './scripted-dispatcher.js';
export type { ScriptedAnswer } from './scripted-dispatcher.js';
export { sinkChecks } from './sink-checks.js';
export type { SinkChecksOptions } from './sink-checks.js';
