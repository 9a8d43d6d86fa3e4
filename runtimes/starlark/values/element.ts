/** `x[i]`, and assigning to it. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { chargeText } from './cost.js';
import { Dict } from './dict.js';
import { HostValue } from './host-value.js';
import { isInteger } from './integer.js';
import { length, typeName } from './kind.js';
import { missingKey } from './missing-key.js';
import { checkMutable } from './mutation.js';
import { uncalledHint } from './uncalled.js';
import { Bytes, List, Range, Tuple } from './value.js';
import type { Value } from './value.js';

/** `x[i]`: an item of a sequence, a unit of a string, a byte of bytes, the value of a dict's key. */
export function index(budget: Budget, x: Value, i: Value): Value {
  if (x instanceof Dict) return dictValue(budget, x, i);
  if (x instanceof List) return x.items[place(x, x.items.length, i)]!;
  if (x instanceof Tuple) return x.items[place(x, x.items.length, i)]!;
  if (typeof x === 'string') return unitOf(budget, x, place(x, x.length, i));
  if (x instanceof Range) return x.start + x.step * place(x, x.length, i);
  if (x instanceof Bytes) return x.data[place(x, x.data.length, i)]!;
  const own = x instanceof HostValue ? x.operate('[]', i, 'left') : undefined;
  if (own !== undefined) return own;
  throw runtimeError(`unhandled index operation ${typeName(x)}[${typeName(i)}]`, uncalledHint(x));
}

/** `x[i] = value`, for lists and dicts. */
export function setIndex(budget: Budget, x: Value, i: Value, value: Value): void {
  if (x instanceof Dict) {
    x.set(budget, i, value);
  } else if (x instanceof List) {
    const at = place(x, x.items.length, i);
    checkMutable(x, 'assign to element of');
    x.items[at] = value;
  } else {
    throw runtimeError(`${typeName(x)} value does not support item assignment`);
  }
}

/** V8 has the units of Latin 1 as strings already. */
function unitOf(budget: Budget, text: string, at: number): string {
  if (text.charCodeAt(at) > 0xff) chargeText(budget, 1);
  return text.charAt(at);
}

function dictValue(budget: Budget, dict: Dict, key: Value): Value {
  const value = dict.get(budget, key);
  if (value !== undefined) return value;
  throw missingKey(budget, dict, key);
}

/** Where an index leads in a sequence of this size. */
export function place(x: Value, size: number, i: Value): number {
  if (!isInteger(i)) throw runtimeError(`${typeName(x)} index: got ${typeName(i)}, want int`);
  const at = i < 0 ? Number(i) + size : Number(i);
  if (at >= 0 && at < size) return at;
  throw outOfRange(x, i);
}

function outOfRange(x: Value, i: number | bigint) {
  const size = length(x) ?? 0;
  const shown = typeof i === 'number' ? String(i) : 'beyond 2^53';
  if (size === 0) return runtimeError(`index ${shown} out of range: empty ${typeName(x)}`).as('IndexError');
  return runtimeError(`${typeName(x)} index ${shown} out of range [${-size}:${size - 1}]`).as('IndexError');
}
