/** The tutorial, done as it says: its files written, its commands run, what they print compared. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';

import { OWN_COMMAND, OWN_ENVIRONMENT } from '../support/own-command.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/tutorial.md'), 'utf8');

/** A fenced block, with the words before it. */
interface Block {
  readonly before: string;
  readonly language: string;
  readonly text: string;
}

const blocks: Block[] = [...page.matchAll(/([^\n]*)\n\n```(\w+)\n([\s\S]*?)```/g)].map(
  ([, before, language, text]) => ({ before: before!, language: language!, text: text! }),
);

/** The page says `In NAME:` before a file. */
function fileName({ before }: Block): string | undefined {
  return /in `([^`]+)`:$/i.exec(before)?.[1];
}

/** What is run here: the server that the last step starts stays until it is stopped, and is tried elsewhere. */
function commandOf({ language, text }: Block): string[] | undefined {
  const [, line] = (language === 'sh' && /^npx toolscript (.*)$/m.exec(text)) || [];
  return line === undefined || line.startsWith('serve') ? undefined : line.split(' ');
}

describe('the tutorial', function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'toolscript-tutorial-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const block of blocks) {
      const name = fileName(block);
      if (name === undefined) continue;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), block.text);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it('has files and commands', () => {
    expect(blocks.filter((block) => fileName(block) !== undefined)).to.have.lengthOf(6);
    expect(blocks.filter((block) => commandOf(block) !== undefined)).to.have.lengthOf(5);
  });

  blocks.forEach((block, index) => {
    const command = commandOf(block);
    if (command === undefined) return;
    it(`does what it says with ${command.join(' ')}`, async () => {
      const { output, code } = await toolscript(command);
      const promised = blocks[index + 1];
      if (promised?.language === 'text') expect(output).to.contain(promised.text.trim());
      expect(code).to.equal(command.includes('mistakes.star') ? 1 : 0);
    });
  });

  function toolscript(args: readonly string[]): Promise<{ output: string; code: number | string }> {
    const env = { ...OWN_ENVIRONMENT, PWD: folder };
    return new Promise((resolve) => {
      execFile(process.execPath, [...OWN_COMMAND, ...args], { cwd: folder, env }, (error, out, notes) =>
        resolve({ output: out + notes, code: error?.code ?? 0 }),
      );
    });
  }
});
