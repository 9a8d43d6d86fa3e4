/** How much of what comes from outside a record keeps; in UTF-16 units, unless it says otherwise. */

export const LONGEST_NAME = 200;
export const LONGEST_MESSAGE = 4_000;
export const LONGEST_SCRIPT = 262_144;
export const LONGEST_RESULT = 65_536;
export const LONGEST_LOGS = 65_536;

/** The beginning of a text, `…` for what is cut. */
export function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The first lines, as far as they fit; the last says how many did not. */
export function cutLines(lines: readonly string[], longest: number): readonly string[] {
  let left = longest;
  const end = lines.findIndex((line) => (left -= line.length + 1) < 0);
  if (end === -1) return lines;
  return [...lines.slice(0, end), `… ${String(lines.length - end)} more lines`];
}
