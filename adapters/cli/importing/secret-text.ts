/**
 * What of a text looks like a secret: by the name beside it, by its shape, or because it reads like nothing
 * that a person would write. Rather one too many: what is taken for a secret costs its user an `export`,
 * what is not ends up in a file that others may read.
 */
import { redactSecrets } from '../../../core/index.js';

/** A part of a text. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
  /** What it was called where it stood, e.g. a parameter of an address. */
  readonly name?: string;
}

const SECRET_WORDS = new Set(
  (
    'apikey auth authorization bearer conn cookie cookies credential credentials dsn jwt key keys ' +
    'otp pass passcode passphrase passwd password pat pin private pw pwd secret secrets session sig signature token'
  ).split(' '),
);

const SECRET_END = /(?:key|token|secret|password|passwd|credentials?)$/i;

/** Whether the value of something so named is a secret: `GITHUB_TOKEN`, `apiKey`, `X-API-Key`. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(/[^A-Za-z\d]+/);
  return words.some((word) => SECRET_WORDS.has(word.toLowerCase())) || SECRET_END.test(name);
}

const HARMLESS: readonly RegExp[] = [
  // Nothing, truth values, numbers, versions.
  /^(?:|true|false|yes|no|on|off|-?\d{1,6}(?:\.\d{1,6})?|v?\d{1,4}(?:\.\d{1,6}){1,3})$/i,
  // Paths, and lists of them.
  /^(?:~|\.{1,2})?\/|^[A-Za-z]:[\\/]|^\.{1,2}$/,
  // Addresses, hosts, mail.
  /^[a-z][a-z\d+.-]{0,20}:\/\//i,
  /^[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}:\d{1,5}$/,
  /^(?:[\w-]{1,63}\.){1,8}[a-z]{2,20}$/i,
  /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/,
  // Words: `production`, `us-east-1`, `text/event-stream`, `en_US`.
  /^[A-Za-z]{1,20}\d{0,2}(?:[-_., /*;:+]{1,2}[A-Za-z]{1,20}|[-_.]\d{1,2}){0,12}$/,
  // Options: `--max-old-space-size=4096`.
  /^--?[a-z][a-z-]{0,40}(?:=[A-Za-z\d]{1,10})?$/,
];

/** Whether the value of a setting may stand in a file as it is. */
export function isHarmless(name: string, value: string): boolean {
  const isFlag = /^(?:|true|false|\d{1,6})$/.test(value) && !/pin|otp|pass|pw/i.test(name);
  if (isFlag) return true;
  if (isSecretName(name) && !isPath(value)) return false;
  return HARMLESS.some((shape) => shape.test(value)) && secretSpans(value).length === 0;
}

/** A file that holds a secret is none. */
function isPath(value: string): boolean {
  return (
    /^(?:~|\.{1,2})?\/[\w./ @+-]{1,500}$|^[A-Za-z]:\\/.test(value) && !value.split(/[\\/]/).some(isTokenLike)
  );
}

/** The secrets within a text that is a command's argument or an address, none overlapping, in order. */
export function secretSpans(text: string): SecretSpan[] {
  const found = [...named(text), ...inAddress(text), ...shaped(text), ...words(text)];
  // What is `$` alone belongs to a variable that follows.
  return distinct(found, text).filter(({ start, end }) => text.slice(start, end) !== '$');
}

const SCHEME = /^(?:bearer|basic|digest|token|apikey|negotiate)\s+/i;

/** Where the value of a header or of such a setting begins, behind its scheme. */
export function afterScheme(value: string): number {
  return SCHEME.exec(value)?.[0].length ?? 0;
}

/** `--api-key=…`, `TOKEN=…`, `Authorization: Bearer …`. */
function named(text: string): SecretSpan[] {
  const [start, name] = /^-{0,2}([A-Za-z][\w.-]{0,100})(?:=|:(?!\/\/)\s*)/.exec(text) ?? [];
  if (start === undefined || name === undefined || !isSecretName(name)) return [];
  const value = text.slice(start.length);
  const from = start.length + afterScheme(value);
  return isPath(value) ? [] : span(from, text.length, name);
}

