/**
 * The index that finds tools by words. Nothing of it is loaded, and nothing is worked out, before the first
 * search: who never searches pays nothing.
 */
import type { OriginOf, ToolIndex } from '../../../core/index.js';
import { readSynonyms } from './synonym-file.js';
import type { SynonymGroup } from './synonym-group.js';
import type { WordSearch } from './word-search.js';

/** How the index is made. */
export interface WordsOptions {
  /** Synonyms besides those of the package. Default: none. */
  readonly synonyms?: readonly SynonymGroup[] | undefined;
  /** A file of more of them: a JSON object with `groups`, a list of lists of words. */
  readonly synonymsFile?: string | undefined;
  /** Whether the synonyms given stand in place of those of the package. Default: false. */
  readonly replaceSynonyms?: boolean | undefined;
}

const NAME = 'words';

/** Rejects with `config/invalid` when the file of synonyms is none. */
export async function createWordsIndex(options: WordsOptions = {}): Promise<ToolIndex> {
  const { synonyms = [], synonymsFile, replaceSynonyms = false } = options;
  const ofFile = synonymsFile === undefined ? [] : await readSynonyms(synonymsFile);
  const given = [...synonyms, ...ofFile];
  let loading: Promise<WordSearch> | undefined;
  let originOf: OriginOf = () => undefined;
  return {
    name: NAME,
    learn(told) {
      originOf = told;
    },
    async search(tools, query) {
      loading ??= load(given, replaceSynonyms, originOf);
      return (await loading).search(tools, query);
    },
    async close() {
      (await loading)?.close();
    },
  };
}

/** The indexes given, and before them one of words, unless there is one of that name. */
export async function withWordsIndex(indexes: readonly ToolIndex[]): Promise<readonly ToolIndex[]> {
  return indexes.some(({ name }) => name === NAME) ? indexes : [await createWordsIndex(), ...indexes];
}

async function load(
  given: readonly SynonymGroup[],
  isReplaced: boolean,
  originOf: OriginOf,
): Promise<WordSearch> {
  const { WordSearch } = await import('./word-search.js');
  if (isReplaced) return new WordSearch(given, originOf);
  const { OWN_SYNONYMS } = await import('./own-synonyms.js');
  return new WordSearch([...OWN_SYNONYMS, ...given], originOf);
}
