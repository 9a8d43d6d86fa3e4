/** A terminal that keeps what is written, and a command line that is followed on it. */
import { Readable, Writable } from 'node:stream';

import pc from 'picocolors';

import { runCommandLine } from '../../../adapters/cli/command-line.js';
import type { Terminal } from '../../../adapters/cli/terminal.js';

/** What a command left behind. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly notes: string;
}

/** Plain text, whatever the terminal that the tests run on. */
export const PLAIN = pc.createColors(false);

/**
 * Follows a command line within this process. Its error output may be watched; somebody who is `'attended'`
 * types the input as well.
 */
export async function follow(
  args: readonly string[],
  input = '',
  isWatched: boolean | 'attended' = false,
): Promise<Ended> {
  let out = '';
  let notes = '';
  const note = (line: string): void => void (notes += `${line}\n`);
  const terminal: Terminal = {
    input: Object.assign(Readable.from([Buffer.from(input)]), { isTTY: isWatched === 'attended' }),
    out: (text) => void (out += text),
    note,
    ask: (text) => void (notes += `${text}\n`),
    warn: (line) => note(`warning: ${line}`),
    colors: PLAIN,
    isWatched: isWatched !== false,
    columns: 100,
    reserveOutput: () =>
      new Writable({
        write(chunk, _encoding, done) {
          out += String(chunk);
          done();
        },
      }),
  };
  const code = await runCommandLine(args, terminal);
  return { code, out, notes };
}
