/**
 * Characters to tokens.
 *
 * There is no list of tokens: each call of `next` reads one more into the fields, and nothing is made
 * but the values of names and literals. Indentation becomes `indent` and `outdent`; blank lines and
 * comments are nothing; inside brackets the ends of lines are nothing either. The text of an f-string
 * is read by the parser, between its tokens (see `format-string.ts`).
 *
 * The source ends in a NUL that is not part of it, so that looking at the next character needs no check.
 */
import { readNumber } from './number-literal.js';
import { closingQuote, decodeBytes, decodeText, PREFIXES, unclosed, type Quote } from './string-literal.js';
import { syntaxError } from './syntax-error.js';
import { LONGEST_WORD, MARK_TREE, WORDS, type MarkNode, type Token } from './token.js';
import type { StarlarkError } from '../error.js';
import type { Literal } from './tree.js';

const TAB_WIDTH = 8;

const TAB = 9;
const LINE_FEED = 10;
const FORM_FEED = 12;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const DOT = 46;
const BACKSLASH = 92;
const BYTE_ORDER_MARK = 0xfeff;

/** Classes of ASCII characters: what may begin a name, digits, and all others. */
const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const ZERO = 48;
const CLASS = new Uint8Array(128);
for (const letter of 'abcdefghijklmnopqrstuvwxyz_') {
  CLASS[letter.charCodeAt(0)] = LETTER;
  CLASS[letter.toUpperCase().charCodeAt(0)] = LETTER;
}
CLASS.fill(DIGIT, 48, 58);

/** Digits of an integer that is read by counting, and is safe. */
const SHORT_INTEGER = 15;

/** A fence of Markdown around the whole script: some senders leave it on. */
const OPENING_FENCE = /\s*```[^\S\r\n]*\w*[^\S\r\n]*(\r\n|\r|\n)/y;
const CLOSING_FENCE = /```\s*\0$/y;

const OPENING: ReadonlySet<Token> = new Set<Token>(['(', '[', '{']);
const CLOSING: ReadonlySet<Token> = new Set<Token>([')', ']', '}']);

const NAME_BEGINS = /\p{L}/u;
const NAME_GOES_ON = /[\p{L}\p{Nd}_]/u;

/** Reads one token after another. */
export class Scanner {
  /** The source, and a NUL. */
  protected readonly source: string;
  /** The token that was read last. */
  protected token: Token = 'newline';
  /** Where it begins. */
  protected start = 0;
  /** Where it ends, and reading goes on. */
  protected at = 0;
  /** The text of a name; stale for other tokens. */
  protected name = '';
  /** The value of a number or string; stale for other tokens. */
  protected value: Literal['value'] = 0;
  /** How the f-string was opened; stale for other tokens. */
  protected quote: Quote = { at: 0, mark: '"', raw: false };
  /** How the f-string was opened whose field is being read; null outside of fields. */
  protected around: Quote | null = null;
  /** Open brackets. */
  protected brackets = 0;

  private readonly indents: number[] = [0];
  /** Blocks that the current line opens (1) or closes (below 0), not yet answered as tokens. */
  private dents = 0;
  private lineBegins = true;
  private readonly fenced: boolean;

  constructor(source: string) {
    this.source = `${source}\0`;
    this.at = this.source.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
    OPENING_FENCE.lastIndex = this.at;
    this.fenced = OPENING_FENCE.test(this.source);
    if (this.fenced) this.at = OPENING_FENCE.lastIndex;
  }

  /** Reads the next token. */
  protected next(): void {
    if (this.lineBegins) this.beginLine();
    if (this.dents === 0) this.readToken();
    else this.readDent();
  }

  /** Whether the current token is this one. */
  protected is(token: Token): boolean {
    return this.token === token;
  }

  // ── lines ─────────────────────────────────────────────────────────────────────────────────────

