/** Strings and bytes as literals of the language. */
import type { TextBuilder } from './text-builder.js';
import { codePointIn, utf8Width } from './utf8.js';

/** Units that are quoted at once, so that a long string is charged while it grows. */
const BLOCK_UNITS = 4096;

const PLAIN = /^[ !#-[\]-~]*$/;
const SPECIAL = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

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
  for (const block of textBlocks(text)) out.add(PLAIN.test(block) ? block : escaped(out, block));
  out.add('"');
}

/** Each character that is escaped is a step. */
function escaped(out: TextBuilder, block: string): string {
  let count = 0;
  const text = block.replace(SPECIAL, (character) => {
    count++;
    return escape(character);
  });
  out.work(count);
  return text;
}

/** Adds bytes as `b"…"`: what is UTF-8 as text, any other byte by its number. */
export function addQuotedBytes(out: TextBuilder, data: Uint8Array): void {
  out.add('b"');
  for (let at = 0; at < data.length;) {
    const code = codePointIn(data, at);
    out.work(3);
    if (code < 0) out.add(`\\x${hex(data[at]!, 2)}`);
    else out.add(String.fromCodePoint(code).replace(SPECIAL, escape));
    at += code < 0 ? 1 : utf8Width(code);
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

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
