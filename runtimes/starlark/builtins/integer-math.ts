/** The functions of ints in Python's `math`: for the open dialect. */
import { runtimeError } from '../error.js';
import {
  floorDivide,
  isInteger,
  iterate,
  modulo,
  multiply,
  negate,
  subtract,
  add,
  bitsOf,
  power,
} from '../values/index.js';
import type { Budget, Builtin, Integer, Value } from '../values/index.js';
import { builtin } from './definition.js';
import { anything, int, iterable, keyword, required, rest } from './parameter.js';

const n = required('n', int);
const k = required('k', int);
const integers = rest('integers', int);

/** A row for each, by name. */
export const integerMath: readonly Builtin[] = [
  builtin('math.comb', [n, k], ({ budget }, n, k) => combinations(budget, n, k)),
  builtin('math.factorial', [n], ({ budget }, n) => factorial(budget, n)),
  builtin('math.gcd', [integers], ({ budget }, integers) =>
    integers.reduce<Integer>((x, y) => gcd(budget, x, y), 0),
  ),
  builtin('math.isqrt', [n], ({ budget }, n) => squareRoot(budget, n)),
  builtin('math.lcm', [integers], ({ budget }, integers) =>
    integers.reduce<Integer>((x, y) => lcm(budget, x, y), 1),
  ),
  builtin('math.perm', [n, k], ({ budget }, n, k) => arrangements(budget, natural(n), natural(k))),
  builtin(
    'math.prod',
    [required('iterable', iterable), keyword('start', anything)],
    ({ budget }, items, start = 1) =>
      iterate(budget, items).reduce((product, item) => multiply(budget, product, item), start),
  ),
];

function natural(n: Integer): Integer {
  if (n < 0) throw runtimeError('got a negative number, want none');
  return n;
}

function absolute(budget: Budget, n: Integer): Integer {
  return n < 0 ? (negate(budget, n) as Integer) : n;
}

function gcd(budget: Budget, x: Integer, y: Integer): Integer {
  let [a, b] = [absolute(budget, x), absolute(budget, y)];
  while (b !== 0) {
    budget.step(1);
    [a, b] = [b, modulo(budget, a, b) as Integer];
  }
  return a;
}

function lcm(budget: Budget, x: Integer, y: Integer): Integer {
  if (x === 0 || y === 0) return 0;
  const product = multiply(budget, absolute(budget, x), absolute(budget, y));
  return floorDivide(budget, product, gcd(budget, x, y)) as Integer;
}

function factorial(budget: Budget, n: Integer): Value {
  return arrangements(budget, natural(n), n);
}

/** `n * (n - 1) * …`, with k factors. */
function arrangements(budget: Budget, n: Integer, k: Integer): Value {
  if (k > n) return 0;
  let product: Value = 1;
  for (let i = 0; i < k; i++) {
    budget.step(1);
    product = multiply(budget, product, subtract(budget, n, i));
  }
  return product;
}

function combinations(budget: Budget, n: Integer, k: Integer): Value {
  if (natural(k) > natural(n)) return 0;
  const rest = subtract(budget, n, k) as Integer;
  const fewer = rest < k ? rest : k;
  let result: Value = 1;
  for (let i = 0; i < fewer; i++) {
    budget.step(1);
    result = floorDivide(budget, multiply(budget, result, subtract(budget, n, i)), i + 1);
  }
  return result;
}

/** Newton's way, from above. */
function squareRoot(budget: Budget, n: Integer): Value {
  if (natural(n) === 0) return 0;
  let root: Value = power(budget, 2, Math.ceil(bitsOf(n) / 2) + 1);
  for (;;) {
    budget.step(1);
    const next: Value = floorDivide(budget, add(budget, root, floorDivide(budget, n, root)), 2);
    if (isInteger(next) && isInteger(root) && next >= root) return root;
    root = next;
  }
}
