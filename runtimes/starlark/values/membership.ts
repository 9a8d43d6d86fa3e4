/** `item in container`. */
import { StarlarkError, runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { chargeScan, chargeText } from './cost.js';
import { Dict } from './dict.js';
import { equals } from './equality.js';
import { isInteger } from './integer.js';
import { typeName } from './kind.js';
import { latin1 } from './latin1.js';
import { needleFor } from './needle.js';
import { magnitude } from './number.js';
import { StarlarkSet } from './set.js';
import { uncalledHint } from './uncalled.js';
import { Bytes, List, Range, Tuple } from './value.js';
import type { Value } from './value.js';

/** Tells whether a container has an item: a dict its keys, a string its substrings. */
export function contains(budget: Budget, container: Value, item: Value): boolean {
  if (typeof container === 'string') return inText(budget, container, item);
  if (container instanceof List) return inItems(budget, container.items, item);
  if (container instanceof Tuple) return inItems(budget, container.items, item);
  if (container instanceof Dict) return inDict(budget, container, item);
  if (container instanceof StarlarkSet) return container.has(budget, item);
  if (container instanceof Range) return inRange(container, item);
  if (container instanceof Bytes) return inBytes(budget, container.data, item);
  throw runtimeError(
    `unknown binary op: ${typeName(item)} in ${typeName(container)}`,
    uncalledHint(container),
  );
}

/** What cannot be a key is not in a dict. */
function inDict(budget: Budget, dict: Dict, key: Value): boolean {
  try {
    return dict.has(budget, key);
  } catch (error) {
    if (error instanceof StarlarkError && error.code === 'script/runtime') return false;
    throw error;
  }
}

function inText(budget: Budget, text: string, part: Value): boolean {
  if (typeof part !== 'string') {
    throw runtimeError(`'in <string>' requires string as left operand, not ${typeName(part)}`);
  }
  return needleFor(budget, text, part).indexIn(text) >= 0;
}

function inItems(budget: Budget, items: readonly Value[], wanted: Value): boolean {
  for (const item of items) {
    budget.step(1);
    if (equals(budget, item, wanted)) return true;
  }
  return false;
}

function inRange(range: Range, wanted: Value): boolean {
  const size = magnitude(wanted);
  if (size === undefined)
    throw runtimeError(`'in <range>' requires integer as left operand, not ${typeName(wanted)}`);
  const place = (Number(size) - range.start) / range.step;
  return Number.isInteger(place) && place >= 0 && place < range.length;
}

function inBytes(budget: Budget, data: Uint8Array, wanted: Value): boolean {
  if (wanted instanceof Bytes) return bytesInBytes(budget, data, wanted.data);
  if (!isInteger(wanted)) {
    throw runtimeError(`'in bytes' requires bytes or int as left operand, not ${typeName(wanted)}`);
  }
  if (wanted < 0 || wanted > 255)
    throw runtimeError(`int in bytes: ${wanted} out of range, want 0 to 255`).as('ValueError');
  chargeScan(budget, data.length);
  return data.includes(Number(wanted));
}

/** Bytes are sought as strings of their own size: one unit each. */
function bytesInBytes(budget: Budget, data: Uint8Array, part: Uint8Array): boolean {
  chargeText(budget, data.length + part.length);
  const text = latin1(data);
  const sought = latin1(part);
  return needleFor(budget, text, sought).indexIn(text) >= 0;
}
