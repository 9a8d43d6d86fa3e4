/** Escapes in string and bytes literals. */
import { syntaxError } from './syntax-error.js';

/** What an escape stands for. */
export interface Escape {
  /** A code point, or a byte where `byte` says so; -1 for none (an escaped end of line). */
  readonly code: number;
  readonly byte: boolean;
  /** Where the text goes on. */
  readonly end: number;
}

const PLAIN: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
  ['"', 34],
  ["'", 39],
  ['\\', 92],
  ['\n', -1],
]);

const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

const OCTAL = /[0-7]{1,3}/y;

/** Reads the escape whose backslash is at an offset. In text, only ASCII may be written by `\x` or octal. */
export function readEscape(source: string, at: number, inBytes: boolean): Escape {
  const letter = source.charAt(at + 1);
  const code = PLAIN.get(letter);
  if (code !== undefined) return { code, byte: false, end: at + 2 };
  if (letter === '\r') return { code: -1, byte: false, end: source[at + 2] === '\n' ? at + 3 : at + 2 };
  const digits = HEX_DIGITS.get(letter);
  if (digits !== undefined) return hexEscape(source, at, digits, inBytes);
  OCTAL.lastIndex = at + 1;
  const octal = OCTAL.exec(source);
  if (octal !== null) return byteEscape(source, at, OCTAL.lastIndex, parseInt(octal[0], 8), inBytes);
  throw syntaxError(
    at,
    `string: got unknown escape \\${codePoint(source, at + 1)}`,
    'double the backslash, or write a raw string: r"…"',
  );
}

function hexEscape(source: string, at: number, digits: number, inBytes: boolean): Escape {
  const end = at + 2 + digits;
  const text = source.slice(at + 2, end);
  if (text.length < digits || !/^[0-9a-fA-F]+$/.test(text)) {
    const letter = source.charAt(at + 1);
    throw syntaxError(
      at,
      `string: got an incomplete escape \\${letter}, want ${digits} hexadecimal digits after it`,
    );
  }
  const code = parseInt(text, 16);
  if (digits === 2) return byteEscape(source, at, end, code, inBytes);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw syntaxError(at, `string: got escape ${source.slice(at, end)}, want a Unicode code point`);
  }
  return { code, byte: false, end };
}

function byteEscape(source: string, at: number, end: number, code: number, inBytes: boolean): Escape {
  const escape = source.slice(at, end);
  if (code > 255) throw syntaxError(at, `string: got octal escape ${escape}, want at most \\377`);
  if (!inBytes && code > 127) {
    const unicode = `\\u${code.toString(16).padStart(4, '0')}`;
    throw syntaxError(
      at,
      `string: got non-ASCII escape ${escape}, want an ASCII character`,
      `write ${unicode}`,
    );
  }
  return { code, byte: true, end };
}

function codePoint(source: string, at: number): string {
  return String.fromCodePoint(source.codePointAt(at) ?? 0xfffd);
}
