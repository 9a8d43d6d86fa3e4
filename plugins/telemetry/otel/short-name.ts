/** Cuts what comes from outside: no name and no text fills a backend of telemetry. */

const LONGEST_NAME = 200;
const LONGEST_CONTENT = 16_384;

/** A name, or a reason. */
export function shortName(text: string): string {
  return cut(text, LONGEST_NAME);
}

/** The text of a script, an argument, a result, an error. */
export function shortContent(text: string): string {
  return cut(text, LONGEST_CONTENT);
}

/** Cuts between two characters, never within one. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(longest - 1)) ? longest - 1 : longest;
  return `${text.slice(0, end)}…`;
}
