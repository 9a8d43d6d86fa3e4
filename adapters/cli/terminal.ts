/**
 * Where the command reads and writes. Results go to the output; everything else, diagnostics and reports
 * alike, goes to the error output.
 *
 * A reader that goes away (`toolscript … | head`) is no fault: what is written after it is dropped.
 */
import { Writable, type Readable } from 'node:stream';

import { createColors } from 'picocolors';

import { EXIT_CODES } from './exit-code.js';

/** The colours of one stream; plain where it shows none. */
export type Colors = ReturnType<typeof createColors>;

/** The streams and the environment of one command. */
export interface Terminal {
  readonly input: Readable;
  /** Writes a result: to a file or a pipe as it is, to a screen as it can be shown. */
  out(text: string): void;
  /** Writes a line of diagnostics. */
  note(line: string): void;
  /** Writes a question: a line of diagnostics that the answer ends. The text may come from outside. */
  ask(text: string): void;
  /** Writes a line about something that went wrong beside the main line; the text may come from outside. */
  warn(line: string): void;
  /** Colours for the error output. */
  readonly colors: Colors;
  /** Whether somebody watches the error output. */
  readonly isWatched: boolean;
  /** Columns of the error output. */
  readonly columns: number;
  /** From now on the output carries only what is written to the answer; other text goes to the error output. */
  reserveOutput(): Writable;
}

const DEFAULT_COLUMNS = 100;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) stream.on('error', endOnFailure);
  const colors = createColors(showsColors(stderr.isTTY, env));
  const note = (line: string): void => void stderr.write(`${line}\n`);
  return {
    input: stdin,
    out: (text) => void stdout.write(stdout.isTTY ? printable(text) : text),
    note,
    ask: (text) => void stderr.write(printable(text)),
    warn: (line) => note(`${colors.yellow('warning')}: ${printable(line)}`),
    colors,
    isWatched: stderr.isTTY,
    columns: stderr.columns || DEFAULT_COLUMNS,
    reserveOutput: () => reserve(stdout, stderr),
  };
}

function endOnFailure(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return;
  process.exit(EXIT_CODES.internal);
}

/**
 * https://no-color.org: any value that is not empty switches colours off. `isTerminal` is undefined for a
 * stream that is no terminal, and picocolors would then choose by itself.
 */
function showsColors(isTerminal: boolean | undefined, env: NodeJS.ProcessEnv): boolean {
  return isTerminal === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** What others print with `console.log` must not end up among the messages of a protocol. */
function reserve(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Writable {
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  const answers = new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) => void write(chunk, done),
  });
  // Who writes here hears of a failure; when nobody does any more, it is the output's own to tell.
  return answers.on('error', () => undefined);
}

/** Text from outside on one's screen: what would steer the terminal is spelt out; tabs and line ends stay. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t' ? character : spelt(character),
  );
}

function spelt(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
