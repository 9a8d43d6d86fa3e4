/** What steers a terminal does not reach one. */
import { expect } from 'chai';

import { processTerminal, type Terminal } from '../../../adapters/cli/terminal.js';
import { follow } from './memory-terminal.js';

const STEERING = 'a\tb\n\u001b]0;title\u0007\u001b[2J\r\u0008\u009b31m\u202e';
const SHOWN = 'a\tb\n\\u001b]0;title\\u0007\\u001b[2J\\u000d\\u0008\\u009b31m\\u202e';

describe('a terminal', () => {
  it('shows a result with its steering spelt out', () => {
    expect(written(true, (terminal) => terminal.out(STEERING))).to.equal(SHOWN);
  });

  it('gives a file or a pipe a result as it is', () => {
    expect(written(false, (terminal) => terminal.out(STEERING))).to.equal(STEERING);
  });

  const literal = JSON.stringify(STEERING).replace(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  const scripts: readonly (readonly [what: string, script: string])[] = [
    ['what a script prints', `print(${literal})`],
    ['the message of a failure', `fail(${literal})`],
    ['an error that a script raises', `raise ValueError(${literal})`],
    ['a key that is not there', `return {}[${literal}]`],
    ['the line of a fault', 'return 1 // 0 # \u009b31m \u202e'],
    ['a failure within functions', `def f():\n  fail(${literal})\nf()`],
  ];
  for (const [what, script] of scripts) {
    it(`is not steered by ${what}`, async () => {
      const { notes } = await follow(['run', '-'], script);
      expect(notes).not.to.equal('');
      expect(notes).not.to.match(/(?![\n\t])[\p{Cc}\u202e]/u);
    });
  }

  it('is not steered by an option', async () => {
    const { notes } = await follow(['run', '--\u001b[2J']);
    expect(notes).to.contain('\\u001b[2J').and.not.to.contain('\u001b');
  });
});

/** What reaches the output of this process, as a screen or as a file. */
function written(isTerminal: boolean, write: (terminal: Terminal) => void): string {
  const { stdout, stderr } = process;
  const before = { isTTY: stdout.isTTY, write: stdout.write.bind(stdout) };
  const listeners = [stdout, stderr].map((stream) => stream.listeners('error'));
  let text = '';
  try {
    Object.assign(stdout, {
      isTTY: isTerminal,
      write: (chunk: string): boolean => {
        text += chunk;
        return true;
      },
    });
    write(processTerminal());
  } finally {
    Object.assign(stdout, before);
    for (const [index, stream] of [stdout, stderr].entries()) {
      for (const added of stream.listeners('error')) {
        if (!listeners[index]!.includes(added)) stream.off('error', added as () => void);
      }
    }
  }
  return text;
}
