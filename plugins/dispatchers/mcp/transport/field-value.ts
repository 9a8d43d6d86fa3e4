/** Texts as HTTP headers carry them: revision 2026-07-28, Streamable HTTP, value encoding. */

const PLAIN = /^[\t\x20-\x7e]+$/;
const ENCODED = /^=\?base64\?.*\?=$/;

/** A text as a header carries it: as it is where that can be, else in base64 with the marks that say so. */
export function fieldValue(text: string): string {
  if (PLAIN.test(text) && text === text.trim() && !ENCODED.test(text)) return text;
  return `=?base64?${Buffer.from(text).toString('base64')}?=`;
}
