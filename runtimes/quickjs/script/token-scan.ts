/**
 * The names and signs of a JavaScript text, one after the other; strings, comments and patterns are passed over.
 *
 * It is no parser. Where a stroke may begin a pattern as well as divide, which behind a brace is so, it gives up,
 * and says nothing of the text.
 */

/** A name, or a sign: one character that is neither name nor space; `0` stands for a number, `"` for a text. */
export interface Token {
  readonly text: string;
  readonly isName: boolean;
  /** UTF-16 units before it. */
  readonly at: number;
}

/** All of them; undefined where the text cannot be told apart for certain. */
export function tokensOf(source: string): readonly Token[] | undefined {
  const scan = new TokenScan(source);
  try {
    while (scan.next());
  } catch {
    return undefined; // A text too long for a pattern.
  }
  return scan.isCertain ? scan.tokens : undefined;
}

const SPACE = /\s+/y;
const COMMENT = /\/\/.*|\/\*[^]*?\*\//y;
const NAME = /#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /\.?\d(?:[eE][+-]|[\w.])*/y;
const STRING = /"[^"\\\n]*(?:\\[^][^"\\\n]*)*"|'[^'\\\n]*(?:\\[^][^'\\\n]*)*'/y;
const TEMPLATE_PART = /[^`\\$]*(?:(?:\\[^]|\$(?!\{))[^`\\$]*)*(?:`|\$\{)/y;
const PATTERN = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;

/** Behind these words a stroke begins a pattern. */
const BEFORE_VALUE = new Set(
  'return typeof instanceof in of new delete void throw case do else await yield'.split(' '),
);

class TokenScan {
  readonly tokens: Token[] = [];
  isCertain = true;
  #at = 0;
  /** Braces that are open; true where it is the one of a template's part. */
  readonly #braces: boolean[] = [];
  /** Brackets that are open; true where a condition stands in them. Then whether the last that was closed had one. */
  readonly #brackets: boolean[] = [];
  #closedCondition = false;

  constructor(private readonly source: string) {}

  /** Passes over the next thing; answers whether there was one. */
  next(): boolean {
    if (!this.isCertain || this.#at >= this.source.length) return false;
    if (this.#match(SPACE) !== undefined || this.#match(COMMENT) !== undefined) return true;
    const at = this.#at;
    const name = this.#match(NAME);
    if (name !== undefined) this.#push(name, true, at);
    else if (this.#match(NUMBER) !== undefined) this.#push('0', false, at);
    else if (this.#match(STRING) !== undefined) this.#push('"', false, at);
    else this.#sign(at);
    return true;
  }

  #sign(at: number): void {
    const sign = this.source[at]!;
    if (sign === '/' && this.#isPattern()) {
      if (this.#match(PATTERN) === undefined) this.isCertain = false;
      this.#push('"', false, at);
      return;
    }
    this.#at += 1;
    if (sign === '`') this.#template(at);
    else if (sign === '}' && this.#braces.pop() === true) {
      this.#push(')', false, at);
      this.#template(at);
    } else {
      if (sign === '{') this.#braces.push(false);
      if (sign === '(') this.#brackets.push(this.#isBeforeCondition());
      if (sign === ')') this.#closedCondition = this.#brackets.pop() === true;
      if (UNCERTAIN.has(sign)) this.isCertain = false;
      this.#push(sign, false, at);
    }
  }

  #template(at: number): void {
    const part = this.#match(TEMPLATE_PART);
    if (part === undefined) this.isCertain = false;
    this.#push('"', false, at);
    if (part?.endsWith('{') !== true) return;
    this.#braces.push(true);
    this.#push('(', false, at);
  }

  /** Whether a stroke here begins a pattern: not behind a value. */
  #isPattern(): boolean {
    const last = this.tokens.at(-1);
    if (last === undefined) return true;
    if (last.isName) return BEFORE_VALUE.has(last.text);
    if (last.text === ')') return this.#closedCondition;
    if (last.text === '}') this.isCertain = false;
    return !VALUE_ENDS.has(last.text);
  }

  #isBeforeCondition(): boolean {
    const last = this.tokens.at(-1)?.text ?? '';
    const word = last === 'await' ? (this.tokens.at(-2)?.text ?? '') : last;
    return BEFORE_CONDITION.has(word) && this.tokens.at(-2)?.text !== '.';
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #push(text: string, isName: boolean, at: number): void {
    this.tokens.push({ text, isName, at });
  }
}

const BEFORE_CONDITION = new Set(['if', 'while', 'for', 'with']);
const VALUE_ENDS = new Set(['0', '"', ']', '}']);
/** Names may be written with these: `\u0061`. */
const UNCERTAIN = new Set(['\\', '"', "'"]);
