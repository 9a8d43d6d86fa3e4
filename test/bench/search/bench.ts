/**
 * How well and how fast tools are found, for ours and for what others would use: `npm run bench:search`.
 * `-- --tuning-only` leaves out the half that the search's author does not look at; `--misses` says which
 * queries of the tuning half ours does not answer in the first place; `--prefix=always` puts the server in
 * front of every name, as ToolHive does; `--only=words,fts5` runs some; `--data=` names the folder of the 70 servers' tools.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { toolchain } from '../../conformance/mcp/toolchain.js';
import { leastOf, type Job, type Measured } from './engines/engine.js';
import { placeOf, qualityOf, quantile } from './metrics.js';
import { queriesOf, type Query } from './queries.js';
import type { Half } from './split.js';
import { filledUpTo, liveFolder, liveTools, named, npmTools } from './tools.js';

/** How many tools `find_tool` answers when nobody says. */
const LIMIT = 8;
/** What index times are of. */
const MANY = 1_000;
const WARM_UP_QUERIES = 200;
const PROCESSES = 3;

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
const asked = (await Promise.all(halves.map((half) => queriesOf(half)))).map(answerable);
const queries = asked.flat();
const engines = ENGINES.filter(({ engine }) => (option('only') ?? engine).split(',').includes(engine));
const measured = new Map<string, Measured>();
for (const { engine } of engines) measured.set(engine, await measuredOf(engine, jobOf(queries)));
for (const [at, half] of halves.entries()) tellQuality(half, asked[at] ?? []);
tellSpeed();

function tellQuality(half: Half, own: readonly Query[]): void {
  console.log(`\n${half}: ${String(own.length)} queries over ${String(tools.length)} tools`);
  console.log('  hit@1    hit@5      MRR');
  for (const { engine, label } of engines) {
    const found = own.map((query) => idsOf(measured.get(engine)?.found[queries.indexOf(query)] ?? []));
    const { hit1, hit5, mrr } = qualityOf(own.map(({ right }, at) => placeOf(found[at] ?? [], right)));
    console.log(`${cells([hit1, hit5, mrr], 3)}   ${label}`);
    if (engine === OURS && half === 'tuning' && flag('misses')) tellMisses(own, found);
  }
}

function tellSpeed(): void {
  console.log(`\nms, the least of ${String(PROCESSES)} processes, over ${String(MANY)} tools`);
  console.log(' query: p50    p95   index: first,     cpu,     warm,     cpu, one changed');
  for (const { engine, label } of engines) {
    const figures = measured.get(engine);
    if (figures === undefined) continue;
    const { queryMs, first, warm, changed } = figures;
    const query = cells([quantile(queryMs, 0.5), quantile(queryMs, 0.95)], 3);
    console.log(`${query}${cells([first.ms, first.cpuMs, warm.ms, warm.cpuMs, changed.ms], 1)}   ${label}`);
  }
}

function cells(figures: readonly number[], digits: number): string {
  return figures.map((figure) => figure.toFixed(digits).padStart(9)).join('');
}

function tellMisses(own: readonly Query[], found: readonly (readonly string[])[]): void {
  for (const [at, { query, right }] of own.entries()) {
    const ids = found[at] ?? [];
    const place = placeOf(ids, right);
    if (place === 1) continue;
    console.log(`  ${place === undefined ? '-' : String(place)}  ${query}\n     wanted ${right.join(', ')}`);
    console.log(`     found  ${ids.slice(0, 5).join(', ')}`);
  }
}

function jobOf(all: readonly Query[]): Job {
  const definitions = tools.map(({ definition }) => definition);
  const told = definitions.map(({ description = '' }) => description.split(/\s+/u).slice(0, 6).join(' '));
  return {
    tools: definitions,
    many: filledUpTo(MANY, definitions),
    queries: all.map(({ query }) => query),
    servers: Object.fromEntries(tools.map(({ id, definition }) => [definition.name, id.split('/')[0]!])),
    warmUp: told.filter((line) => line !== '').slice(0, WARM_UP_QUERIES),
    limit: LIMIT,
  };
}

/** Without the 70 servers, queries that only they answer are left out. */
function answerable(all: readonly Query[]): readonly Query[] {
  const ids = new Set(tools.map(({ id }) => id));
  return all.filter(({ right }) => right.some((id) => ids.has(id)));
}

function idsOf(names: readonly string[]): readonly string[] {
  return names.map((name) => tools.find(({ definition }) => definition.name === name)?.id ?? name);
}

/** What else the machine does makes times longer, never shorter: the least counts. */
async function measuredOf(engine: string, job: Job): Promise<Measured> {
  const runs: Measured[] = [];
  for (let number = 0; number < PROCESSES; number += 1) runs.push(await run(engine, job));
  return {
    found: runs[0]?.found ?? [],
    queryMs: job.queries.map((_, at) => Math.min(...runs.map(({ queryMs }) => queryMs[at] ?? Infinity))),
    first: leastOf(runs.map(({ first }) => first)),
    warm: leastOf(runs.map(({ warm }) => warm)),
    changed: leastOf(runs.map(({ changed }) => changed)),
  };
}

async function run(engine: string, job: Job): Promise<Measured> {
  const node = engine === 'fts5' ? (await toolchain()).node22 : process.execPath;
  const file = fileURLToPath(new URL('engines/engine-process.ts', import.meta.url));
  const args = ['--disable-warning=ExperimentalWarning', '--import', 'tsx', file, engine];
  const child = spawn(node, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(job));
  return JSON.parse(await text(child.stdout)) as Measured;
}
