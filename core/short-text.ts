/** Texts of strangers, made fit to be shown. */

/** The beginning of a text, at most so many UTF-16 units, no pair cut in two, with `…` for what is left out. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const end = maxLength - 1;
  const splitsPair = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}

/** The same on one line, without control and invisible characters, and cut. */
export function oneLine(text: string, maxLength: number): string {
  const beginning = text.slice(0, READ_FOR_EACH * maxLength);
  return cutText(beginning.replace(/[\p{C}\p{Z}]+/gu, ' ').trim(), maxLength);
}

/** Units read for each unit shown: a text may begin with much that is not shown. */
const READ_FOR_EACH = 10;
