/** The synonyms that come with the package, for what the tools of any catalogue do. */
import own from './synonyms.json' with { type: 'json' };
import type { SynonymGroup } from './synonym-group.js';

/** Those of `synonyms.json`. */
export const OWN_SYNONYMS: readonly SynonymGroup[] = own.groups;
