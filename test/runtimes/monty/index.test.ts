import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import * as door from '../../../runtimes/monty/index.js';

const HOOK = new URL('../../support/missing-package.mjs', import.meta.url).href;
const DOOR = new URL('../../../runtimes/monty/index.ts', import.meta.url).href;

describe('the door of Python', () => {
  it('has these names', () => {
    expect(Object.keys(door).sort()).to.deep.equal(['createMontyRuntime', 'default']);
    expect(door.default).to.include({ name: 'monty', kind: 'runtime' });
  });

  it('makes a runtime by these names', async () => {
    const runtime = await door.createMontyRuntime();
    expect(runtime).to.include({ name: 'monty', language: 'python' });
    for (const name of ['await', 'len', 'json', 'data', 'parallel', 'ToolError', 'open']) {
      expect(runtime.reservedNames.has(name), name).to.equal(true);
    }
    for (const name of ['get', 'search', 'read_file']) {
      expect(runtime.reservedNames.has(name), name).to.equal(false);
    }
    expect(Buffer.byteLength(runtime.briefGuide!)).to.be.at.most(1_000);
  });

  it('says what to install where Monty is not there', function () {
    this.timeout(60_000);
    const program = `import(${JSON.stringify(DOOR)}).then((door) => door.createMontyRuntime()).catch((e) => console.log(e.code, e.message, e.hint))`;
    const { stdout } = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--import', HOOK, '--input-type=module', '-e', program],
      { env: { ...process.env, MISSING: '@pydantic/monty' }, encoding: 'utf8' },
    );
    expect(stdout).to.include('config/invalid load Monty: @pydantic/monty is not there');
    expect(stdout).to.include('npm install @pydantic/monty');
  });
});
