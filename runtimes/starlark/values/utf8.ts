/** UTF-8, one character at a time. */

/** Characters that are made into text at once. */
const BLOCK = 4096;

/** Bytes as text; each byte that is part of no valid sequence becomes U+FFFD. */
export function decodeUtf8(data: Uint8Array): string {
  let text = '';
  let codes: number[] = [];
  for (let at = 0; at < data.length;) {
    const code = codePointIn(data, at);
    codes.push(code < 0 ? 0xfffd : code);
    at += code < 0 ? 1 : utf8Width(code);
    if (codes.length < BLOCK && at < data.length) continue;
    text += String.fromCodePoint(...codes);
    codes = [];
  }
  return text;
}

/** The code point that begins at a place, or −1 where no valid sequence does. */
export function codePointIn(data: Uint8Array, at: number): number {
  const first = data[at] ?? 0;
  if (first < 0x80) return first;
  const width = widthOf(first);
  if (width === 1 || at + width > data.length) return -1;
  let code = first & (0x7f >> width);
  for (let i = 1; i < width; i++) {
    const next = data[at + i]!;
    if ((next & 0xc0) !== 0x80) return -1;
    code = (code << 6) | (next & 0x3f);
  }
  return isShortest(code, width) && (code & 0x1ff800) !== 0xd800 ? code : -1;
}

/** The bytes that a code point takes. */
export function utf8Width(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** The length that a first byte announces; 1 for what is none. */
function widthOf(first: number): number {
  if (first >= 0xf0) return first < 0xf8 ? 4 : 1;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}

function isShortest(code: number, width: number): boolean {
  return code <= 0x10ffff && utf8Width(code) === width;
}
