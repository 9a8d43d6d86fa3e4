import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import * as door from '../../../runtimes/quickjs/index.js';

const HOOK = new URL('../../support/missing-package.mjs', import.meta.url).href;
const DOOR = new URL('../../../runtimes/quickjs/index.ts', import.meta.url).href;

describe('the door of JavaScript', () => {
  it('has these names', () => {
    expect(Object.keys(door).sort()).to.deep.equal(['createQuickjsRuntime', 'default']);
    expect(door.default).to.include({ name: 'quickjs', kind: 'runtime' });
  });

  it('makes a runtime by these names', async () => {
    const runtime = await door.createQuickjsRuntime();
    expect(runtime).to.include({ name: 'quickjs', language: 'javascript' });
    for (const name of ['await', 'JSON', 'tools', 'console', 'fetch', 'ToolError']) {
      expect(runtime.reservedNames.has(name), name).to.equal(true);
    }
    for (const name of ['get', 'set', 'list', 'search']) {
      expect(runtime.reservedNames.has(name), name).to.equal(false);
    }
  });

  it('says what to install where QuickJS is not there', function () {
    this.timeout(60_000);
    for (const missing of ['quickjs-emscripten-core', '@jitl/quickjs-wasmfile-release-sync']) {
      const program = `import(${JSON.stringify(DOOR)}).then((door) => door.createQuickjsRuntime()).catch((e) => console.log(e.code, e.message, e.hint))`;
      const { stdout } = spawnSync(
        process.execPath,
        ['--import', 'tsx', '--import', HOOK, '--input-type=module', '-e', program],
        { env: { ...process.env, MISSING: missing }, encoding: 'utf8' },
      );
      expect(stdout).to.include('config/invalid load QuickJS: quickjs-emscripten-core and');
      expect(stdout).to.include('npm install quickjs-emscripten-core @jitl/quickjs-wasmfile-release-sync');
    }
  });
});
