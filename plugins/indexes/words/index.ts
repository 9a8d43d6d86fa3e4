/** The door of the index of words. */
export { createWordsIndex, withWordsIndex } from './words-index.js';
export type { WordsOptions } from './words-index.js';
export type { SynonymGroup } from './synonym-group.js';
export { plugin as default } from './plugin.js';
