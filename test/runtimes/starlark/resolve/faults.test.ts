import { expect } from 'chai';
import { resolve } from '../../../../runtimes/starlark/resolve/index.js';
import { OPEN_DIALECT, parse, STRICT_DIALECT } from '../../../../runtimes/starlark/syntax/index.js';
import { caught, faultText } from '../syntax/fault-text.js';
import type { StarlarkError } from '../../../../runtimes/starlark/error.js';
import type { Dialect } from '../../../../runtimes/starlark/syntax/dialect.js';

const NAMES = ['type', 'next', 'len', 'print', 'sorted', 'None', 'True', 'github_search_issues', 'get_user'];

function fault(source: string, dialect: Dialect): StarlarkError {
  return caught(() =>
    resolve(parse(source, dialect), {
      dialect,
      isPredeclared: () => false,
      isUniversal: (name) => NAMES.includes(name),
      names: () => NAMES,
    }),
  );
}

function faults(source: string, dialect: Dialect = OPEN_DIALECT): string[] {
  const first = fault(source, dialect);
  return [first, ...first.also].map((each) => `${each.code} ${faultText(source, each)}`);
}

describe('faults of names', () => {
  it('are told all at once, in the order of the text, each name once', () => {
    expect(faults('a + b\ndef f(x=c): return [d for y in e] + a\nf"{g}" and f(h=i)')).to.deep.equal([
      'script/name 1:1: unknown name a',
      'script/name 1:5: unknown name b',
      'script/name 2:9: unknown name c',
      'script/name 2:21: unknown name d',
      'script/name 2:32: unknown name e',
      'script/name 3:4: unknown name g',
      'script/name 3:16: unknown name i',
    ]);
  });

  it('are told where the name stands first, also along a chain of operators', () => {
    expect(faults('a + a + a')).to.deep.equal(['script/name 1:1: unknown name a']);
  });

  it('are told up to twenty', () => {
    const source = Array.from({ length: 50 }, (_, index) => `zz${index}`).join('\n');
    expect(faults(source)).to.have.length(20);
  });

  it('tell `is` of values that may be equal and not the same', () => {
    const told = (operator: string, other: string) =>
      `operator: got ${operator} between two values, want None, True, False or type(x) on one side | compare with ${other}`;
    expect(faults('x = 1\nx is 5\nx is not "a"\nx is None\nx < 2 is x')).to.deep.equal([
      `script/syntax 2:3: ${told('is', '==')}`,
      `script/syntax 3:3: ${told('is not', '!=')}`,
      `script/syntax 5:7: ${told('is', '==')}`,
    ]);
  });

  it('tell a type that is compared with a text that names none', () => {
    const hint = 'compare type(x) with a type: type(x) == str, or isinstance(x, (int, str))';
    expect(faults('type(1) == "str"\ntype(1) in ("int", "nmuber")\ntype(1) == "int"')).to.deep.equal([
      `script/syntax 1:12: type: got a name that no type has (did you mean "string"?) | ${hint}`,
      `script/syntax 2:20: type: got a name that no type has | ${hint}`,
    ]);
    expect(() => faults('type(1) == "str"', STRICT_DIALECT)).to.throw();
  });

  it('tell `next` of what is no generator expression', () => {
    const hint = 'there are no iterators: write x[0], a loop, or next((y for y in x if …), None)';
    expect(faults('x = []\nnext(x)\nnext(y for y in x)')).to.deep.equal([
      `script/syntax 2:5: next: got no generator expression, want one written in place | ${hint}`,
    ]);
  });

  it('tell `:=` of a variable of the comprehension', () => {
    expect(faults('[(x := 1) for x in []]')).to.deep.equal([
      'script/name 1:5: :=: got x, which the comprehension binds | take another name',
    ]);
  });

  it('mix with faults of statements', () => {
    expect(faults('x\nbreak\ny')).to.deep.equal([
      'script/name 1:1: unknown name x',
      'script/syntax 2:1: break: got one outside a loop',
      'script/name 3:1: unknown name y',
    ]);
  });

  it('do not see into a function or comprehension from outside', () => {
    expect(faults('def f(a): b = 1\n[c for c in len]\na, b, c')).to.deep.equal([
      'script/name 3:1: unknown name a',
      'script/name 3:4: unknown name b',
      'script/name 3:7: unknown name c',
    ]);
  });

  describe('name the nearest', () => {
    const rows: readonly (readonly [source: string, fault: string])[] = [
      ['hello = 1\nhollo', '2:1: unknown name hollo (did you mean hello?)'],
      ['pritn(1)', '1:1: unknown name pritn (did you mean print?)'],
      ['getUser()', '1:1: unknown name getUser (did you mean get_user?)'],
      ['get_users()', '1:1: unknown name get_users (did you mean get_user?)'],
      ['search_issues()', '1:1: unknown name search_issues (did you mean github_search_issues?)'],
      ['def f(abc):\n  return abd', '2:10: unknown name abd (did you mean abc?)'],
      ['def f(abc):\n  return lambda abe: abd', '2:22: unknown name abd (did you mean abe?)'],
      ['goodbye = 1\nhello', '2:1: unknown name hello'],
      ['ab = 1\nxy', '2:1: unknown name xy'],
      ['true', '1:1: unknown name true (did you mean True?) | write True'],
    ];
    for (const [source, text] of rows) {
      it(JSON.stringify(source), () => expect(faults(source)).to.deep.equal([`script/name ${text}`]));
    }

    it('quickly among very many', () => {
      const many = Array.from({ length: 2_000 }, (_, index) => `tool_number_${index}_of_a_catalogue`);
      const source = Array.from({ length: 30 }, (_, index) => `tool_nubmer_${index}_of_a_catalog`).join('\n');
      const began = performance.now();
      const error = caught(() =>
        resolve(parse(source, OPEN_DIALECT), {
          dialect: OPEN_DIALECT,
          isPredeclared: () => false,
          isUniversal: () => false,
          names: () => many,
        }),
      );
      expect(error.message).to.contain('did you mean tool_number_0_of_a_catalogue?');
      expect(performance.now() - began).to.be.below(10_000);
    });
  });

  describe('hint at the way to write what Python has', () => {
    const comprehension = 'write a list comprehension: [f(x) for x in items if …]';
    const outside = 'a script has no files, network, processes or environment of its own: call a tool';
    const rows: readonly (readonly [name: string, hint: string])[] = [
      ['map', comprehension],
      ['filter', comprehension],
      ['sum', 'add up in a loop'],
      ['isinstance', 'compare type(x) with the name of a type: type(x) == "list"'],
      ['open', outside],
      ['input', outside],
      ['requests', outside],
      ['eval', 'text is never run as code'],
      ['ValueError', 'write fail("message") to end the script with an error'],
      [
        'asyncio',
        'leave it out: a call waits for its result; parallel([lambda: f(1), lambda: f(2)]) runs calls at the same time',
      ],
      ['null', 'write None'],
      ['console', 'write print(…)'],
      ['__name__', 'the script runs from its first line: no main is called'],
    ];
    for (const [name, hint] of rows) {
      it(name, () => expect(fault(name, OPEN_DIALECT).hint).to.equal(hint));
    }

    it('but not where the name is there', () => {
      const given = { dialect: OPEN_DIALECT, isUniversal: () => false, names: () => ['sum'] };
      expect(() =>
        resolve(parse('sum', OPEN_DIALECT), { ...given, isPredeclared: (name) => name === 'sum' }),
      ).not.to.throw();
    });

    it('takes names of object prototypes for names like any other', () => {
      expect(faults('constructor + __proto__ + toString')).to.deep.equal([
        'script/name 1:1: unknown name constructor',
        'script/name 1:15: unknown name __proto__',
        'script/name 1:27: unknown name toString',
      ]);
    });
  });

  it('tell of parameters given twice', () => {
    expect(faults('def f(a, b, a): pass\ndef g(*x, **x): pass\nlambda y, *, y: 1')).to.deep.equal([
      'script/name 1:13: f: got parameter a twice, want it once',
      'script/name 2:13: g: got parameter x twice, want it once',
      'script/name 3:14: lambda: got parameter y twice, want it once',
    ]);
  });
});

