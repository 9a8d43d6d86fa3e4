import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { OPEN_DIALECT, prepare, runStarlark, Builtin } from '../../../../runtimes/starlark/index.js';
import { fails } from '../engine/fails.js';
import type { Value } from '../../../../runtimes/starlark/index.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const BLIND = { ...OPEN_DIALECT, preflight: false };

/** Functions that the programs expect of whoever runs them; nothing is known of their calls. */
const HELPERS = new Map<string, Value>(
  ['assert_eq', 'freeze', 'host', 'list_issues', 'get_issue', 'h'].map((name) => [
    name,
    new Builtin(name, (_thread, args) => args[0] ?? null),
  ]),
);
HELPERS.set('fails', fails);

/** Every chunk and every block of Starlark in the repository. */
function* programs(): Iterable<[place: string, source: string]> {
  for (const file of readdirSync(join(root, 'test/runtimes'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.star') || file.includes('strict')) continue;
    for (const chunk of readFileSync(join(root, 'test/runtimes', file), 'utf8').split(/^---\n/m))
      yield [file, chunk];
  }
  for (const file of readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.md')) continue;
    const text = readFileSync(join(root, 'docs', file), 'utf8');
    for (const match of text.matchAll(/```starlark\n([\s\S]*?)```/g)) yield [file, match[1]!];
  }
}

/** Whether it is refused with preflight, though not without. */
function isRefused(source: string): boolean {
  try {
    prepare(source, { dialect: BLIND, predeclared: HELPERS });
  } catch {
    return false;
  }
  try {
    prepare(source, { predeclared: HELPERS });
    return false;
  } catch {
    return true;
  }
}

describe('preflight over every program of the repository', () => {
  it('refuses only what fails while running, or what tests a failure', async () => {
    const alarms: string[] = [];
    let [seen, refused] = [0, 0];
    for (const [place, source] of programs()) {
      seen++;
      if (!isRefused(source)) continue;
      refused++;
      // A failure that is met on purpose is caught, or said on its line.
      if (/\b(fails|attempt|except|###)/.test(source)) continue;
      const result = await runStarlark(source, { dialect: BLIND, predeclared: HELPERS });
      if (result.ok) alarms.push(`${place}: ${source}`);
    }
    expect(alarms).to.deep.equal([]);
    expect(seen).to.be.greaterThan(100);
    expect(refused).to.be.below(seen / 2);
  });
});
