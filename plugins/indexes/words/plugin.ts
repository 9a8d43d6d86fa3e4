/** The index of words as a manifest names it: `{ "use": "toolscript/plugins/indexes/words" }`. */
import { resolve } from 'node:path';

import { definePlugin, type ConfigSchema, type PluginContext } from '../../../core/index.js';
import type { WordsSettings } from './settings.js';
import { createWordsIndex, type WordsOptions } from './words-index.js';
import { readSynonyms } from './synonym-file.js';

/** Loaded when a manifest has settings to judge: the index itself is there without any. */
const config: ConfigSchema<WordsSettings> = {
  '~standard': {
    version: 1,
    vendor: 'toolscript',
    validate: async (value) => (await import('./settings.js')).settings['~standard'].validate(value),
  },
};

/** The plugin: the file is meant from the manifest's folder. */
export const plugin = definePlugin<'index', WordsSettings>({
  name: 'words',
  kind: 'index',
  config,
  async check({ synonyms }, { folder }) {
    if (synonyms !== undefined) await readSynonyms(resolve(folder, synonyms));
  },
  create: (settings, context) => createWordsIndex(optionsOf(settings, context)),
});

function optionsOf({ synonyms, replaceSynonyms }: WordsSettings, { folder }: PluginContext): WordsOptions {
  return { replaceSynonyms, ...(synonyms !== undefined && { synonymsFile: resolve(folder, synonyms) }) };
}
