/** Builtins on numbers: `abs`, and for the open dialect those that Python has. */
import { FLOAT_BYTES, Float, add, isInteger, iterate, negate } from '../values/index.js';
import type { Integer, Thread, Value } from '../values/index.js';
import { builtin } from './definition.js';
import { anything, int, iterable, named, number, optional, orNone, required } from './parameter.js';
import type { Iterable } from './parameter.js';
import { divmod, pow } from './power.js';
import { round } from './rounding.js';

const x = required('x', number);

/** Those of the specification. */
export const arithmetic = [builtin('abs', [x], abs)];

/** Those that Python has beyond it. */
export const openArithmetic = [
  builtin('divmod', [x, required('y', number)], divmod),
  builtin(
    'pow',
    [named(required('base', number)), named(required('exp', number)), named(optional('mod', orNone(int)))],
    pow,
  ),
  builtin('round', [named(required('number', number)), named(optional('ndigits', orNone(int)))], round),
  builtin('sum', [required('iterable', iterable), named(optional('start', anything))], sum),
];

function abs({ budget }: Thread, x: Integer | Float): Value {
  if (isInteger(x)) return x < 0 ? negate(budget, x) : x;
  budget.allocate(FLOAT_BYTES);
  return new Float(Math.abs(x.value));
}

/** A bool counts as 0 or 1: `sum(x > 3 for x in xs)`. */
function counted(item: Value): Value {
  return typeof item === 'boolean' ? Number(item) : item;
}

function sum({ budget }: Thread, items: Iterable, start: Value = 0): Value {
  return iterate(budget, items).reduce((sum, item) => add(budget, sum, counted(item)), counted(start));
}
