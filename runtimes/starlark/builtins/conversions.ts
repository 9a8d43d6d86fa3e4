/** Builtins that make a value of one type from values of others. */
import { runtimeError } from '../error.js';
import {
  Bytes,
  COLLECTION_BYTES,
  Dict,
  FLOAT_BYTES,
  Float,
  List,
  StarlarkSet,
  Tuple,
  chargeBytes,
  chargeScan,
  chargeText,
  isInteger,
  isIterable,
  iterate,
  parseFloatText,
  parseInteger,
  repr as reprOf,
  str as strOf,
  toNumber,
  truncate,
  truth,
  typeName,
} from '../values/index.js';
import type { Budget, Integer, Thread, Value } from '../values/index.js';
import { copyOf } from './copy.js';
import { clamped } from './count.js';
import { builtin } from './definition.js';
import { updateDict } from './dict-update.js';
import { anything, int as intKind, iterable, named, optional, others, required } from './parameter.js';
import type { Iterable } from './parameter.js';
import { setOf } from './set-methods.js';

const x = required('x', anything);
const items = optional('x', iterable);

/** A row for each, by name. */
export const conversions = [
  builtin('bool', [optional('x', anything)], (_, x = false) => truth(x)),
  builtin('bytes', [x], bytes),
  builtin('chr', [required('i', intKind)], chr),
  builtin('dict', [optional('pairs', anything), others('kwargs')], dict),
  builtin('float', [optional('x', anything)], float),
  builtin('int', [named(x), named(optional('base', intKind))], int),
  builtin('list', [items], ({ budget }, items) => new List(items === undefined ? [] : copyOf(budget, items))),
  builtin('ord', [x], ord),
  builtin('repr', [x], ({ budget }, x) => reprOf(budget, x)),
  builtin('set', [items], set),
  builtin('str', [x], ({ budget }, x) => strOf(budget, x)),
  builtin('tuple', [items], tuple),
];

function bytes({ budget }: Thread, x: Value): Bytes {
  if (x instanceof Bytes) return x;
  if (typeof x === 'string') return encoded(budget, x);
  if (!isIterable(budget, x))
    throw runtimeError(`got ${typeName(x)}, want string, bytes, or iterable of ints`);
  const items = iterate(budget, x);
  chargeBytes(budget, items.length);
  return new Bytes(Uint8Array.from(items, byteOf));
}

/** As UTF-8; half of a surrogate pair becomes U+FFFD. */
export function encoded(budget: Budget, text: string): Bytes {
  chargeBytes(budget, text.length);
  const data = new TextEncoder().encode(text);
  chargeBytes(budget, data.length - text.length);
  return new Bytes(data);
}

function byteOf(item: Value, at: number): number {
  if (!isInteger(item)) throw runtimeError(`at index ${at}, got ${typeName(item)}, want int`);
  if (item >= 0 && item <= 255) return Number(item);
  throw runtimeError(`at index ${at}, ${clamped(item)} out of range (want value in unsigned 8-bit range)`).as(
    'ValueError',
  );
}

function chr({ budget }: Thread, code: Integer): string {
  if (code < 0) throw runtimeError(`Unicode code point ${clamped(code)} out of range (<0)`).as('ValueError');
  if (code > 0x10ffff)
    throw runtimeError(`Unicode code point U+${hex(code)} out of range (>0x10FFFF)`).as('ValueError');
  chargeText(budget, 1);
  return String.fromCodePoint(Number(code));
}

function hex(code: Integer): string {
  return clamped(code).toString(16).toUpperCase();
}

function ord(_: Thread, x: Value): number {
  if (typeof x === 'string') return soleCodePoint(x);
  if (!(x instanceof Bytes)) throw runtimeError(`got ${typeName(x)}, want string or bytes`);
  if (x.data.length === 1) return x.data[0]!;
  throw runtimeError(`bytes has length ${x.data.length}, want 1`);
}

function soleCodePoint(text: string): number {
  const code = text.codePointAt(0);
  if (code !== undefined && text.length === (code > 0xffff ? 2 : 1)) return code;
  const met = text.length > 100 ? 'many' : String(Array.from(text).length);
  throw runtimeError(`string encodes ${met} Unicode code points, want 1`);
}

function dict({ budget }: Thread, pairs: Value | undefined, named: ReadonlyMap<string, Value>): Dict {
  budget.allocate(COLLECTION_BYTES);
  const result = new Dict();
  updateDict(budget, result, pairs, named);
  return result;
}

function set({ budget }: Thread, items?: Iterable): StarlarkSet {
  budget.allocate(COLLECTION_BYTES);
  return items === undefined ? new StarlarkSet() : setOf(budget, items);
}

function tuple({ budget }: Thread, items?: Iterable): Tuple {
  if (items instanceof Tuple) return items;
  return new Tuple(items === undefined ? [] : copyOf(budget, items));
}

function float({ budget }: Thread, x: Value = new Float(0)): Float {
  if (x instanceof Float) return x;
  budget.allocate(FLOAT_BYTES);
  if (typeof x === 'boolean') return new Float(Number(x));
  if (typeof x === 'string') return new Float(parsedFloat(budget, x));
  const value = toNumber(x);
  if (value === undefined) throw runtimeError(`got ${typeName(x)}, want number or string`);
  return new Float(value);
}

function parsedFloat(budget: Budget, text: string): number {
  chargeScan(budget, 16 * text.length);
  if (text === '') throw runtimeError('empty string').as('ValueError');
  const value = parseFloatText(text);
  if (value === undefined) throw runtimeError('invalid float literal').as('ValueError');
  if (!Number.isFinite(value) && /\d/.test(text))
    throw runtimeError('floating-point number too large').as('OverflowError');
  return value;
}

/** `base` is for strings only; 0 goes by the prefix. */
function int({ budget }: Thread, x: Value, base?: Integer): Integer {
  if (typeof x === 'string') return parsedInt(budget, x, base ?? 10);
  if (base !== undefined) throw runtimeError("can't convert non-string with explicit base");
  if (isInteger(x)) return x;
  if (typeof x === 'boolean') return Number(x);
  if (x instanceof Float) return truncate(x.value);
  throw runtimeError(`got ${typeName(x)}, want number, bool or string`);
}

function parsedInt(budget: Budget, text: string, base: Integer): Integer {
  if (base !== 0 && (base < 2 || base > 36))
    throw runtimeError('base must be an integer >= 2 && <= 36, or 0').as('ValueError');
  chargeText(budget, text.length);
  const value = parseInteger(budget, text, Number(base));
  if (value === undefined) throw runtimeError(`invalid literal with base ${base}`).as('ValueError');
  return value;
}
