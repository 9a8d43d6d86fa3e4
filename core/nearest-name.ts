/** The name that somebody may have meant. */

const MAX_NAME_LENGTH = 64;

/**
 * The candidate closest to `name`: equal but for case and punctuation, or few edits away (a third of the
 * longer name at most). Of equals the first wins. Very long names have none.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return undefined;
  const wanted = plainForm(name);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const allowed = Math.min(bestDistance - 1, Math.floor(Math.max(name.length, candidate.length) / 3));
    if (candidate.length > MAX_NAME_LENGTH || Math.abs(candidate.length - name.length) > allowed + 2)
      continue;
    const distance = editDistance(wanted, plainForm(candidate), allowed);
    if (distance <= allowed) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The hint `, did you mean "x"?`, or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? '' : `, did you mean "${nearest}"?`;
}

function plainForm(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Insertions, deletions, substitutions and swaps of neighbours; above `limit` any number above it. */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      current.push(cell(a, b, row, column, [beforeLast, last, current]));
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}

type Rows = readonly [beforeLast: readonly number[], last: readonly number[], current: readonly number[]];

function cell(a: string, b: string, row: number, column: number, [beforeLast, last, current]: Rows): number {
  const same = a[row - 1] === b[column - 1];
  const least = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
  const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
  return swapped ? Math.min(least, beforeLast[column - 2]! + 1) : least;
}
