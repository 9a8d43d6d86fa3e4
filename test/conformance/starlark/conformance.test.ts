import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { Misuse, checkoutsFrom } from './arguments.js';
import { Listing, markAt } from './differences.js';
import { runSuites } from './run-suites.js';
import { filesOf } from './suites.js';
import { reportText } from './table.js';

const FILES: Readonly<Record<string, string>> = {
  'go/starlark/testdata/a.star':
    'load("assert.star", "assert")\nassert.eq(1, 1)\n---\n1 // 0 ### "by zero"\n',
  'go/starlark/testdata/time.star': 'nonsense(',
  'go/syntax/testdata/errors.star': 'x = ### "newline"\n',
  'go/syntax/testdata/scan.star': 'x\n',
  'go/resolve/testdata/resolve.star': 'y ### "undefined"\n',
  'bazel/test_suite/testdata/go/b.star': 'assert_eq(1, 1)\n---\nassert_eq(1, 2)\n',
  'bazel/test_suite/testdata/java/c.star': 'f() ### undefined\n',
  'bazel/test_suite/testdata/rust/d.star': 'assert_(True)\n',
};

describe('the conformance command', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'conformance-'));
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  const checkouts = () => ({ starlarkGo: join(folder, 'go'), starlark: join(folder, 'bazel') });

  it('counts chunks and errors by file, and tells what fails', async () => {
    const report = await runSuites(filesOf(checkouts()), new Listing([]));
    expect(
      report.tallies.map(({ file, chunks, passed, failed, expected, met }) => [
        file,
        chunks,
        passed,
        failed,
        expected,
        met,
      ]),
    ).to.deep.equal([
      ['a.star', 2, 2, 0, 1, 1],
      ['errors.star', 1, 1, 0, 1, 1],
      ['scan.star', 1, 1, 0, 0, 0],
      ['resolve.star', 1, 1, 0, 1, 1],
      ['b.star', 2, 1, 1, 0, 0],
      ['c.star', 1, 1, 0, 1, 1],
      ['d.star', 1, 1, 0, 0, 0],
    ]);
    const text = reportText(report);
    expect(text).to.contain('starlark/test_suite/testdata/go/b.star:3 [');
    expect(text).to.match(/^all +9 +8 +0 +1 +4 +4 /m);
  });

  it('passes over what is listed', async () => {
    const mark = markAt(['assert_eq(1, 2)'], 1);
    const listing = new Listing([{ point: 'p', places: { 'starlark/test_suite/testdata/go/b.star': mark } }]);
    const { tallies, failures } = await runSuites(filesOf(checkouts()), listing);
    expect(failures).to.deep.equal([]);
    expect(tallies.find(({ file }) => file === 'b.star')).to.include({ passed: 1, listed: 1, failed: 0 });
    expect(listing.leftOver).to.deep.equal([]);
  });

  it('refuses what it cannot understand', () => {
    const go = join(folder, 'go');
    for (const [args, message] of [
      [[], /^--starlark-go is missing: a checkout of github.com\/google\/starlark-go\nusage: /],
      [['--starlark-go', go], /^--starlark is missing/],
      [['--starlark-go', join(folder, 'none'), '--starlark', go], /none: there is no such folder$/],
      [['--starlark-go', go, '--starlark', go], /no test_suite\/testdata in it/],
      [['--other'], /--other/],
      [['--starlark-go'], /usage: /],
    ] as const) {
      expect(() => checkoutsFrom(args)).to.throw(Misuse, message);
    }
  });

  it('ends with 2 when it cannot run, and with 1 when something fails', async () => {
    const { starlarkGo, starlark } = checkouts();
    expect(await command([])).to.deep.include({ code: 2 });
    const { code, stdout } = await command(['--starlark-go', starlarkGo, '--starlark', starlark]);
    expect(code).to.equal(1);
    expect(stdout).to.contain('1 != 2');
    expect(stdout).to.contain('left out: starlark-go/starlark/testdata/time.star: the time module');
  });
});

function command(args: string[]): Promise<{ code: number; stdout: string }> {
  const script = join(import.meta.dirname, 'conformance.ts');
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--import', 'tsx', script, ...args], (_error, stdout) => {
      resolve({ code: child.exitCode ?? -1, stdout });
    });
  });
}
