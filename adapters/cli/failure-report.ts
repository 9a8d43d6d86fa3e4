/**
 * A failed script for a reader at a terminal: where, what, the line itself with a caret, a hint, and the
 * calls that led there.
 */
import { SourceLines } from '../../core/index.js';
import type { Failure, Position } from '../../core/index.js';
import { printable, type Colors } from './terminal.js';

/** What a report is drawn from. */
export interface FailedScript {
  /** What messages call the script: a path, or `<stdin>`. */
  readonly name: string;
  readonly source: string;
  readonly error: Failure;
}

type Fault = Omit<Failure, 'also' | 'backtrace'>;

/** The lines of a report. */
export function failureReport({ name, source, error }: FailedScript, colors: Colors): string[] {
  const lines = new SourceLines(source);
  return [
    ...faultLines(error, name, lines, colors),
    ...backtraceLines(error, name, colors),
    ...(error.also ?? []).flatMap((fault) => ['', ...faultLines(fault, name, lines, colors)]),
  ];
}

function faultLines(fault: Fault, name: string, source: SourceLines, colors: Colors): string[] {
  const place = fault.position === undefined ? name : placeText(name, fault.position);
  return [
    `${colors.bold(printable(place))}: ${colors.red(fault.code)}: ${printable(fault.message)}`,
    ...excerpt(fault.position, source, colors),
    ...(fault.hint === undefined ? [] : [`${colors.cyan('hint')}: ${printable(fault.hint)}`]),
  ];
}

function placeText(name: string, { line, column }: Position): string {
  return `${name}:${line}:${column}`;
}

/** The source line, and a caret under its column. A long line is cut around it. */
function excerpt(position: Position | undefined, source: SourceLines, colors: Colors): string[] {
  const excerpt = position === undefined ? undefined : source.excerpt(position);
  if (excerpt === undefined) return [];
  const { margin, blank, text, indent } = excerpt;
  return [`${colors.dim(margin)} ${text}`, `${colors.dim(blank)} ${indent}${colors.red('^')}`];
}

/** Frames are shown when there are calls to tell of, the outermost first. */
function backtraceLines({ backtrace = [] }: Failure, name: string, colors: Colors): string[] {
  if (backtrace.length < 2) return [];
  return [
    `${colors.cyan('calls')}:`,
    ...backtrace.map((frame) => `  ${placeText(printable(name), frame)} in ${printable(frame.function)}`),
  ];
}
