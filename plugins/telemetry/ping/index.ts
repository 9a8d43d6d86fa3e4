/** The door of the adoption ping. */
export { createPingSink, type PingOptions } from './ping-sink.js';
export { previewPing, type PingPreview } from './ping-preview.js';
export { pingPlugin as default } from './plugin.js';
