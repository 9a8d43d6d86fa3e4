/**
 * What passes through a model's context for one job, every tool listed beside an optimizer beside scripts:
 * `npm run bench:tokens`. The jobs are really done, through a client and our gateway. `-- --data=` names the
 * folder of the 70 servers' tools.
 */
import type { Client } from '@modelcontextprotocol/client';

import { createGateway } from '../../../adapters/gateway/index.js';
import { createOptimizer } from '../../../adapters/optimizer-compat/index.js';
import type { CodeMode } from '../../../core/index.js';
import { connected } from '../gateway/processes.js';
import { liveFolder } from '../search/tools.js';
import { FIVE_SERVERS, seventyServers, type Catalogue } from './catalogues.js';
import type { Job } from './jobs/job.js';
import { plainly, scripting, scriptingAll, searching, type Played } from './ways.js';

interface Way {
  readonly title: string;
  readonly play: (client: Client, job: Job) => Promise<Played>;
  readonly scripts: boolean;
  /** What stands before the code mode. */
  readonly front: (codeMode: CodeMode) => CodeMode;
}

const WAYS: readonly Way[] = [
  { title: 'every tool listed', play: plainly, scripts: false, front: (codeMode) => codeMode },
  { title: 'optimizer', play: searching, scripts: false, front: (codeMode) => createOptimizer(codeMode) },
  { title: 'optimizer and scripts', play: scripting, scripts: true, front: scriptingOptimizer },
  { title: '… tools found by a script', play: scriptingAll, scripts: true, front: scriptingOptimizer },
];

function scriptingOptimizer(codeMode: CodeMode): CodeMode {
  return createOptimizer(codeMode, { scripts: true });
}

const HEAD = `${' '.repeat(28)}   listed   called  answers  in all   percent    read    turns`;

const folder = liveFolder(process.argv.find((word) => word.startsWith('--data='))?.slice('--data='.length));
if (folder === undefined)
  console.log('the 527 tools of 70 servers are not there (--data= names their folder): left out');
for (const catalogue of [FIVE_SERVERS, ...(folder === undefined ? [] : [seventyServers(folder)])]) {
  console.log(`\n${catalogue.title}`);
  for (let job = 0; job < catalogue.jobs; job += 1) await compare(catalogue, job);
}

async function compare(catalogue: Catalogue, number: number): Promise<void> {
  let first: number | undefined;
  for (const way of WAYS) {
    const { codeMode, job, close } = await catalogue.open(number);
    if (first === undefined) console.log(`\n${job.title}\n${HEAD}`);
    const { transcript, missed } = await played(way, codeMode, job).finally(close);
    const { listed, called, answered, once, read, turns } = transcript;
    first ??= once;
    const figures = [listed, called, answered, once, Math.round((100 * once) / first), read, turns];
    const cells = figures.map((figure) => String(figure).padStart(9)).join('');
    console.log(
      `${way.title.padEnd(28)}${cells}${missed.length === 0 ? '' : `   by name: ${missed.join(', ')}`}`,
    );
  }
}

async function played(way: Way, codeMode: CodeMode, job: Job): Promise<Played> {
  const gateway = createGateway({ codeMode: way.front(codeMode), scriptTool: way.scripts });
  const front = await gateway.serveHttp();
  const client = await connected({ url: front.url }, '2026-07-28');
  try {
    return await way.play(client, job);
  } finally {
    await client.close();
    await front.close();
  }
}
