/** What is measured of a search engine, the same way for each. */
import type { ToolDefinition } from '../../../../core/index.js';
import { median, timed } from '../../timing.js';

/** Answers names of tools, the best first. */
export type Search = (query: string, limit: number) => readonly string[] | Promise<readonly string[]>;

/** A search engine under test. */
export interface Engine {
  /** Makes a list of tools ready to be searched; may keep of an earlier list what it can. */
  index(tools: readonly ToolDefinition[]): Search | Promise<Search>;
}

/** What an engine is asked. */
export interface Job {
  /** By which it is judged how well it finds. */
  readonly tools: readonly ToolDefinition[];
  /** By which it is judged how long it takes. */
  readonly many: readonly ToolDefinition[];
  readonly queries: readonly string[];
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
  /** From the list of `many` to the first answer: in a new process, and the middle of the later rounds. */
  readonly firstIndexMs: number;
  readonly indexMs: number;
  /** The same after one of `many` changed; the middle of the rounds. */
  readonly changedMs: number;
}

const ROUNDS = 7;

/** Runs a job. */
export async function measure(create: () => Engine | Promise<Engine>, job: Job): Promise<Measured> {
  const rounds: Round[] = [];
  for (let number = 0; number < ROUNDS; number += 1) rounds.push(await round(await create(), job));
  const [first, ...later] = rounds;
  const engine = await create();
  const search = await engine.index(job.tools);
  const found: (readonly string[])[] = [];
  for (const query of job.queries) found.push(await search(query, job.limit));
  return {
    found,
    queryMs: job.queries.map((_, at) => Math.min(...rounds.map(({ queryMs }) => queryMs[at] ?? Infinity))),
    firstIndexMs: first?.indexMs ?? Number.NaN,
    indexMs: median(later.map(({ indexMs }) => indexMs)),
    changedMs: median(later.map(({ changedMs }) => changedMs)),
  };
}

interface Round {
  readonly indexMs: number;
  readonly changedMs: number;
  readonly queryMs: readonly number[];
}

async function round(engine: Engine, { many, queries, warmUp, limit }: Job): Promise<Round> {
  const tools = structuredClone(many);
  const [, indexMs] = await timed(() => indexed(engine, tools));
  const changed = tools.map((tool, at) => (at === 0 ? { ...tool, description: 'changed meanwhile' } : tool));
  const [, changedMs] = await timed(() => indexed(engine, changed));
  const search = await engine.index(tools);
  for (const query of warmUp) await search(query, limit);
  const queryMs: number[] = [];
  for (const query of queries) queryMs.push((await timed(async () => search(query, limit)))[1]);
  return { indexMs, changedMs, queryMs };
}

async function indexed(engine: Engine, tools: readonly ToolDefinition[]): Promise<void> {
  const search = await engine.index(tools);
  await search('anything', 1);
}
