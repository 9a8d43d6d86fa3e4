/**
 * Measures a value as JSON text, and finds out whether it is JSON at all.
 *
 * It walks with a stack of its own, so that no depth of nesting breaks it, and stops at the first fault
 * or soon after the byte limit, so that cycles and giants end too.
 */
import { utf8Bytes } from './byte-count.js';
import { typeMet } from './type-name.js';

/** Bytes as JSON text in UTF-8 without spaces; or what is wrong, with the path to it. */
export type Measure = { readonly bytes: number; readonly fault?: undefined } | { readonly fault: string };

/** The deepest nesting of JSON that crosses between rooms. */
export const MAX_JSON_DEPTH = 500;

/** Measures; `bytes` is above `limit` when the value is, and not exact then. */
export function measureJson(value: unknown, limit: number): Measure {
  const walk = new Walk(limit);
  try {
    walk.enter(value);
    while (walk.fault === undefined && walk.bytes <= limit && walk.step());
  } catch {
    return { fault: 'a value that cannot be read' };
  }
  return walk.fault === undefined ? { bytes: walk.bytes } : { fault: walk.fault };
}

/** An array, or an object with its keys, whose items are being measured. */
interface Level {
  readonly keys: readonly string[] | null;
  readonly items: readonly unknown[] | Readonly<Record<string, unknown>>;
  readonly length: number;
  next: number;
}

class Walk {
  bytes = 0;
  fault: string | undefined;
  readonly #limit: number;
  readonly #levels: Level[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Measures the next item; answers whether there was one. */
  step(): boolean {
    const level = this.#levels.at(-1);
    if (level === undefined) return false;
    if (level.next === level.length) {
      this.#levels.pop();
      return true;
    }
    this.#item(level, level.next);
    return true;
  }

  #item(level: Level, index: number): void {
    const key = level.keys?.[index];
    level.next += 1;
    if (index > 0) this.bytes += 1;
    if (key !== undefined) this.bytes += this.#textBytes(key) + 1;
    this.enter((level.items as Readonly<Record<string, unknown>>)[key ?? index]);
  }

  /** Measures a value; of an array or object only the brackets, the items come step by step. */
  enter(value: unknown): void {
    if (typeof value === 'string') this.bytes += this.#textBytes(value);
    else if (typeof value === 'bigint') this.bytes += digits(value);
    else if (typeof value === 'number' && Number.isFinite(value)) this.bytes += String(value).length;
    else if (value === null || typeof value === 'boolean') this.bytes += String(value).length;
    else if (typeof value === 'object') this.#open(value);
    else this.fault = `${typeMet(value)}${this.#path()}`;
  }

  #open(value: object): void {
    const level = Array.isArray(value) ? arrayLevel(value) : objectLevel(value);
    this.bytes += 2;
    this.#levels.push(level);
    if (this.#levels.length > MAX_JSON_DEPTH) {
      this.fault = `values nested more than ${String(MAX_JSON_DEPTH)} deep`;
    }
  }

  #textBytes(text: string): number {
    const bytes = utf8Bytes(text, this.#limit - this.bytes) + 2;
    return this.bytes + bytes > this.#limit ? bytes : bytes + escapeBytes(text);
  }

  #path(): string {
    const steps = this.#levels.map(({ keys, next }) => {
      return keys === null ? `[${String(next - 1)}]` : `.${keys[next - 1] ?? ''}`;
    });
    return steps.length === 0 ? '' : ` at ${steps.join('').slice(0, 200)}`;
  }
}

function arrayLevel(items: readonly unknown[]): Level {
  return { keys: null, items, length: items.length, next: 0 };
}

function objectLevel(value: object): Level {
  const keys = Object.keys(value);
  return { keys, items: value as Record<string, unknown>, length: keys.length, next: 0 };
}

/** What escaping adds to a text. */
function escapeBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20) bytes += SHORT_ESCAPES.has(unit) ? 1 : 5;
    else if (unit === QUOTE || unit === BACKSLASH) bytes += 1;
  }
  return bytes;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Backspace, tab, line feed, form feed, carriage return. */
const SHORT_ESCAPES = new Set([8, 9, 10, 12, 13]);

/** About how many digits an integer has, without the cost of writing a huge one in decimal. */
function digits(value: bigint): number {
  return Math.ceil(value.toString(16).length * Math.log10(16));
}
