import { expect } from 'chai';
import fc from 'fast-check';
import { runInNewContext } from 'node:vm';
import {
  Builtin,
  Range,
  Struct,
  decodeJson,
  encodeJson,
  fromJson,
  repr,
  toJson,
} from '../../../../runtimes/starlark/values/index.js';
import type { Value, Dict } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, bytes, complaint, dict, failure, float, list, set, tuple } from './material.js';

const budget = budgetOf();

describe('values from host JSON', () => {
  const cases: [json: unknown, shown: string][] = [
    [null, 'None'],
    [true, 'True'],
    [1, '1'],
    [1.5, '1.5'],
    [-0, '0'],
    [2 ** 53, '9007199254740992.0'],
    [1e300, '1e+300'],
    [2n ** 60n, '1152921504606846976'],
    [5n, '5'],
    ['a', '"a"'],
    [[1, [2]], '[1, [2]]'],
    [{ b: 1, a: { c: null } }, '{"b": 1, "a": {"c": None}}'],
    [JSON.parse('{"__proto__":1,"constructor":2,"then":3}'), '{"__proto__": 1, "constructor": 2, "then": 3}'],
    [Object.assign(Object.create(null), { a: 1 }), '{"a": 1}'],
    [runInNewContext('({ a: [1] })'), '{"a": [1]}'],
    [{ a: undefined, b: 1 }, '{"b": 1}'],
    [{ [Symbol('s')]: 1, a: 2 }, '{"a": 2}'],
  ];
  for (const [json, shown] of cases) {
    it(shown, () => expect(repr(budget, fromJson(budget, json))).to.equal(shown));
  }

  class Point {
    x = 1;
  }
  const cyclic: { list: unknown[] } = { list: [0] };
  cyclic.list.push(cyclic);
  const faults: [json: unknown, message: string][] = [
    [undefined, 'read JSON: got undefined, want JSON'],
    [[1, undefined], 'read JSON: at array index 1: got undefined, want JSON'],
    [new Array(3), 'read JSON: at array index 0: got undefined, want JSON'],
    [{ f: () => 1 }, 'read JSON: in object key "f": got function, want JSON'],
    [Symbol('s'), 'read JSON: got symbol, want JSON'],
    [{ a: [NaN] }, 'read JSON: in object key "a": at array index 0: got NaN, want a finite number'],
    [-Infinity, 'read JSON: got -Infinity, want a finite number'],
    [new Date(0), 'read JSON: got Date, want JSON'],
    [{ m: new Map() }, 'read JSON: in object key "m": got Map, want JSON'],
    [new Point(), 'read JSON: got Object, want JSON'],
    [new Uint8Array(2), 'read JSON: got Uint8Array, want JSON'],
    [cyclic, 'read JSON: in object key "list": at array index 1: cycle in JSON structure'],
  ];
  for (const [json, message] of faults) {
    it(message, () => expect(complaint(() => fromJson(budget, json))).to.equal(message));
  }

  it('copies: the host object does not change with the value', () => {
    const json = { a: [1] };
    const value = fromJson(budget, json) as Dict;
    value.set(budget, 'b', 2);
    json.a.push(2);
    expect(repr(budget, value)).to.equal('{"a": [1], "b": 2}');
    expect(json).to.deep.equal({ a: [1, 2] });
  });

  it('reads the same object twice where it stands twice', () => {
    const part = { x: 1 };
    expect(repr(budget, fromJson(budget, [part, part]))).to.equal('[{"x": 1}, {"x": 1}]');
  });
});

describe('values to host JSON', () => {
  it('makes plain objects and arrays', () => {
    const value = dict(['a', tuple(1, float(1.5))], ['b', set('x')], ['c', new Range(0, 2, 1, 2)]);
    value.set(budget, 's', new Struct(new Map([['f', 2n ** 60n]])));
    expect(toJson(budget, value)).to.deep.equal({ a: [1, 1.5], b: ['x'], c: [0, 1], s: { f: 2n ** 60n } });
  });

  it('takes names of object members as ordinary keys', () => {
    const value = dict(['__proto__', dict(['polluted', true])], ['constructor', 1], ['then', 2]);
    const json = toJson(budget, value) as Record<string, unknown>;
    expect(Object.keys(json)).to.deep.equal(['__proto__', 'constructor', 'then']);
    expect(Object.getPrototypeOf(json)).to.equal(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  const call = new Builtin('f', () => null);
  const cyclic = list();
  cyclic.items.push(cyclic);
  const refused: Value[] = [
    float(NaN),
    list(float(Infinity)),
    dict(['a', dict([1, 2])]),
    dict(['a', float(NaN)], [1, 2]),
    dict(['a', 1], [null, float(NaN)]),
    new Struct(new Map([['x', list(1, dict(['k', call]))]])),
    tuple(bytes(1)),
    cyclic,
  ];
  for (const [i, value] of refused.entries()) {
    it(`refuses what the encoder refuses, in the same words: ${i}`, () => {
      const message = complaint(() => toJson(budget, value, 'send'));
      expect(message).to.equal(complaint(() => encodeJson(budget, value, 'send')));
      expect(message).to.match(/^send: /);
    });
  }

  it('agrees with the encoder on everything else, and comes back', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = decodeJson(budget, text);
        const json = toJson(budget, value);
        const written = JSON.stringify(json, (_, part: unknown) =>
          typeof part === 'bigint' ? Number(part) : part,
        );
        expect(written).to.equal(JSON.stringify(JSON.parse(encodeJson(budget, value))));
        expect(toJson(budget, fromJson(budget, json))).to.deep.equal(json);
      }),
    );
  });
});

describe('conversion within the budget', () => {
  it('meets the depth limit both ways', () => {
    let json: unknown = [];
    let value: Value = list();
    for (let i = 0; i < 100_000; i++) [json, value] = [[json], list(value)];
    expect(failure(() => fromJson(budgetOf(), json)).code).to.equal('limit/depth');
    expect(failure(() => toJson(budgetOf(), value)).code).to.equal('limit/depth');
  });

  it('meets a limit where sharing multiplies', () => {
    let json: unknown = [1];
    let value: Value = list(1);
    for (let i = 0; i < 40; i++) [json, value] = [[json, json], list(value, value)];
    for (const limits of [{ steps: 100_000 }, { memoryBytes: 10_000_000 }]) {
      const code = 'steps' in limits ? 'limit/steps' : 'limit/memory';
      expect(failure(() => fromJson(budgetOf(limits), json)).code).to.equal(code);
      expect(failure(() => toJson(budgetOf(limits), value)).code).to.equal(code);
    }
  });

  it('refuses an array that only claims to be long', () => {
    const sparse: unknown[] = [];
    sparse.length = 2 ** 32 - 1;
    expect(failure(() => fromJson(budgetOf(), sparse)).code).to.equal('limit/memory');
  });

  it('refuses a bigint of the host that no script could make', () => {
    expect(failure(() => fromJson(budgetOf(), 1n << 200_000n)).code).to.equal('limit/memory');
  });
});
