/** Strings and bytes as literals of the language. */
import { latin1 } from './latin1.js';
import type { TextBuilder } from './text-builder.js';

/** Units that are quoted at once, so that a long string is charged while it grows. */
const BLOCK_UNITS = 4096;

const PLAIN = /^[ !#-[\]-~]*$/;
const SPECIAL = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;
const SPECIAL_BYTE = /["\\]|[^ -~]/g;

const SHORT_ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

/** Adds a string between double quotes; what cannot be printed is escaped. */
export function addQuoted(out: TextBuilder, text: string): void {
  out.add('"');
  for (const block of textBlocks(text)) {
    out.add(PLAIN.test(block) ? block : block.replace(SPECIAL, escape));
  }
  out.add('"');
}

/** Adds bytes as `b"…"`. */
export function addQuotedBytes(out: TextBuilder, data: Uint8Array): void {
  out.add('b"');
  for (let at = 0; at < data.length; at += BLOCK_UNITS) {
    const block = latin1(data.subarray(at, at + BLOCK_UNITS));
    out.add(block.replace(SPECIAL_BYTE, escapeByte));
  }
  out.add('"');
}

/** A text in blocks that break no surrogate pair. */
export function* textBlocks(text: string): Iterable<string> {
  let at = 0;
  while (at < text.length) {
    const end = blockEnd(text, at);
    yield text.slice(at, end);
    at = end;
  }
}

/** Keeps the two halves of a surrogate pair in one block. */
function blockEnd(text: string, at: number): number {
  const end = at + BLOCK_UNITS;
  const splits = end < text.length && (text.charCodeAt(end) & 0xfc00) === 0xdc00;
  return splits ? end + 1 : end;
}

function escape(character: string): string {
  const short = SHORT_ESCAPES.get(character);
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function escapeByte(character: string): string {
  return SHORT_ESCAPES.get(character) ?? `\\x${hex(character.charCodeAt(0), 2)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
