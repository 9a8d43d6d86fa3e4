/** JSON text as it goes into the sandbox and comes out of it: all digits kept, nothing in it that Monty refuses. */
import { isJsonArray } from '../../../core/index.js';
import type { Json } from '../../../core/index.js';

/** A value, for the sandbox. */
export function sentJson(value: Json): string {
  return wellFormed(textOf(value));
}

/** A text that may be JSON, for the sandbox: the JSON where it is, else a JSON string of the text. */
export function sentText(text: string): string {
  return BEGINS_AS_JSON.test(text) && isJson(text) ? wellFormed(text) : sentJson(text);
}

/** What the sandbox wrote, as a value. Throws a SyntaxError for what it did not write. */
export function receivedJson(text: string): Json {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text) as Json;
  const mark = crypto.randomUUID();
  const marked = text.replace(TOKENS, (token) => (isLongInteger(token) ? `"${mark}${token}"` : token));
  return JSON.parse(marked, (_key, item: Json) =>
    typeof item === 'string' && item.startsWith(mark) ? BigInt(item.slice(mark.length)) : item,
  ) as Json;
}

const BEGINS_AS_JSON = /^\s*(?:[[{"\d-]|true|false|null)/;
const LONG_NUMBER = /\d{16}/;
/** Strings and numbers of JSON text. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
/** Halves of a sign that stand alone, or what must be read to tell them: a pair, another escape. */
const ESCAPES =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[dD][89a-fA-F][\da-fA-F]{2}|.)/g;
const LONE_HALF = /^\\u[dD].{3}$/;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isLongInteger(token: string): boolean {
  return /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token));
}

/** Integers beyond 2^53 have no text of their own in JavaScript. */
function textOf(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (isJsonArray(value)) return `[${value.map(textOf).join(',')}]`;
    const members = Object.keys(value).map((key) => `${JSON.stringify(key)}:${textOf(value[key]!)}`);
    return `{${members.join(',')}}`;
  }
}

/** Python of this kind has no half signs: U+FFFD stands for them. */
function wellFormed(text: string): string {
  const isEscaped = /\\u[dD][89a-fA-F]/.test(text);
  return isEscaped ? text.replace(ESCAPES, (escape) => (LONE_HALF.test(escape) ? '\\ufffd' : escape)) : text;
}
