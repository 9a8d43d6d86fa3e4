import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { NEW_KINDS } from '../../adapters/cli/new-package/package-files.js';
import { follow } from '../adapters/cli/memory-terminal.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the begun package is tried with, and what comes of it. */
const TRIES: Readonly<Record<string, { readonly args: readonly string[]; readonly out: RegExp }>> = {
  runtime: {
    args: ['hello.txt', '--data', '{"greeting": "hi"}'],
    out: /"greeting": "hi",\s+"times": 2/,
  },
  sink: { args: ['hello.star'], out: /hello[^]*own-sink: 1 scripts/ },
  dispatcher: { args: ['hello.star'], out: /Hello, Ada!/ },
  policy: { args: ['hello.star'], out: /hello/ },
  index: { args: ['hello.star'], out: /hello/ },
};

describe('a package that is begun', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-new-'));
    await mkdir(join(folder, 'node_modules'));
    await symlink(root, join(folder, 'node_modules/toolscript'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  for (const kind of NEW_KINDS) {
    it(`of a ${kind} keeps its contract, and is found by its path and by its name`, async () => {
      const name = `own-${kind}`;
      const dir = join(folder, name);
      const begun = await follow(['new', kind, name, '--dir', dir]);
      expect([begun.code, begun.out.trim().split('\n')]).to.deep.equal([
        0,
        (await readdir(dir)).sort().map((file) => join(dir, file)),
      ]);
      for (const file of await readdir(dir))
        expect(await readFile(join(dir, file), 'utf8')).not.to.contain(`my-${kind}`);
      const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
      const tested = await run(process.execPath, ['--test'], { cwd: dir, env });
      expect(tested.stdout).to.match(/# fail 0/);
      await symlink(dir, join(folder, 'node_modules', name));
      await writeFile(
        join(folder, `${name}.json`),
        JSON.stringify({
          ...(kind === 'runtime' && { codeMode: { runtime: name } }),
          plugins: [{ use: name }],
        }),
      );
      for (const manifest of ['toolscript.json', `../${name}.json`]) {
        const main = join(root, 'dist/adapters/cli/main.js');
        const args = [main, 'run', ...TRIES[kind]!.args, '-c', manifest];
        const { stdout, stderr } = await run(process.execPath, args, { cwd: dir });
        expect(stdout + stderr).to.match(TRIES[kind]!.out);
      }
    });
  }
});

describe('the example of a runtime', () => {
  it('is a whole language in less than 150 lines', async () => {
    const text = await readFile(join(root, 'docs/examples/plugins/runtime/index.js'), 'utf8');
    expect(text.trimEnd().split('\n').length).to.be.lessThan(150);
  });
});

describe('toolscript new', () => {
  const refused: readonly (readonly [string[], RegExp])[] = [
    [['new', 'sink', 'own', '--dir', root], /it is there already/],
    [['new', 'sink', 'own', '--dir', '/no/such/folder'], /is not there/],
    [['new', 'sink', '../own'], /no name of a package/],
    [['new', 'sink', '__proto__'], /no name of a package/],
    [['new', 'sink', 'Own'], /no name of a package/],
    [['new', 'engine', 'own'], /Allowed choices are runtime/],
  ];
  for (const [args, message] of refused) {
    it(`refuses: ${args.slice(0, 3).join(' ')} ${String(message)}`, async () => {
      const { code, out, notes } = await follow(args);
      expect([code, out]).to.deep.equal([2, '']);
      expect(notes).to.match(message);
    });
  }
});
