import { expect } from 'chai';
import { resolve } from '../../../../runtimes/starlark/resolve/index.js';
import { OPEN_DIALECT, parse, STRICT_DIALECT } from '../../../../runtimes/starlark/syntax/index.js';
import { byBinding, treeText } from '../syntax/tree-text.js';
import type { Dialect } from '../../../../runtimes/starlark/syntax/dialect.js';
import type {
  DefStatement,
  FunctionNode,
  Program,
  Variable,
} from '../../../../runtimes/starlark/syntax/tree.js';

const PREDECLARED = ['user', 'search'];
const UNIVERSAL = ['len', 'print', 'None'];

function resolved(source: string, dialect: Dialect = OPEN_DIALECT): { program: Program; main: FunctionNode } {
  return resolve(parse(source, dialect), {
    dialect: { ...dialect, lastExpression: false },
    isPredeclared: (name) => PREDECLARED.includes(name),
    isUniversal: (name) => UNIVERSAL.includes(name),
    names: () => [...PREDECLARED, ...UNIVERSAL],
  });
}

/** The tree with what each name means: `x@0` own slot, `x^1@0` of a function around, `x$0` of the script, `x!` and `x!!` of outside. */
function bindings(source: string): string {
  return treeText(resolved(source).main.body, byBinding);
}

function scriptVariables(source: string, dialect?: Dialect): readonly Variable[] {
  return resolved(source, dialect).main.scope!.variables;
}

function variable(source: string, name: string, dialect?: Dialect): Variable {
  return scriptVariables(source, dialect).find((each) => each.name === name)!;
}

function names(variables: readonly Variable[]): string {
  return variables.map(({ name, slot }) => `${name}@${slot}`).join(' ');
}

function functionOf(source: string): FunctionNode {
  const def = resolved(source).main.body.find(
    (statement): statement is DefStatement => statement.kind === 'def',
  );
  return def!.function;
}

