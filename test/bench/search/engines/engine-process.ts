/** One engine in a process of its own: the job comes in over stdin, what was measured goes out over stdout. */
import { json } from 'node:stream/consumers';

import { plainIndex } from '../../../../core/index.js';
import { engineOf } from './tool-index.js';
import { measure, type Engine, type Job, type Servers } from './engine.js';

type Load = (servers: Servers) => Promise<() => Engine | Promise<Engine>>;

/** Loaded only when wanted: one needs a newer Node. */
const ENGINES: Readonly<Record<string, Load>> = {
  minisearch: async () => (await import('./minisearch.js')).createMiniSearch,
  words: async (servers) => {
    const { createWordsIndex } = await import('../../../../plugins/indexes/words/index.js');
    return async () => engineOf(await createWordsIndex(), servers);
  },
  plain: (servers) => Promise.resolve(() => engineOf(plainIndex, servers)),
  fts5: async () => (await import('./fts5.js')).createFts5,
};

const load = ENGINES[process.argv[2] ?? ''];
if (load === undefined) throw new Error(`one of ${Object.keys(ENGINES).join(', ')} is wanted`);
const job = (await json(process.stdin)) as Job;
const measured = await measure(await load(job.servers), job);
process.stdout.write(JSON.stringify(measured));
