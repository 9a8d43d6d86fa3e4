/** Which rows of a long list are in sight, so that only these are drawn. */

/** Rows drawn above and below those in sight, so that scrolling shows no gap. */
const SPARE = 8;

/** The first row to draw and the one after the last. */
export function visibleRows(
  scrollTop: number,
  height: number,
  rowHeight: number,
  count: number,
): readonly [from: number, to: number] {
  const first = Math.floor(scrollTop / rowHeight) - SPARE;
  const last = Math.ceil((scrollTop + height) / rowHeight) + SPARE;
  return [Math.min(Math.max(0, first), count), Math.max(0, Math.min(count, last))];
}

/** Where to scroll for a row to be in sight; where it is already, if it is. */
export function scrollFor(row: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
