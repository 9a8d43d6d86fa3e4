import { expect } from 'chai';
import { describe, it } from 'mocha';
import { OPEN_DIALECT, STRICT_DIALECT, prepare, runStarlark } from '../../../../runtimes/starlark/index.js';
import { caught, faultText } from '../syntax/fault-text.js';

/** All faults that are told before anything runs. */
function faults(source: string): string[] {
  const first = caught(() => prepare(source));
  return [first, ...first.also].map((error) => `${error.code} ${faultText(source, error)}`);
}

/** Scripts that cannot succeed, and what is told of them; each begins with the same definitions. */
const DEFINITIONS = `
def none(): pass
def two(a, b): return a
def more(a, b=2, *, c=3): return a
def any(*args, **kwargs): return args
def some(a, *args, k): return k
`.trimStart();

const MISUSES: readonly (readonly [script: string, ...faults: string[]])[] = [
  // functions of the script
  ['none(1)', '6: none: got 1 positional argument, want 0'],
  ['two(1)', '1: two: missing 1 argument: b'],
  ['two()', '1: two: missing 2 arguments: a, b'],
  ['two(1, 2, 3)', '11: two: got 3 positional arguments, want 2'],
  ['two(1, a=2)', '8: two: multiple values for parameter a', '1: two: missing 1 argument: b'],
  ['more(1, 2, 3)', '12: more: got 3 positional arguments, want at most 2'],
  ['more(1, d=2)', '9: more: unexpected keyword argument d | its parameters: a, b, c'],
  [
    'two(alpha=1, b=2)',
    '1: two: missing 1 argument: a',
    '5: two: unexpected keyword argument alpha | its parameters: a, b',
  ],
  ['some(1, 2)', '1: some: missing 1 argument: k'],
  ['f = lambda x: x\nf()', '1: lambda: missing 1 argument: x'],
  ['(lambda x: x)(1, 2)', '18: lambda: got 2 positional arguments, want 1'],
  ['two(c=1, *[1, 2, 3])', '5: two: unexpected keyword argument c | its parameters: a, b'],
  ['two(c=1, **{})', '5: two: unexpected keyword argument c | its parameters: a, b'],
  ['if False:\n    two()', '5: two: missing 2 arguments: a, b'],
  ['[two(x) for x in [1]]', '2: two: missing 1 argument: b'],
  // functions of the language
  ['sorted([1], reversed=True)', '13: sorted: unexpected keyword argument reversed (did you mean reverse?)'],
  ['len()', '1: len: missing argument for x'],
  ['len([1], [2])', '10: len: got 2 arguments, want 1'],
  ['list(5)', '6: list: for parameter x: got int, want iterable'],
  ['chr("a")', '5: chr: for parameter i: got string, want int'],
  ['chr(-1.5)', '5: chr: for parameter i: got float, want int'],
  ['n = "7"\nchr(n)', '5: chr: for parameter i: got string, want int'],
  ['sorted([1], key="name")', '13: sorted: for parameter key: got string, want callable or None'],
  ['getattr([], 5)', '13: getattr: for parameter name: got int, want string'],
  // methods
  ['"a,b".splt(",")', '6: string has no .splt field or method (did you mean split?)'],
  ['"a".foo', '4: string has no .foo field or method'],
  ['f"{1}".foo()', '7: string has no .foo field or method'],
  ['("a" + "b").foo()', '12: string has no .foo field or method'],
  ['[].push(1)', '3: list has no .push field or method | write x.append(y)'],
  ['out = []\nout.push(1)', '4: list has no .push field or method | write x.append(y)'],
  ['out = []\ndef f():\n    out.push(1)', '8: list has no .push field or method | write x.append(y)'],
  [
    '[x for x in []].add(1)',
    '16: list has no .add field or method | write x.append(y) for a list, x += y for a number',
  ],
  ['"a,b".split(",", 1, 2)', '21: split: got 3 arguments, want at most 2'],
  ['" ".join()', '1: join: missing argument for iterable'],
  ['[].append(1, 2)', '14: append: got 2 arguments, want 1'],
  [
    '[].append(item=1)',
    '1: append: missing argument for x',
    '11: append: unexpected keyword arguments | append(x) takes its arguments by position',
  ],
  ['sorted([]).foo()', '11: list has no .foo field or method'],
  ['{}.keys().foo()', '10: list has no .foo field or method'],
  ['(1).foo', '4: int has no .foo field or method'],
  // modules
  ['json.parse("1")', '5: module json has no .parse field | write json.decode(text)'],
  ['json.decod("1")', '5: module json has no .decod field (did you mean decode?)'],
  ['math.squareroot(4)', '5: module math has no .squareroot field'],
  ['math.sqrt()', '1: math.sqrt: missing argument for x'],
  ['json.decode(1)', '13: json.decode: for parameter x: got int, want string'],
  // what is called, and not
  ['5()', '1: invalid call of non-function (int)'],
  ['"a"("b")', '1: invalid call of non-function (string)'],
  ['json("1")', '1: invalid call of non-function (module)'],
  ['None()', '1: invalid call of non-function (NoneType)'],
  ['rows = []\nrows(0)', '1: invalid call of non-function (list)'],
  // functions that call functions
  ['attempt(two, 1)', '1: two: missing 1 argument: b'],
  [
    'attempt(two, 1, c=2)',
    '17: two: unexpected keyword argument c | its parameters: a, b',
    '1: two: missing 1 argument: b',
  ],
  ['attempt(lambda: two(1))', '17: two: missing 1 argument: b'],
  ['attempt()', '1: attempt: got nothing, want a function first | attempt(f, x) calls f(x)'],
  ['attempt(5)', '9: attempt: got int, want a function first | attempt(f, x) calls f(x)'],
  ['retry(two)', '7: two: missing 2 arguments: a, b'],
  [
    'retry(none, delay=2)',
    '13: retry: unexpected keyword argument delay (did you mean delay_ms?) | retry(lambda: f(x), attempts=3, delay_ms=200)',
  ],
  ['retry("none")', '7: retry: got string for f, want a function | retry(lambda: f(x))'],
  [
    'parallel(none)',
    '10: parallel: got function, want a list of functions | parallel([lambda: f(1), lambda: f(2)])',
  ],
  [
    'parallel([none, 1])',
    '17: parallel: got int at index 1, want a function | parallel([lambda: f(1), lambda: f(2)])',
  ],
  [
    'parallel([none], limit=2)',
    '18: parallel: unexpected keyword argument limit | parallel([lambda: f(1), lambda: f(2)])',
  ],
  [
    'parallel([lambda x: x for x in [1]])',
    '11: parallel: lambda: missing 1 argument: x | it is called without arguments: write lambda: f(x), or lambda x=x: f(x) within a loop',
  ],
];

