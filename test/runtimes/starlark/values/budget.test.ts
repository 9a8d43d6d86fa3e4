import { expect } from 'chai';
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import {
  Func,
  Module,
  Struct,
  attributeNames,
  chargeItems,
  chargeText,
  freeze,
  getAttribute,
  isHashable,
} from '../../../../runtimes/starlark/values/index.js';
import type { List, Value } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf, complaint, dict, failure, list, set, tuple } from './material.js';

describe('budget', () => {
  it('allows just as many steps as its limit', () => {
    for (const steps of [1, 100, 4096, 4097, 10_000]) {
      const budget = budgetOf({ steps });
      for (let i = 0; i < steps; i++) budget.step(1);
      expect(budget.steps).to.equal(steps);
      expect(failure(() => budget.step(1)).code).to.equal('limit/steps');
      expect(failure(() => budget.step(1)).code).to.equal('limit/steps');
    }
  });

  it('counts the same whether steps come singly or together', () => {
    const budget = budgetOf({ steps: 10_000 });
    budget.step(9000);
    budget.step(1000);
    expect(budget.steps).to.equal(10_000);
    expect(failure(() => budget.step(1)).message).to.equal('run: more than 10000 steps');
  });

  it('allows just as many bytes as its limits, together and in one value', () => {
    const budget = budgetOf({ memoryBytes: 1000, valueBytes: 600 });
    budget.allocate(600);
    expect(failure(() => budget.allocate(601)).message).to.equal(
      'make a value: more than the 600 bytes that one may have',
    );
    budget.allocate(400);
    expect(budget.memoryBytes).to.equal(1000);
    expect(failure(() => budget.allocate(1)).message).to.equal('run: more than 1000 bytes allocated in all');
  });

  it('looks at the clock with each slice of steps', () => {
    let time = 0;
    const budget = budgetOf({ deadline: 50, now: () => time });
    budget.step(5000);
    time = 50;
    budget.step(1);
    expect(failure(() => budget.step(4096)).code).to.equal('limit/wall-time');
  });

  it('says when a slice of computing is over', () => {
    let time = 0;
    const budget = budgetOf({ sliceMs: 10, now: () => time });
    budget.beginSlice();
    expect(budget.refill()).to.equal(false);
    time = 10;
    expect(budget.refill()).to.equal(true);
    budget.beginSlice();
    expect(budget.refill()).to.equal(false);
  });

  it('ends at the next step once it is stopped', () => {
    const budget = budgetOf();
    budget.step(10);
    budget.stop(new StarlarkError('cancelled', 'run: cancelled'));
    expect(budget.steps).to.equal(10);
    expect(failure(() => budget.step(1)).code).to.equal('cancelled');
  });

  it('refuses what no string of JavaScript can be, whatever the limits', () => {
    const budget = budgetOf({ valueBytes: Infinity, memoryBytes: Infinity, steps: Infinity });
    expect(failure(() => chargeText(budget, 2 ** 29)).code).to.equal('limit/memory');
    expect(failure(() => chargeItems(budget, Infinity)).code).to.equal('limit/memory');
  });

  it('has limits that no script can catch', () => {
    expect(failure(() => budgetOf({ steps: 1 }).step(2)).catchable).to.equal(false);
    expect(failure(() => budgetOf().checkIntegerBits(1e9)).catchable).to.equal(false);
    expect(failure(() => budgetOf().checkIntegerBits(1e9)).message).to.equal(
      'make an integer: more than 100000 bits',
    );
  });
});

describe('freeze', () => {
  class Named extends Func {
    readonly name = 'f';
  }

  it('reaches everything that a value holds', () => {
    const inner = [list(), dict(), set(), list(), dict()] as const;
    const outer = list(
      tuple(inner[0]),
      dict(['k', inner[1]]),
      new Struct(new Map<string, Value>([['s', inner[2]]])),
      new Module('m', new Map<string, Value>([['x', inner[3]]])),
      list(inner[4]),
      new Named(),
      null,
    );
    freeze(outer);
    expect(outer.frozen).to.equal(true);
    expect(inner.map((part) => part.frozen)).to.deep.equal([true, true, true, true, true]);
    expect(complaint(() => inner[1].setString(budgetOf(), 'a', 1))).to.equal(
      'cannot insert into frozen dict',
    );
  });

  it('ends on cycles, on shared parts, and on depths beyond any stack', () => {
    const cyclic = list();
    cyclic.items.push(cyclic, tuple(cyclic));
    let shared: Value = tuple(cyclic);
    for (let i = 0; i < 60; i++) shared = tuple(shared, shared);
    let deep: List = list();
    const deepest = deep;
    for (let i = 0; i < 300_000; i++) deep = list(deep);
    freeze(tuple(shared, deep));
    expect([cyclic.frozen, deepest.frozen]).to.deep.equal([true, true]);
  });
});

describe('isHashable', () => {
  it('looks into tuples and structs, each once', () => {
    let shared: Value = tuple('a');
    for (let i = 0; i < 60; i++) shared = tuple(shared, shared);
    expect(isHashable(shared)).to.equal(true);
    expect(isHashable(tuple(shared, new Struct(new Map<string, Value>([['a', list()]]))))).to.equal(false);
    for (const value of [null, true, 1, 2n ** 60n, 'a']) expect(isHashable(value)).to.equal(true);
    for (const value of [list(), dict(), set(), new Module('m', new Map())])
      expect(isHashable(value)).to.equal(false);
  });

  it('is refused to hash what is too deep or multiplies', () => {
    let deep: Value = tuple();
    for (let i = 0; i < 200; i++) deep = tuple(deep);
    expect(failure(() => dict().get(budgetOf(), deep)).code).to.equal('limit/depth');
    let shared: Value = tuple('a');
    for (let i = 0; i < 40; i++) shared = tuple(shared, shared);
    expect(failure(() => dict().get(budgetOf({ steps: 200_000 }), shared)).code).to.equal('limit/steps');
    expect(failure(() => dict().get(budgetOf({ valueBytes: 2 ** 20 }), shared)).code).to.equal(
      'limit/memory',
    );
  });
});

describe('attributes', () => {
  it('are the fields of structs and the members of modules, in order', () => {
    const fields = new Map<string, Value>([
      ['b', 1],
      ['a', 2],
    ]);
    for (const value of [new Struct(fields), new Module('m', fields)]) {
      expect(getAttribute(value, 'a')).to.equal(2);
      expect(getAttribute(value, 'constructor')).to.equal(undefined);
      expect(attributeNames(value)).to.deep.equal(['b', 'a']);
    }
    expect(getAttribute('text', 'length')).to.equal(undefined);
    expect(attributeNames(list())).to.deep.equal([]);
  });
});
