/** The line of a script where something stands, cut to be shown with a caret under the place. */
import type { Position } from './error.js';

/** Code points that are shown before and after the place. */
const BEFORE = 60;
const AFTER = 40;
/** Columns of the line's number, right-aligned. */
const MARGIN = 5;

/** One line of a script, and the place in it. */
export interface Excerpt {
  /** What stands before the line: its number. */
  readonly margin: string;
  /** The same width, for the line with the caret. */
  readonly blank: string;
  readonly text: string;
  /** What stands before the caret in the line below the text. */
  readonly indent: string;
}

/** The lines of one script. */
export class SourceLines {
  readonly #lines: readonly string[];

  constructor(source: string) {
    this.#lines = source.replace(BYTE_ORDER_MARK, '').split(/\r\n|\r|\n/);
  }

  /** The line of a place; a long one is cut around it. Undefined where there is no such line. */
  excerpt({ line, column }: Position): Excerpt | undefined {
    const text = this.#lines[line - 1];
    if (text === undefined) return undefined;
    const points = Array.from(text, visible);
    const at = Math.min(column - 1, points.length);
    const start = Math.max(0, at - BEFORE);
    const end = at + AFTER;
    const number = String(line).padStart(MARGIN);
    const head = (start > 0 ? '…' : '') + points.slice(start, at).join('');
    return {
      margin: `${number} |`,
      blank: `${' '.repeat(number.length)} |`,
      text: head + points.slice(at, end).join('') + (points.length > end ? '…' : ''),
      indent: ' '.repeat(Array.from(head).length),
    };
  }

  /** A line without its indentation, cut to so many code points; empty where there is none. */
  brief(line: number, most: number): string {
    const points = Array.from(this.#lines[line - 1]?.trim() ?? '', visible);
    return points.length > most ? `${points.slice(0, most - 1).join('')}…` : points.join('');
  }
}

const BYTE_ORDER_MARK = /^\uFEFF/;

/** Tabs, control characters and line separators as a space each, so that the caret stands where it should. */
function visible(point: string): string {
  return /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(point) ? ' ' : point;
}
