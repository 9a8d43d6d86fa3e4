/** Methods of strings that cut them, and the one that joins them. */
import { runtimeError } from '../error.js';
import {
  ITEM_BYTES,
  List,
  SEQUENCE_BYTES,
  Tuple,
  chargeItems,
  chargeScan,
  chargeText,
  iterate,
  needleFor,
  sequenceBytes,
  typeName,
} from '../values/index.js';
import type { Budget, Integer, Needle, Thread, Value } from '../values/index.js';
import { most } from './count.js';
import { cut } from './cut.js';
import { isSpace, skipSpaces, skipSpacesBack } from './characters.js';
import { chargePieces } from './many.js';
import type { Iterable } from './parameter.js';

/** Without a separator, at runs of white space, and white space at the start counts for nothing. */
export function split({ budget }: Thread, text: string, separator?: string | null, maxsplit?: Integer): List {
  const times = most(maxsplit);
  if (typeof separator !== 'string') return wordsFromLeft(budget, text, times);
  if (times === Infinity) return new List(everyPiece(budget, text, separator));
  return pieces(budget, text, separator, (places) => [0, Math.min(times, places)]);
}

/** Like {@link split}, but when splits run out, what is left stands at the start. */
export function rsplit(
  { budget }: Thread,
  text: string,
  separator?: string | null,
  maxsplit?: Integer,
): List {
  const times = most(maxsplit);
  if (typeof separator !== 'string') return wordsFromRight(budget, text, times);
  if (times === Infinity) return new List(everyPiece(budget, text, separator));
  return pieces(budget, text, separator, (places) => [places - Math.min(times, places), places]);
}

/** At `\n`, `\r` and `\r\n`; an end of line at the end of the text begins no further line. */
export function splitlines({ budget }: Thread, text: string, keepends = false): List {
  chargeScan(budget, text.length);
  if (keepends || text.includes('\r')) return linesOfAnyKind(budget, text, keepends);
  const lines = everyPiece(budget, text, '\n');
  if (lines.at(-1) === '') lines.pop();
  return new List(lines);
}

/** Before, separator, after; all of it before where the separator is not found. */
export function partition({ budget }: Thread, text: string, separator: string): Tuple {
  const at = separated(budget, text, separator).indexIn(text);
  return at < 0 ? triple(budget, text, '', '') : around(budget, text, at, separator);
}

/** The same from the right; all of it after where the separator is not found. */
export function rpartition({ budget }: Thread, text: string, separator: string): Tuple {
  const at = separated(budget, text, separator).lastIndexIn(text);
  return at < 0 ? triple(budget, '', '', text) : around(budget, text, at, separator);
}

/** The parts must be strings. */
export function join({ budget }: Thread, separator: string, parts: Iterable): string {
  const texts = iterate(budget, parts);
  let units = separator.length * Math.max(0, texts.length - 1);
  for (const text of texts) {
    if (typeof text !== 'string') throw notText(text);
    units += text.length;
  }
  chargeText(budget, units);
  return (texts as readonly string[]).join(separator);
}

/** A list of strings in the making, charged one by one. */
class Pieces {
  private readonly items: string[] = [];

  constructor(private readonly budget: Budget) {
    budget.allocate(SEQUENCE_BYTES);
  }

  get count(): number {
    return this.items.length;
  }

  get list(): List {
    return new List(this.items);
  }

  add(text: string): void {
    const { budget, items } = this;
    budget.step(1);
    budget.allocate(ITEM_BYTES + 16 + 2 * text.length);
    if (items.push(text) % 1024 === 0) budget.checkValueBytes(sequenceBytes(items.length));
  }

  reverse(): this {
    this.items.reverse();
    return this;
  }
}

/** Cuts wherever the separator is. */
function everyPiece(budget: Budget, text: string, separator: string): string[] {
  const needle = separated(budget, text, separator);
  chargePieces(budget, needle.countIn(text) + 1, text.length);
  return cut(text, separator, needle);
}

/** Cuts at some of the places where the separator is: from one number up to another. */
function pieces(
  budget: Budget,
  text: string,
  separator: string,
  choose: (places: number) => [from: number, to: number],
): List {
  const needle = separated(budget, text, separator);
  chargeScan(budget, text.length);
  const [from, to] = choose(needle.countIn(text));
  const pieces = new Pieces(budget);
  let [place, done] = [0, 0];
  needle.forEachIn(text, to, (at) => {
    if (place++ < from) return;
    pieces.add(text.slice(done, at));
    done = at + separator.length;
  });
  pieces.add(text.slice(done));
  return pieces.list;
}

function separated(budget: Budget, text: string, separator: string): Needle {
  if (separator === '')
    throw runtimeError('empty separator', 's.elems() gives the characters of a string').as('ValueError');
  return needleFor(budget, text, separator);
}

function wordsFromLeft(budget: Budget, text: string, times: number): List {
  chargeScan(budget, 4 * text.length);
  const words = new Pieces(budget);
  let at = skipSpaces(text, 0);
  while (at < text.length) {
    let end = text.length;
    if (words.count < times) for (end = at; end < text.length && !isSpace(text.charCodeAt(end));) end++;
    words.add(text.slice(at, end));
    at = skipSpaces(text, end);
  }
  return words.list;
}

function wordsFromRight(budget: Budget, text: string, times: number): List {
  chargeScan(budget, 4 * text.length);
  const words = new Pieces(budget);
  let end = skipSpacesBack(text, text.length);
  while (end > 0) {
    let at = 0;
    if (words.count < times) for (at = end; at > 0 && !isSpace(text.charCodeAt(at - 1));) at--;
    words.add(text.slice(at, end));
    end = skipSpacesBack(text, at);
  }
  return words.reverse().list;
}

function linesOfAnyKind(budget: Budget, text: string, keepends: boolean): List {
  chargeScan(budget, 4 * text.length);
  const lines = new Pieces(budget);
  for (let at = 0; at < text.length;) {
    const [end, next] = lineEnd(text, at);
    lines.add(text.slice(at, keepends ? next : end));
    at = next;
  }
  return lines.list;
}

/** Where the line ends, and where the next one begins. */
function lineEnd(text: string, from: number): [end: number, next: number] {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a) return [at, at + 1];
    if (unit === 0x0d) return [at, text.charCodeAt(at + 1) === 0x0a ? at + 2 : at + 1];
  }
  return [text.length, text.length];
}

function around(budget: Budget, text: string, at: number, separator: string): Tuple {
  return triple(budget, text.slice(0, at), separator, text.slice(at + separator.length));
}

function triple(budget: Budget, ...parts: [string, string, string]): Tuple {
  chargeItems(budget, parts.length);
  for (const part of parts) chargeText(budget, part.length);
  return new Tuple(parts);
}

function notText(value: Value): unknown {
  return runtimeError(`in list, want string, got ${typeName(value)}`, 'str(x) makes a string of it');
}
