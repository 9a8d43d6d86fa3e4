/** `x ** y`. */
import { runtimeError } from '../error.js';
import { modulo, multiply, unknown } from './arithmetic.js';
import type { Budget } from './budget.js';
import { FLOAT_BYTES } from './cost.js';
import { bitsOf, isInteger } from './integer.js';
import type { Integer } from './integer.js';
import { integerText } from './integer-text.js';
import { toNumber } from './number.js';
import { Float } from './value.js';
import type { Value } from './value.js';

/** Exact for ints and an exponent that is not negative, else a float. */
export function power(budget: Budget, x: Value, y: Value): Value {
  if (isInteger(x) && isInteger(y) && y >= 0) return integerPower(budget, x, y);
  const [base, exponent] = [toNumber(x), toNumber(y)];
  if (base === undefined || exponent === undefined) return unknown(x, '**', y);
  if (base === 0 && exponent < 0) throw runtimeError('zero to a negative power').as('ZeroDivisionError');
  if (base < 0 && Number.isFinite(base) && Number.isFinite(exponent) && !Number.isInteger(exponent)) {
    throw runtimeError('negative number to a fractional power', 'there are no complex numbers').as(
      'ValueError',
    );
  }
  budget.allocate(FLOAT_BYTES);
  return new Float(floatPower(base, exponent));
}

/** The rest of an int to the power of an int, by `modulus`. */
export function powerModulo(budget: Budget, x: Integer, y: Integer, modulus: Integer): Value {
  return bySquaring(budget, x, y, (value) => modulo(budget, value, modulus));
}

/** Too large a result is refused before anything is multiplied. */
function integerPower(budget: Budget, x: Integer, y: Integer): Value {
  if (y === 0) return 1;
  if (x === 0 || x === 1) return x;
  budget.checkIntegerBits((bitsOf(x) - 1) * Number(y));
  return bySquaring(budget, x, y, (value) => value);
}

/** The bits of the exponent from the highest. Each product charges for itself. */
function bySquaring(budget: Budget, x: Integer, y: Integer, reduce: (value: Value) => Value): Value {
  let result: Value = reduce(1);
  for (const bit of integerText(budget, y, 2)) {
    budget.step(1);
    result = reduce(multiply(budget, result, result));
    if (bit === '1') result = reduce(multiply(budget, result, x));
  }
  return result;
}

/** As IEEE 754 has it, where JavaScript answers NaN: ±1 to a power without size is 1. */
function floatPower(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : Math.pow(x, y);
}
