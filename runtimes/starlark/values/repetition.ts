/** `x * n` on sequences. */
import type { Budget } from './budget.js';
import { chargeBytes, chargeItems, chargeText } from './cost.js';
import { isInteger } from './integer.js';
import { Bytes, List, Tuple } from './value.js';
import type { Value } from './value.js';

/** Repeats a sequence by an int on either side; undefined for others. A count below 1 gives an empty one. */
export function repeat(budget: Budget, x: Value, y: Value): Value | undefined {
  if (isInteger(x)) return isInteger(y) ? undefined : repeat(budget, y, x);
  if (!isInteger(y)) return undefined;
  const count = Math.max(Number(y), 0);
  if (typeof x === 'string') return repeatText(budget, x, count);
  if (x instanceof List) return new List(repeatItems(budget, x.items, count));
  if (x instanceof Tuple) return new Tuple(repeatItems(budget, x.items, count));
  return x instanceof Bytes ? new Bytes(repeatBytes(budget, x.data, count)) : undefined;
}

function repeatText(budget: Budget, text: string, count: number): string {
  if (text === '') return '';
  chargeText(budget, text.length * count);
  return text.repeat(count);
}

function repeatItems(budget: Budget, items: readonly Value[], count: number): Value[] {
  if (items.length === 0) return [];
  const total = items.length * count;
  chargeItems(budget, total);
  const result = new Array<Value>(total);
  for (let i = 0; i < total; i++) result[i] = items[i % items.length]!;
  return result;
}

function repeatBytes(budget: Budget, data: Uint8Array, count: number): Uint8Array {
  if (data.length === 0) return data;
  chargeBytes(budget, data.length * count);
  const result = new Uint8Array(data.length * count);
  for (let at = 0; at < result.length; at += data.length) result.set(data, at);
  return result;
}
