/**
 * Colours for the text of a script that is only read: comments, strings, numbers, keywords. It looks at
 * one line after another and remembers an open string; it does not parse.
 */

/** A stretch of one line. */
export interface ScriptToken {
  readonly kind: 'plain' | 'comment' | 'string' | 'number' | 'keyword';
  readonly text: string;
}

const KEYWORDS = new Set(
  `and as async await break case catch class const continue def elif else except export extends False finally
  for from function if import in instanceof is lambda let load new None nonlocal not null of or pass return
  switch throw True try typeof undefined var while yield true false`.split(/\s+/),
);

const PYTHON = /(#.*)|("""|'''|"|')|(\d[\w.]*)|([A-Za-z_$][\w$]*)/g;
const JAVASCRIPT = /(\/\/.*|\/\*)|(`|"|')|(\d[\w.]*)|([A-Za-z_$][\w$]*)/g;

/** What of a line is coloured; a longer one stays plain. */
const LONGEST_LINE = 2_000;

/** The tokens of each line; those of a line give its text when joined. */
export function scriptTokens(lines: readonly string[], javascript: boolean): ScriptToken[][] {
  let open = '';
  return lines.map((line) => {
    if (line.length > LONGEST_LINE) return [{ kind: 'plain', text: line }];
    const [tokens, left] = lineTokens(line, open, javascript ? JAVASCRIPT : PYTHON);
    open = left;
    return tokens;
  });
}

/** The tokens of a line, and the quote that stays open behind it (`''` for none). */
function lineTokens(line: string, open: string, grammar: RegExp): [ScriptToken[], string] {
  const tokens: ScriptToken[] = [];
  const add = (kind: ScriptToken['kind'], text: string): void => {
    if (text !== '') tokens.push({ kind, text });
  };
  let at = 0;
  const takeQuoted = (quote: string, from: number, begin: number): string => {
    const end = closing(line, quote, from);
    at = end === -1 ? line.length : end;
    add(quote === '*/' ? 'comment' : 'string', line.slice(begin, at));
    return end === -1 && (quote.length > 1 || quote === '`') ? quote : '';
  };
  if (open !== '') {
    open = takeQuoted(open, 0, 0);
    if (open !== '') return [tokens, open];
  }
  while (at < line.length) {
    grammar.lastIndex = at;
    const match = grammar.exec(line);
    if (match === null) break;
    add('plain', line.slice(at, match.index));
    at = match.index + match[0].length;
    const [, comment, quote, number, word] = match;
    if (comment === '/*') open = takeQuoted('*/', at, match.index);
    else if (quote !== undefined) open = takeQuoted(quote, at, match.index);
    else if (comment !== undefined) add('comment', comment);
    else if (number !== undefined) add('number', number);
    else if (word !== undefined) add(KEYWORDS.has(word) ? 'keyword' : 'plain', word);
  }
  add('plain', line.slice(at));
  return [tokens, open];
}

/** Where a quoted text ends, behind its closing quote; -1 if not on this line. */
function closing(line: string, quote: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\' && quote !== '*/') at += 1;
    else if (line.startsWith(quote, at)) return at + quote.length;
  }
  return -1;
}
