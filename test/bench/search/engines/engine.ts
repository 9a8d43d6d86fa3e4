/** What is measured of a search engine, the same way for each. */
import type { ToolDefinition } from '../../../../core/index.js';
import { timed } from '../../timing.js';

/** Answers names of tools, the best first. */
export type Search = (query: string, limit: number) => readonly string[] | Promise<readonly string[]>;

/** A search engine under test. */
export interface Engine {
  /** Makes a list of tools ready to be searched; may keep of an earlier list what it can. */
  index(tools: readonly ToolDefinition[]): Search | Promise<Search>;
}

/** The servers of tools, by the tools' names. */
export type Servers = Readonly<Record<string, string>>;

/** What an engine is asked. */
export interface Job {
  /** By which it is judged how well it finds. */
  readonly tools: readonly ToolDefinition[];
  /** By which it is judged how long it takes. */
  readonly many: readonly ToolDefinition[];
  readonly queries: readonly string[];
  /** What a gateway knows beside the definitions. */
  readonly servers: Servers;
  /** Asked before the clock runs; none of the queries. */
  readonly warmUp: readonly string[];
  readonly limit: number;
}

/** What it answered, and in what time. */
export interface Measured {
  /** Names of tools, for each query. */
  readonly found: readonly (readonly string[])[];
  /** For each query, the least of the rounds; each round asks an index that was never asked it before. */
  readonly queryMs: readonly number[];
  /** From the list of `many` to the first answer, the engine's code being loaded: in a new process. */
  readonly first: Took;
  /** The same in a process that has done it before, the least of the rounds. */
  readonly warm: Took;
  /** The same after one of `many` changed, the least of the rounds. */
  readonly changed: Took;
}

/** How long something took, and how long processors were at it, compilers and garbage collectors too. */
export interface Took {
  readonly ms: number;
  readonly cpuMs: number;
}

/** The least of each figure. */
export function leastOf(all: readonly Took[]): Took {
  return { ms: Math.min(...all.map(({ ms }) => ms)), cpuMs: Math.min(...all.map(({ cpuMs }) => cpuMs)) };
}

const ROUNDS = 5;

/** Runs a job. */
export async function measure(create: () => Engine | Promise<Engine>, job: Job): Promise<Measured> {
  const first = await round(await create(), job);
  const later: Round[] = [];
  for (let number = 1; number < ROUNDS; number += 1) later.push(await round(await create(), job));
  const engine = await create();
  const search = await engine.index(job.tools);
  const found: (readonly string[])[] = [];
  for (const query of job.queries) found.push(await search(query, job.limit));
  return {
    found,
    queryMs: job.queries.map((_, at) => Math.min(...later.map(({ queryMs }) => queryMs[at] ?? Infinity))),
    first: first.index,
    warm: leastOf(later.map(({ index }) => index)),
    changed: leastOf(later.map(({ changed }) => changed)),
  };
}

interface Round {
  readonly index: Took;
  readonly changed: Took;
  readonly queryMs: readonly number[];
}

async function round(engine: Engine, { many, queries, warmUp, limit }: Job): Promise<Round> {
  const tools = structuredClone(many);
  await indexed(engine, tools.slice(0, 1));
  const index = await took(() => indexed(engine, tools));
  const others = tools.map((tool, at) => (at === 0 ? { ...tool, description: 'changed meanwhile' } : tool));
  const changed = await took(() => indexed(engine, others));
  const search = await engine.index(tools);
  for (const query of warmUp) await search(query, limit);
  const queryMs: number[] = [];
  for (const query of queries) queryMs.push((await timed(async () => search(query, limit)))[1]);
  return { index, changed, queryMs };
}

async function indexed(engine: Engine, tools: readonly ToolDefinition[]): Promise<void> {
  const search = await engine.index(tools);
  await search('anything', 1);
}

async function took(act: () => Promise<void>): Promise<Took> {
  const before = process.cpuUsage();
  const [, ms] = await timed(act);
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 };
}
