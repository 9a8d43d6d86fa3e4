/** The full titles of tests, as mocha would run them; none is run. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');

interface Report {
  readonly tests: readonly { readonly file: string; readonly fullTitle: string }[];
}

/** By file, as it is named from the root. Throws for a file that is not there, or cannot be loaded. */
export function titlesIn(files: readonly string[]): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'titles-'));
  try {
    const output = join(folder, 'titles.json');
    const reporting = ['--reporter', 'json', '--reporter-option', `output=${output}`];
    const how = ['--import', 'tsx', mocha, '--no-package', '--dry-run', ...reporting];
    execFileSync(process.execPath, [...how, ...files], { cwd: root, stdio: 'pipe' });
    const { tests } = JSON.parse(readFileSync(output, 'utf8')) as Report;
    const titles = new Map<string, string[]>();
    for (const { file, fullTitle } of tests) {
      const name = relative(root, file);
      titles.set(name, [...(titles.get(name) ?? []), fullTitle]);
    }
    return titles;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
