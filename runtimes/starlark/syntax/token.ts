/**
 * The words and marks of the language. A token is its own name: `def`, `<<=`, or the kind of thing it
 * stands for, so that the parser reads like the grammar and errors name what was met.
 */

const KEYWORDS = [
  'and',
  'break',
  'continue',
  'def',
  'elif',
  'else',
  'for',
  'if',
  'in',
  'lambda',
  'load',
  'not',
  'or',
  'pass',
  'return',
  'while',
] as const;

/** Words of Python that no script may use as a name; `assert` may be one, as in starlark-go. */
const RESERVED = [
  'as',
  'async',
  'await',
  'class',
  'del',
  'except',
  'finally',
  'from',
  'global',
  'import',
  'is',
  'nonlocal',
  'raise',
  'try',
  'with',
  'yield',
] as const;

/** The last line stands for nothing in Starlark: met and named, so that a habit can be explained. */
const MARKS = [
  ...['(', ')', '[', ']', '{', '}', ',', ':', ';', '.', '->'],
  ...['+', '-', '*', '**', '/', '//', '%', '~', '&', '|', '^', '<<', '>>'],
  ...['=', '+=', '-=', '*=', '**=', '/=', '//=', '%=', '&=', '|=', '^=', '<<=', '>>='],
  ...['==', '!=', '<', '>', '<=', '>='],
  ...['!', '@', '?', '$', '`'],
] as const;

type Keyword = (typeof KEYWORDS)[number];
type Reserved = (typeof RESERVED)[number];
type Mark = (typeof MARKS)[number];

/** `format` is the opening quote of an f-string; `string` stands for bytes too. */
export type Token =
  | Keyword
  | Reserved
  | Mark
  | 'name'
  | 'number'
  | 'string'
  | 'format'
  | 'newline'
  | 'indent'
  | 'outdent'
  | 'end';

/** Words that are no names, by their text. */
export const WORDS: ReadonlyMap<string, Token> = new Map(
  [...KEYWORDS, ...RESERVED].map((word) => [word, word]),
);

/** The longest of {@link WORDS}. */
export const LONGEST_WORD = Math.max(...[...WORDS.keys()].map((word) => word.length));

/** A node of the tree of marks: the mark that ends here, and those that go on, by the next character. */
export interface MarkNode {
  readonly token: Mark;
  readonly longer: Map<number, MarkNode> | null;
}

/** Marks by the code of their first character. Each beginning of a mark is a mark itself. */
export const MARK_TREE: ReadonlyMap<number, MarkNode> = grow('');

function grow(prefix: string): Map<number, MarkNode> {
  const next = MARKS.filter((mark) => mark.length === prefix.length + 1 && mark.startsWith(prefix));
  return new Map(
    next.map((token) => {
      const longer = grow(token);
      return [token.charCodeAt(prefix.length), { token, longer: longer.size > 0 ? longer : null }];
    }),
  );
}

const KINDS: ReadonlyMap<Token, string> = new Map([
  ['number', 'a number'],
  ['string', 'a string'],
  ['format', 'a format string'],
  ['newline', 'end of line'],
  ['indent', 'an indented line'],
  ['outdent', 'the end of the block'],
  ['end', 'end of script'],
] satisfies [Token, string][]);

/** A token as errors name it; `name` is the text of one that is a name, if it is known. */
export function describeToken(token: Token, name = ''): string {
  if (token === 'name') return name === '' ? 'a name' : `name ${name}`;
  return KINDS.get(token) ?? `'${token}'`;
}
