import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { fixture } from '../support/backends/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/how-to/first-hour.md'), 'utf8');
const main = join(root, 'dist/adapters/cli/main.js');

/** Commands of the page, in their order. */
const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block]) => block!.trim().split('\n'))
  .filter((line) => line.startsWith('toolscript '));

describe('the first hour', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(function () {
    if (process.platform === 'win32') this.skip();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'toolscript-hour-')));
    const bin = join(folder, 'bin');
    for (const name of ['bin', 'home/.cursor', 'project']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(bin, 'toolscript'), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
    chmodSync(join(bin, 'toolscript'), 0o755);
    const server = { ...fixture({ tools: ['echo'] }), env: { NOTES_TOKEN: 'word-of-a-secret' } };
    writeFileSync(join(folder, 'home/.cursor/mcp.json'), JSON.stringify({ mcpServers: { notes: server } }));
    env = {
      ...process.env,
      CLAUDE_CONFIG_DIR: undefined,
      XDG_CONFIG_HOME: undefined,
      HOME: join(folder, 'home'),
      PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
      NOTES_TOKEN: 'x',
    };
  });
  after(() => folder && rmSync(folder, { recursive: true, force: true }));

  it('has commands that an empty folder follows from top to bottom', () => {
    expect(commands.length).to.be.above(9);
    const [first, ...others] = commands;
    const cwd = join(folder, 'project');
    execFileSync('sh', ['-c', first!], { cwd, env, stdio: 'pipe' });
    for (const command of others) {
      // The manifest is there by now.
      const line = command.startsWith('toolscript init') ? `${command} --force` : command;
      const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd, env, encoding: 'utf8' });
      expect(status, `${line}\n${stdout}${stderr}`).to.equal(0);
      expect(stdout + stderr, line).not.to.include('word-of-a-secret');
    }
    expect(readFileSync(join(cwd, 'secrets.env'), 'utf8')).to.equal("NOTES_TOKEN='word-of-a-secret'\n");
  }).timeout(120_000);

  it('ends with a client that starts the gateway', () => {
    const cwd = join(folder, 'project');
    const print = 'toolscript config print --client claude --secrets secrets.env';
    const bare = { ...env, NOTES_TOKEN: undefined };
    const block = execFileSync('sh', ['-c', print], { cwd, env: bare, encoding: 'utf8', stdio: 'pipe' });
    writeFileSync(join(folder, 'claude.json'), block);
    const listed = execFileSync(
      process.execPath,
      [main, 'tools', 'list', '-c', join(folder, 'claude.json')],
      { cwd: folder, env: bare, encoding: 'utf8' },
    );
    expect(listed)
      .to.match(/^toolscript {2}up, 2 tools/)
      .and.include('execute_tool_script');
  }).timeout(60_000);
});
