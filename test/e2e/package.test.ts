import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Not to be imported: what is started as a process of its own. */
const PROGRAMS: ReadonlySet<string> = new Set(['./runtimes/isolated/child']);

/** What the README promises, in a project of somebody else's. */
const PROGRAM = `
import { createCodeMode, defineTool } from 'toolscript';
const add = defineTool({
  name: 'add',
  inputSchema: { type: 'object', properties: { a: { type: 'integer' }, b: { type: 'integer' } } },
  call: ({ a, b }) => a + b,
});
const codeMode = await createCodeMode({ tools: [add] });
const outcome = await codeMode.run({ script: 'return add(a = 40, b = 2)' });
await codeMode.close();
console.log(JSON.stringify(outcome.ok ? outcome.value : outcome.error));
`;

describe('the package, installed outside the repository', function () {
  this.timeout(180_000);
  let folder: string;
  let doors: string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-package-'));
    const { stdout } = await run(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
      { cwd: root },
    );
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'outside', type: 'module', private: true }),
    );
    await run(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
        join(folder, filename),
        '@modelcontextprotocol/sdk@1',
      ],
      {
        cwd: folder,
      },
    );
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, string>;
    };
    doors = Object.keys(manifest.exports).filter((door) => !door.endsWith('.json') && !PROGRAMS.has(door));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('opens every door, each with its types', async () => {
    const installed = join(folder, 'node_modules', 'toolscript');
    for (const door of doors) {
      const specifier = `toolscript${door.slice(1)}`;
      const { stdout } = await run(
        process.execPath,
        ['--input-type=module', '-e', `console.log(Object.keys(await import('${specifier}')).length)`],
        {
          cwd: folder,
        },
      );
      expect(Number(stdout), specifier).to.be.greaterThan(0);
    }
    const { exports } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
      exports: Record<string, string>;
    };
    for (const door of doors) {
      expect(existsSync(join(installed, exports[door]!.replace(/\.js$/, '.d.ts'))), door).to.equal(true);
    }
  });

  it('has one copy of a class, whichever doors it comes through', async () => {
    const program = `
      const doors = await Promise.all(${JSON.stringify(doors)}.map((door) => import('toolscript' + door.slice(1))));
      const met = new Map();
      const shared = [];
      for (const [name, value] of doors.flatMap((door) => Object.entries(door))) {
        if (typeof value !== 'function' || !/^class /.test(String(value))) continue;
        if (met.has(name)) shared.push([name, met.get(name) === value]);
        met.set(name, value);
      }
      console.log(JSON.stringify(shared));`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: folder });
    const shared = JSON.parse(stdout) as [name: string, same: boolean][];
    expect(shared).not.to.deep.equal([]);
    expect(shared.filter(([, same]) => !same)).to.deep.equal([]);
  });

  it('runs a script from a program', async () => {
    await writeFile(join(folder, 'program.js'), PROGRAM);
    const { stdout, stderr } = await run(process.execPath, ['program.js'], { cwd: folder });
    expect(stdout.trim()).to.equal('42');
    expect(stderr).to.equal('');
  });

  it('brings the command', async () => {
    await writeFile(join(folder, 'script.star'), 'return [n * n for n in range(4)]\n');
    const command = join(folder, 'node_modules', '.bin', 'toolscript');
    const { stdout } = await run(command, ['run', 'script.star'], { cwd: folder });
    expect(JSON.parse(stdout)).to.deep.equal([0, 1, 4, 9]);
  });

  it('carries neither sources nor tests', () => {
    const installed = join(folder, 'node_modules', 'toolscript');
    expect(existsSync(join(installed, 'test'))).to.equal(false);
    expect(existsSync(join(installed, 'core'))).to.equal(false);
    expect(existsSync(dirname(join(installed, 'dist/core/index.js')))).to.equal(true);
  });
});