  /** Goes to the first line that holds something, and compares its indentation. */
  private beginLine(): void {
    this.lineBegins = false;
    const column = this.indentation();
    const { indents } = this;
    if (column > indents.at(-1)!) {
      indents.push(column);
      this.dents = 1;
      return;
    }
    for (; column < indents.at(-1)!; this.dents--) indents.pop();
    if (column !== indents.at(-1)!) {
      throw syntaxError(
        this.at,
        'block: got a line that begins in the column of no open block',
        'indent the lines of a block alike',
      );
    }
  }

  private indentation(): number {
    for (;;) {
      const column = this.skipIndentation();
      if (this.source.charCodeAt(this.at) === HASH) this.skipComment();
      if (!this.skipLineEnd()) return this.atEnd() ? 0 : column;
    }
  }

  private skipIndentation(): number {
    let column = 0;
    for (; ; this.at++) {
      const code = this.source.charCodeAt(this.at);
      if (code === SPACE) column++;
      else if (code === TAB) column += TAB_WIDTH - (column % TAB_WIDTH);
      else if (code !== FORM_FEED) return column;
    }
  }

  private readDent(): void {
    this.start = this.at;
    this.token = this.dents > 0 ? 'indent' : 'outdent';
    this.dents += this.dents > 0 ? -1 : 1;
  }

  private endLine(): void {
    this.token = 'newline';
    this.lineBegins = true;
    this.skipLineEnd();
  }

  /** The last line ends too, before the source does. */
  private endSource(): void {
    const ended = this.token === 'newline' || this.token === 'outdent';
    this.token = ended || this.brackets > 0 ? 'end' : 'newline';
    this.lineBegins = this.token === 'newline';
  }

  private atEnd(): boolean {
    return this.at >= this.source.length - 1;
  }

  private skipLineEnd(): boolean {
    const code = this.source.charCodeAt(this.at);
    if (code === CARRIAGE_RETURN && this.source.charCodeAt(this.at + 1) === LINE_FEED) this.at += 2;
    else if (code === LINE_FEED || code === CARRIAGE_RETURN) this.at++;
    else return false;
    return true;
  }

  private skipComment(): void {
    for (;;) {
      const code = this.source.charCodeAt(this.at);
      if (code === LINE_FEED || code === CARRIAGE_RETURN || this.atEnd()) return;
      this.at++;
    }
  }

  /** Blanks, comments, continued lines, and within brackets the ends of lines. */
  private skipSpace(): void {
    for (;;) {
      const code = this.source.charCodeAt(this.at);
      if (code === SPACE || code === TAB || code === FORM_FEED) this.at++;
      else if (code === HASH) this.skipComment();
      else if (code === BACKSLASH) this.skipContinuation();
      else if (this.brackets === 0 || !this.skipLineEnd()) return;
    }
  }

  private skipContinuation(): void {
    const at = this.at++;
    if (!this.skipLineEnd())
      throw syntaxError(at, 'line: got a backslash, want it at the end of a line or in a string');
  }

  // ── tokens ────────────────────────────────────────────────────────────────────────────────────

