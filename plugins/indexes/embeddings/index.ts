/** The door of the index by embeddings. */
export { createEmbeddingsIndex, plugin as default } from './plugin.js';
export type { EmbeddingsSettings } from './settings.js';
