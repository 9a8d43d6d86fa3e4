/**
 * A failed script for a reader at a terminal: where, what, the line itself with a caret, a hint, and the
 * calls that led there.
 */
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
  const lines = source.split(/\r\n|\r|\n/);
  return [
    ...faultLines(error, name, lines, colors),
    ...backtraceLines(error, name, colors),
    ...(error.also ?? []).flatMap((fault) => ['', ...faultLines(fault, name, lines, colors)]),
  ];
}

function faultLines(fault: Fault, name: string, source: readonly string[], colors: Colors): string[] {
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

/** Columns of a source line that are shown around the caret. */
const BEFORE = 60;
const AFTER = 40;

/** The source line, and a caret under its column. A long line is cut around it. */
function excerpt(position: Position | undefined, source: readonly string[], colors: Colors): string[] {
  const line = position === undefined ? undefined : source[position.line - 1];
  if (position === undefined || line === undefined) return [];
  const points = Array.from(line.replaceAll('\t', ' '));
  const at = Math.min(position.column - 1, points.length);
  const start = Math.max(0, at - BEFORE);
  const head = (start > 0 ? '…' : '') + shown(points.slice(start, at));
  const tail = shown(points.slice(at, at + AFTER)) + (points.length > at + AFTER ? '…' : '');
  const number = String(position.line).padStart(5);
  return [
    `${colors.dim(`${number} |`)} ${head}${tail}`,
    `${colors.dim(`${' '.repeat(number.length)} |`)} ${' '.repeat(Array.from(head).length)}${colors.red('^')}`,
  ];
}

function shown(points: readonly string[]): string {
  return printable(points.join(''));
}

/** Frames are shown when there are calls to tell of, the outermost first. */
function backtraceLines({ backtrace = [] }: Failure, name: string, colors: Colors): string[] {
  if (backtrace.length < 2) return [];
  return [
    `${colors.cyan('calls')}:`,
    ...backtrace.map((frame) => `  ${placeText(printable(name), frame)} in ${printable(frame.function)}`),
  ];
}
