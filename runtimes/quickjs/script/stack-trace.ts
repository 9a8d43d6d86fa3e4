/** Reads the stack of an error of QuickJS: the calls in the script, as lines and columns of the sent text. */
import type { BacktraceFrame } from '../../../core/index.js';

/** The file that a script's text is evaluated as. */
export const SCRIPT_FILE = 'script';

/**
 * The calls, outermost first; `linesBefore` of the evaluated text do not belong to the script, and then nothing
 * at the top level of that text does.
 */
export function framesOf(stack: string, linesBefore: number): BacktraceFrame[] {
  return stack
    .split('\n')
    .flatMap((line) => frameOf(line, linesBefore) ?? [])
    .reverse();
}

const FRAME = /^\s*at (?:(.*?) \()?script:(\d+)(?::(\d+))?\)?$/;

function frameOf(text: string, linesBefore: number): BacktraceFrame | undefined {
  const found = FRAME.exec(text);
  if (found === null) return undefined;
  const [, name = '', line, column] = found;
  const inScript = Number(line) - linesBefore;
  if (inScript < 1 || (linesBefore > 0 && name === EVALUATED)) return undefined;
  return { function: nameOf(name), line: inScript, column: Number(column ?? 1) };
}

/** What QuickJS calls the top level of a text. */
const EVALUATED = '<eval>';

function nameOf(name: string): string {
  return name === '' || name === EVALUATED || name === '<anonymous>' ? '<toplevel>' : name;
}
