/** Packages that an operator installs only where they are wanted, and policies that cannot be read. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { commandLine, killAll, Running } from './running.js';

const HOOK = new URL('../../support/missing-package.mjs', import.meta.url).href;
const CEDAR = {
  use: 'toolscript/plugins/limits/cedar',
  with: { policies: ['permit (principal, action, resource);'] },
};
const REDIS = {
  use: 'toolscript/plugins/limits/traffic',
  with: { rates: { calls: { count: 5 } }, store: { redis: 'redis://127.0.0.1:1' } },
};

describe('a manifest that wants more than is there', function () {
  this.timeout(180_000);
  let folder: string;
  let config: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-missing-'));
    config = join(folder, 'toolscript.json');
  });

  afterEach(killAll);
  after(() => rm(folder, { recursive: true, force: true }));

  /** Exit code and diagnostics of a command with one plugin, where a package may be missing. */
  async function ends(args: string[], plugin: object, missing?: string): Promise<[number | null, string]> {
    await writeFile(config, JSON.stringify({ mcpServers: {}, http: { port: 0 }, plugins: [plugin] }));
    const line = commandLine(...args);
    const env = { ...line.env, ...(missing !== undefined && { MISSING: missing }) };
    const hook = missing === undefined ? [] : ['--import', HOOK];
    const command = new Running({ ...line, args: [...hook, ...line.args], env }, folder);
    return [await command.ended, command.notes];
  }

  it('says which package Cedar is, whatever the command', async () => {
    for (const args of [['validate'], ['serve', '--http'], ['tools', 'list']]) {
      const [code, notes] = await ends(args, CEDAR, '@cedar-policy/cedar-wasm');
      expect(code, args.join(' ')).to.equal(2);
      expect(notes).to.include(
        'plugins[0]: found a plugin that cannot start (load Cedar: @cedar-policy/cedar-wasm is not there, wanted it installed beside toolscript)',
      );
    }
  });

  it('says which package counts in Redis, when it starts', async () => {
    for (const args of [
      ['serve', '--http'],
      ['tools', 'list'],
    ]) {
      const [code, notes] = await ends(args, REDIS, 'ioredis');
      expect(code, args.join(' ')).to.equal(2);
      expect(notes).to.include(
        'plugins[0]: found a plugin that cannot start (count in Redis: the package ioredis is not installed, wanted beside toolscript)',
      );
    }
  });

  it('says where each policy of Cedar breaks off', async () => {
    const policies = ['permit (principal, action, resource)\nwhen { 1 + };', 'forbid (principal, action'];
    const [code, notes] = await ends(['validate'], { ...CEDAR, with: { policies } });
    expect(code).to.equal(2);
    expect(notes).to.match(/policies\[0\], line 2, column 12: .*unexpected token/);
    expect(notes).to.match(/policies\[1\], line 1, column 26: .*unexpected end of input/);
    expect(notes).to.include('error: compose');
  });
});