/** What an address gives away: who comes, and what he says. */
function inAddress(text: string): SecretSpan[] {
  const at = text.indexOf('://');
  if (at < 0) return [];
  const spans: SecretSpan[] = [];
  const authority = /:\/\/([^\s/?#]*)@/.exec(text);
  if (authority !== null) {
    const [user = '', ...rest] = authority[1]!.split(':');
    const from = authority.index + 3;
    if (rest.length > 0) spans.push(...span(from + user.length + 1, from + authority[1]!.length, 'password'));
    else if (isTokenLike(user)) spans.push(...span(from, from + user.length, 'user'));
  }
  for (const match of text.matchAll(/[?&;#]([^=&;#\s]{1,200})=([^&;#\s]+)/g)) {
    const [whole, name = '', value = ''] = match;
    const end = match.index + whole.length;
    if (isSecretName(name) || isTokenLike(value)) spans.push(...span(end - value.length, end, name));
  }
  for (const match of text.matchAll(/(?<=\/)[^/?#\s]+/g)) {
    const [segment] = match;
    if (match.index > at + 3 && isTokenLike(segment))
      spans.push(...span(match.index, match.index + segment.length));
  }
  return spans;
}

/** What the shapes of well-known keys strike out: what of the text is missing between the parts that stay. */
function shaped(text: string): SecretSpan[] {
  const [first = '', ...parts] = redactSecrets(text, text.length + 10_000).split('[redacted]');
  const spans: SecretSpan[] = [];
  let start = first.length;
  parts.forEach((part, index) => {
    const isLast = index === parts.length - 1;
    const end = isLast ? text.length - part.length : part === '' ? -1 : text.indexOf(part, start + 1);
    if (end < start) return;
    spans.push(...span(start, end));
    start = end + part.length;
  });
  return spans;
}

/** Words of their own, and the values of settings that do not say what they are. */
function words(text: string): SecretSpan[] {
  return [...text.matchAll(/[^\s=,;&"'`?#/:@\\]+/g)].flatMap((match) =>
    isTokenLike(match[0]) ? span(match.index, match.index + match[0].length) : [],
  );
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const MIN_TOKEN = 16;

/** Whether a word reads as if drawn at random: long, with digits, of changing kinds of characters. */
export function isTokenLike(word: string): boolean {
  if (UUID.test(word)) return true;
  return word.split(/[-_.~+]/).some((part) => part.length >= MIN_TOKEN && isRandom(part));
}

function isRandom(part: string): boolean {
  if (!/^[A-Za-z\d%=]+$/.test(part) || !/\d/.test(part)) return false;
  let changes = 0;
  for (let at = 1; at < part.length; at += 1) if (kind(part[at]!) !== kind(part[at - 1]!)) changes += 1;
  return changes >= part.length / 5 || /^\d{20,}$/.test(part);
}

function kind(character: string): number {
  return /\d/.test(character) ? 0 : /[a-z]/.test(character) ? 1 : 2;
}

function span(start: number, end: number, name?: string): SecretSpan[] {
  return end > start ? [{ start, end, ...(name !== undefined && { name }) }] : [];
}

/** In order; of those that overlap one that takes in all of them, under the first name that is known. */
function distinct(spans: readonly SecretSpan[], text: string): SecretSpan[] {
  const kept: SecretSpan[] = [];
  for (const next of [...spans].sort((a, b) => a.start - b.start)) {
    const last = kept.at(-1);
    if (last === undefined || next.start >= last.end) kept.push(next);
    else kept[kept.length - 1] = joined(last, next, text);
  }
  return kept;
}

/** What stands before the second one and is plain, a scheme or who comes, stays out. */
function joined(last: SecretSpan, next: SecretSpan, text: string): SecretSpan {
  const before = text.slice(last.start, next.start);
  const isPlain = afterScheme(before) === before.length || /^[^:@/]*:$/.test(before);
  const name = last.name ?? next.name;
  return {
    start: isPlain ? next.start : last.start,
    end: Math.max(last.end, next.end),
    ...(name !== undefined && { name }),
  };
}
