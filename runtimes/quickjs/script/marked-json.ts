/**
 * JSON text in which integers beyond 2^53 stand as texts behind a mark: `JSON.parse` keeps their digits so.
 * `mark` needs no escape in JSON.
 */
import { isJsonArray, isJsonObject, setKey } from '../../../core/index.js';
import type { Json } from '../../../core/index.js';

/** A text for the guest, and how it reads it: `marked` where there is a mark in it, `perhaps` where it may be JSON. */
export interface GuestText {
  readonly form: 'json' | 'marked' | 'perhaps' | 'text';
  readonly text: string;
}

/** A value, for the guest. */
export function guestJson(value: Json, mark: string): GuestText {
  try {
    return { form: 'json', text: JSON.stringify(value) };
  } catch {
    return { form: 'marked', text: JSON.stringify(marked(value, mark)) };
  }
}

/** A text that may be JSON, for the guest: JSON where it is. */
export function guestText(text: string, mark: string): GuestText {
  if (!BEGINS_AS_JSON.test(text)) return { form: 'text', text };
  if (!HAS_LONG_NUMBER.test(text)) return { form: 'perhaps', text };
  try {
    JSON.parse(text);
  } catch {
    return { form: 'text', text };
  }
  return { form: 'marked', text: text.replace(TOKENS, (token) => markedToken(token, mark)) };
}

/** What the guest wrote: the value, and the text with all digits and no mark. */
export function fromGuest(text: string, mark: string): { readonly value: Json; readonly text: string } {
  if (!text.includes(mark)) return { value: JSON.parse(text) as Json, text };
  const value = JSON.parse(text, (_key, item: Json) =>
    typeof item === 'string' && isMarked(item, mark) ? BigInt(item.slice(mark.length)) : item,
  ) as Json;
  return { value, text: text.replace(TOKENS, (token) => unmarkedToken(token, mark)) };
}

const BEGINS_AS_JSON = /^\s*(?:[[{"\d-]|true|false|null)/;
const HAS_LONG_NUMBER = /\d{16}/;
/** Strings and numbers of JSON text. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
const INTEGER = /^-?\d+$/;

function markedToken(token: string, mark: string): string {
  return INTEGER.test(token) && !Number.isSafeInteger(Number(token)) ? `"${mark}${token}"` : token;
}

function unmarkedToken(token: string, mark: string): string {
  const text = token.slice(1, -1);
  return token.startsWith('"') && isMarked(text, mark) ? text.slice(mark.length) : token;
}

function isMarked(text: string, mark: string): boolean {
  return text.startsWith(mark) && INTEGER.test(text.slice(mark.length));
}

function marked(value: Json, mark: string): Json {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : `${mark}${value.toString()}`;
  }
  if (isJsonArray(value)) return value.map((item) => marked(item, mark));
  if (!isJsonObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(value)) setKey(copy, key, marked(value[key]!, mark));
  return copy;
}
