import { expect } from 'chai';
import fc from 'fast-check';
import {
  Builtin,
  Dict,
  Module,
  Range,
  Struct,
  repr,
  typeName,
} from '../../../../runtimes/starlark/values/index.js';
import { gather, scatter } from '../../../../runtimes/starlark/values/scatter.js';
import type { Value } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, bytes, complaint, dict, failure, float, list, set, tuple } from './material.js';

const budget = budgetOf();
const call = new Builtin('f', () => null);

describe('dict', () => {
  const equalKeys: [name: string, ...keys: Value[]][] = [
    ['a small int and its float', 1, float(1)],
    ['zero in all its forms', 0, float(0), float(-0)],
    ['a large int and its float', 2 ** 40, float(2 ** 40)],
    ['an int beyond 2^53 and its float', 2n ** 60n, float(2 ** 60)],
    ['NaN and NaN', float(NaN), float(NaN)],
    ['a fraction and itself', float(0.5), float(0.5)],
    ['tuples of equal parts', tuple(1, 'a', tuple()), tuple(float(1), 'a', tuple())],
    ['equal bytes', bytes(1, 2), bytes(1, 2)],
    [
      'structs whatever the order of fields',
      new Struct(
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
      ),
      new Struct(
        new Map([
          ['b', 2],
          ['a', 1],
        ]),
      ),
    ],
    ['a function and itself, in a tuple', tuple(call), tuple(call)],
  ];
  for (const [name, ...keys] of equalKeys) {
    it(`takes as one key: ${name}`, () => {
      const d = new Dict();
      for (const [i, key] of keys.entries()) d.set(budget, key, i);
      expect(d.size).to.equal(1);
      expect(d.get(budget, keys[0]!)).to.equal(keys.length - 1);
      expect(d.keys()).to.deep.equal([keys[0]]);
    });
  }

  it('keeps apart what is not equal, however alike its key is written', () => {
    const keys: Value[] = [
      ...[
        null,
        true,
        false,
        0,
        1,
        'True',
        'None',
        '',
        '1',
        '0',
        '01',
        '1.0',
        '12345678901',
        '\0',
        '\x001',
        '\x00i1;',
      ],
      ...[2 ** 31, -(2 ** 31), 2 ** 32, 2n ** 64n, -(2n ** 64n), String(2 ** 32), float(0.5), '0.5', 'f0.5;'],
      ...[
        bytes(49),
        bytes(),
        tuple(),
        tuple('1'),
        tuple(1),
        tuple(tuple(1)),
        tuple(1, tuple()),
        tuple(tuple(), 1),
      ],
      ...[
        tuple('a', 'b'),
        tuple('as1:b'),
        tuple('ab'),
        tuple(null),
        tuple(true),
        call,
        new Builtin('f', () => null),
      ],
      ...[
        float(Infinity),
        float(-Infinity),
        float(NaN),
        tuple('()'),
        '()',
        '\0()',
        '\0(',
        '__proto__',
        'constructor',
      ],
      ...[new Struct(new Map()), new Struct(new Map([['a', 1]])), tuple(call)],
    ];
    const d = new Dict();
    for (const [i, key] of keys.entries()) d.set(budget, key, i);
    expect(d.size).to.equal(keys.length);
    for (const [i, key] of keys.entries()) expect(d.get(budget, key), String(i)).to.equal(i);
    expect(d.keys()).to.deep.equal(keys);
    expect([...d.entries()].map(([key]) => key)).to.deep.equal(keys);
    for (const key of keys) d.delete(budget, key);
    expect(d.size).to.equal(0);
  });

  it('keeps the place of what is overwritten, and puts at the end what is deleted and set again', () => {
    const d = dict(['a', 1], [2, 2], ['c', 3]);
    d.set(budget, 'a', 9);
    expect(repr(budget, d)).to.equal('{"a": 9, 2: 2, "c": 3}');
    expect(d.delete(budget, 2)).to.equal(2);
    expect(d.delete(budget, 2)).to.equal(undefined);
    d.set(budget, 2, 0);
    expect(repr(budget, d)).to.equal('{"a": 9, "c": 3, 2: 0}');
  });

  it('gives every kind of key back as it was first set', () => {
    const d = dict([float(7), 1], ['42', 2], [-3, 3]);
    d.set(budget, 7, 4);
    expect(repr(budget, d)).to.equal('{7.0: 4, "42": 2, -3: 3}');
    d.delete(budget, 7);
    d.set(budget, 7, 5);
    expect(repr(budget, d)).to.equal('{"42": 2, -3: 3, 7: 5}');
    d.clear();
    d.set(budget, 'x', 0);
    expect([...d.entries()]).to.deep.equal([['x', 0]]);
  });

  it('has a short way for strings', () => {
    const d = new Dict();
    d.setString(budget, '12', 1);
    d.setString(budget, '__proto__', 2);
    expect(d.get(budget, '12')).to.equal(1);
    expect(d.getString('__proto__')).to.equal(2);
    expect(d.getString('toString')).to.equal(undefined);
    expect(d.keys()).to.deep.equal(['12', '__proto__']);
  });

  for (const [key, name] of [
    [list(), 'list'],
    [dict(), 'dict'],
    [set(), 'set'],
    [new Range(0, 1, 1, 1), 'range'],
    [new Module('m', new Map()), 'module'],
    [tuple(1, tuple(list())), 'list'],
    [new Struct(new Map([['a', dict()]])), 'dict'],
  ] as const) {
    it(`refuses a key that holds a ${name}`, () => {
      expect(complaint(() => dict([key, 1]))).to.equal(`unhashable type: ${name}`);
      expect(complaint(() => dict().get(budget, key))).to.equal(`unhashable type: ${name}`);
    });
  }

  const changes: [name: string, verb: string, change: (d: Dict) => unknown][] = [
    ['set', 'insert into', (d) => d.set(budget, 'a', 1)],
    ['setString', 'insert into', (d) => d.setString(budget, 'a', 1)],
    ['delete', 'delete from', (d) => d.delete(budget, 'a')],
    ['clear', 'clear', (d) => d.clear()],
  ];
  for (const [name, verb, change] of changes) {
    it(`refuses ${name} while frozen or iterated over`, () => {
      const frozen = dict(['a', 0]);
      frozen.frozen = true;
      expect(complaint(() => change(frozen))).to.equal(`cannot ${verb} frozen dict`);
      const looped = dict(['a', 0]);
      looped.iterators = 1;
      expect(complaint(() => change(looped))).to.equal(`cannot ${verb} dict during iteration`);
      expect([frozen.getString('a'), looped.getString('a')]).to.deep.equal([0, 0]);
    });
  }

  it('charges each new entry, and nothing for overwriting', () => {
    const counted = budgetOf();
    const d = new Dict();
    d.set(counted, 'a', 1);
    const once = counted.memoryBytes;
    expect(once).to.be.at.least(64);
    d.set(counted, 'a', 2);
    expect(counted.memoryBytes).to.equal(once);
  });

  it('stops growing at the memory limit', () => {
    const small = budgetOf({ memoryBytes: 100_000 });
    const d = new Dict();
    expect(
      failure(() => {
        for (let i = 0; ; i++) d.set(small, i, i);
      }).code,
    ).to.equal('limit/memory');
    expect(d.size).to.be.below(2000);
  });
});

