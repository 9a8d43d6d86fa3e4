/** Finds the name that was probably meant. */

/** Names longer than this are compared with nothing. */
const LONGEST = 64;
/** Candidates after this many are not looked at. */
const MOST_CANDIDATES = 1_000;
/** Pairs of letters that are compared in all: about a millisecond. */
const MOST_PAIRS = 100_000;

/**
 * The candidate with the fewest edits from the name, where at most a third of its letters differ; names
 * of one or two letters have none. Case and underscores do not count. The first of equally near ones wins.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  const wanted = folded(name);
  let nearest: string | undefined;
  let least = wanted.length < 3 ? 1 : Math.floor((wanted.length + 2) / 3) + 1;
  let looked = 0;
  let pairs = 0;
  for (const candidate of candidates) {
    if (++looked > MOST_CANDIDATES || pairs > MOST_PAIRS) break;
    if (candidate.length > LONGEST) continue;
    const letters = folded(candidate);
    if (Math.abs(letters.length - wanted.length) >= least) continue;
    pairs += letters.length * wanted.length;
    const edits = countEdits(wanted, letters, least);
    if (edits < least) [nearest, least] = [candidate, edits];
  }
  return nearest;
}

/** ` (did you mean x?)`, or nothing. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
}

function folded(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** How many letters to add, drop or change; `limit` where it is that many or more. */
function countEdits(from: string, to: string, limit: number): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let column = 1; column <= to.length; column++) {
      const changed = above[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      line.push(Math.min(changed, above[column]! + 1, line[column - 1]! + 1));
    }
    if (Math.min(...line) >= limit) return limit;
    above = line;
  }
  return above[to.length]!;
}
