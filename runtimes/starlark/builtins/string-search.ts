/** Methods of strings that look for a part. */
import { runtimeError } from '../error.js';
import { Tuple, chargeScan, needleFor, sliceBounds, typeName } from '../values/index.js';
import type { Budget, Thread, Value } from '../values/index.js';

/** Places that do not overlap; the empty string is found between all units. */
export function count(
  { budget }: Thread,
  text: string,
  sub: string,
  start: Value = null,
  end: Value = null,
): number {
  const part = between(text, start, end);
  return sub === '' ? part.length + 1 : needleFor(budget, part, sub).countIn(part);
}

/** The first place, or −1. */
export function find(
  { budget }: Thread,
  text: string,
  sub: string,
  start: Value = null,
  end: Value = null,
): number {
  const [low, high] = sliceBounds(text.length, start, end);
  const part = text.slice(low, Math.max(low, high));
  const at = needleFor(budget, part, sub).indexIn(part);
  return at < 0 ? at : low + at;
}

/** The last place, or −1. */
export function rfind(
  { budget }: Thread,
  text: string,
  sub: string,
  start: Value = null,
  end: Value = null,
): number {
  const [low, high] = sliceBounds(text.length, start, end);
  const part = text.slice(low, Math.max(low, high));
  const at = needleFor(budget, part, sub).lastIndexIn(part);
  return at < 0 ? at : low + at;
}

/** Like {@link find}, but it must be there. */
export function index(
  thread: Thread,
  text: string,
  sub: string,
  start: Value = null,
  end: Value = null,
): number {
  return found(find(thread, text, sub, start, end));
}

/** Like {@link rfind}, but it must be there. */
export function rindex(
  thread: Thread,
  text: string,
  sub: string,
  start: Value = null,
  end: Value = null,
): number {
  return found(rfind(thread, text, sub, start, end));
}

/** `prefix` is a string, or a tuple of strings of which one will do. */
export function startswith(
  { budget }: Thread,
  text: string,
  prefix: Value,
  start: Value = null,
  end: Value = null,
): boolean {
  const part = between(text, start, end);
  return anyOf(budget, prefix, (prefix) => part.startsWith(prefix));
}

/** `suffix` is a string, or a tuple of strings of which one will do. */
export function endswith(
  { budget }: Thread,
  text: string,
  suffix: Value,
  start: Value = null,
  end: Value = null,
): boolean {
  const part = between(text, start, end);
  return anyOf(budget, suffix, (suffix) => part.endsWith(suffix));
}

/** The part of a text that a method looks at. */
function between(text: string, start: Value, end: Value): string {
  if (start === null && end === null) return text;
  const [low, high] = sliceBounds(text.length, start, end);
  return text.slice(low, Math.max(low, high));
}

function found(at: number): number {
  if (at < 0) throw runtimeError('substring not found', 'find and rfind answer -1 instead').as('ValueError');
  return at;
}

/** Tries a string, or the strings of a tuple until one fits. */
function anyOf(budget: Budget, wanted: Value, fits: (text: string) => boolean): boolean {
  if (typeof wanted === 'string') return tried(budget, wanted, fits);
  if (!(wanted instanceof Tuple))
    throw runtimeError(`got ${typeName(wanted)}, want string or tuple of string`);
  budget.step(wanted.items.length);
  return wanted.items.some((item, at) => {
    if (typeof item === 'string') return tried(budget, item, fits);
    throw runtimeError(`want string, got ${typeName(item)}, for element ${at}`);
  });
}

function tried(budget: Budget, text: string, fits: (text: string) => boolean): boolean {
  chargeScan(budget, text.length);
  return fits(text);
}
