/** A pattern as Python writes it, as the engine reads it; what no linear engine can do is refused. */
import { runtimeError } from '../../error.js';
import type { StarlarkError } from '../../error.js';

/** Classes by the letter behind the backslash: in brackets, and as what stands between the brackets. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['d', '\\p{Nd}'],
  ['w', '\\p{L}\\p{N}_'],
  ['s', '\\t-\\r\\x1c-\\x20\\x{85}\\p{Z}'],
]);

const LINEAR =
  'matching takes linear time here: match more, and look at m.group(…) or the text around m.span()';

/** What begins a group that is not here, and what it is called. The first row that fits counts. */
const REFUSED: readonly (readonly [begins: string, name: string, hint: string])[] = [
  ['(?=', 'lookahead', LINEAR],
  ['(?!', 'negative lookahead', LINEAR],
  ['(?<=', 'lookbehind', LINEAR],
  ['(?<!', 'negative lookbehind', LINEAR],
  ['(?P=', 'backreference', LINEAR],
  ['(?>', 'atomic group', 'leave ?> out'],
  ['(?(', 'conditional group', 'write two patterns'],
];

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/y;
const FLAGS = /\(\?([a-zA-Z]+)([:)])/y;
const LEAST_MISSING = /\{(?=,\d+\})/y;
const COMMENT = /\(\?#[^)]*\)/y;

/** Rewrites a pattern. With `ascii`, `\d`, `\w` and `\s` know ASCII alone. */
export function engineText(pattern: string, ascii: boolean): string {
  let text = '';
  let inClass = false;
  for (let at = 0; at < pattern.length;) {
    const [piece, length] = inClass ? classPiece(pattern, at, ascii) : outerPiece(pattern, at, ascii);
    const character = pattern.charAt(at);
    if (!inClass && character === '[') inClass = true;
    else if (inClass && character === ']') inClass = false;
    text += piece;
    at += length;
  }
  return text;
}

type Piece = readonly [text: string, length: number];

function outerPiece(pattern: string, at: number, ascii: boolean): Piece {
  switch (pattern.charAt(at)) {
    case '\\':
      return escaped(pattern, at, ascii, false);
    case '[': {
      const begin = /\[\^?\]?/y;
      begin.lastIndex = at;
      const [met] = begin.exec(pattern)!;
      return [met.endsWith(']') ? `${met.slice(0, -1)}\\]` : met, met.length];
    }
    case '{':
      LEAST_MISSING.lastIndex = at;
      return [LEAST_MISSING.test(pattern) ? '{0' : '{', 1];
    case '(':
      return group(pattern, at);
    default:
      return [pattern.charAt(at), 1];
  }
}

function classPiece(pattern: string, at: number, ascii: boolean): Piece {
  const character = pattern.charAt(at);
  if (character === '\\') return escaped(pattern, at, ascii, true);
  return [character === '[' ? '\\[' : character, 1];
}

function escaped(pattern: string, at: number, ascii: boolean, inClass: boolean): Piece {
  ESCAPE.lastIndex = at;
  const [whole = '', short, long, character = ''] = ESCAPE.exec(pattern) ?? [];
  if (whole === '') throw fault('got a backslash at its end', 'write \\\\ for a backslash');
  const code = short ?? long;
  if (code !== undefined) return [`\\x{${code}}`, whole.length];
  if (!inClass && /[1-9]/.test(character)) throw fault('got a backreference, which is not here', LINEAR);
  if ('CEGKNQRX'.includes(character)) throw fault(`got \\${character}, which means nothing`);
  if (character === 'Z') return ['\\z', 2];
  if (character === '0') return ['\\x00', 2];
  const known = ascii ? undefined : CLASSES.get(character.toLowerCase());
  if (known === undefined) return [whole, 2];
  if (character !== character.toLowerCase()) return inClass ? [whole, 2] : [`[^${known}]`, 2];
  return [inClass ? known : `[${known}]`, 2];
}

function group(pattern: string, at: number): Piece {
  for (const [begins, name, hint] of REFUSED) {
    if (pattern.startsWith(begins, at)) throw fault(`got a ${name}, which is not here`, hint);
  }
  COMMENT.lastIndex = at;
  const comment = COMMENT.exec(pattern);
  if (comment !== null) return ['', comment[0].length];
  FLAGS.lastIndex = at;
  const flags = FLAGS.exec(pattern);
  if (flags === null) return ['(', 1];
  const [whole, letters = '', end = ''] = flags;
  if (letters.includes('x'))
    throw fault('got the flag x, which is not here', 'leave blanks and comments out');
  const kept = letters.replace(/[auL]/g, '');
  return [kept === '' ? (end === ':' ? '(?:' : '') : `(?${kept}${end}`, whole.length];
}

/** The error for a pattern that cannot be used. */
export function fault(what: string, hint?: string): StarlarkError {
  return runtimeError(`pattern: ${what}`, hint).as('ValueError');
}
