/** A small repository with a history, the same at every run, for the jobs to work on. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const AREAS = ['router', 'cache', 'session', 'upload', 'search', 'mailer'];
const CHANGES = [
  'Answer 404 in place of 500 for a name that nobody has',
  'Keep the order in which entries came in',
  'Wait no longer than the deadline of the request',
  'Read the size before the body',
  'Say in the message which field was wrong',
];
const COMMITS = 30;
/** How many of the commits came before the tag v1.0.0. */
const TAGGED_AFTER = 10;

/** Makes it in a folder that is not there yet: six modules, thirty commits, one tag. */
export async function createRepository(folder: string): Promise<void> {
  await mkdir(join(folder, 'src'), { recursive: true });
  await git(folder, 0, 'init', '--quiet', '--initial-branch=main');
  await writeFile(
    join(folder, 'package.json'),
    `${JSON.stringify({ name: 'shop', version: '1.0.0' }, null, 2)}\n`,
  );
  for (let number = 1; number <= COMMITS; number += 1) {
    const area = AREAS[number % AREAS.length] ?? '';
    const change = CHANGES[number % CHANGES.length] ?? '';
    await writeFile(join(folder, 'src', `${area}.js`), moduleText(area, number));
    await git(folder, number, 'add', '--all');
    await git(folder, number, 'commit', '--quiet', '-m', `${area}: ${change}`);
    if (number === TAGGED_AFTER) await git(folder, number, 'tag', 'v1.0.0');
  }
}

function moduleText(area: string, number: number): string {
  const lines = Array.from({ length: 12 }, (_, at) => {
    const revision = number - (at % 3);
    return `export const ${area}${String(at)} = (request) => request.step(${String(revision * (at + 1))});`;
  });
  return `/** The ${area} of the shop. */\n${lines.join('\n')}\n`;
}

/** Dates and authors are fixed, so that hashes are. */
async function git(folder: string, hour: number, ...args: readonly string[]): Promise<void> {
  const date = new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
  const who = { NAME: 'Ada', EMAIL: 'ada@example.com', DATE: date };
  const env = Object.entries(who).flatMap(([key, value]) => [
    [`GIT_AUTHOR_${key}`, value],
    [`GIT_COMMITTER_${key}`, value],
  ]);
  await run('git', ['-c', 'commit.gpgsign=false', ...args], {
    cwd: folder,
    env: { ...process.env, ...Object.fromEntries(env) },
  });
}
