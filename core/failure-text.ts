/**
 * A failure in words, for the model that wrote the script: what went wrong, where, the line itself with a
 * caret, how to mend it, and the calls that led there. Faults that were found together are told together.
 */
import type { BacktraceFrame, Failure } from './error.js';
import { oneLine } from './short-text.js';
import { SourceLines } from './source-excerpt.js';

const MAX_NAME = 200;
/** Code points of the line of a call that are shown. */
const MAX_CALL = 80;

type Fault = Omit<Failure, 'also' | 'backtrace'>;

/** The text; an empty script is not shown. */
export function failureText(failure: Failure, script: string): string {
  const lines = new SourceLines(script);
  const { backtrace = [], also = [] } = failure;
  const calls =
    backtrace.length > 1
      ? ['calls, outermost first:', ...backtrace.map((frame) => frameText(frame, lines))]
      : [];
  const first = [faultText(failure, lines), ...calls].join('\n');
  if (also.length === 0) return first;
  const count = `${String(also.length + 1)} faults, found before anything ran; mend all of them:`;
  return [count, first, ...also.map((fault) => faultText(fault, lines))].join('\n\n');
}

function faultText(fault: Fault, lines: SourceLines): string {
  const { hint } = fault;
  return [
    headline(fault),
    ...excerptLines(fault, lines),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ].join('\n');
}

function headline({ code, message, position, tool }: Fault): string {
  const where =
    position === undefined ? '' : `line ${String(position.line)}, column ${String(position.column)}: `;
  const who = tool === undefined || message.includes(tool) ? '' : ` [tool ${oneLine(tool, MAX_NAME)}]`;
  return `${code}: ${where}${message}${who}`;
}

function excerptLines({ position }: Fault, lines: SourceLines): string[] {
  const excerpt = position === undefined ? undefined : lines.excerpt(position);
  if (excerpt === undefined || excerpt.text === '') return [];
  const { margin, blank, text, indent } = excerpt;
  return [`${margin} ${text}`, `${blank} ${indent}^`];
}

function frameText({ function: name, line, column }: BacktraceFrame, lines: SourceLines): string {
  const text = lines.brief(line, MAX_CALL);
  return `  line ${String(line)}, column ${String(column)}, in ${name}${text === '' ? '' : `: ${text}`}`;
}
