/** Taking a value apart, item by item. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import type { Budget } from './budget.js';
import { chargeItems, chargeScan } from './cost.js';
import { Dict } from './dict.js';
import { length, typeName } from './kind.js';
import { StarlarkSet } from './set.js';
import { uncalledHint } from './uncalled.js';
import { List, Range, Tuple } from './value.js';
import type { Value } from './value.js';

/** Tells whether a value can be iterated over. */
export function isIterable(budget: Budget, value: Value): boolean {
  return isCollection(value) || (typeof value === 'string' && budget.iterableStrings);
}

/** Tells whether a value can be iterated over in every dialect. */
export function isCollection(value: Value): boolean {
  return (
    value instanceof List ||
    value instanceof Tuple ||
    value instanceof Dict ||
    value instanceof StarlarkSet ||
    value instanceof Range
  );
}

/**
 * The items that a loop over the value sees, one step charged for each: the array itself of a list or a
 * tuple, which may change later; a new one of the others.
 */
export function iterate(budget: Budget, value: Value): readonly Value[] {
  if (value instanceof List || value instanceof Tuple) {
    budget.step(value.items.length);
    return value.items;
  }
  if (!(value instanceof Dict || value instanceof StarlarkSet || value instanceof Range)) {
    return units(budget, value);
  }
  chargeItems(budget, length(value) ?? 0);
  if (value instanceof Dict) return value.keys();
  return value instanceof StarlarkSet ? value.items() : numbers(value);
}

/** The items of a value that must have just `count` of them. */
export function unpack(budget: Budget, value: Value, count: number): readonly Value[] {
  if (!isIterable(budget, value)) throw notUnpackable(value);
  const size = length(value) ?? 0;
  if (size === count) return iterate(budget, value);
  throw runtimeError(`too ${size > count ? 'many' : 'few'} values to unpack (got ${size}, want ${count})`).as(
    'ValueError',
  );
}

/** The items of a value with a list of those between the first `before` and the last `after` of them. */
export function unpackAround(budget: Budget, value: Value, before: number, after: number): Value[] {
  if (!isIterable(budget, value)) throw notUnpackable(value);
  const items = iterate(budget, value);
  const rest = items.length - before - after;
  if (rest < 0) {
    throw runtimeError(`too few values to unpack (got ${items.length}, want at least ${before + after})`).as(
      'ValueError',
    );
  }
  chargeItems(budget, items.length);
  const taken = new List(items.slice(before, before + rest));
  return [...items.slice(0, before), taken, ...items.slice(before + rest)];
}

function numbers(range: Range): Value[] {
  const items = new Array<Value>(range.length);
  for (let i = 0; i < range.length; i++) items[i] = range.start + range.step * i;
  return items;
}

/** Bytes of a string of one unit that V8 does not keep at hand. */
const UNIT_BYTES = 24;

/** The units of a string, each as a string. */
function units(budget: Budget, text: Value): string[] {
  if (typeof text !== 'string' || !budget.iterableStrings) throw notIterable(text);
  chargeItems(budget, text.length);
  chargeScan(budget, text.length);
  if (!isLatin1(text)) budget.allocate(UNIT_BYTES * text.length);
  return text.split('');
}

function isLatin1(text: string): boolean {
  return !/[^\0-\xff]/.test(text);
}

function notIterable(value: Value): StarlarkError {
  return runtimeError(`got ${typeName(value)}, want iterable`, iterationHint(value));
}

/** What to write where a loop over this value was meant. */
export function iterationHint(value: Value): string | undefined {
  return typeof value === 'string' ? 'use s.elems() for the characters of a string' : uncalledHint(value);
}

function notUnpackable(value: Value): StarlarkError {
  return runtimeError(`got ${typeName(value)} in sequence assignment`, uncalledHint(value));
}
