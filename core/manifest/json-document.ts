/**
 * Reads JSON as people write it in configuration files: comments, trailing commas and a byte order mark
 * are passed over. Keeps where each value stands, so that a fault can name its line.
 *
 * Whole numbers beyond 2^53 are bigints; nesting ends at {@link MAX_DEPTH}.
 */
import type { Position } from '../error.js';
import { setKey, type Json } from '../json.js';
import type { Path } from './fault.js';

/** Arrays and objects within each other, at most. */
export const MAX_DEPTH = 100;

const MAX_DIGITS = 4_096;

/** A document that was read. */
export interface JsonDocument {
  readonly value: Json;
  /** Keys that stand twice in their object; the last one counts. */
  readonly duplicates: readonly Path[];
  /** Where the value at a path stands, or the nearest one around it. */
  readonly locate: (path: Path) => Position;
}

/** Text that is no JSON. */
export class JsonSyntaxError extends Error {
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

/** Reads a document; throws {@link JsonSyntaxError}. */
export function readJson(text: string): JsonDocument {
  const reader = new Reader(text);
  const value = reader.document();
  let lines: Lines | undefined;
  return {
    value,
    duplicates: reader.duplicates,
    locate: (path) => (lines ??= new Lines(text)).position(reader.offsetOf(value, path)),
  };
}

type Container = Json[] | Record<string, Json>;

class Reader {
  readonly duplicates: Path[] = [];
  readonly #text: string;
  #at = 0;
  #start = 0;
  readonly #path: (string | number)[] = [];
  /** Of each container, where its members begin. */
  readonly #offsets = new Map<unknown, Map<string | number, number>>();

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    if (this.#text.startsWith('\uFEFF')) this.#at = 1;
    this.#trivia();
    this.#start = this.#at;
    const value = this.#value();
    this.#trivia();
    if (this.#at < this.#text.length) this.#fail('the end');
    return value;
  }

  offsetOf(root: Json, path: Path): number {
    let at = this.#start;
    let value: unknown = root;
    for (const step of path) {
      const found = this.#offsets.get(value)?.get(step);
      if (found === undefined) return at;
      at = found;
      value = (value as Record<string | number, unknown>)[step];
    }
    return at;
  }

  #value(): Json {
    const start = this.#text[this.#at];
    if (start === '{') return this.#nested(() => this.#object());
    if (start === '[') return this.#nested(() => this.#array());
    if (start === '"') return this.#string();
    return this.#number() ?? this.#word();
  }

  #nested<T>(read: () => T): T {
    if (this.#path.length >= MAX_DEPTH) this.#fail(`at most ${MAX_DEPTH} levels of nesting`);
    this.#at += 1;
    return read();
  }

  #object(): Json {
    const object: Record<string, Json> = {};
    const offsets = this.#members(object);
    while (!this.#closes('}')) {
      const at = this.#at;
      if (this.#text[at] !== '"') this.#fail('a key in double quotes, or "}"');
      const key = this.#string();
      this.#trivia();
      this.#expect(':');
      if (offsets.has(key)) this.duplicates.push([...this.#path, key]);
      offsets.set(key, at);
      setKey(object, key, this.#member(key));
      this.#separator('}');
    }
    return object;
  }

  #array(): Json {
    const array: Json[] = [];
    const offsets = this.#members(array);
    while (!this.#closes(']')) {
      offsets.set(array.length, this.#at);
      array.push(this.#member(array.length));
      this.#separator(']');
    }
    return array;
  }

  #members(container: Container): Map<string | number, number> {
    const offsets = new Map<string | number, number>();
    this.#offsets.set(container, offsets);
    return offsets;
  }

  #member(step: string | number): Json {
    this.#trivia();
    this.#path.push(step);
    const value = this.#value();
    this.#path.pop();
    return value;
  }

  /** Passes the closing bracket, when it is next. */
  #closes(bracket: string): boolean {
    this.#trivia();
    if (this.#text[this.#at] !== bracket) return false;
    this.#at += 1;
    return true;
  }

  #separator(bracket: string): void {
    this.#trivia();
    if (this.#text[this.#at] !== bracket) this.#expect(',', ` or "${bracket}"`);
  }

  #expect(mark: string, otherwise = ''): void {
    if (this.#text[this.#at] !== mark) this.#fail(`"${mark}"${otherwise}`);
    this.#at += 1;
  }

  #string(): string {
    const text = this.#text;
    const from = this.#at;
    for (this.#at += 1; text[this.#at] !== '"'; this.#at += 1) {
      if (this.#at >= text.length) this.#fail('a closing double quote');
      if (text.charCodeAt(this.#at) < 0x20) this.#fail('an escape such as \\n within a string');
      if (text[this.#at] === '\\') this.#escape();
    }
    this.#at += 1;
    return JSON.parse(text.slice(from, this.#at)) as string;
  }

  #escape(): void {
    const length = this.#match(/\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y)?.length;
    if (length === undefined) this.#fail('an escape of JSON (a backslash itself is \\\\)');
    this.#at += length - 1;
  }

  #number(): number | bigint | undefined {
    const digits = this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (digits === undefined) return undefined;
    if (digits.length > MAX_DIGITS) this.#fail(`a number of at most ${MAX_DIGITS} digits`);
    this.#at += digits.length;
    const number = Number(digits);
    return Number.isSafeInteger(number) || /[.eE]/.test(digits) ? number : BigInt(digits);
  }

  #word(): Json {
    const word = this.#match(/true|false|null/y);
    if (word === undefined) this.#fail('a value of JSON');
    this.#at += word.length;
    return JSON.parse(word) as Json;
  }

  /** Passes white space and comments. */
  #trivia(): void {
    for (;;) {
      const passed = this.#match(/[ \t\r\n]+|\/\/[^\r\n]*/y);
      if (passed !== undefined) this.#at += passed.length;
      else if (this.#text.startsWith('/*', this.#at)) this.#comment();
      else return;
    }
  }

  #comment(): void {
    const end = this.#text.indexOf('*/', this.#at + 2);
    if (end < 0) this.#fail('"*/" after this');
    this.#at = end + 2;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }

  #fail(wanted: string): never {
    throw new JsonSyntaxError(
      `found ${this.#found()}, wanted ${wanted}`,
      new Lines(this.#text).position(this.#at),
    );
  }

  #found(): string {
    const point = this.#text.codePointAt(this.#at);
    if (point === undefined) return 'the end of the text';
    if (point === 0x22) return 'a double quote';
    if (point === 0x0a || point === 0x0d) return 'the end of the line';
    return point < 0x20 ? `a control character (${point})` : `"${String.fromCodePoint(point)}"`;
  }
}

/** Turns offsets into positions. */
class Lines {
  readonly #text: string;
  readonly #starts: number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = [text.startsWith('\uFEFF') ? 1 : 0];
    for (const end of text.matchAll(/\r\n|\r|\n/g)) this.#starts.push(end.index + end[0].length);
  }

  position(offset: number): Position {
    const line = this.#lineOf(offset);
    const before = this.#text.slice(this.#starts[line - 1], offset);
    return { line, column: Array.from(before).length + 1 };
  }

  /** How many lines start at the offset or before it: found by halving. */
  #lineOf(offset: number): number {
    let low = 1;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle - 1] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
