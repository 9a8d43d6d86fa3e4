import { expect } from 'chai';
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import { openMethod, openUniverse } from '../../../../runtimes/starlark/builtins/index.js';
import {
  Budget,
  Dict,
  Float,
  List,
  StarlarkSet,
  Struct,
} from '../../../../runtimes/starlark/values/index.js';
import type { Builtin, Value } from '../../../../runtimes/starlark/values/index.js';
import { evaluate } from './plain-evaluator.js';
import { LIMITS, PlainThread } from './plain-thread.js';
import { rows } from './table.js';

/** A thread whose limits do not end the work: what counts is the time that it takes. */
function generous(): PlainThread {
  return new PlainThread(
    new Budget({ ...LIMITS, steps: 1e9, memoryBytes: 4 * 2 ** 30, valueBytes: 64 << 20 }),
  );
}

const { body: sorted } = openUniverse.get('sorted') as Builtin;

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    return error instanceof StarlarkError ? error.code : String(error);
  }
}

/** Calls a method over and over; answers how often until it was stopped, and by what. */
function exhaust(self: Value, name: string, args: Value[]): [calls: number, code: string] {
  const thread = new PlainThread();
  const body = openMethod(self, name)!;
  for (let calls = 0; calls < 1e7; calls++) {
    const code = codeOf(() => body(thread, self, args, []));
    if (code !== 'none') return [calls, code];
  }
  return [1e7, 'never'];
}

