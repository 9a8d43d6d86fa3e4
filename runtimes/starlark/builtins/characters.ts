/** What kinds of characters there are, by Unicode. All patterns match one character at a time: no backtracking. */

/** Whether a UTF-16 unit is white space (Unicode's White_Space). */
export function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  if (unit < 0x2000) return unit === 0x85 || unit === 0xa0 || unit === 0x1680;
  return (
    unit <= 0x200a ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

/** The first place at or after `from` that is no white space, or the text's end. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The place after the last unit before `to` that is no white space, or the text's start. */
export function skipSpacesBack(text: string, to: number): number {
  let at = to;
  while (at > 0 && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

/** A character that begins a word, and those that go on with it: all that have a case. */
export const WORDS = /(\p{Changes_When_Casemapped})(\p{Changes_When_Casemapped}*)/gu;

/** The four characters that are two letters in one have a form for titles that JavaScript does not know. */
const TITLE_DIGRAPHS: ReadonlyMap<string, string> = new Map([
  ['Ǆ', 'ǅ'],
  ['Ǉ', 'ǈ'],
  ['Ǌ', 'ǋ'],
  ['Ǳ', 'ǲ'],
]);

/** One character as it begins a word; one that would become several stays as it is. */
export function titleCase(character: string): string {
  const upper = character.toUpperCase();
  if (upper.length > character.length) return character;
  return TITLE_DIGRAPHS.get(upper) ?? upper;
}
