/** The queries, with the answers that a fair judge accepts; written before any search was measured. */
import { readFile } from 'node:fs/promises';

import type { Half } from './split.js';

/** What somebody looks for, and the tools that do it, as `server/tool`. */
export interface Query {
  readonly query: string;
  readonly right: readonly string[];
}

/** The queries of one half. */
export async function queriesOf(half: Half): Promise<readonly Query[]> {
  const text = await readFile(new URL(`${half}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as readonly Query[];
}
