/** Number literals. The scanner reads short decimal integers itself; all others come here. */
import { syntaxError } from './syntax-error.js';
import type { Literal } from './tree.js';

/** Digits of the longest integer literal: reading one takes more than linear time. */
export const INTEGER_DIGITS = 10_000;

const NUMBER = /0[xX][0-9a-fA-F]*|0[oO][0-7]*|0[bB][01]*|(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d*)?/y;

/** The value of the literal that begins at an offset, and where it ends. */
export function readNumber(source: string, at: number): { value: Literal['value']; end: number } {
  NUMBER.lastIndex = at;
  const text = NUMBER.exec(source)?.[0] ?? '';
  const end = at + text.length;
  if (source.charAt(end) === '_') {
    throw syntaxError(at, "number: got '_' between digits", 'write the digits without it');
  }
  return { value: /^0[xob]/i.test(text) ? based(text, at) : decimal(text, at), end };
}

function based(text: string, at: number): number | bigint {
  if (text.length === 2) throw syntaxError(at, `number: got ${text} alone, want digits after it`);
  return integer(text, at);
}

function decimal(text: string, at: number): Literal['value'] {
  if (/[.eE]/.test(text)) return { float: float(text, at) };
  if (/^0+[1-9]/.test(text)) {
    throw syntaxError(
      at,
      'number: got a decimal number that begins with 0',
      'an octal number is written 0o17',
    );
  }
  return integer(text, at);
}

function integer(text: string, at: number): number | bigint {
  if (text.length > INTEGER_DIGITS) {
    throw syntaxError(at, `number: got ${text.length} digits, want at most ${INTEGER_DIGITS}`);
  }
  const value = BigInt(text);
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function float(text: string, at: number): number {
  const value = Number(text);
  if (Number.isNaN(value)) throw syntaxError(at, 'number: got an exponent without digits');
  if (!Number.isFinite(value)) throw syntaxError(at, 'number: got a float beyond the largest one');
  return value;
}
