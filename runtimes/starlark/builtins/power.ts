/** `pow` and `divmod`, as Python has them. */
import { runtimeError } from '../error.js';
import { Tuple, chargeItems, floorDivide, isInteger, modulo, power, powerModulo } from '../values/index.js';
import type { Float, Integer, Thread, Value } from '../values/index.js';

/** Both parts of a division with rest. */
export function divmod({ budget }: Thread, x: Value, y: Value): Tuple {
  chargeItems(budget, 2);
  return new Tuple([floorDivide(budget, x, y), modulo(budget, x, y)]);
}

/** As the operator `**`; with `mod`, of ints only, the rest of that. */
export function pow(
  { budget }: Thread,
  base: Integer | Float,
  exponent: Integer | Float,
  mod?: Integer | null,
): Value {
  if (mod === undefined || mod === null) return power(budget, base, exponent);
  if (!isInteger(base) || !isInteger(exponent)) throw runtimeError('mod is for ints only');
  if (exponent < 0) throw runtimeError('got a negative exponent with mod, want none').as('ValueError');
  return powerModulo(budget, base, exponent, mod);
}
