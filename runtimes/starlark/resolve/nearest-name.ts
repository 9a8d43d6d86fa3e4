/** Which of the known names was meant. */

/** Longer names are compared by their beginning. */
const LONGEST = 64;
/** More edits make another name. */
const MOST_EDITS = 3;

/** The name that was most likely meant, if one is near enough: few edits away, or the same but for a prefix. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(name);
  let nearest: string | undefined;
  let least = wanted.length < 3 ? 0 : Math.min(MOST_EDITS, Math.floor((wanted.length + 1) / 3));
  let suffixed: string | undefined;
  for (const candidate of candidates) {
    const met = plain(candidate);
    if (Math.abs(met.length - wanted.length) <= least) {
      const distance = editDistance(wanted, met, least);
      if (distance < least || (distance === least && nearest === undefined)) {
        nearest = candidate;
        least = distance;
      }
    }
    if (candidate.endsWith(`_${name}`)) suffixed ??= candidate;
  }
  return nearest ?? suffixed;
}

function plain(name: string): string {
  return name.slice(0, LONGEST).replaceAll('_', '').toLowerCase();
}

/** Insertions, deletions, changes and swaps of neighbours that turn one text into the other; any larger number beyond `most`. */
function editDistance(from: string, to: string, most: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length && Math.min(...last) <= most; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = last[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row.push(Math.min(change, last[j]! + 1, row[j - 1]! + 1, swapped ? beforeLast[j - 2]! + 1 : Infinity));
    }
    beforeLast = last;
    last = row;
  }
  return Math.min(...last) > most ? Infinity : last[to.length]!;
}
