/** What a child process of the built package may not do, tried by a runtime that is loaded in it. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect } from 'chai';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const PROBER = new URL('./prober/index.mjs', import.meta.url).href;
const DENIED = { refused: 'ERR_ACCESS_DENIED' };

/** Runs scripts in the built package, as a program that has it as a dependency does. */
function program(scripts: readonly string[], data: object): string {
  return `
    import { createCodeMode } from 'toolscript';
    import { createIsolatedRuntime } from 'toolscript/runtimes/isolated';
    const runtime = await createIsolatedRuntime({ module: ${JSON.stringify(PROBER)}, export: 'createRuntime' });
    const codeMode = await createCodeMode({ runtime });
    const values = {};
    for (const script of ${JSON.stringify(scripts)}) {
      const outcome = await codeMode.run({ script, data: ${JSON.stringify(data)} });
      values[script] = outcome.ok ? outcome.value : outcome.error;
    }
    await codeMode.close();
    console.log(JSON.stringify(values));`;
}

const SCRIPTS = [
  'environment',
  'folder',
  'read a file',
  'write a file',
  'make a folder',
  'start a process',
  'start a thread',
  'load native code',
  'list a folder',
  'list the root',
];

describe('a child process of the built package', function () {
  this.timeout(60_000);
  let folder: string;
  let place: string;
  let values: Record<string, unknown>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-isolated-'));
    place = join(folder, 'secret.txt');
    await writeFile(place, 'not for scripts');
    const addon = nativeCode();
    const { stdout } = await run(
      process.execPath,
      ['--input-type=module', '-e', program(SCRIPTS, { place, addon })],
      { cwd: root, env: { ...process.env, SECRET: 'token' } },
    );
    values = JSON.parse(stdout) as Record<string, unknown>;
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('has no environment, and stands in no folder', () => {
    expect(values['environment']).to.deep.equal([]);
    expect(values['folder']).to.equal(parse(root).root);
  });

  for (const act of [
    'read a file',
    'write a file',
    'list a folder',
    'list the root',
    'make a folder',
    'start a process',
    'start a thread',
  ]) {
    it(`may not ${act}`, () => expect(values[act]).to.deep.equal(DENIED));
  }

  it('loads no native code', () =>
    expect(values['load native code']).to.deep.equal({ refused: 'ERR_DLOPEN_DISABLED' }));

  it('left nothing behind', () => expect(existsSync(`${place}-folder`)).to.equal(false));
});

/** Native code that is really there, and that this process could load. */
function nativeCode(): string {
  const { resolve } = createRequire(import.meta.url);
  return resolve(
    `@pydantic/monty-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`,
  );
}
