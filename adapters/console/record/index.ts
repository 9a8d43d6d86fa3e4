/** The door of the console's memory. */
export { RunRecorder, type RecorderChange, type RecorderOptions } from './run-recorder.js';
