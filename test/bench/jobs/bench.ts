/**
 * The jobs of docs/examples/jobs, done as one script, as single calls, and through the optimizer:
 * `npm run bench:jobs`. Every way must bring the same result and leave the same behind. `-- --only=join` does
 * the jobs whose title has the word.
 */
import { isDeepStrictEqual } from 'node:util';

import type { Job } from './job.js';
import { issues } from './plays/issues.js';
import { rollout } from './plays/rollout.js';
import { join, one } from './plays/shop.js';
import { triage } from './plays/triage.js';
import type { Session } from './session.js';
import { doneIn, WAYS, type Done, type Way } from './ways.js';

const LATENCIES_MS = [0, 50, 200];
/** What a turn of a model is taken to last: an assumption, for the computed column alone. */
const TURN_SECONDS = 2;

const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length) ?? '';
const jobs = [triage, rollout, issues, join, one].filter(({ title }) => title.includes(only));

console.log('| | turns | calls | bytes | tokens | tokens read | 0 ms | 50 ms | 200 ms | with a model |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
// A first time that is not counted: nobody pays for what V8 compiles.
for (const job of jobs) for (const way of WAYS) await doneIn(way, job, 0);
for (const job of jobs) await compare(job);

async function compare(job: Job): Promise<void> {
  console.log(`| **${job.title}** | | | | | | | | | |`);
  let first: Done | undefined;
  for (const way of WAYS) {
    const sessions: Session[] = [];
    for (const latencyMs of LATENCIES_MS) {
      const done = await doneIn(way, job, latencyMs);
      first ??= done;
      mustBeSame(way, first, done);
      sessions.push(done.session);
    }
    tell(way, sessions);
  }
}

function mustBeSame(way: Way, first: Done, done: Done): void {
  for (const part of ['result', 'left'] as const) {
    if (isDeepStrictEqual(first[part], done[part])) continue;
    throw new Error(`${way.title}: another ${part}:\n${JSON.stringify([first[part], done[part]], null, 1)}`);
  }
}

function tell({ title }: Way, sessions: readonly Session[]): void {
  const { transcript, calls, bytes } = sessions[0]!;
  const counted = [transcript.turns, calls, bytes, transcript.once, transcript.read];
  const seconds = sessions.map(({ ms }) => ms / 1000);
  const withModel = seconds.at(-1)! + TURN_SECONDS * transcript.turns;
  const cells = [
    ...counted.map((figure) => figure.toLocaleString('en')),
    ...seconds.map((figure) => `${figure.toFixed(2)} s`),
    `${withModel.toFixed(0)} s`,
  ];
  console.log(`| ${title} | ${cells.join(' | ')} |`);
}
