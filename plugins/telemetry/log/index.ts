/** The door of the log sink. */
export { createLogSink, LOG_LEVELS, type LogOptions } from './log-sink.js';
export { logPlugin as default } from './plugin.js';
