/**
 * How well and how fast tools are found, for ours and for what others would use: `npm run bench:search`.
 * `-- --tuning-only` leaves out the half that the search's author does not look at; `--misses` says which
 * queries of the tuning half ours does not answer among the first five; `--prefix=always` puts the server in
 * front of every name, as ToolHive does; `--only=words,fts5` runs some; `--data=` names the folder of the 70 servers' tools.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { toolchain } from '../../conformance/mcp/toolchain.js';
import type { Job, Measured } from './engines/engine.js';
import { placeOf, qualityOf, quantile } from './metrics.js';
import { queriesOf, type Query } from './queries.js';
import type { Half } from './split.js';
import { filledUpTo, liveFolder, liveTools, named, npmTools, type NamedTool } from './tools.js';

/** How many tools `find_tool` answers when nobody says. */
const LIMIT = 8;
/** What index times are of. */
const MANY = 1_000;
const WARM_UP_QUERIES = 200;

/** Whose misses are told. */
const OURS = 'words';

const ENGINES = [
  { engine: 'minisearch', label: 'minisearch, default settings' },
  { engine: 'fts5', label: "SQLite FTS5, as ToolHive's" },
  { engine: 'plain', label: "core's plain index" },
  { engine: 'words', label: 'ours: plugins/indexes/words' },
];

const option = (name: string): string | undefined =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const flag = (name: string): boolean => process.argv.includes(`--${name}`);

const folder = liveFolder(option('data'));
if (folder === undefined) {
  console.log(
    'the 527 tools of 70 servers are not there (--data= or TOOLSCRIPT_LIVEMCPTOOL names their folder)',
  );
  console.log(
    'only queries for the servers from npm are asked: figures do not compare with those of the docs',
  );
}
const live = folder === undefined ? [] : await liveTools(folder);
const tools = named(
  [...live, ...(await npmTools())],
  option('prefix') === 'always' ? 'always' : 'when-needed',
);
const halves: readonly Half[] = flag('tuning-only') ? ['tuning'] : ['tuning', 'held-out'];
for (const half of halves) await judge(half, answerable(await queriesOf(half), tools));

async function judge(half: Half, queries: readonly Query[]): Promise<void> {
  console.log(`\n${half}: ${String(queries.length)} queries over ${String(tools.length)} tools`);
  console.log('hit@1  hit@5  MRR    ms/query: p50   p95    index of 1,000: first   warm   one changed');
  for (const { engine, label } of ENGINES) {
    if (!(option('only') ?? engine).split(',').includes(engine)) continue;
    const measured = await run(engine, jobOf(queries));
    const places = queries.map(({ right }, at) => placeOf(idsOf(measured.found[at] ?? []), right));
    const { hit1, hit5, mrr } = qualityOf(places);
    const quality = [hit1, hit5, mrr].map((share) => share.toFixed(3).padEnd(7)).join('');
    const { queryMs, firstIndexMs, indexMs, changedMs } = measured;
    const query = [quantile(queryMs, 0.5), quantile(queryMs, 0.95)].map((ms) => ms.toFixed(3).padStart(7));
    const index = [firstIndexMs, indexMs, changedMs].map((ms) => ms.toFixed(1).padStart(8));
    console.log(`${quality}${' '.repeat(7)}${query.join('')}${' '.repeat(14)}${index.join('')}   ${label}`);
    if (engine === OURS && half === 'tuning' && flag('misses')) tellMisses(queries, measured);
  }
}

function tellMisses(queries: readonly Query[], { found }: Measured): void {
  for (const [at, { query, right }] of queries.entries()) {
    const ids = idsOf(found[at] ?? []);
    const place = placeOf(ids, right);
    if (place === 1) continue;
    console.log(`  ${place === undefined ? '-' : String(place)}  ${query}\n     wanted ${right.join(', ')}`);
    console.log(`     found  ${ids.slice(0, 5).join(', ')}`);
  }
}

function jobOf(queries: readonly Query[]): Job {
  const definitions = tools.map(({ definition }) => definition);
  const told = definitions.map(({ description = '' }) => description.split(/\s+/u).slice(0, 6).join(' '));
  return {
    tools: definitions,
    many: filledUpTo(MANY, definitions),
    queries: queries.map(({ query }) => query),
    warmUp: told.filter((line) => line !== '').slice(0, WARM_UP_QUERIES),
    limit: LIMIT,
  };
}

/** Without the 70 servers, queries that only they answer are left out. */
function answerable(queries: readonly Query[], known: readonly NamedTool[]): readonly Query[] {
  const ids = new Set(known.map(({ id }) => id));
  return queries.filter(({ right }) => right.some((id) => ids.has(id)));
}

function idsOf(names: readonly string[]): readonly string[] {
  return names.map((name) => tools.find(({ definition }) => definition.name === name)?.id ?? name);
}

async function run(engine: string, job: Job): Promise<Measured> {
  const node = engine === 'fts5' ? (await toolchain()).node22 : process.execPath;
  const file = fileURLToPath(new URL('engines/engine-process.ts', import.meta.url));
  const args = ['--disable-warning=ExperimentalWarning', '--import', 'tsx', file, engine];
  const child = spawn(node, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(job));
  return JSON.parse(await text(child.stdout)) as Measured;
}
