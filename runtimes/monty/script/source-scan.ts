/**
 * Reads the text of a script as far as it takes to find statements: strings, brackets, comments, lines.
 *
 * It finds what Monty's parser would: it knows format strings within format strings. A text that is no Python is
 * read somehow; the parser refuses it afterwards.
 */

import { ToolscriptError } from '../../../core/index.js';

/** Format strings within format strings: Monty refuses more, too. */
const DEEPEST = 150;

/** A simple statement, or the head of a compound one, up to the next `;` or the end of its logical line. */
export interface Statement {
  /** Where it begins and ends, in UTF-16 units; the end without comment and spaces. */
  readonly start: number;
  readonly end: number;
  /** Columns before its line; null for what does not begin the line. */
  readonly indent: number | null;
  /** Its first word; empty where it begins with none. */
  readonly word: string;
  /** Where `return` stands in it, outside brackets and strings. */
  readonly returnAt: number | null;
  /** Whether it has `=` or `:` outside brackets, as no expression has but a lambda. */
  readonly isMarked: boolean;
}

/** All statements of a text, in order. Throws `script/syntax`. */
export function statementsOf(source: string): Statement[] {
  return new Scan(source).statements();
}

const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const STRING_PREFIX = /^(?:[rbuft]|[rb][rb]|[rft][rft])$/i;
const OPENING = '([{';
const CLOSING = ')]}';

class Scan {
  #at = 0;
  #depth = 0;
  #fields = 0;

  constructor(private readonly text: string) {}

  statements(): Statement[] {
    const found: Statement[] = [];
    while (this.#at < this.text.length) {
      const indent = this.#indent();
      let next: number | null = indent;
      do {
        const statement = this.#statement(next);
        if (statement.end > statement.start) found.push(statement);
        next = null;
      } while (this.#isAt(';') && this.#at++ >= 0);
      this.#skipLineEnd();
    }
    return found;
  }

  /** Blank and comment lines, then the columns before the first sign. */
  #indent(): number {
    const space = /[ \t\f]*/y;
    space.lastIndex = this.#at;
    const spaces = space.exec(this.text)![0];
    this.#at += spaces.length;
    let columns = 0;
    for (const sign of spaces) columns = sign === '\t' ? columns - (columns % 8) + 8 : columns + 1;
    return columns;
  }

  #statement(indent: number | null): Statement {
    const { text } = this;
    if (indent === null) this.#indent();
    const start = this.#at;
    let [end, word, returnAt, isMarked] = [start, '', null as number | null, false];
    this.#depth = 0;
    while (this.#at < text.length && !this.#isStatementEnd()) {
      const at = this.#at;
      const found = this.#token();
      if (found === 'space') continue;
      end = this.#at;
      if (at === start) word = found === 'word' ? text.slice(at, end) : '';
      if (this.#depth > 0) continue;
      if (found === 'word' && text.slice(at, end) === 'return') returnAt ??= at;
      if (found === 'mark') isMarked = true;
    }
    return { start, end, indent, word, returnAt, isMarked };
  }

  #isStatementEnd(): boolean {
    return this.#depth === 0 && (this.#isAt(';') || this.#isAt('\n') || this.#isAt('\r'));
  }

  /** Moves past one token, and says what it was. */
  #token(): 'space' | 'word' | 'mark' | 'other' {
    const { text } = this;
    const sign = text[this.#at]!;
    if (sign === '#') return this.#comment();
    if (sign === '\\') return this.#continuation();
    if (/\s/.test(sign)) return this.#pass(1, 'space');
    if (sign === '"' || sign === "'") return this.#string('');
    WORD.lastIndex = this.#at;
    const word = WORD.exec(text)?.[0];
    if (word !== undefined) return this.#word(word);
    if (OPENING.includes(sign)) this.#depth += 1;
    else if (CLOSING.includes(sign)) this.#depth = Math.max(0, this.#depth - 1);
    const comparison = /[=!<>]=/y;
    comparison.lastIndex = this.#at;
    if (comparison.test(text) && !/(?:<<|>>)=/.test(text.slice(this.#at - 1, this.#at + 2)))
      return this.#pass(2, 'other');
    return this.#pass(1, sign === '=' || sign === ':' ? 'mark' : 'other');
  }

  #word(word: string): 'word' | 'other' {
    this.#at += word.length;
    const isPrefix = STRING_PREFIX.test(word) && (this.#isAt('"') || this.#isAt("'"));
    return isPrefix ? this.#string(word.toLowerCase()) : 'word';
  }

  #comment(): 'space' {
    while (this.#at < this.text.length && !this.#isAt('\n') && !this.#isAt('\r')) this.#at += 1;
    return 'space';
  }

  #continuation(): 'space' | 'other' {
    this.#at += 1;
    if (!this.#isAt('\n') && !this.#isAt('\r')) return 'other';
    this.#skipLineEnd();
    return 'space';
  }

  #string(prefix: string): 'other' {
    const quote = this.text[this.#at]!;
    const mark = this.text.startsWith(quote.repeat(3), this.#at) ? quote.repeat(3) : quote;
    this.#at += mark.length;
    const isFormat = prefix.includes('f') || prefix.includes('t');
    while (this.#at < this.text.length) {
      if (this.text.startsWith(mark, this.#at)) return this.#pass(mark.length, 'other');
      if (mark.length === 1 && (this.#isAt('\n') || this.#isAt('\r'))) return 'other';
      if (this.#isAt('\\')) this.#at += isFormat && '{}'.includes(this.text[this.#at + 1] ?? '-') ? 1 : 2;
      else if (isFormat && this.text.startsWith('{{', this.#at)) this.#at += 2;
      else if (isFormat && this.#isAt('{')) this.#replacement();
      else this.#at += 1;
    }
    this.#at = this.text.length; // It never ends; a stroke may have stood last.
    return 'other';
  }

  /** A field of a format string, from its opening brace past its closing one. */
  #replacement(): void {
    const before = this.#depth;
    this.#fields += 1;
    if (this.#fields > DEEPEST) throw tooDeep();
    this.#at += 1;
    this.#depth = 1;
    while (this.#at < this.text.length && this.#depth > 0) {
      if (this.#depth === 1 && this.#isAt(':')) this.#formatSpec();
      else this.#token();
    }
    this.#depth = before;
    this.#fields -= 1;
  }

  /** The text between the colon and the closing brace: fields may stand in it. */
  #formatSpec(): void {
    this.#at += 1;
    while (this.#at < this.text.length && !this.#isAt('}')) {
      if (this.#isAt('{')) this.#replacement();
      else this.#at += 1;
    }
  }

  #skipLineEnd(): void {
    this.#at += this.text.startsWith('\r\n', this.#at) ? 2 : 1;
  }

  #isAt(sign: string): boolean {
    return this.text[this.#at] === sign;
  }

  #pass<Kind>(units: number, kind: Kind): Kind {
    this.#at += units;
    return kind;
  }
}

function tooDeep(): ToolscriptError {
  const message = `read the script: more than ${String(DEEPEST)} format strings within each other`;
  return new ToolscriptError({ code: 'script/syntax', message });
}
