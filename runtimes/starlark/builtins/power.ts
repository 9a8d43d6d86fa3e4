/** `pow` and `divmod`, as Python has them. */
import { runtimeError } from '../error.js';
import {
  FLOAT_BYTES,
  Float,
  Tuple,
  chargeItems,
  floorDivide,
  integerText,
  isInteger,
  modulo,
  multiply,
  toNumber,
} from '../values/index.js';
import type { Budget, Integer, Thread, Value } from '../values/index.js';

/** Both parts of a division with rest. */
export function divmod({ budget }: Thread, x: Value, y: Value): Tuple {
  chargeItems(budget, 2);
  return new Tuple([floorDivide(budget, x, y), modulo(budget, x, y)]);
}

/** Exact for ints and an exponent that is not negative; with `mod`, of ints only, the rest of that. */
export function pow(
  { budget }: Thread,
  base: Integer | Float,
  exponent: Integer | Float,
  mod?: Integer,
): Value {
  if (mod !== undefined) return powModulo(budget, base, exponent, mod);
  if (isInteger(base) && isInteger(exponent) && exponent >= 0) return integerPower(budget, base, exponent);
  const [x, y] = [toNumber(base)!, toNumber(exponent)!];
  if (x === 0 && y < 0) throw runtimeError('zero to a negative power');
  budget.allocate(FLOAT_BYTES);
  return new Float(x === 1 ? 1 : Math.pow(x, y));
}

function powModulo(budget: Budget, base: Value, exponent: Value, mod: Integer): Value {
  if (!isInteger(base) || !isInteger(exponent)) throw runtimeError('mod is for ints only');
  if (exponent < 0) throw runtimeError('got a negative exponent with mod, want none');
  return integerPower(budget, modulo(budget, base, mod), exponent, (value) => modulo(budget, value, mod));
}

/** By squaring: the bits of the exponent from the highest. Each product charges for itself. */
function integerPower(
  budget: Budget,
  base: Value,
  exponent: Integer,
  reduce: (value: Value) => Value = (value) => value,
): Value {
  if (base === 0 || base === 1) return exponent === 0 ? reduce(1) : base;
  let result: Value = reduce(1);
  for (const bit of integerText(budget, exponent, 2)) {
    budget.step(1);
    result = reduce(multiply(budget, result, result));
    if (bit === '1') result = reduce(multiply(budget, result, base));
  }
  return result;
}