describe('faults of statements', () => {
  it('are break and continue outside a loop', () => {
    expect(faults('break\nfor x in len:\n  break\n  def f():\n    continue\nif len: continue')).to.deep.equal(
      [
        'script/syntax 1:1: break: got one outside a loop',
        'script/syntax 5:5: continue: got one outside a loop',
        'script/syntax 6:9: continue: got one outside a loop',
      ],
    );
  });

  it('are loads that are not at the top of the script, and of private or empty names', () => {
    expect(
      faults(
        'def f(): load("m", "a")\nfor x in len: load("m", "b")\nif len: load("m", "c")\nload("m", "_d", e="_f", g="")',
      ),
    ).to.deep.equal([
      'script/syntax 1:10: load: got one within a function, want it at the top of the script',
      'script/syntax 2:15: load: got one within a loop, want it at the top of the script',
      'script/syntax 3:9: load: got one within a conditional, want it at the top of the script',
      'script/name 4:11: load: got _d, want a name without a leading _',
      'script/name 4:17: load: got _f, want a name without a leading _',
      'script/name 4:25: load: got an empty name',
    ]);
  });

  it('are none for what the open dialect adds', () => {
    expect(() =>
      faults('x = 1\nx = 2\nif x: x = 3\nfor y in len: continue\nwhile x: break\nreturn x'),
    ).to.throw('nothing was thrown');
  });

  describe('of the strict dialect', () => {
    const rows: readonly (readonly [source: string, ...faults: string[]])[] = [
      ['return', '1:1: return: got one outside a function | write it in a def, and call that'],
      ['if len: pass', '1:1: if: got one outside a function | write it in a def, and call that'],
      ['for x in len: pass', '1:1: for: got one outside a function | write it in a def, and call that'],
    ];
    for (const [source, ...texts] of rows) {
      it(JSON.stringify(source), () =>
        expect(faults(source, STRICT_DIALECT)).to.deep.equal(texts.map((text) => `script/syntax ${text}`)),
      );
    }

    it('are variables of the script that are assigned twice', () => {
      const twice = (name: string) =>
        `assignment: got ${name} a second time, want a variable of the script assigned once`;
      expect(
        faults('x = 1\nx = 2\ndef y(): pass\ny += 1\nlen = 1\na, a = 1, 2', STRICT_DIALECT),
      ).to.deep.equal([
        `script/name 2:1: ${twice('x')}`,
        `script/name 4:1: ${twice('y')}`,
        `script/name 6:4: ${twice('a')}`,
      ]);
    });

    it('are none in functions', () => {
      const source =
        'def f(x):\n  x = 1\n  x += 1\n  if x: return x\n  for y in x: x = y\n_ = [x for x in len]';
      expect(() => faults(source, STRICT_DIALECT)).to.throw('nothing was thrown');
    });
  });
});