  private readToken(): void {
    this.skipSpace();
    this.start = this.at;
    const code = this.source.charCodeAt(this.at);
    const kind = code < 128 ? CLASS[code] : OTHER;
    if (kind === LETTER) this.readName();
    else if (kind === DIGIT) this.readInteger();
    else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) this.readString('');
    else if (code === LINE_FEED || code === CARRIAGE_RETURN) this.endLine();
    else this.readOther(code);
  }

  private readOther(code: number): void {
    const mark = MARK_TREE.get(code);
    if (code === DOT && this.digitAt(this.at + 1)) this.readNumber();
    else if (this.atEnd()) this.endSource();
    else if (mark !== undefined) this.readMark(mark);
    else if (NAME_BEGINS.test(this.character())) this.readName();
    else throw this.unexpectedCharacter();
  }

  private readName(): void {
    const { source } = this;
    let at = this.at;
    let code = source.charCodeAt(at);
    while (code < 128 && CLASS[code] !== OTHER) code = source.charCodeAt(++at);
    this.at = at;
    if (code > 127) this.readRestOfName();
    const name = source.slice(this.start, this.at);
    if ((code === DOUBLE_QUOTE || code === SINGLE_QUOTE) && PREFIXES.has(name.toLowerCase())) {
      this.readString(name.toLowerCase());
      return;
    }
    this.name = name;
    this.token = name.length > LONGEST_WORD ? 'name' : (WORDS.get(name) ?? 'name');
  }

  /** The slow way, for letters beyond ASCII. */
  private readRestOfName(): void {
    for (;;) {
      const character = this.character();
      if (!NAME_GOES_ON.test(character)) return;
      this.at += character.length;
    }
  }

  /** A short decimal integer, or else any number. */
  private readInteger(): void {
    const { source, start } = this;
    let at = start;
    let value = 0;
    let code = source.charCodeAt(at);
    for (; code < 128 && CLASS[code] === DIGIT; code = source.charCodeAt(++at))
      value = value * 10 + code - ZERO;
    const short = at - start <= SHORT_INTEGER && (at - start === 1 || source.charCodeAt(start) !== ZERO);
    if (!short || code === DOT || (code < 128 && CLASS[code] === LETTER)) {
      this.readNumber();
      return;
    }
    this.token = 'number';
    this.value = value;
    this.at = at;
  }

  private readNumber(): void {
    const { value, end } = readNumber(this.source, this.start);
    this.token = 'number';
    this.value = value;
    this.at = end;
  }

  private readString(prefix: string): void {
    const { source } = this;
    const { raw, bytes, format } = PREFIXES.get(prefix)!;
    const first = source.charAt(this.at);
    const mark = source.startsWith(first + first, this.at + 1) ? first + first + first : first;
    const from = this.at + mark.length;
    this.quote = { at: this.start, mark, raw };
    this.token = format ? 'format' : 'string';
    this.at = from;
    if (format) return;
    const end = closingQuote(source, from, this.quote);
    if (end < 0) throw this.unclosedString(mark);
    this.value = bytes ? { bytes: decodeBytes(source, from, end, raw) } : decodeText(source, from, end, raw);
    this.at = end + mark.length;
  }

  /** In a field, a quotation mark like the one around it was rather meant to close the f-string. */
  private unclosedString(mark: string): StarlarkError {
    if (this.around?.mark !== mark) return unclosed(this.quote);
    return syntaxError(this.start, `format string: got ${mark}, want '}'`);
  }

  private readMark(first: MarkNode): void {
    let node = first;
    for (let longer: MarkNode | undefined = first; longer !== undefined;) {
      node = longer;
      this.at++;
      longer = node.longer?.get(this.source.charCodeAt(this.at));
    }
    this.token = node.token;
    if (OPENING.has(node.token)) this.brackets++;
    else if (CLOSING.has(node.token)) this.brackets = Math.max(0, this.brackets - 1);
    else if (node.token === '`') this.endFence();
  }

  /** The fence that ends the script ends the source. */
  private endFence(): void {
    CLOSING_FENCE.lastIndex = this.start;
    if (!this.fenced || !CLOSING_FENCE.test(this.source)) return;
    this.at = this.source.length - 1;
    this.token = 'newline';
    this.endSource();
  }

  private digitAt(at: number): boolean {
    const code = this.source.charCodeAt(at);
    return code < 128 && CLASS[code] === DIGIT;
  }

  /** The whole character at the point of reading. */
  private character(): string {
    return String.fromCodePoint(this.source.codePointAt(this.at)!);
  }

  private unexpectedCharacter(): StarlarkError {
    const character = this.character();
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    const shown = /[\p{C}\p{Z}]/u.test(character) ? `U+${code}` : `${character} (U+${code})`;
    return syntaxError(
      this.at,
      `script: got character ${shown}, want it in a string or comment only`,
      'write it in ASCII',
    );
  }
}
