/** `json.decode`: JSON text as values. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import type { Budget } from './budget.js';
import { FLOAT_BYTES, ITEM_BYTES, SEQUENCE_BYTES, chargeScan, chargeText, checkDepth } from './cost.js';
import { Dict } from './dict.js';
import { parseInteger } from './integer-text.js';
import { Float, List } from './value.js';
import type { Value } from './value.js';

/**
 * Reads JSON text: a number with a point or an exponent is a float, any other an int of every digit; of
 * equal keys the last one wins. Errors name the offset in units; `act` begins them.
 */
export function decodeJson(budget: Budget, text: string, act = 'json.decode'): Value {
  chargeScan(budget, text.length);
  return new JsonDecoder(budget, text, act).decode();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const POINT = 0x2e;

/** Keys of an object that are remembered: only those without escapes, which stand in the text as they are. */
const MOST_KEYS = 64;

/** Digits that are exact when they are summed up in a JavaScript number. */
const EXACT_DIGITS = 15;

const NUMBER = /^-?(?:0|[1-9]\d*)(?<fraction>(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

const LITERALS = new Map<string, readonly [text: string, value: Value]>([
  ['n', ['null', null]],
  ['t', ['true', true]],
  ['f', ['false', false]],
]);

class JsonDecoder {
  private at = 0;
  private depth = 0;
  /** The items of all arrays that are being read, up to `top`, so that each array is made in its exact size. */
  private readonly items: Value[] = [];
  private top = 0;
  /** By depth, the keys of the last object there: the next one likely has the same in the same places. */
  private readonly lastKeys: string[][] = [];

  constructor(
    private readonly budget: Budget,
    private readonly text: string,
    private readonly act: string,
  ) {}

  decode(): Value {
    const value = this.value();
    this.skipSpace();
    if (this.at < this.text.length) throw this.fault(`unexpected character ${this.shown()} after value`);
    return value;
  }

  private value(): Value {
    const code = this.next();
    switch (code) {
      case QUOTE:
        return this.string();
      case 0x7b:
        return this.object();
      case 0x5b:
        return this.array();
      default:
        if (code === MINUS || (code >= ZERO && code <= NINE)) return this.number(code);
        return this.literal();
    }
  }

  private literal(): Value {
    const literal = LITERALS.get(this.text.charAt(this.at));
    if (literal === undefined || !this.text.startsWith(literal[0], this.at)) {
      throw this.fault(`unexpected character ${this.shown()}`);
    }
    this.at += literal[0].length;
    return literal[1];
  }

  private enter(): void {
    checkDepth(this.budget, ++this.depth, this.act);
    this.budget.allocate(SEQUENCE_BYTES);
    this.budget.step(1);
    this.at++;
  }

  private array(): List {
    const { items, top } = this;
    this.enter();
    if (this.next() === 0x5d) this.at++;
    else {
      do {
        this.budget.step(1);
        this.budget.allocate(ITEM_BYTES);
        const value = this.value();
        items[this.top++] = value;
      } while (this.goesOn(0x5d, "got %, want ',' or ']'"));
    }
    this.depth--;
    const own = items.slice(top, this.top);
    this.top = top;
    return new List(own);
  }

  private object(): Dict {
    const dict = new Dict();
    this.enter();
    if (this.next() === 0x7d) this.at++;
    else {
      const keys = (this.lastKeys[this.depth] ??= []);
      let member = 0;
      do {
        this.budget.step(1);
        this.member(dict, keys, member++);
      } while (this.goesOn(0x7d, "in object, got %, want ',' or '}'"));
    }
    this.depth--;
    return dict;
  }

  private member(dict: Dict, keys: string[], member: number): void {
    if (this.next() !== QUOTE) throw this.fault(`unexpected character ${this.shown()}, want a string as key`);
    const start = this.at;
    const key = this.expectedKey(keys[member]) ?? this.string();
    const isPlain = this.at - start === key.length + 2;
    if (member < MOST_KEYS) keys[member] = isPlain ? key : '';
    if (this.next() !== 0x3a) throw this.fault(`after object key, got ${this.shown()}, want ':'`);
    this.at++;
    dict.setString(this.budget, key, this.value());
  }

  /** The key at hand, if it is this one: so that equal keys are one string, and hashed once. */
  private expectedKey(key: string | undefined): string | undefined {
    if (key === undefined) return undefined;
    const { text, at } = this;
    const end = at + 1 + key.length;
    if (text.charCodeAt(end) !== QUOTE || !text.startsWith(key, at + 1)) return undefined;
    chargeText(this.budget, key.length + 1);
    this.at = end + 1;
    return key;
  }

  /** Whether a comma follows; else the closing bracket must. */
  private goesOn(close: number, complaint: string): boolean {
    const code = this.next();
    if (code !== 0x2c && code !== close) throw this.fault(complaint.replace('%', () => this.shown()));
    this.at++;
    return code === 0x2c;
  }

  private string(): string {
    const { text } = this;
    const start = this.at;
    let end = start + 1;
    let escaped = false;
    for (let code = text.charCodeAt(end); code !== QUOTE; code = text.charCodeAt(++end)) {
      if (code === BACKSLASH) {
        escaped = true;
        end++;
      } else if (!(code >= 0x20)) throw this.badString(end);
    }
    chargeText(this.budget, end - start);
    this.at = end + 1;
    return escaped ? this.unescaped(start) : text.slice(start + 1, end);
  }

  private badString(end: number): StarlarkError {
    if (end >= this.text.length) return this.fault('unclosed string literal');
    this.at = end;
    return this.fault('control character in a string, want it escaped');
  }

  private unescaped(start: number): string {
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      this.at = start;
      throw this.fault('invalid escape in a string');
    }
  }

  private number(first: number): Value {
    const { text } = this;
    const start = this.at;
    let sum = first === MINUS ? 0 : first - ZERO;
    let end = start + 1;
    let code = text.charCodeAt(end);
    while (code >= ZERO && code <= NINE) {
      sum = 10 * sum + code - ZERO;
      code = text.charCodeAt(++end);
    }
    const digits = end - start - (first === MINUS ? 1 : 0);
    if (digits > EXACT_DIGITS || digits === 0 || startsWithZero(text, end - digits, digits)) {
      return this.oddNumber();
    }
    if (goesOnNumber(code)) return code === POINT ? this.fraction(start, end) : this.oddNumber();
    this.at = end;
    return first === MINUS ? 0 - sum : sum;
  }

  /** A short float without an exponent; its digits before the point are seen. */
  private fraction(start: number, point: number): Value {
    const { text } = this;
    let end = point + 1;
    let code = text.charCodeAt(end);
    while (code >= ZERO && code <= NINE) code = text.charCodeAt(++end);
    if (end === point + 1 || goesOnNumber(code) || end - start > EXACT_DIGITS) return this.oddNumber();
    this.at = end;
    this.budget.allocate(FLOAT_BYTES);
    return new Float(Number(text.slice(start, end)));
  }

  /** A float, a large int, or no number at all. */
  private oddNumber(): Value {
    NUMBER_RUN.lastIndex = this.at;
    const run = NUMBER_RUN.exec(this.text)?.[0] ?? '';
    chargeScan(this.budget, run.length);
    const fraction = NUMBER.exec(run)?.groups?.['fraction'];
    const value = fraction === '' ? parseInteger(this.budget, run, 10) : Number(run);
    if (fraction === undefined || value === undefined || value === Infinity || value === -Infinity) {
      throw this.fault(`invalid number: ${run.slice(0, 40)}`);
    }
    this.at += run.length;
    if (fraction === '') return value;
    this.budget.allocate(FLOAT_BYTES);
    return new Float(Number(value));
  }

  /** The first code after white space, which must be there. */
  private next(): number {
    this.skipSpace();
    if (this.at >= this.text.length) throw this.fault('unexpected end of file');
    return this.text.charCodeAt(this.at);
  }

  private skipSpace(): void {
    let code = this.text.charCodeAt(this.at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      code = this.text.charCodeAt(++this.at);
    }
  }

  private shown(): string {
    const character = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
    if (character === "'" || character === '"') return character === '"' ? `'"'` : `'\\''`;
    return `'${JSON.stringify(character).slice(1, -1)}'`;
  }

  private fault(reason: string): StarlarkError {
    return runtimeError(`${this.act}: at offset ${this.at}, ${reason}`).as('JSONDecodeError');
  }
}

const NUMBER_RUN = /[-+.eE\d]*/y;

function goesOnNumber(code: number): boolean {
  return code === POINT || code === 0x65 || code === 0x45 || code === 0x2b || code === MINUS;
}

function startsWithZero(text: string, at: number, digits: number): boolean {
  return digits > 1 && text.charCodeAt(at) === ZERO;
}