describe('starlark builtins under attack', function () {
  this.timeout(4000);

  describe('refuse what is too large before they make it', () => {
    rows(String.raw`
      list(range(1000000000000))    !! limit/memory
      tuple(range(1000000000000))   !! limit/memory
      set(range(1000000000000))     !! limit/memory
      sorted(range(100000000))      !! limit/memory
      reversed(range(1000000000000)) !! limit/memory
      enumerate(range(1000000000000)) !! limit/memory
      max(range(1000000000000))     !! limit/memory
      min(range(1000000000000), key = lambda x: x) !! limit/memory
      any(range(0, 1000000000000, 1)) !! limit/memory
      all(range(1, 1000000000000))  !! limit/memory
      sum(range(1000000000000))     !! limit/memory
      bytes(range(1000000000000))   !! limit/memory
      zip(range(1000000000000), range(1000000000000)) !! limit/memory
      zip(*[range(300)] * 9000)     !! limit/steps
      map(lambda x: x, range(1000000000000)) !! limit/memory
      filter(None, range(1000000000000)) !! limit/memory
      dict(zip(range(1000000000000), range(1000000000000))) !! limit/memory
      [].extend(range(1000000000000)) !! limit/memory
      set().update(range(1000000000000)) !! limit/memory
      "".join(range(1000000000000)) !! limit/memory
      sorted(list(range(100000)))   !! limit/steps
      "".join(["a" * 1000000] * 100) !! limit/memory
      ("a" * 1000).join(["b"] * 100000) !! limit/memory
      ("a" * 100000).replace("a", "b" * 100000) !! limit/memory
      ("a" * 100000).replace("", "b" * 100000) !! limit/memory
      "a".ljust(1 << 60)            !! limit/memory
      "a".rjust(1 << 70)            !! limit/memory
      "a".center(1 << 60)           !! limit/memory
      "a".zfill(1 << 60)            !! limit/memory
      "\t".expandtabs(1 << 60)      !! limit/memory
      ("\t" * 100000).expandtabs(1000) !! limit/memory
      ("\n" * 4000000).splitlines() !! limit/memory
      (" a" * 2000000).split()      !! limit/steps
      (",a" * 2000000).split(",")   !! limit/memory
      ("a" * 8000000).elems()       !! limit/memory
      ("a " * 600000).title()       !! limit/steps
      print(["a" * 8000000], ["b" * 8000000]) !! limit/steps
      fail(*["a" * 1000000] * 100)  !! limit/memory
      pow(10, 1000000000)           !! limit/memory
      pow(2, 1 << 300)              !! limit/memory
      pow(1 << 300, 1 << 300, (1 << 500) - 1) > 0 -> True
      int("9" * 3000000)            !! limit/memory
      int("f" * 3000000, 16)        !! limit/memory
      round(1, -(1 << 300))         -> 0
      round(1 << 300, -1000000000)  -> 0
      str([[]] * 10000000)          !! limit/memory
      json.decode("[" * 100000)     !! limit/depth
      {}.update([(1, 2)] * 1000000) !! limit/steps
    `);
  });

  describe('search in linear time, whatever the texts', () => {
    for (const source of [
      '("a" * 1000000).find("a" * 250000 + "b")',
      '("a" * 1000000).find("b" + "a" * 250000)',
      '("a" * 1000000).find("a" * 125000 + "b" + "a" * 125000)',
      '("a" * 1000000).rfind("b" + "a" * 250000)',
      '("a" * 1000000).rfind("a" * 250000 + "b")',
      '("a" * 1000000).count("a" * 250000 + "b")',
      '("a" * 1000000).replace("a" * 250000 + "b", "")',
      '("a" * 1000000).split("b" + "a" * 500000)',
      '("a" * 1000000).rsplit("b" + "a" * 500000, 1)',
      '("a" * 1000000).partition("b" + "a" * 500000)',
      '("a" * 1000000).rpartition("a" * 500000 + "b")',
      '("a" * 2000000).find("a" * 31 + "b")',
      '("a" * 2000000).rfind("b" + "a" * 31)',
      '("a" * 1000000).strip("b" * 250000 + "a")',
      '("a" * 1000000).startswith(tuple(["b" * 1000] * 100000))',
      '(" " * 2000000).strip()',
      '("aB1" * 300000).istitle()',
      '("1" * 1000000).isalnum()',
    ]) {
      it(source, () => {
        const before = performance.now();
        evaluate(source, undefined, generous());
        expect(performance.now() - before).to.be.below(1500);
      });
    }

    it('refuses or reads numbers of a million digits at once', () => {
      const before = performance.now();
      for (const text of ['"1" * 1000000 + "x"', '"." * 1000000', '"1" * 1000000']) {
        expect(codeOf(() => evaluate(`float(${text})`, undefined, generous()))).to.equal('script/runtime');
      }
      expect(performance.now() - before).to.be.below(1500);
    });
  });

  describe('charge for what they move', () => {
    it('pops from and inserts into the front of a long list only so often', () => {
      const long = (): List => new List(new Array<Value>(1_000_000).fill(0));
      expect(exhaust(long(), 'pop', [0])).to.deep.equal([15, 'limit/steps']);
      expect(exhaust(long(), 'insert', [0, 0])).to.deep.equal([15, 'limit/steps']);
    });

    it('stops a list that doubles itself', () => {
      const list = new List([1]);
      const thread = new PlainThread();
      const extend = openMethod(list, 'extend')!;
      const double = (): unknown => extend(thread, list, [list], []);
      expect(codeOf(() => Array.from({ length: 60 }, double))).to.equal('limit/steps');
      expect(list.items.length).to.be.below(1 << 20);
    });

    it('counts, finds and removes in a long list only so often', () => {
      const list = new List(new Array<Value>(100_000).fill(0));
      for (const [name, calls] of [
        ['count', 10],
        ['remove', 9],
      ] as const) {
        const [made, code] = exhaust(list, name, [1]);
        expect(code).to.be.oneOf(['limit/steps', 'script/runtime']);
        expect(made).to.be.at.most(calls);
      }
    });

    it('takes the first of a large dict or set only so often', () => {
      const budget = generous().budget;
      const [dict, set] = [new Dict(), new StarlarkSet()];
      for (let i = 0; i < 100_000; i++) {
        dict.set(budget, i, i);
        set.add(budget, i);
      }
      const before = performance.now();
      expect(exhaust(dict, 'popitem', [])[1]).to.equal('limit/steps');
      expect(exhaust(set, 'pop', [])[1]).to.equal('limit/steps');
      expect(performance.now() - before).to.be.below(1500);
    });

    it('compares long strings for what they weigh', () => {
      const texts = Array.from({ length: 1000 }, (_, i) => 'a'.repeat(10_000) + String(i % 7));
      expect(codeOf(() => sorted(new PlainThread(), [new List(texts)], []))).to.equal('limit/steps');
    });

    it('looks for a near name among many for a step each', () => {
      const fields = new Map<string, Value>();
      for (let i = 0; i < 100_000; i++) fields.set(`field_number_${i}`, i);
      const { body } = openUniverse.get('getattr') as Builtin;
      const thread = new PlainThread();
      expect(codeOf(() => body(thread, [new Struct(fields), 'field_number_x'], []))).to.equal(
        'script/runtime',
      );
      expect(thread.budget.steps).to.be.at.least(100_000);
    });
  });

  it('ends on time in the middle of a sort', () => {
    let now = 0;
    const budget = new Budget({ ...LIMITS, steps: Infinity, deadline: 50, now: () => now++ });
    const items = Array.from({ length: 100_000 }, (_, i) => (i % 2 === 0 ? i % 1009 : new Float(i % 997)));
    expect(codeOf(() => sorted(new PlainThread(budget), [new List(items)], []))).to.equal('limit/wall-time');
  });
});
