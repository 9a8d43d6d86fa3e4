/**
 * Sizes in bytes of UTF-8, counted without encoding and without a copy.
 *
 * Every count stops soon after `limit`: what is far too large costs no more than what is just too large.
 */

/** The bytes of a text in UTF-8; at least `limit + 1` when it has more than `limit`. */
export function utf8Bytes(text: string, limit = Number.POSITIVE_INFINITY): number {
  if (text.length > limit) return text.length;
  let bytes = text.length;
  for (let at = 0; at < text.length && bytes <= limit; at += 1) {
    bytes += extraBytes(text, at);
  }
  return bytes;
}

/** What a UTF-16 unit adds to the one byte already counted for it; a pair makes four bytes of two units. */
function extraBytes(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 0;
  if (unit < 0x800) return 1;
  return isSurrogate(unit) && isPaired(text, at, unit) ? 1 : 2;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function isPaired(text: string, at: number, unit: number): boolean {
  return unit < 0xdc00
    ? (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
    : at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
