/** String and bytes literals: where they end, and what they mean. */
import { readEscape } from './escape.js';
import { syntaxError } from './syntax-error.js';
import type { StarlarkError } from '../error.js';

/** How a literal was opened. */
export interface Quote {
  /** Where the literal begins, its prefix included. */
  readonly at: number;
  /** The quotation mark, once or three times. */
  readonly mark: string;
  /** Backslashes stand for themselves. */
  readonly raw: boolean;
}

/** Prefixes of literals by their letters in lower case. */
export const PREFIXES: ReadonlyMap<string, { raw: boolean; bytes: boolean; format: boolean }> = new Map(
  ['', 'r', 'b', 'rb', 'br', 'f', 'rf', 'fr', 'u'].map((letters) => [
    letters,
    { raw: letters.includes('r'), bytes: letters.includes('b'), format: letters.includes('f') },
  ]),
);

const BACKSLASH = 92;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Where the quotation mark stands that closes the literal whose text begins at `from`; -1 for nowhere. */
export function closingQuote(source: string, from: number, { mark }: Quote): number {
  const first = mark.charCodeAt(0);
  for (let at = from; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (code === first) {
      if (mark.length === 1 || source.startsWith(mark, at)) return at;
    } else if (code === BACKSLASH) {
      at = escapedEnd(source, at);
    } else if ((code === LINE_FEED || code === CARRIAGE_RETURN) && mark.length === 1) {
      break;
    }
  }
  return -1;
}

/** The offset of the last character of the pair that a backslash begins. */
export function escapedEnd(source: string, at: number): number {
  return source.startsWith('\r\n', at + 1) ? at + 2 : at + 1;
}

/** The error for a literal without an end. */
export function unclosed(quote: Quote): StarlarkError {
  return quote.mark.length === 1
    ? syntaxError(
        quote.at,
        `string: got end of line, want ${quote.mark}`,
        'text over several lines takes """…"""',
      )
    : syntaxError(quote.at, `string: got end of script, want ${quote.mark}`);
}

/** The text of a literal between two offsets. An end of line of any kind is a line feed. */
export function decodeText(source: string, from: number, to: number, raw: boolean): string {
  const text = source.slice(from, to);
  if (raw || !text.includes('\\')) return lineFeeds(text);
  let decoded = '';
  let at = from;
  for (let slash = nextBackslash(source, at, to); slash < to; slash = nextBackslash(source, at, to)) {
    const { code, end } = readEscape(source, slash, false);
    decoded += lineFeeds(source.slice(at, slash)) + (code < 0 ? '' : String.fromCodePoint(code));
    at = end;
  }
  return decoded + lineFeeds(source.slice(at, to));
}

/** The bytes of a literal between two offsets: text in UTF-8, and what `\x` and octal escapes say. */
export function decodeBytes(source: string, from: number, to: number, raw: boolean): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = from;
  for (let slash = nextBackslash(source, at, to); !raw && slash < to; slash = nextBackslash(source, at, to)) {
    const { code, byte, end } = readEscape(source, slash, true);
    parts.push(utf8(source.slice(at, slash)));
    if (code >= 0) parts.push(byte ? Uint8Array.of(code) : utf8(String.fromCodePoint(code)));
    at = end;
  }
  parts.push(utf8(source.slice(at, to)));
  return join(parts);
}

/** The offset of the next backslash before `to`, or `to`. */
function nextBackslash(source: string, from: number, to: number): number {
  let at = from;
  while (at < to && source.charCodeAt(at) !== BACKSLASH) at++;
  return at;
}

const encoder = new TextEncoder();

function utf8(text: string): Uint8Array {
  return encoder.encode(lineFeeds(text));
}

function lineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
