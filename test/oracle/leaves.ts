/** Leaves of programs that are better drawn than listed: texts, numbers, and programs gone wrong. */
import fc from 'fast-check';

/** String literals of characters that mean something to some method. */
export const texts: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...'aabbABz019 ,.:-_%{}\t\n\'"\\'.split(/(?:)/)), { maxLength: 12 })
  .map((characters) => JSON.stringify(characters.join('')));

/** Near the ends of every width that an implementation may use. */
export const integers: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(0, 4, 8, 16, 29, 30, 31, 32, 33, 52, 53, 54, 62, 63, 64, 65, 100, 128),
    fc.integer({ min: -3, max: 3 }),
    fc.boolean(),
  )
  .map(([bits, more, negative]) => String(((1n << BigInt(bits)) + BigInt(more)) * (negative ? -1n : 1n)));

/** Both engines write them alike: none between a million and 1e21. */
export const floats: fc.Arbitrary<string> = fc
  .oneof(
    fc.double({ noNaN: true, min: -1e5, max: 1e5 }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e21 }),
    fc.integer({ min: -1000, max: 1000 }),
  )
  .map((value) => (Number.isInteger(value) && Math.abs(value) < 1e20 ? value.toFixed(1) : String(value)));

const TOKEN = /\s*(?:"(?:[^"\\\n]|\\.)*"|\w+|[=!<>+\-*/%&|^]=|\/\/=?|<<=?|>>=?|\*\*|\n *|\S)/g;

const STRAY = [
  ...'()[]{},:;.=+-*/%<>&|^~@!\\'.split(/(?:)/),
  ...['==', '**', '//', '+=', '->', ':=', '\n', '\n    ', '\t', ' ', '"', '"""', '#', '0', '09', '1e', '0x'],
  ...[
    'if',
    'else',
    'elif',
    'for',
    'in',
    'not',
    'and',
    'or',
    'def',
    'return',
    'lambda',
    'pass',
    'break',
    'while',
  ],
  ...['is', 'import', 'class', 'try', 'with', 'load', 'None', 'x', '*x', '**x', 'x=1', 'not in', 'r"', "b'"],
].map((token) => ` ${token} `);

/** The text with some of its tokens taken out, doubled, swapped or replaced. */
export function damaged(sources: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const place = fc.nat({ max: 1 << 20 });
  const blow = fc.record({
    at: place,
    how: fc.constantFrom('take', 'double', 'swap', 'replace', 'add'),
    stray: fc.constantFrom(...STRAY),
  });
  return fc
    .tuple(sources, fc.array(blow, { minLength: 1, maxLength: 3 }))
    .map(([source, blows]) =>
      blows
        .reduce(
          (tokens, { at, how, stray }) => struck(tokens, at % tokens.length, how, stray),
          tokensOf(source),
        )
        .join(''),
    );
}

function tokensOf(source: string): string[] {
  return source.match(TOKEN) ?? [''];
}

function struck(tokens: string[], at: number, how: string, stray: string): string[] {
  const [before, token, after] = [tokens.slice(0, at), tokens[at] ?? '', tokens.slice(at + 1)];
  switch (how) {
    case 'take':
      return before.length + after.length === 0 ? tokens : [...before, ...after];
    case 'double':
      return [...before, token, token, ...after];
    case 'swap':
      return [...before, ...after.slice(0, 1), token, ...after.slice(1)];
    case 'replace':
      return [...before, stray, ...after];
    default:
      return [...before, token, stray, ...after];
  }
}
