/** `x[low:high:step]`. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { RANGE_BYTES, chargeBytes, chargeItems, chargeText } from './cost.js';
import { isInteger } from './integer.js';
import { length, typeName } from './kind.js';
import { Bytes, List, Range, Tuple } from './value.js';
import type { Value } from './value.js';

/** Where a slice begins and ends, in its direction, and how many items it takes. */
export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly count: number;
}

/** A part of a sequence, of the sequence's own type. An operand that is None is left out. */
export function slice(budget: Budget, x: Value, low: Value, high: Value, step: Value): Value {
  const size = length(x);
  if (typeof x === 'string') return sliceText(budget, x, sliceExtent(x.length, low, high, step));
  if (x instanceof List)
    return new List(sliceItems(budget, x.items, sliceExtent(x.items.length, low, high, step)));
  if (x instanceof Tuple)
    return new Tuple(sliceItems(budget, x.items, sliceExtent(x.items.length, low, high, step)));
  if (x instanceof Bytes)
    return new Bytes(sliceBytes(budget, x.data, sliceExtent(x.data.length, low, high, step)));
  if (x instanceof Range && size !== undefined)
    return sliceRange(budget, x, sliceExtent(size, low, high, step));
  throw runtimeError(`invalid slice operand ${typeName(x)}`);
}

/** The bounds of `low` and `high` within 0 to `size`, as slices and `find` take them: negative from the end. */
export function sliceBounds(size: number, low: Value, high: Value): [start: number, end: number] {
  const start = clamp(bound('start', low, size) ?? 0, 0, size);
  const end = clamp(bound('end', high, size) ?? size, 0, size);
  return [start, end];
}

/** The items that a slice takes of a sequence of this size. */
export function sliceExtent(size: number, low: Value, high: Value, stepValue: Value): Extent {
  const step = strideOf(stepValue);
  const [start, end] = step > 0 ? sliceBounds(size, low, high) : backwardBounds(size, low, high);
  return { start, end, step, count: Math.max(Math.ceil((end - start) / step), 0) };
}

function strideOf(step: Value): number {
  if (step === null) return 1;
  if (!isInteger(step)) throw runtimeError(`invalid slice step: got ${typeName(step)}, want int`);
  if (step === 0) throw runtimeError('zero is not a valid slice step').as('ValueError');
  return clamp(Number(step), Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

function backwardBounds(size: number, low: Value, high: Value): [start: number, end: number] {
  const start = clamp(bound('start', low, size) ?? size - 1, -1, size - 1);
  const end = clamp(bound('end', high, size) ?? -1, -1, size - 1);
  return [start, end];
}

function bound(name: string, value: Value, size: number): number | undefined {
  if (value === null) return undefined;
  if (!isInteger(value)) throw runtimeError(`invalid ${name} index: got ${typeName(value)}, want int`);
  return value < 0 ? Number(value) + size : Number(value);
}

function clamp(n: number, least: number, greatest: number): number {
  return Math.min(Math.max(n, least), greatest);
}

/** Units that are made into text at once. */
const BLOCK_UNITS = 4096;

function sliceText(budget: Budget, text: string, { start, end, step, count }: Extent): string {
  chargeText(budget, count);
  if (step === 1) return text.slice(start, Math.max(start, end));
  let result = '';
  for (let from = 0; from < count; from += BLOCK_UNITS) {
    const units = new Array<number>(Math.min(BLOCK_UNITS, count - from));
    for (let i = 0; i < units.length; i++) units[i] = text.charCodeAt(start + (from + i) * step);
    result += String.fromCharCode(...units);
  }
  return result;
}

function sliceItems(budget: Budget, items: readonly Value[], { start, end, step, count }: Extent): Value[] {
  chargeItems(budget, count);
  if (step === 1) return items.slice(start, Math.max(start, end));
  const result = new Array<Value>(count);
  for (let i = 0; i < count; i++) result[i] = items[start + i * step]!;
  return result;
}

function sliceBytes(budget: Budget, data: Uint8Array, { start, step, count }: Extent): Uint8Array {
  chargeBytes(budget, count);
  const result = new Uint8Array(count);
  for (let i = 0; i < count; i++) result[i] = data[start + i * step]!;
  return result;
}

function sliceRange(budget: Budget, range: Range, { start, end, step, count }: Extent): Range {
  const at = (i: number): number => range.start + range.step * i;
  const stride = range.step * step;
  budget.allocate(RANGE_BYTES);
  return new Range(at(start), at(end), Number.isSafeInteger(stride) ? stride : range.step, count);
}
