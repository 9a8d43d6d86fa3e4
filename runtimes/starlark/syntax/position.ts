/** Offsets into lines and columns. Worked out when somebody asks: nothing counts lines on the way. */

/** A place in a script; both from 1, the column in code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const LINE_END = /\r\n|\r|\n/g;
const SURROGATE_PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;
const BYTE_ORDER_MARK = '\uFEFF';

/** The place of an offset in UTF-16 units. A byte order mark at the start takes no column. */
export function positionOf(source: string, at: number): Position {
  let line = 1;
  let start = source.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  LINE_END.lastIndex = 0;
  while (LINE_END.test(source) && LINE_END.lastIndex <= at) {
    line++;
    start = LINE_END.lastIndex;
  }
  return { line, column: codePoints(source.slice(start, at)) + 1 };
}

/** Where the lines of a text begin. */
export function lineStarts(source: string): readonly number[] {
  const first = source.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  // matchAll begins where the last search of the expression ended.
  LINE_END.lastIndex = 0;
  return [first, ...Array.from(source.matchAll(LINE_END), ({ index, 0: end }) => index + end.length)];
}

/** The same as {@link positionOf}, for who asks often. */
export function positionIn(source: string, starts: readonly number[], at: number): Position {
  let line = 0;
  for (let above = starts.length; above - line > 1;) {
    const middle = (line + above) >> 1;
    if (starts[middle]! <= at) line = middle;
    else above = middle;
  }
  return { line: line + 1, column: codePoints(source.slice(starts[line], at)) + 1 };
}

function codePoints(text: string): number {
  return text.length - (text.match(SURROGATE_PAIR)?.length ?? 0);
}