describe('nesting, as it is resolved', () => {
  const many = 100_000;
  const tooDeep: Readonly<Record<string, string>> = {
    fields: `len${'.b'.repeat(many)}`,
    calls: `len${'()'.repeat(many)}`,
    indices: `len${'[0]'.repeat(many)}`,
    slices: `len${'[:]'.repeat(many)}`,
    'chains within chains': 'len['.repeat(150) + '1' + `]${'.b'.repeat(150)}`.repeat(150),
  };
  for (const [what, source] of Object.entries(tooDeep)) {
    it(`ends at a limit: ${what}`, () => {
      const error = fault(source, OPEN_DIALECT);
      expect(error.code).to.equal('limit/depth');
      expect(error.message).to.equal('script: more than 200 levels of nesting');
      expect(error.at).to.be.a('number');
    });
  }

  it('is allowed for a long chain of calls', () => {
    expect(() => fault(`len${'.b()'.repeat(90)}`, OPEN_DIALECT)).to.throw('nothing was thrown');
  });

  const long: Readonly<Record<string, string>> = {
    sums: `x = 1${'+1'.repeat(many)}`,
    mixtures: `x = len${' and len or len == len'.repeat(many / 4)}`,
    'elif-chains': `if len: pass\n${'elif len: pass\n'.repeat(20_000)}else: pass`,
    statements: 'len;'.repeat(many),
  };
  for (const [what, source] of Object.entries(long)) {
    it(`is not what is only long: ${what}`, () => {
      expect(() => fault(source, OPEN_DIALECT)).to.throw('nothing was thrown');
    });
  }
});
