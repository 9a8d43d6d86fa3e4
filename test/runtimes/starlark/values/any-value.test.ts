import { expect } from 'chai';
import fc from 'fast-check';
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import {
  Builtin,
  Module,
  Range,
  Struct,
  binaryOperation,
  decodeJson,
  encodeJson,
  equals,
  formatField,
  formatMethod,
  formatPercent,
  freeze,
  fromJson,
  index,
  indentJson,
  invert,
  isHashable,
  iterate,
  negate,
  parseFloatText,
  parseInteger,
  positive,
  repr,
  setIndex,
  slice,
  str,
  toJson,
  truth,
  typeName,
  unpack,
} from '../../../../runtimes/starlark/values/index.js';
import type { BinaryOperator, Budget, Value } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, bytes, dict, float, list, set, tuple } from './material.js';

const OPERATORS: readonly BinaryOperator[] = [
  ...(['+', '-', '*', '/', '//', '%', '&', '|', '^', '<<', '>>'] as const),
  ...(['==', '!=', '<', '<=', '>', '>=', 'in', 'not in'] as const),
];

const cyclic = list(1);
cyclic.items.push(cyclic);
const call = new Builtin('f', () => null);

const leaves = fc.oneof(
  fc.constantFrom<Value[]>(
    null,
    true,
    false,
    0,
    -1,
    2 ** 53 - 1,
    -(2n ** 64n),
    2n ** 5000n,
    '',
    '%s',
    '{}',
    '\ud800',
  ),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE, 0.5).map(float),
  fc.constantFrom<Value[]>(call, cyclic, new Module('m', new Map()), new Range(5, -5, -3, 4), bytes(0, 255)),
  fc.integer(),
  fc.double().map(float),
  fc.string({ unit: 'binary' }),
);

/** Values of every type, of every awkward size, and within each other. */
const values = fc.letrec<{ value: Value }>((tie) => {
  const items = fc.array(tie('value'), { maxLength: 3 });
  return {
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaves,
      items.map((all) => list(...all)),
      items.map((all) => tuple(...all)),
      items.map((all) => set(...all.filter(isHashable))),
      items.map((all) => dict(...all.filter(isHashable).map((key): [Value, Value] => [key, key]))),
      items.map((all) => new Struct(new Map(all.map((item, i) => [`f${i}`, item])))),
    ),
  };
}).value;

const formats = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '%',
        '(',
        ')',
        '*',
        '-',
        '#',
        '0',
        '9',
        '.',
        's',
        'd',
        'x',
        'c',
        'r',
        'g',
        'e',
        'f',
        ' ',
      ),
      fc.constantFrom('{', '}', '!', ':', '<', '^', '=', ',', '_', 'a', '99999999', '"', '\\', '[', ']'),
      fc.string({ maxLength: 2 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Runs an act within small limits; it may only fail as a script may. */
function attempt(act: (budget: Budget) => unknown): void {
  const budget = budgetOf({ steps: 100_000, memoryBytes: 2 ** 24, valueBytes: 2 ** 20 });
  try {
    expect(act(budget)).to.not.equal(undefined);
  } catch (error) {
    if (!(error instanceof StarlarkError)) throw error;
    expect(error.message).to.match(/\S/);
  }
}

describe('any operation on any values', () => {
  it('fails as a script fails, never as JavaScript does', () => {
    fc.assert(
      fc.property(values, values, values, fc.constantFrom(...OPERATORS), (x, y, z, operator) => {
        attempt((budget) => binaryOperation(operator)(budget, x, y));
        attempt((budget) => index(budget, x, y));
        attempt((budget) => slice(budget, x, y, z, null));
        attempt((budget) => slice(budget, x, null, null, z));
        attempt((budget) => iterate(budget, x));
        attempt((budget) => unpack(budget, x, 2));
        for (const operation of [negate, positive, invert, str, repr])
          attempt((budget) => operation(budget, x));
        for (const operation of [encodeJson, toJson]) attempt((budget) => operation(budget, x));
        attempt(() => [typeName(x), truth(x)]);
      }),
      { numRuns: 2000 },
    );
  });

  it('changes and freezes without breaking', () => {
    fc.assert(
      fc.property(values, values, values, (x, y, z) => {
        fc.pre(x !== cyclic && y !== cyclic && z !== cyclic);
        const holder = list(x, y);
        attempt((budget) => {
          setIndex(budget, holder, 0, z);
          setIndex(budget, x, y, z);
          return null;
        });
        freeze(list(...holder.items.filter((item) => item !== cyclic)));
        attempt((budget) => repr(budget, holder));
      }),
    );
  });

  it('takes any text as a format, a template, a spec, a number or JSON', () => {
    fc.assert(
      fc.property(formats, values, values, (text, x, y) => {
        attempt((budget) => formatPercent(budget, text, x));
        attempt((budget) => formatPercent(budget, text, tuple(x, y)));
        attempt((budget) => formatMethod(budget, text, [x, y], new Map([['a', x]])));
        attempt((budget) => formatField(budget, x, '', text));
        attempt((budget) => parseInteger(budget, text, 0) ?? null);
        attempt(() => parseFloatText(text) ?? null);
        attempt((budget) => decodeJson(budget, text));
        attempt((budget) => indentJson(budget, text));
      }),
      { numRuns: 3000 },
    );
  });

  it('takes anything of the host as JSON or refuses it', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withMap: true,
          withDate: true,
          withNullPrototype: true,
          withSparseArray: true,
          withTypedArray: true,
        }),
        (json) => {
          attempt((budget) => fromJson(budget, json));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('finds every value without a cycle equal to itself, and its text the same twice', () => {
    fc.assert(
      fc.property(values, (x) => {
        const budget = budgetOf();
        if (!repr(budget, x).includes('...')) expect(equals(budget, x, x)).to.equal(true);
        expect(repr(budget, x)).to.equal(repr(budget, x));
      }),
    );
  });
});