describe('preflight', () => {
  describe('tells, before anything runs, of', () => {
    for (const [script, ...texts] of MISUSES) {
      it(script, () => {
        const source = DEFINITIONS + script;
        const line = source.split('\n').length;
        const told = faults(source).map((text) => text.replace(`script/name ${line}:`, ''));
        expect(told.sort()).to.deep.equal(texts.sort());
      });

      it(`${script}: which fails while running too, or never runs`, async () => {
        if (/False|^def|f = |attempt\((two|lambda)|def f/.test(script)) return;
        const result = await runStarlark(DEFINITIONS + script, {
          dialect: { ...OPEN_DIALECT, preflight: false },
        });
        expect(result.ok).to.equal(false);
      });
    }
  });

  describe('says nothing of', () => {
    const sound: readonly string[] = [
      'two(*[1, 2])',
      'two(**{"a": 1, "b": 2})',
      'two(1, *[2])',
      'any(1, 2, x=3)',
      'some(1, 2, 3, k=4)',
      'more(c=1, a=2)',
      // bound more than once, or not by the script alone
      'f = lambda x: x\nf = lambda: 1\nf()',
      'def g(): pass\ndef g(x): return x\ng(1)',
      'def h(x): return x\nfor h in [lambda: 1]: h()',
      'def sorted(x, y): return y\nsorted(1, 2)',
      'len = lambda: 7\nlen()',
      'def f(len): return len()\nf(lambda: 7)',
      'xs = []\nxs = "a"\nxs.upper()',
      'xs = []\nxs += [1]\nxs.append(2)',
      '[f() for f in [lambda: 1]]',
      // of unknown values
      'def f(x): return x.anything if False else 1\nf(1)',
      'x = [1, "a"][1]\nx.upper()',
      'x = {"f": lambda y: y}\nx["f"](1)',
      'struct(a=lambda x: x).a(1)',
      'x = "a" if True else []\nx.upper()',
      'x = [] or "a"\nx.upper()',
      'getattr("a", "foo", None)',
      // of what is right
      '"a".join(["b"])',
      '"{} {x}".format(1, x=2)',
      'sorted([1], key=lambda x: -x, reverse=True)',
      'dict([("a", 1)], b=2)',
      'struct(a=1, b=2)',
      'attempt(two, 1, b=2)',
      'attempt(two, *[1, 2])',
      'retry(none, 2, delay_ms=0)',
      'parallel([none, lambda x=1: x])',
      'parallel([lambda x=x: x for x in [1, 2]])',
      'x = None\nx == None',
    ];
    for (const script of sound) {
      it(JSON.stringify(script), async () => {
        const result = await runStarlark(DEFINITIONS + script);
        expect(result.ok ? 'ok' : result.error.message).to.equal('ok');
      });
    }
  });

  it('tells all at once, in the order of the text, with names and statements', () => {
    const source = 'x = []\nx.push(unknwon)\nbreak\nsorted(x, revers=True)\nmath.foo';
    expect(faults(source).map((text) => text.replace(/:\d+:.*/, ''))).to.deep.equal([
      'script/name 2',
      'script/name 2',
      'script/syntax 3',
      'script/name 4',
      'script/name 5',
    ]);
  });

  it('runs nothing where there is a fault', async () => {
    const printed: string[] = [];
    const result = await runStarlark('print("begun")\n[].push(1)', { print: (line) => printed.push(line) });
    expect([result.ok, printed, result.usage.steps]).to.deep.equal([false, [], 0]);
  });

  it('is not of the strict dialect', () => {
    expect(() => prepare('def f(): len()', { dialect: STRICT_DIALECT })).not.to.throw();
  });

  describe('costs no more than the text is long', () => {
    const hostile: readonly (readonly [name: string, source: string])[] = [
      ['a long sum', `x = ${'"a" + '.repeat(20_000)}"b"\nx.foo`],
      [
        'doubling',
        `a0 = "${'x'.repeat(900)}"\n${rows(2_000, (n) => `a${n + 1} = a${n} + a${n}`)}\na2000.foo()`,
      ],
      [
        'sharing',
        `a0 = [[], []]\n${rows(2_000, (n) => `a${n + 1} = [a${n}, a${n}, a${n}]`)}\nlist(a2000).foo`,
      ],
      ['many mentions of a large value', `x = [${'1, '.repeat(20_000)}]\n${rows(20_000, () => 'len(x)')}`],
      ['many faults', rows(20_000, () => 'sorted([], revers=1)')],
      ['names that refer to themselves', 'a = b + "x"\nb = a + "x"\nb.foo\na.foo()'],
      ['a name longer than a message', `"".${'x'.repeat(100_000)}()`],
    ];
    for (const [name, source] of hostile) {
      it(name, () => {
        const began = performance.now();
        try {
          prepare(source);
        } catch (error) {
          expect(JSON.stringify(error).length).to.be.below(20_000);
        }
        expect(performance.now() - began).to.be.below(1_500);
      });
    }
  });
});

function rows(count: number, row: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => row(index)).join('\n');
}
