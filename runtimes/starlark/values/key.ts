/**
 * Routes the keys of dicts and sets to keys of a JavaScript Map, so that equal values meet and nobody can
 * choose keys that collide.
 *
 * V8 hashes integers, and strings of up to ten digits, without a seed. Therefore:
 * - a string is its own key; one that begins with a digit (and is short) or with NUL gets a NUL before it;
 * - an int of 32 bits is scattered (see `scatter.ts`), as is a float equal to one;
 * - everything else is a text that begins with NUL and a letter or bracket; equal values give equal texts;
 * - None, bools and callables are their own keys, but a type has the key of its name.
 */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { TypeBuiltin } from './builtin.js';
import { chargeScan, chargeSort, chargeText, checkDepth } from './cost.js';
import { bitsOf } from './integer.js';
import { latin1 } from './latin1.js';
import { gather, scatter } from './scatter.js';
import { TextBuilder } from './text-builder.js';
import { Bytes, Callable, Float, Module, Mutable, Range, Struct, Tuple } from './value.js';
import type { Value } from './value.js';

/** A key as a Map holds it. */
export type Key = null | boolean | number | string | Callable;

/** The Map key of a value. Throws for a value that cannot be hashed. */
export function keyOf(budget: Budget, value: Value): Key {
  if (typeof value === 'string') {
    chargeKey(budget, value.length);
    return textKey(value);
  }
  if (typeof value === 'number' && (value | 0) === value) return scatter(value);
  if (value === null || typeof value === 'boolean') return value;
  if (value instanceof Callable) return value instanceof TypeBuiltin ? textKey(value.typeName) : value;
  if (value instanceof Float && (value.value | 0) === value.value) return scatter(value.value);
  return value instanceof Tuple || value instanceof Struct
    ? compositeKey(budget, value)
    : leafKey(budget, value);
}

/** The Map key of a string. */
export function textKey(text: string): string {
  const first = text.charCodeAt(0);
  return first < 58 && (first === 0 || (first >= 48 && text.length <= 10)) ? `\0${text}` : text;
}

/** The value that a key stands for, if the key alone tells it: see {@link tellsValue}. */
export function valueOfKey(key: Key): Value {
  if (typeof key === 'number') return gather(key);
  if (typeof key !== 'string' || key.charCodeAt(0) !== 0) return key;
  return key.charAt(1) === 'i' ? Number(key.slice(2, -1)) : key.slice(1);
}

/** Tells whether a value is what its key says; not so for all that only equals or merely has that key. */
export function tellsValue(key: Key, value: Value): boolean {
  return key === value || typeof value === 'number' || typeof value === 'string';
}

/** V8 hashes a text of so many units by its length alone, so that those of one length are told apart one by one. */
const LONG = 16_000;

function chargeKey(budget: Budget, units: number): void {
  chargeScan(budget, units);
  if (units > LONG) budget.step(units);
}

function leafKey(budget: Budget, value: Value): string {
  chargeLeaf(budget, value);
  const text = `\0${leafText(value)}`;
  chargeKey(budget, text.length);
  return text;
}

function compositeKey(budget: Budget, value: Tuple | Struct): string {
  const out = new TextBuilder(budget);
  out.add('\0');
  addKey(budget, out, value, 0);
  const text = out.finish();
  chargeKey(budget, text.length);
  return text;
}

/** Charges what takes more than a few units as text, before that is made. */
function chargeLeaf(budget: Budget, value: Value): void {
  budget.step(1);
  if (typeof value === 'bigint') chargeText(budget, Math.ceil(bitsOf(value) / 4));
  else if (value instanceof Bytes) chargeText(budget, value.data.length);
}

function addKey(budget: Budget, out: TextBuilder, value: Value, depth: number): void {
  budget.step(1);
  if (value instanceof Tuple) addTuple(budget, out, value, depth + 1);
  else if (value instanceof Struct) addStruct(budget, out, value, depth + 1);
  else {
    chargeLeaf(budget, value);
    out.add(leafText(value));
  }
}

function addTuple(budget: Budget, out: TextBuilder, tuple: Tuple, depth: number): void {
  checkDepth(budget, depth, 'hash');
  out.add('(');
  for (const item of tuple.items) addKey(budget, out, item, depth);
  out.add(')');
}

/** Equal structs may have their fields in different orders. */
function addStruct(budget: Budget, out: TextBuilder, struct: Struct, depth: number): void {
  checkDepth(budget, depth, 'hash');
  out.add('{');
  chargeSort(budget, struct.fields.size);
  for (const name of [...struct.fields.keys()].sort()) {
    out.add(leafText(name));
    addKey(budget, out, struct.fields.get(name) ?? null, depth);
  }
  out.add('}');
}

/** An unambiguous text for a value without parts: a letter, then what ends by itself. */
function leafText(value: Value): string {
  switch (typeof value) {
    case 'string':
      return `s${value.length}:${value}`;
    case 'number':
      return `i${value};`;
    case 'bigint':
      return `n${value.toString(16)};`;
    case 'boolean':
      return value ? 'T' : 'F';
    default:
      return value === null ? 'N' : objectText(value);
  }
}

function objectText(value: Exclude<Value, null>): string {
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Bytes) return `b${value.data.length}:${latin1(value.data)}`;
  if (value instanceof TypeBuiltin) return leafText(value.typeName);
  if (value instanceof Callable) return `c${identity(value)};`;
  throw runtimeError(`unhashable type: ${unhashableName(value)}`);
}

/** A whole float has the key of the int that it equals. */
function floatText(value: number): string {
  if (Number.isSafeInteger(value)) return `i${value};`;
  return Number.isInteger(value) ? `n${BigInt(value).toString(16)};` : `f${value};`;
}

function unhashableName(value: unknown): string {
  if (value instanceof Mutable) return value.typeName;
  return value instanceof Range ? 'range' : 'module';
}

const identities = new WeakMap<Callable, number>();
let lastIdentity = 0;

/** A number for a callable, which is equal to nothing but itself. */
function identity(callable: Callable): number {
  let known = identities.get(callable);
  if (known === undefined) {
    known = ++lastIdentity;
    identities.set(callable, known);
  }
  return known;
}

/** Tells whether a value can be a key. Each part is visited once; nothing recurs. */
export function isHashable(value: Value): boolean {
  const seen = new Set<Value>();
  const waiting: Value[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next instanceof Mutable || next instanceof Range || next instanceof Module) return false;
    if (!(next instanceof Tuple || next instanceof Struct) || seen.has(next)) continue;
    seen.add(next);
    for (const part of next instanceof Tuple ? next.items : next.fields.values()) waiting.push(part);
  }
  return true;
}
