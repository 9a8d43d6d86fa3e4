/** Patterns of names: `*` stands for any text, also none, `?` for one character, all else for itself. */

/** The longest pattern. */
export const MAX_PATTERN_LENGTH = 256;

/**
 * Tells whether a pattern fits the whole of a name; upper and lower case differ. Takes at most as many
 * steps as pattern and name have characters, multiplied.
 */
export function fitsPattern(name: string, pattern: string): boolean {
  let at = 0;
  let wanted = 0;
  /** Where the last star stands, and where what it stands for ends. */
  let star = -1;
  let starEnd = 0;
  while (at < name.length) {
    if (pattern[wanted] === '*') {
      star = wanted++;
      starEnd = at;
    } else if (pattern[wanted] === '?' || pattern[wanted] === name[at]) {
      at += 1;
      wanted += 1;
    } else if (star >= 0) {
      wanted = star + 1;
      at = ++starEnd;
    } else return false;
  }
  while (pattern[wanted] === '*') wanted += 1;
  return wanted === pattern.length;
}
