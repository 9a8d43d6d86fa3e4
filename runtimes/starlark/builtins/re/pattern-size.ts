/**
 * How large a pattern becomes when it is compiled, told before: what is repeated is written out as often,
 * so that a short text can make a large program.
 */

/** One piece of a pattern, as the engine reads it. A class or an escape is one place to match. */
const PIECE =
  /\((?:\?(?:P?<[^>]*>|[a-zA-Z-]*:?))?|\[(?:\\[^]|[^\]\\])*\]?|\\[pPx]\{[^}]*\}|\\[^]|\{(\d+)(,?)(\d*)\}|[^]/g;

/** Instructions about, rather more than fewer. */
export function estimatedInstructions(text: string): number {
  const outer: number[] = [];
  let [size, last] = [0, 0];
  for (const [piece, least, comma, most] of text.matchAll(PIECE)) {
    if (least !== undefined) {
      const times = most !== '' ? Number(most) : Number(least) + (comma === '' ? 0 : 1);
      // What may be left out is a choice, each time.
      const grown = (last + (comma === '' ? 0 : 1)) * Math.max(1, times);
      [size, last] = [size - last + grown, grown];
    } else if (piece.startsWith('(')) {
      outer.push(size);
      size = 0;
    } else if (piece === ')') {
      last = Math.max(1, size) + 2;
      size = (outer.pop() ?? 0) + last;
    } else {
      const added = piece === '*' ? 2 : 1;
      last = '*+?|'.includes(piece) ? last + added : 1;
      size += added;
    }
  }
  return outer.reduce((sum, each) => sum + each, size);
}

/** Classes by a property of Unicode, which are long lists within the engine. */
export function wideClasses(text: string): number {
  return text.split(/\\[pP]\{/).length - 1;
}
