import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { follow } from './memory-terminal.js';

/** What is typed, the last word unfinished, and what the shell offers for it. */
const CASES: readonly (readonly [line: string[], offered: string[]])[] = [
  [['ru'], ['run']],
  [
    ['tools', ''],
    ['list', 'show'],
  ],
  [
    ['tools', 'list', '--c'],
    ['--config', '--client'],
  ],
  [
    ['new', ''],
    ['runtime', 'dispatcher', 'policy', 'sink', 'index'],
  ],
  [['new', 'si'], ['sink']],
  [
    ['completion', ''],
    ['bash', 'zsh'],
  ],
  [['run', 'jo'], ['job of mine.star']],
  [['check', 'job of mine.star', 'oth'], ['other.star']],
  [['run', '-c', 'oth'], ['other.star']],
  [['run', '-c', 'tools', '--wa'], ['--watch']],
  [['new', 'sink', 'mine', '--dir', 'fol'], ['folder']],
  [['run', '--timeout', ''], []],
  [['tools', 'show', ''], []],
];

describe('toolscript completion', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'toolscript-complete-'));
    for (const name of ['job of mine.star', 'other.star']) writeFileSync(join(folder, name), '');
    mkdirSync(join(folder, 'folder'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

  describe('in bash', () => {
    let script = '';
    before(async () => ({ out: script } = await follow(['completion', 'bash'])));

    function offered(words: readonly string[]): string[] {
      const program = `${script}
        COMP_WORDS=(toolscript "$@"); COMP_CWORD=$#; _toolscript; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return lines(
        execFileSync('bash', ['--norc', '-c', program, 'bash', ...words], { cwd: folder, encoding: 'utf8' }),
      );
    }

    for (const [line, wanted] of CASES) {
      it(`offers ${wanted.join(', ') || 'nothing'} for: ${line.join(' ')}`, () => {
        expect(offered(line)).to.have.members(wanted);
      });
    }

    it('is what the shell asks for the command', () => {
      const asked = execFileSync('bash', ['--norc', '-c', `${script}\ncomplete -p toolscript`], {
        encoding: 'utf8',
      });
      expect(asked).to.equal('complete -o filenames -F _toolscript toolscript\n');
    });
  });

  describe('in zsh', function () {
    const isThere = spawnSync('zsh', ['-c', 'true']).status === 0;
    let script = '';
    before(async function () {
      if (!isThere) this.skip();
      ({ out: script } = await follow(['completion', 'zsh']));
    });

    /** The shell's own functions of completion need somebody at the keys: these say what they were asked. */
    const ASKED = `
      compdef() { }
      _describe() { print -rl -- "\${(@P)2}" }
      _files() { [[ "$1" == -/ ]] && print -rl -- *(/) || print -rl -- * }`;

    function offered(words: readonly string[]): string[] {
      const program = `${ASKED}\n${script}\nwords=(toolscript "$@"); CURRENT=$#words; _toolscript`;
      const all = lines(
        execFileSync('zsh', ['-f', '-c', program, 'zsh', ...words], { cwd: folder, encoding: 'utf8' }),
      );
      const begun = words.at(-1)!;
      return all.map((line) => /^(?:\\:|[^:])*/.exec(line)![0]).filter((word) => word.startsWith(begun));
    }

    for (const [line, wanted] of CASES) {
      it(`offers ${wanted.join(', ') || 'nothing'} for: ${line.join(' ')}`, () => {
        expect(offered(line)).to.have.members(wanted);
      });
    }
  });

  it('wants a shell that it knows', async () => {
    const { code, notes } = await follow(['completion', 'fish']);
    expect(code).to.equal(2);
    expect(notes).to.contain('Allowed choices are bash, zsh.');
  });
});
