/** `& | ^ ~ << >>` on ints; `& | ^` on sets and `|` on dicts too. */
import { runtimeError } from '../error.js';
import { unknown } from './arithmetic.js';
import type { Budget } from './budget.js';
import { Dict } from './dict.js';
import { bitsOf, chargeInteger, isInteger, makeInteger } from './integer.js';
import type { Integer } from './integer.js';
import { typeName } from './kind.js';
import { intersection, mergeDicts, symmetricDifference, union } from './set-algebra.js';
import { StarlarkSet } from './set.js';
import type { Value } from './value.js';

/** Left shifts of this many bits and more are refused, as in starlark-go. */
const SHIFT_LIMIT = 512;

/** `x & y`. */
export function bitAnd(budget: Budget, x: Value, y: Value): Value {
  if (isInteger(x) && isInteger(y)) {
    return isSmall(x) && isSmall(y) ? x & y : wide(budget, x, y, (a, b) => a & b);
  }
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) return intersection(budget, x, y);
  return unknown(x, '&', y);
}

/** `x | y`. */
export function bitOr(budget: Budget, x: Value, y: Value): Value {
  if (isInteger(x) && isInteger(y)) {
    return isSmall(x) && isSmall(y) ? x | y : wide(budget, x, y, (a, b) => a | b);
  }
  if (x instanceof Dict && y instanceof Dict) return mergeDicts(budget, x, y);
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) return union(budget, x, y);
  return unknown(x, '|', y);
}

/** `x ^ y`. */
export function bitXor(budget: Budget, x: Value, y: Value): Value {
  if (isInteger(x) && isInteger(y)) {
    return isSmall(x) && isSmall(y) ? x ^ y : wide(budget, x, y, (a, b) => a ^ b);
  }
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) return symmetricDifference(budget, x, y);
  return unknown(x, '^', y);
}

/** `~x`. */
export function invert(budget: Budget, x: Value): Value {
  if (!isInteger(x)) throw runtimeError(`unknown unary op: ~${typeName(x)}`);
  if (typeof x === 'number') return makeInteger(-1 - x);
  chargeInteger(budget, bitsOf(x) + 1);
  return makeInteger(~x);
}

/** `x << y`; 512 bits and more are refused. */
export function shiftLeft(budget: Budget, x: Value, y: Value): Value {
  if (!isInteger(x) || !isInteger(y)) return unknown(x, '<<', y);
  const count = shiftCount(y);
  if (count >= SHIFT_LIMIT)
    throw runtimeError(`shift count too large, want less than ${SHIFT_LIMIT}`).as('ValueError');
  const product = Number(x) * 2 ** count;
  if (Number.isSafeInteger(product)) return product;
  chargeInteger(budget, bitsOf(x) + count);
  return makeInteger(BigInt(x) << BigInt(count));
}

/** `x >> y`, rounded towards minus infinity. */
export function shiftRight(budget: Budget, x: Value, y: Value): Value {
  if (!isInteger(x) || !isInteger(y)) return unknown(x, '>>', y);
  const count = shiftCount(y);
  if (typeof x === 'number') return count > 53 ? (x < 0 ? -1 : 0) : Math.floor(x / 2 ** count);
  const bits = bitsOf(x);
  chargeInteger(budget, bits);
  return makeInteger(x >> BigInt(Math.min(count, bits)));
}

function shiftCount(count: Integer): number {
  if (count < 0) throw runtimeError('negative shift count').as('ValueError');
  return Number(count);
}

/** Whether JavaScript's own bit operators, of 32 bits, are exact on it. */
function isSmall(n: Integer): n is number {
  return typeof n === 'number' && (n | 0) === n;
}

function wide(budget: Budget, x: Integer, y: Integer, operation: (a: bigint, b: bigint) => bigint): Integer {
  chargeInteger(budget, Math.max(bitsOf(x), bitsOf(y)) + 1);
  return makeInteger(operation(BigInt(x), BigInt(y)));
}
