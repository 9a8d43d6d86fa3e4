/**
 * Operators and calls read their operands in several ways: a local variable by its place, a constant, or
 * whatever else by a closure. Every combination must do what the library of values does.
 */
import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  Budget,
  DEFAULT_ENGINE_LIMITS,
  Dict,
  Float,
  List,
  StarlarkError,
  execute,
  prepare,
  repr,
} from '../../../../runtimes/starlark/index.js';
import type { Predeclared, Value } from '../../../../runtimes/starlark/index.js';
import { binaryOperation } from '../../../../runtimes/starlark/values/index.js';
import type { BinaryOperator } from '../../../../runtimes/starlark/values/index.js';

const OPERATORS: readonly BinaryOperator[] = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not in',
];

const LARGEST = Number.MAX_SAFE_INTEGER;

/** Values at the edges of the fast ways. */
const VALUES: readonly Value[] = [
  0,
  1,
  -1,
  7,
  -3,
  LARGEST,
  -LARGEST,
  2n ** 60n,
  -(2n ** 53n),
  new Float(0.5),
  new Float(-2),
  'ab',
  '',
  'a'.repeat(70),
  true,
  null,
  new List([1]),
];

/** What each of them meets on the right. */
const PARTNERS: readonly Value[] = [0, 7, -3, 2n ** 60n, new Float(0.5), 'ab', new List([1])];

/** How an operand is written, with x or y for its name. */
const KINDS: Readonly<Record<string, (name: string) => string>> = {
  local: (name) => `local_${name}`,
  closure: (name) => `[${name}][0]`,
  constant: (name) => name,
  suspending: (name) => `same(${name})`,
};

const unlimited = (): Budget => new Budget({ ...DEFAULT_ENGINE_LIMITS, deadline: Infinity, now: () => 0 });

function run(source: string, names: Predeclared): string {
  const printed: string[] = [];
  const limits = { sliceMs: Infinity };
  const print = (line: string) => printed.push(line);
  const execution = execute(prepare(source, { predeclared: names }), { limits, print });
  void execution.result;
  return printed.join('\n');
}

describe('operands', () => {
  for (const operator of OPERATORS) {
    it(`of ${operator} give the same however they are read`, () => {
      for (const x of VALUES) for (const y of PARTNERS) expectSame(operator, x, y);
    });
  }
});

function expectSame(operator: BinaryOperator, x: Value, y: Value): void {
  const names = new Map<string, Value>([
    ['x', x],
    ['y', y],
  ]);
  const wanted = outcomeOf(() => repr(unlimited(), binaryOperation(operator)(unlimited(), x, y)));
  const kinds = Object.values(KINDS);
  const functions = kinds.flatMap((left) =>
    kinds.map((right) => functionOf(`${left('x')} ${operator} ${right('y')}`)),
  );
  const seen = new Set(run(`${HELPERS}${functions.join('')}`, names).split('\n'));
  expect([...seen], `${repr(unlimited(), x)} ${operator} ${repr(unlimited(), y)}`).to.deep.equal([wanted]);
}

const HELPERS = `
def same(a):
  return a
def outcome(f, a, b):
  r = attempt(f, a, b)
  return repr(r.value) if r.ok else r.error.message
`;

function functionOf(expression: string): string {
  return `def f(local_x, local_y):\n  return ${expression}\nprint(outcome(f, x, y))\n`;
}

/** A limit ends the script before it prints anything. */
function outcomeOf(act: () => string): string {
  try {
    return act();
  } catch (error) {
    if (error instanceof StarlarkError) return error.catchable ? error.message : '';
    throw error;
  }
}

describe('elements', () => {
  it('are found however object and index are read', () => {
    const dict = new Dict();
    dict.set(unlimited(), 'k', 1);
    dict.set(unlimited(), 5, 2);
    const names = new Map<string, Value>([
      ['x', new List([10, 20])],
      ['d', dict],
      ['i', 1],
      ['k', 'k'],
    ]);
    const objects = { x: ['local_x', '[x][0]', 'x'], d: ['local_d', '[d][0]', 'd'] };
    const tests = [
      ...objects.x.flatMap((object) =>
        ['i', 'local_i', '1', '-1', '[1][0]'].map((key) => `${object}[${key}] == 20`),
      ),
      ...objects.d.flatMap((object) =>
        ['k', 'local_k', '"k"', '["k"][0]'].map((key) => `${object}[${key}] == 1`),
      ),
      ...objects.d.flatMap((object) => ['5', '5.0', '[5][0]'].map((key) => `${object}[${key}] == 2`)),
    ];
    const source = `def f(local_x, local_d, local_i, local_k):\n${tests.map((test) => `  print(${test})\n`).join('')}f(x, d, i, k)`;
    expect(run(source, names)).to.equal(tests.map(() => 'True').join('\n'));
  });
});

describe('calls', () => {
  /** How a callee is written; `f` takes what the call gives and answers it as a tuple. */
  const CALLEES: Readonly<Record<string, string>> = {
    definition: 'f',
    local: 'local_f',
    closure: '[f][0]',
    method: 'struct(m = f).m',
    builtin: 'tuple_of',
  };

  for (const count of [0, 1, 2, 3, 4, 5, 6]) {
    it(`with ${String(count)} arguments pass them in their order`, () => {
      const numbers = Array.from({ length: count }, (_, i) => i + 1);
      const parameters = numbers.map((n) => `p${String(n)}`).join(', ');
      const wanted = `(${numbers.join(', ')}${count === 1 ? ',' : ''})`;
      const writings = [
        numbers.join(', '),
        numbers.map((n) => `same(${String(n)})`).join(', '),
        numbers
          .map((n) => `p${String(n)} = ${String(n)}`)
          .reverse()
          .join(', '),
        `*[${numbers.join(', ')}]`,
        `**{${numbers.map((n) => `"p${String(n)}": ${String(n)}`).join(', ')}}`,
        numbers.map((n, i) => (i < count / 2 ? String(n) : `p${String(n)} = ${String(n)}`)).join(', '),
      ];
      const calls = Object.values(CALLEES).flatMap((callee) =>
        writings
          .filter((args) => callee !== CALLEES['builtin'] || !/=|\*\*/.test(args))
          .map((args) => `print(${callee}(${args}))`),
      );
      const source = `def f(${parameters}):\n  return (${parameters}${count === 1 ? ',' : ''})
def same(a):\n  return a
def tuple_of(*args):\n  return args
def run(local_f):\n${calls.map((call) => `  ${call}\n`).join('')}run(f)\n`;
      expect(new Set(run(source, new Map()).split('\n'))).to.deep.equal(new Set([wanted]));
    });
  }
});
