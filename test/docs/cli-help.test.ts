import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/reference/cli.md'), 'utf8');

describe('the reference of the command line', () => {
  const blocks = [...page.matchAll(/```text\n\$ toolscript(.*)\n([\s\S]*?)```/g)];

  it('shows each command', () => {
    expect(blocks.map((block) => block[1]!.trim())).to.deep.equal([
      '--help',
      'init --help',
      'import --help',
      'doctor --help',
      'serve --help',
      'run --help',
      'check --help',
      'tools list --help',
      'tools show --help',
      'config print --help',
      'validate --help',
      'stats --help',
      'ping --help',
      'audit verify --help',
      'new --help',
      'completion --help',
    ]);
  });

  for (const [, args, help] of blocks) {
    it(`shows what toolscript${args!} prints`, () => {
      const main = join(root, 'dist/adapters/cli/main.js');
      const printed = execFileSync(process.execPath, [main, ...args!.trim().split(' ')], {
        encoding: 'utf8',
        env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' },
      });
      expect(help!.trimEnd()).to.equal(printed.trimEnd());
    });
  }
});
