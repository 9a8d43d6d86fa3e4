/** The module `math`: functions of floats, which take ints as well. */
import { runtimeError } from '../error.js';
import {
  FLOAT_BYTES,
  Float,
  Module,
  isInteger,
  iterate,
  toNumber,
  truncate,
  typeName,
} from '../values/index.js';
import type { Budget, Builtin, Integer, Thread, Value } from '../values/index.js';
import { builtin, byName } from './definition.js';
import { gamma } from './gamma.js';
import { integerMath } from './integer-math.js';
import { iterable, keyword, number, optional, required } from './parameter.js';
import type { Iterable } from './parameter.js';

const operand = { ...number, want: 'float or int' };
const x = required('x', operand);
const y = required('y', operand);

const ofOne: readonly (readonly [string, (x: number) => number])[] = [
  ['acos', Math.acos],
  ['acosh', Math.acosh],
  ['asin', Math.asin],
  ['asinh', Math.asinh],
  ['atan', Math.atan],
  ['atanh', Math.atanh],
  ['cos', Math.cos],
  ['cosh', Math.cosh],
  ['degrees', (x) => (360 * x) / (2 * Math.PI)],
  ['exp', Math.exp],
  ['fabs', Math.abs],
  ['gamma', gamma],
  ['radians', (x) => (2 * Math.PI * x) / 360],
  ['round', roundHalfAway],
  ['sin', Math.sin],
  ['sinh', Math.sinh],
  ['sqrt', Math.sqrt],
  ['tan', Math.tan],
  ['tanh', Math.tanh],
];

const ofTwo: readonly (readonly [string, (x: number, y: number) => number])[] = [
  ['atan2', Math.atan2],
  ['copysign', copysign],
  ['hypot', Math.hypot],
  ['mod', (x, y) => x % y],
  ['pow', power],
  ['remainder', remainder],
];

/** Beyond the specification: as in Python. */
const openOfTwo: typeof ofTwo = [['fmod', (x, y) => x % y]];

/** Beyond the specification: as in Python. */
const openOfOne: typeof ofOne = [
  ['cbrt', Math.cbrt],
  ['exp2', (x) => 2 ** x],
  ['expm1', Math.expm1],
  ['log10', Math.log10],
  ['log1p', Math.log1p],
  ['log2', Math.log2],
];

const toInt: readonly (readonly [string, (x: number) => number])[] = [
  ['ceil', Math.ceil],
  ['floor', Math.floor],
];

const tests: readonly (readonly [string, (x: number) => boolean])[] = [
  ['isfinite', Number.isFinite],
  ['isinf', (x) => Math.abs(x) === Infinity],
  ['isnan', Number.isNaN],
];

const constants: readonly (readonly [string, Value])[] = [
  ['e', new Float(Math.E)],
  ['inf', new Float(Infinity)],
  ['nan', new Float(NaN)],
  ['pi', new Float(Math.PI)],
];

const members = [
  ...byName(ofOne.map(unary)),
  ...byName(ofTwo.map(binary)),
  ...byName(toInt.map(rounding)),
  ...byName([
    builtin('math.log', [x, optional('base', operand)], ({ budget }, x, base) => log(budget, x, base)),
  ]),
  ...constants,
];

/** As starlark-go has it, with `inf` and `nan`. */
export const math = new Module('math', new Map<string, Value>(members));

/** With the functions that models look for beyond it. */
export const openMath = new Module(
  'math',
  new Map<string, Value>([
    ...members,
    ...byName(openOfOne.map(unary)),
    ...byName(openOfTwo.map(binary)),
    ...byName(integerMath),
    ...byName([
      builtin('math.fsum', [required('iterable', iterable)], ({ budget }, items) => fsum(budget, items)),
      builtin('math.isclose', [x, y, keyword('rel_tol', operand), keyword('abs_tol', operand)], isclose),
    ]),
    ...byName([rounding(['trunc', Math.trunc])]),
    ...byName(tests.map(([name, test]) => builtin(`math.${name}`, [x], (_, x) => test(sizeOf(x))))),
    ['tau', new Float(2 * Math.PI)],
  ]),
);

function unary([name, apply]: (typeof ofOne)[number]): Builtin {
  return builtin(`math.${name}`, [x], ({ budget }, x) => float(budget, apply(sizeOf(x))));
}

function binary([name, apply]: (typeof ofTwo)[number]): Builtin {
  return builtin(`math.${name}`, [x, y], ({ budget }, x, y) => float(budget, apply(sizeOf(x), sizeOf(y))));
}

function rounding([name, round]: (typeof toInt)[number]): Builtin {
  return builtin(`math.${name}`, [x], (_, x) => (isInteger(x) ? x : truncate(round(x.value))));
}

/** The nearest float; an int beyond all floats is infinite here. */
function sizeOf(x: Integer | Float): number {
  return isInteger(x) ? Number(x) : x.value;
}

function float(budget: Budget, value: number): Float {
  budget.allocate(FLOAT_BYTES);
  return new Float(value);
}

function log(budget: Budget, x: Integer | Float, base?: Integer | Float): Float {
  if (base === undefined) return float(budget, Math.log(sizeOf(x)));
  if (sizeOf(base) === 1) throw runtimeError('division by zero').as('ZeroDivisionError');
  return float(budget, Math.log(sizeOf(x)) / Math.log(sizeOf(base)));
}

/** Halves go away from zero. */
function roundHalfAway(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}

/** With one rounding for each item that loses digits, put right in the end. */
function fsum(budget: Budget, items: Iterable): Float {
  let [sum, lost] = [0, 0];
  for (const item of iterate(budget, items)) {
    const value = toNumber(item);
    if (value === undefined) throw runtimeError(`got ${typeName(item)}, want numbers`);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return float(budget, Number.isFinite(sum) ? sum + lost : sum);
}

function isclose(
  _: Thread,
  x: Integer | Float,
  y: Integer | Float,
  relative: Integer | Float = new Float(1e-9),
  absolute: Integer | Float = 0,
): boolean {
  const [a, b] = [sizeOf(x), sizeOf(y)];
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const larger = Math.max(Math.abs(a), Math.abs(b));
  return Math.abs(a - b) <= Math.max(sizeOf(relative) * larger, sizeOf(absolute));
}

function copysign(x: number, y: number): number {
  const size = Math.abs(x);
  return y < 0 || Object.is(y, -0) ? -size : size;
}

/** As IEEE 754 has it, where JavaScript answers NaN: ±1 to a power without size is 1. */
function power(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : Math.pow(x, y);
}

/** What is left of x after the multiple of y that is nearest, the even one of two: without rounding errors. */
function remainder(x: number, y: number): number {
  if (!Number.isFinite(x) || Number.isNaN(y) || y === 0) return NaN;
  const [size, half] = [Math.abs(y), Math.abs(y) / 2];
  if (size === Infinity) return x;
  let left = size <= Number.MAX_VALUE / 2 ? Math.abs(x) % (2 * size) : Math.abs(x);
  if (left > half) {
    left -= size;
    if (left >= half) left -= size;
  }
  return x < 0 || Object.is(x, -0) ? -left : left;
}