describe('resolver', () => {
  describe('gives each name its meaning', () => {
    const rows: readonly (readonly [source: string, tree: string])[] = [
      ['x = 1\nx', '(= x@0 1) x@0'],
      ['for i in user: x = y; y = 1', '(for i@0 in user! (= x@1 y@2) (= y@2 1))'],
      ['len(user)', '(call len!! user!)'],
      ['x = 0\nx += 1', '(= x@0 0) (+= x@0 1)'],
      ['a, [b, c] = 1, 2', '(= (tuple a@0 (list b@1 c@2)) (tuple 1 2))'],
      ['x = 1\nx[0], x.y = 1, 2', '(= x@0 1) (= (tuple ([] x@0 0) (. x@0 y)) (tuple 1 2))'],
      ['for x in user: print(x)', '(for x@0 in user! (call print!! x@0))'],
      ['load("m", "a", b = "c")\na + b', '(load "m" a@0="a" b@1="c") (+ a@0 b@1)'],
      // functions
      ['def f(a): return a', '(def f@0 (a@0) (return a@0))'],
      ['def f(a, *b, c, **d): a, b, c, d', '(def f@0 (a@0 *b@2 c@1 **d@3) (tuple a@0 b@2 c@1 d@3))'],
      ['def f(): return x\nx = 1', '(def f@0 () (return x$1)) (= x@1 1)'],
      ['def f(): g()\ndef g(): f()', '(def f@0 () (call g$1)) (def g@1 () (call f$0))'],
      ['x = 1\ndef f():\n  x = 2\n  return x', '(= x@0 1) (def f@1 () (= x@0 2) (return x@0))'],
      ['x = 1\ndef f():\n  print(x)\n  x = 2', '(= x@0 1) (def f@1 () (call print!! x@0) (= x@0 2))'],
      ['x = 1\ndef f(): x += 1', '(= x@0 1) (def f@1 () (+= x@0 1))'],
      ['def f():\n  if user: x = 1\n  return x', '(def f@0 () (if user! (= x@0 1)) (return x@0))'],
      [
        'def f():\n  def g(): return h()\n  def h(): return 1',
        '(def f@0 () (def g@0 () (return (call h^1@1))) (def h@1 () (return 1)))',
      ],
      [
        'def f(a):\n  def g(b):\n    def h(c): return a + b + c + f(1)',
        '(def f@0 (a@0) (def g@1 (b@0) (def h@1 (c@0) (return (+ (+ (+ a^2@0 b^1@0) c@0) (call f$0 1))))))',
      ],
      ['def f(len): return len', '(def f@0 (len@0) (return len@0))'],
      // defaults belong outside
      ['x = 1\ndef f(x=x): return x', '(= x@0 1) (def f@1 (x@0=x@0) (return x@0))'],
      ['def f(a):\n  return lambda a=a: a', '(def f@0 (a@0) (return (lambda (a@0=a@0) (return a@0))))'],
      ['def f(a):\n  return lambda b=a: a', '(def f@0 (a@0) (return (lambda (b@0=a@0) (return a^1@0))))'],
      ['def f(a, *, b=user): pass', '(def f@0 (a@0 * b@1=user!) (pass))'],
      // comprehensions
      ['[x for x in user]', '(list-of x@0 (for x@0 in user!))'],
      ['x = 1\n[x for x in x]', '(= x@0 1) (list-of x@1 (for x@1 in x@0))'],
      ['x = 1\n[x for y in x for x in y]', '(= x@0 1) (list-of x@2 (for y@1 in x@0) (for x@2 in y@1))'],
      ['x = 1\n[y for y in user for x in x]', '(= x@0 1) (list-of y@1 (for y@1 in user!) (for x@2 in x@2))'],
      ['{k: v for k, v in user if k}', '(dict-of k@0:v@1 (for (tuple k@0 v@1) in user!) (if k@0))'],
      [
        '[x for x in user]\n[x for x in user]',
        '(list-of x@0 (for x@0 in user!)) (list-of x@1 (for x@1 in user!))',
      ],
      ['[[x for x in x] for x in user]', '(list-of (list-of x@1 (for x@1 in x@0)) (for x@0 in user!))'],
      ['[x for x in user for x in x]', '(list-of x@0 (for x@0 in user!) (for x@0 in x@0))'],
      ['[lambda: x for x in user]', '(list-of (lambda () (return x$0)) (for x@0 in user!))'],
      [
        'def f(a):\n  return [lambda: (x, a) for x in a]',
        '(def f@0 (a@0) (return (list-of (lambda () (return (tuple x^1@1 a^1@0))) (for x@1 in a@0))))',
      ],
      [
        'def f():\n  y = [x for x in user]\n  z = 1',
        '(def f@0 () (= y@0 (list-of x@2 (for x@2 in user!))) (= z@1 1))',
      ],
      // format strings
      ['x = 1\nf"{x:{len}}"', '(= x@0 1) (f {x@0:{len!!}})'],
      ['def f(a): return f"{a!r} {user}"', '(def f@0 (a@0) (return (f {a@0!r} " " {user!})))'],
      // annotations mean nothing
      ['x: Unheard = 1', '(= x@0 1)'],
      ['def f(a: Unheard) -> Unheard: pass', '(def f@0 (a@0) (pass))'],
      // what := assigns to belongs to the function, also from within a comprehension
      ['[y for x in user if (y := x)]\ny', '(list-of y@0 (for x@1 in user!) (if (:= y@0 x@1))) y@0'],
      ['def f(): return (y := 1) + y', '(def f@0 () (return (+ (:= y@0 1) y@0)))'],
      ['f = lambda: (y := user)', '(= f@0 (lambda () (return (:= y@0 user!))))'],
      // global and nonlocal
      ['x = 1\ndef f():\n  global x, y\n  x = y', '(= x@0 1) (def f@2 () (global x y) (= x$0 y$1))'],
      [
        'def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2\n    return lambda: x',
        '(def f@0 () (= x@0 1) (def g@1 () (nonlocal x) (= x^1@0 2) (return (lambda () (return x^2@0)))))',
      ],
      [
        'def f():\n  x = 1\n  def g():\n    global x\n    return [x for y in user]',
        '(def f@1 () (= x@0 1) (def g@1 () (global x) (return (list-of x$0 (for y@0 in user!)))))',
      ],
      ['def f():\n  global user\n  user = 1\nuser', '(def f@1 () (global user) (= user$0 1)) user@0'],
      // try
      [
        'try: x = user\nexcept KeyError as e: e\nelse: x\nfinally: len',
        '(try (= x@0 user!) (except [KeyError] e@1 e@1) else x@0 finally len!!)',
      ],
      // stars
      ['a, *b = user\n[*a, *b]', '(= (tuple a@0 *b@1) user!) (list *a@0 *b@1)'],
      ['x = 1\n{**x}, x < x < x', '(= x@0 1) (tuple (dict **x@0) (chain x@0 < x@0 < x@0))'],
      // every other place
      [
        'x = 1\nx.y(x, z=x, *x, **x)[x:x:x]',
        '(= x@0 1) ([:] (call (. x@0 y) x@0 *x@0 z=x@0 **x@0) x@0 x@0 x@0)',
      ],
      [
        'x = 1\n{x: x}, {x}, [x], -x, not x, x if x else x',
        '(= x@0 1) (tuple (dict x@0:x@0) (set x@0) (list x@0) (- x@0) (not x@0) (? x@0 x@0 x@0))',
      ],
      [
        'x = 1\nwhile x: x = x and x or x == x',
        '(= x@0 1) (while x@0 (= x@0 (or (and x@0 x@0) (== x@0 x@0))))',
      ],
      [
        'x = 1\nif x: x\nelif x: x\nelse: return x',
        '(= x@0 1) (if x@0 x@0 else (if x@0 x@0 else (return x@0)))',
      ],
    ];
    for (const [source, tree] of rows) {
      it(JSON.stringify(source), () => expect(bindings(source)).to.equal(tree));
    }

    it('leaves no identifier out', () => {
      for (const [source] of rows) expect(bindings(source)).not.to.contain('?)');
    });
  });

  describe('slots', () => {
    it('go to parameters first, then to variables in the order of the text, then to comprehensions', () => {
      const { scope } = functionOf(
        'def f(a, b=1, *args, c, **kwargs):\n  y = [z for z in a]\n  for x in y: w = x\n  return z2\nz2 = 1',
      );
      expect(names(scope!.variables)).to.equal('a@0 b@1 c@2 args@3 kwargs@4 y@5 x@6 w@7 z@8');
    });

    it('of the script count its own variables alone', () => {
      expect(names(scriptVariables('a = 1\ndef f(b): c = b\nd = [e for e in user]'))).to.equal(
        'a@0 f@1 d@2 e@3',
      );
    });

    it('are one for each variable, however often it is bound', () => {
      const [x] = scriptVariables('x = 1\nx = 2\nfor x in user: x += 1');
      expect(x).to.include({ name: 'x', slot: 0, bindings: 4 });
    });

    it('are none for an empty script', () => {
      const { main, program } = resolved('');
      expect(main).to.deep.include({
        name: '<toplevel>',
        at: 0,
        parameters: [],
        keywordOnly: [],
        star: null,
        starStar: null,
      });
      expect(main.scope).to.deep.equal({ variables: [], free: new Map() });
      expect(main.body).to.equal(program.body);
    });
  });

  describe('variables', () => {
    it('are captured where an inner function reads them', () => {
      expect(variable('x = 1\ny = 2\ndef f(): return x', 'x').captured).to.equal(true);
      expect(variable('x = 1\ny = 2\ndef f(): return x', 'y').captured).to.equal(false);
      expect(variable('[lambda: x for x in user]', 'x').captured).to.equal(true);
      const [a, b] = functionOf('def f(a, b): return lambda: a').scope!.variables;
      expect([a!.captured, b!.captured]).to.deep.equal([true, false]);
    });

    it('are shared by all identifiers that mean them', () => {
      const { main } = resolved('x = 1\nx');
      const [first, second] = main.body;
      if (first?.kind !== 'assign' || first.target.kind !== 'identifier') throw new Error('no assignment');
      if (second?.kind !== 'expression' || second.expression.kind !== 'identifier')
        throw new Error('no name');
      expect(first.target.binding).to.equal(second.expression.binding);
    });

    it('know their function where it is their only binding', () => {
      const definition = (source: string) => variable(source, 'f').definition?.name;
      expect(definition('def f(): pass')).to.equal('f');
      expect(definition('f = lambda: 1')).to.equal('lambda');
      expect(definition('f = 1')).to.equal(undefined);
      expect(definition('def f(): pass\nf = 1')).to.equal(undefined);
      expect(definition('f = 1\ndef f(): pass')).to.equal(undefined);
      expect(definition('def f(): pass\ndef f(): pass')).to.equal(undefined);
      expect(definition('def f(): pass\nfor f in user: pass')).to.equal(undefined);
      expect(definition('def f(): pass\nf += 1')).to.equal(undefined);
      expect(definition('f, g = 1, lambda: 1')).to.equal(undefined);
      expect(functionOf('def f(g): pass').scope!.variables[0]!.definition).to.equal(null);
    });

    it('of the script begin with the value of the outside name that they hide', () => {
      const initial = (source: string, name: string) => variable(source, name).initial;
      expect(initial('print(user)\nuser = 1', 'user')).to.equal('predeclared');
      expect(initial('len = len(user)', 'len')).to.equal('universal');
      expect(initial('x = 1', 'x')).to.equal(null);
      expect(initial('def search(): pass', 'search')).to.equal('predeclared');
      expect(variable('def search(): pass', 'search').definition).to.equal(null);
      expect(bindings('print(user)\nuser = 1')).to.equal('(call print!! user@0) (= user@0 1)');
    });

    it('of functions and comprehensions begin with nothing', () => {
      expect(functionOf('def f(user): len = 1').scope!.variables.map(({ initial }) => initial)).to.deep.equal(
        [null, null],
      );
      expect(variable('[user for user in search]', 'user').initial).to.equal(null);
    });

    it('of a strict script begin with nothing', () => {
      expect(variable('x = len\nlen = 1', 'len', STRICT_DIALECT).initial).to.equal(null);
    });
  });
});
