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
import { FIVE_SERVERS, seventyServers, type Catalogue, type OpenCatalogue } from './catalogues.js';
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
  { title: 'optimizer, all whole', play: searching, scripts: false, front: wholeOptimizer },
  { title: 'optimizer', play: searching, scripts: false, front: (codeMode) => createOptimizer(codeMode) },
  { title: 'optimizer and scripts', play: scripting, scripts: true, front: scriptingOptimizer },
  { title: '… tools found by a script', play: scriptingAll, scripts: true, front: scriptingOptimizer },
];

/** As ToolHive's: each search answers whole definitions. */
function wholeOptimizer(codeMode: CodeMode): CodeMode {
  return createOptimizer(codeMode, { maxTokens: 0 });
}

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
  let first: Done | undefined;
  for (const way of WAYS) {
    const done = await doneIn(way, await catalogue.open(number));
    if (first === undefined) console.log(`\n${done.title}\n${HEAD}`);
    first ??= done;
    if (done.left !== first.left) throw new Error(`${way.title}: the job left something else:\n${done.left}`);
    tell(way.title, done.played, first.played.transcript.once);
  }
}

function tell(title: string, { transcript, missed }: Played, whole: number): void {
  const { listed, called, answered, once, read, turns } = transcript;
  const figures = [listed, called, answered, once, Math.round((100 * once) / whole), read, turns];
  const cells = figures.map((figure) => String(figure).padStart(9)).join('');
  const byName = missed.length === 0 ? '' : `   by name: ${missed.join(', ')}`;
  console.log(`${title.padEnd(28)}${cells}${byName}`);
}

/** A job that was done in one of the ways. */
interface Done {
  readonly title: string;
  readonly played: Played;
  readonly left: string;
}

async function doneIn(way: Way, { codeMode, job, left, close }: OpenCatalogue): Promise<Done> {
  const gateway = createGateway({ codeMode: way.front(codeMode), scriptTool: way.scripts });
  const door = await gateway.serveHttp();
  const client = await connected({ url: door.url }, '2026-07-28');
  try {
    return { title: job.title, played: await way.play(client, job), left: await left() };
  } finally {
    await client.close();
    await door.close();
    await close();
  }
}
