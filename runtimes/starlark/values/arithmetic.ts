/** `+ - * / // %` on numbers, and the operators that other types share with them. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { FLOAT_BYTES } from './cost.js';
import { difference } from './set-algebra.js';
import { concatenate } from './concatenation.js';
import { bitsOf, chargeInteger, chargeProduct, isInteger, makeInteger } from './integer.js';
import type { Integer } from './integer.js';
import { typeName } from './kind.js';
import { toNumber } from './number.js';
import { formatPercent } from './percent.js';
import { repeat } from './repetition.js';
import { StarlarkSet } from './set.js';
import { HostValue } from './host-value.js';
import { uncalledHint } from './uncalled.js';
import { Float } from './value.js';
import type { Value } from './value.js';

/** `x + y`. */
export function add(budget: Budget, x: Value, y: Value): Value {
  if (isInteger(x) && isInteger(y)) return addIntegers(budget, x, y);
  return floats(budget, x, y, sum) ?? concatenate(budget, x, y) ?? unknown(x, '+', y);
}

/** `x - y`. */
export function subtract(budget: Budget, x: Value, y: Value): Value {
  if (isInteger(x) && isInteger(y)) return addIntegers(budget, x, negateInteger(y));
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) return difference(budget, x, y);
  return floats(budget, x, y, (a, b) => a - b) ?? unknown(x, '-', y);
}

/** `x * y`. */
export function multiply(budget: Budget, x: Value, y: Value): Value {
  if (isInteger(x) && isInteger(y)) return multiplyIntegers(budget, x, y);
  return floats(budget, x, y, (a, b) => a * b) ?? repeat(budget, x, y) ?? unknown(x, '*', y);
}

/** `x / y`: always a float. */
export function divide(budget: Budget, x: Value, y: Value): Value {
  return floats(budget, x, y, quotient) ?? unknown(x, '/', y);
}

/** `x // y`, rounded towards minus infinity. */
export function floorDivide(budget: Budget, x: Value, y: Value): Value {
  if (isInteger(x) && isInteger(y)) return floorDivideIntegers(budget, x, y);
  return floats(budget, x, y, flooredQuotient) ?? unknown(x, '//', y);
}

/** `x % y`: the remainder with the sign of `y`, or a string formatted. */
export function modulo(budget: Budget, x: Value, y: Value): Value {
  if (isInteger(x) && isInteger(y)) return moduloIntegers(budget, x, y);
  if (typeof x === 'string') return formatPercent(budget, x, y);
  return floats(budget, x, y, remainder) ?? unknown(x, '%', y);
}

/** `-x`. */
export function negate(budget: Budget, x: Value): Value {
  if (typeof x === 'bigint') chargeInteger(budget, bitsOf(x));
  if (isInteger(x)) return negateInteger(x);
  if (!(x instanceof Float)) throw runtimeError(`unknown unary op: -${typeName(x)}`);
  budget.allocate(FLOAT_BYTES);
  return new Float(-x.value);
}

/** `+x`. */
export function positive(_budget: Budget, x: Value): Value {
  if (isInteger(x) || x instanceof Float) return x;
  throw runtimeError(`unknown unary op: +${typeName(x)}`);
}

/** An operator that the two types do not have of themselves: a value of the host may, else it is an error. */
export function unknown(x: Value, operator: string, y: Value): Value {
  const byLeft = x instanceof HostValue ? x.operate(operator, y, 'left') : undefined;
  const byHost = byLeft ?? (y instanceof HostValue ? y.operate(operator, x, 'right') : undefined);
  if (byHost !== undefined) return byHost;
  throw runtimeError(`unknown binary op: ${typeName(x)} ${operator} ${typeName(y)}`, hintFor(x, operator, y));
}

function hintFor(x: Value, operator: string, y: Value): string | undefined {
  if (typeof x === 'boolean' || typeof y === 'boolean') return 'count with int(x), which is 0 or 1';
  const mixed = typeof x === 'string' || typeof y === 'string';
  const uncalled = uncalledHint(x) ?? uncalledHint(y);
  return (
    uncalled ?? (operator === '+' && mixed ? 'convert with str(...) or format with "%s" % x' : undefined)
  );
}

function floats(
  budget: Budget,
  x: Value,
  y: Value,
  operation: (a: number, b: number) => number,
): Float | undefined {
  const a = toNumber(x);
  const b = a === undefined ? undefined : toNumber(y);
  if (a === undefined || b === undefined) return undefined;
  budget.allocate(FLOAT_BYTES);
  return new Float(operation(a, b));
}

function sum(a: number, b: number): number {
  return a + b;
}

function quotient(a: number, b: number): number {
  if (b === 0) throw runtimeError('floating-point division by zero').as('ZeroDivisionError');
  return a / b;
}

function flooredQuotient(a: number, b: number): number {
  if (b === 0) throw runtimeError('floored division by zero').as('ZeroDivisionError');
  return Math.floor(a / b);
}

function remainder(a: number, b: number): number {
  if (b === 0) throw runtimeError('floating-point modulo by zero').as('ZeroDivisionError');
  const rest = a % b;
  return rest !== 0 && a < 0 !== b < 0 ? rest + b : rest;
}

function addIntegers(budget: Budget, x: Integer, y: Integer): Integer {
  if (typeof x === 'number' && typeof y === 'number') {
    const result = x + y;
    if (Number.isSafeInteger(result)) return result;
  }
  chargeInteger(budget, Math.max(bitsOf(x), bitsOf(y)) + 1);
  return makeInteger(BigInt(x) + BigInt(y));
}

function negateInteger(x: Integer): Integer {
  return typeof x === 'number' ? 0 - x : -x;
}

function multiplyIntegers(budget: Budget, x: Integer, y: Integer): Integer {
  if (typeof x === 'number' && typeof y === 'number') {
    const result = x * y;
    if (Number.isSafeInteger(result)) return result + 0;
  }
  const [bitsX, bitsY] = [bitsOf(x), bitsOf(y)];
  chargeInteger(budget, bitsX + bitsY);
  chargeProduct(budget, bitsX, bitsY);
  return makeInteger(BigInt(x) * BigInt(y));
}

function floorDivideIntegers(budget: Budget, x: Integer, y: Integer): Integer {
  if (y === 0) throw runtimeError('floored division by zero').as('ZeroDivisionError');
  if (typeof x === 'number' && typeof y === 'number') {
    const rest = x % y;
    const whole = (x - rest) / y;
    return (rest !== 0 && rest < 0 !== y < 0 ? whole - 1 : whole) + 0;
  }
  chargeDivision(budget, x, y);
  const [a, b] = [BigInt(x), BigInt(y)];
  const whole = a / b;
  return makeInteger(a % b !== 0n && a < 0n !== b < 0n ? whole - 1n : whole);
}

function moduloIntegers(budget: Budget, x: Integer, y: Integer): Integer {
  if (y === 0) throw runtimeError('integer modulo by zero').as('ZeroDivisionError');
  if (typeof x === 'number' && typeof y === 'number') {
    const rest = x % y;
    return (rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest) + 0;
  }
  chargeDivision(budget, x, y);
  const b = BigInt(y);
  const rest = BigInt(x) % b;
  return makeInteger(rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest);
}

function chargeDivision(budget: Budget, x: Integer, y: Integer): void {
  const [bitsX, bitsY] = [bitsOf(x), bitsOf(y)];
  chargeInteger(budget, Math.max(bitsX, bitsY));
  chargeProduct(budget, Math.max(bitsX - bitsY, 0) + 1, bitsY);
}