describe('dict and its model', () => {
  const keys = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(2 ** 31, -(2 ** 31), 2 ** 40, 2 ** 53 - 1),
    fc.integer({ min: 0, max: 30 }).map(String),
    fc.constantFrom('', 'a', '\0', '\x00a', '12345678901', '__proto__'),
    fc.integer({ min: 0, max: 3 }).map((n) => tuple(n, String(n))),
  );
  const acts = fc.array(fc.tuple(fc.constantFrom('set', 'delete', 'get'), keys, fc.nat()), { maxLength: 60 });

  it('agree after any series of acts', () => {
    fc.assert(
      fc.property(acts, (series) => {
        const d = new Dict();
        const model = new Map<string, [Value, number]>();
        for (const [act, key, n] of series) {
          const name = `${typeName(key)} ${repr(budget, key)}`;
          expect(d.get(budget, key)).to.equal(model.get(name)?.[1]);
          if (act === 'set') d.set(budget, key, n);
          if (act === 'set') model.set(name, [model.get(name)?.[0] ?? key, n]);
          if (act === 'delete') expect(d.delete(budget, key) !== undefined).to.equal(model.delete(name));
        }
        expect([...d.entries()]).to.deep.equal([...model.values()]);
        expect(d.keys()).to.deep.equal([...model.values()].map(([key]) => key));
        expect([...d.values()]).to.deep.equal([...model.values()].map(([, n]) => n));
      }),
      { numRuns: 300 },
    );
  });

  it('scatters each int to one of its own, and gathers it again', () => {
    fc.assert(
      fc.property(fc.integer(), (n) => {
        expect(gather(scatter(n))).to.equal(n);
      }),
    );
    const scattered = new Set(Array.from({ length: 100_000 }, (_, i) => scatter(i << 14)));
    expect(scattered.size).to.equal(100_000);
  });
});

describe('hash flooding', function () {
  this.retries(4);
  const COUNT = 20_000;
  const floods: [name: string, key: (i: number) => Value][] = [
    ['multiples of 2^32', (i) => i * 2 ** 32],
    ['bigints i·2^64', (i) => BigInt(i + 1) << 64n],
    ['strings that are array indexes', (i) => String(i * 16_384)],
    ['fractions', (i) => float((i + 0.5) / 2 ** 40)],
    [
      'ints of one bucket',
      (() => {
        const ints = collidingInts(COUNT);
        return (i) => ints[i]!;
      })(),
    ],
  ];
  for (const [name, key] of floods) {
    it(`takes ${COUNT} keys in about linear time: ${name}`, () => {
      const few = timeOf(COUNT / 8, key);
      const many = timeOf(COUNT, key);
      // Quadratic growth would be 64-fold, and seconds; a slow machine stretches both.
      expect(many, `${few} ms, then ${many} ms`).to.be.below(Math.max(30 * few, 150));
    });
  }

  function timeOf(count: number, key: (i: number) => Value): number {
    const d = new Dict();
    const roomy = budgetOf();
    const keys = Array.from({ length: count }, (_, i) => key(i));
    const start = performance.now();
    for (const one of keys) d.set(roomy, one, 0);
    const time = performance.now() - start;
    expect(d.size).to.equal(count);
    return time;
  }

  /** Ints that V8's own hash puts into one bucket of 16,384. */
  function collidingInts(count: number): number[] {
    const found: number[] = [];
    for (let i = 0; found.length < count; i++) if ((unseededHash(i) & 16_383) === 7) found.push(i);
    return found;
  }

  function unseededHash(n: number): number {
    let hash = n >>> 0;
    hash = (~hash + (hash << 15)) >>> 0;
    hash = (hash ^ (hash >>> 12)) >>> 0;
    hash = (hash + (hash << 2)) >>> 0;
    hash = (hash ^ (hash >>> 4)) >>> 0;
    hash = Math.imul(hash, 2057) >>> 0;
    return (hash ^ (hash >>> 16)) >>> 0;
  }
});
