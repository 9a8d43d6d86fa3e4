import { expect } from 'chai';
import { OPEN_DIALECT, parse } from '../../../../runtimes/starlark/syntax/index.js';
import { treeText } from './tree-text.js';

function tree(source: string): string {
  return treeText(parse(source, OPEN_DIALECT).body);
}

function check(rows: readonly (readonly [source: string, tree: string])[]): void {
  for (const [source, want] of rows) {
    it(JSON.stringify(source), () => expect(tree(source)).to.equal(want));
  }
}

describe('statements', () => {
  describe('script', () => {
    check([
      ['', ''],
      ['# nothing\n', ''],
      ['a\nb\n', 'a b'],
      ['a; b; c;', 'a b c'],
      ['pass\nbreak\ncontinue', '(pass) (break) (continue)'],
      ['return', '(return)'],
      ['return x, y', '(return (tuple x y))'],
      ['return; x', '(return) x'],
    ]);
  });

  describe('assignment', () => {
    check([
      ['x = 1', '(= x 1)'],
      ['x, y = y, x', '(= (tuple x y) (tuple y x))'],
      ['(a, b,) = 1, 2', '(= (tuple a b) (tuple 1 2))'],
      ['[a, (b, c)] = d', '(= (list a (tuple b c)) d)'],
      ['() = x', '(= (tuple) x)'],
      ['x[0] = x', '(= ([] x 0) x)'],
      ['x.y[1].z = 2', '(= (. ([] (. x y) 1) z) 2)'],
      ['(x) = 1', '(= x 1)'],
      ...['+', '-', '*', '/', '//', '%', '&', '|', '^', '<<', '>>'].map((operator): [string, string] => [
        `x ${operator}= 1`,
        `(${operator}= x 1)`,
      ]),
      ['x[0] += 1, 2', '(+= ([] x 0) (tuple 1 2))'],
    ]);
  });

  describe('def', () => {
    check([
      ['def f(): pass', '(def f () (pass))'],
      ['def f():\n  a\n  b\nc', '(def f () a b) c'],
      ['def f(a, b=1): return a', '(def f (a b=1) (return a))'],
      ['def f(a, *, b, c=2): pass', '(def f (a * b c=2) (pass))'],
      ['def f(*args, b, **kwargs): pass', '(def f (*args b **kwargs) (pass))'],
      ['def f(a=1, *args, b): pass', '(def f (a=1 *args b) (pass))'],
      ['def f(\n  a,\n  b,\n): pass', '(def f (a b) (pass))'],
      ['def f(*args,): pass', '(def f (*args) (pass))'],
      ['def f(**kwargs,): pass', '(def f (**kwargs) (pass))'],
      ['def f():\n\n  # note\n\n  x\n\ny', '(def f () x) y'],
      ['def f(): x; y\nz', '(def f () x y) z'],
    ]);
  });

  describe('if, for, while', () => {
    check([
      ['if a: b', '(if a b)'],
      ['if a:\n  b\nelse:\n  c', '(if a b else c)'],
      ['if a: b\nelif c: d\nelif e: f\nelse: g', '(if a b else (if c d else (if e f else g)))'],
      ['if a:\n  if b: c\nelse: d', '(if a (if b c) else d)'],
      ['for x in y: z', '(for x in y z)'],
      ['for x, (y, z) in a, b:\n  pass', '(for (tuple x (tuple y z)) in (tuple a b) (pass))'],
      ['for x[0], y.z in a: pass', '(for (tuple ([] x 0) (. y z)) in a (pass))'],
      ['for x in a if b else c: pass', '(for x in (? b a c) (pass))'],
      ['while x: x -= 1', '(while x (-= x 1))'],
    ]);
  });

  describe('try, raise, assert', () => {
    check([
      ['try: a\nexcept: b', '(try a (except b))'],
      ['try:\n  a\n  b\nexcept E as e:\n  c\nd', '(try a b (except [E] e c)) d'],
      [
        'try: a\nexcept (A, m.n.B,) as e: b\nexcept C: c\nelse: d\nfinally: f',
        '(try a (except [A B] e b) (except [C] c) else d finally f)',
      ],
      ['try: a\nfinally: b', '(try a finally b)'],
      ['try:\n  try: a\n  except: b\nfinally: c', '(try (try a (except b)) finally c)'],
      ['raise', '(raise)'],
      ['raise; a', '(raise) a'],
      ['raise E(1) from None', '(raise (call E 1) None)'],
      ['raise E if a else F', '(raise (? a E F))'],
      ['assert a', '(assert a)'],
      ['assert a == b, f(c)', '(assert (== a b) (call f c))'],
      ['assert (a, b)', '(assert (tuple a b))'],
      ['assert [a]', '(assert (list a))'],
      ['assert not a; b', '(assert (not a)) b'],
      ['assert.eq(a)', '(call (. assert eq) a)'],
      ['assert = a', '(= assert a)'],
      ['assert += a', '(+= assert a)'],
      ['assert', 'assert'],
    ]);
  });

  describe('what else Python has', () => {
    check([
      ['a = b[0], c = d', '(= a (tuple ([] b 0) c) d)'],
      ['for x in y: z\nelse: w', '(for x in y z else w)'],
      ['while x:\n  y\nelse:\n  z\nw', '(while x y else z) w'],
      ['del a[0]', '(del ([] a 0))'],
      ['del a[0], (b[1:2], [c[d]])', '(del ([] a 0) ([:] b 1 2 _) ([] c d))'],
      ['def f():\n  global a, b\n  nonlocal c', '(def f () (global a b) (nonlocal c))'],
      ['...', '(pass)'],
      ['def f(): ...', '(def f () (pass))'],
      ['def f(a, b=1, /, c=2, *, d): pass', '(def f (a b=1 / c=2 * d) (pass))'],
      ['f = lambda a, /: a', '(= f (lambda (a /) (return a)))'],
      ['@a.b(1)\n@c\ndef f(): d', '(def f () d) (= f (call (call (. a b) 1) (call c f)))'],
      ['@a\nasync def f(): b', '(def f () b) (= f (call a f))'],
      ['async def f():\n  await g(await h)', '(def f () (call g h))'],
      ['x = -await f(1).y', '(= x (- (. (call f 1) y)))'],
      ['import a, b.c as d, e as e', '(import a) (import b.c d=*) (import e)'],
      ['from a.b import c, d as e', '(import a.b c=c e=d)'],
      ['from ..a import (\n  b,\n  c,\n)', '(import ..a b=b c=c)'],
      ['from . import a', '(import . a=a)'],
    ]);
  });

  describe('load', () => {
    check([
      ['load("m", "a")', '(load "m" a="a")'],
      ['load("m", "a", b = "c",)', '(load "m" a="a" b="c")'],
    ]);
  });

  describe('annotations are read and ignored', () => {
    check([
      ['x: int = 1', '(= x 1)'],
      ['x: int', '(pass)'],
      ['x.y: list[str] = []', '(= (. x y) (list))'],
      [
        'def f(a: str, *b: int, c: "T" = 1, **d: dict[str, int]) -> dict[str, int | None]: pass',
        '(def f (a *b c=1 **d) (pass))',
      ],
      ['def f(g: Callable[..., int]) -> None: pass', '(def f (g) (pass))'],
    ]);
  });
});

describe('expressions', () => {
  describe('as Python has them', () => {
    check([
      ['a < b < c', '(chain a < b < c)'],
      ['a == b not in c is None', '(chain a == b not in c is None)'],
      ['0 < x + 1 <= 2 or y', '(or (chain 0 < (+ x 1) <= 2) y)'],
      ['not a < b < c', '(not (chain a < b < c))'],
      ['a is not None', '(is not a None)'],
      ['not a is None', '(not (is a None))'],
      ['a ** b ** c', '(** a (** b c))'],
      ['-a ** -b', '(- (** a (- b)))'],
      ['a.b ** c[0] * d', '(* (** (. a b) ([] c 0)) d)'],
      ['x **= 2', '(**= x 2)'],
      ['[*a, b, *c | d]', '(list *a b *(| c d))'],
      ['(*a,)', '(tuple *a)'],
      ['x = *a, b', '(= x (tuple *a b))'],
      ['{*a, b}', '(set *a b)'],
      ['{**a, "k": 1, **b}', '(dict **a "k":1 **b)'],
      ['f(*a, 1, *b, k=2, **c, m=3, **d)', '(call f *a 1 *b k=2 **c m=3 **d)'],
      ['a, *b = c', '(= (tuple a *b) c)'],
      ['[a, *b] = c', '(= (list a *b) c)'],
      ['*a, = b', '(= (tuple *a) b)'],
      ['a, = b', '(= (tuple a) b)'],
      ['for a, *b in c: pass', '(for (tuple a *b) in c (pass))'],
      ['[x for *x, y in z]', '(list-of x (for (tuple *x y) in z))'],
      ['"a" \'b\' r"\\c"', '"ab\\\\c"'],
      ['"a" f"{b}" "c"', '(f "a" {b} "c")'],
      ['b"a" b"b"', 'b[97 98]'],
      ['if (n := f()) > 1: n', '(if (> (:= n (call f)) 1) n)'],
      ['if n := f(): n', '(if (:= n (call f)) n)'],
      ['[y for x in z if (y := x)]', '(list-of y (for x in z) (if (:= y x)))'],
      ['f(a := 1, b=2)', '(call f (:= a 1) b=2)'],
      ['f"{x:=5}"', '(f {x:"=5"})'],
      ['f"{(x := 5)}"', '(f {(:= x 5)})'],
    ]);
  });

  describe('precedence, from the loosest to the tightest', () => {
    check([
      ['a or b and c', '(or a (and b c))'],
      ['a and b or c', '(or (and a b) c)'],
      ['not a and not b', '(and (not a) (not b))'],
      ['not a == b', '(not (== a b))'],
      ['not not a', '(not (not a))'],
      ['a == b | c', '(== a (| b c))'],
      ['a | b ^ c & d << e + f * g', '(| a (^ b (& c (<< d (+ e (* f g))))))'],
      ['a * b + c << d & e ^ f | g', '(| (^ (& (<< (+ (* a b) c) d) e) f) g)'],
      ['a - b - c', '(- (- a b) c)'],
      ['a / b // c % d', '(% (// (/ a b) c) d)'],
      ['a << b >> c', '(>> (<< a b) c)'],
      ['a in b', '(in a b)'],
      ['a not in b', '(not in a b)'],
      ['not a in b', '(not (in a b))'],
      ['-a * b', '(* (- a) b)'],
      ['-a.b[0](c)', '(- (call ([] (. a b) 0) c))'],
      ['- + ~ a', '(- (+ (~ a)))'],
      ['a - -b', '(- a (- b))'],
      ['(a + b) * c', '(* (+ a b) c)'],
      ['(a < b) == c', '(== (< a b) c)'],
      ...['==', '!=', '<', '>', '<=', '>='].map((operator): [string, string] => [
        `a ${operator} b`,
        `(${operator} a b)`,
      ]),
    ]);
  });

  describe('conditional', () => {
    check([
      ['a if b else c', '(? b a c)'],
      ['a if b else c if d else e', '(? b a (? d c e))'],
      ['(a if b else c) if d else e', '(? d (? b a c) e)'],
      ['a or b if c and d else not e', '(? (and c d) (or a b) (not e))'],
    ]);
  });

  describe('lambda', () => {
    check([
      ['lambda: 1', '(lambda () (return 1))'],
      ['lambda x, y=1, *a, z, **k: x', '(lambda (x y=1 *a z **k) (return x))'],
      ['lambda x: lambda y: x + y', '(lambda (x) (return (lambda (y) (return (+ x y)))))'],
      ['lambda: a if b else c', '(lambda () (return (? b a c)))'],
      ['f(lambda: 1, lambda: 2)', '(call f (lambda () (return 1)) (lambda () (return 2)))'],
    ]);
  });

  describe('call', () => {
    check([
      ['f()', '(call f)'],
      ['f(1, 2,)', '(call f 1 2)'],
      ['f(a, b=1, *c, **d)', '(call f a *c b=1 **d)'],
      ['f(\n  a,\n  b = 1,\n)', '(call f a b=1)'],
      ['f(x for x in y)', '(call f (list-of x (for x in y)))'],
      ['f(a)(b).c(d)', '(call (. (call (call f a) b) c) d)'],
      ['f(a if b else c)', '(call f (? b a c))'],
    ]);
  });

  describe('index, slice, field', () => {
    check([
      ['a[0]', '([] a 0)'],
      ['a[1, 2]', '([] a (tuple 1 2))'],
      ['a[1:2:3]', '([:] a 1 2 3)'],
      ['a[:]', '([:] a _ _ _)'],
      ['a[1:]', '([:] a 1 _ _)'],
      ['a[:2]', '([:] a _ 2 _)'],
      ['a[::3]', '([:] a _ _ 3)'],
      ['a[::]', '([:] a _ _ _)'],
      ['a[:2:]', '([:] a _ 2 _)'],
      ['a . b', '(. a b)'],
    ]);
  });

  describe('displays', () => {
    check([
      ['()', '(tuple)'],
      ['(a)', 'a'],
      ['(a,)', '(tuple a)'],
      ['(a, b,)', '(tuple a b)'],
      ['a, b', '(tuple a b)'],
      ['[]', '(list)'],
      ['[a, b,]', '(list a b)'],
      ['{}', '(dict)'],
      ['{a: b, c: d,}', '(dict a:b c:d)'],
      ['{a}', '(set a)'],
      ['{a, b,}', '(set a b)'],
    ]);
  });

  describe('comprehensions', () => {
    check([
      ['[x for x in y]', '(list-of x (for x in y))'],
      ['[x for x in y if z if w]', '(list-of x (for x in y) (if z) (if w))'],
      ['[x for a, b in y for x in a]', '(list-of x (for (tuple a b) in y) (for x in a))'],
      ['{k: v for k, v in y}', '(dict-of k:v (for (tuple k v) in y))'],
      ['{x for x in y}', '(set-of x (for x in y))'],
      ['(x for x in y)', '(list-of x (for x in y))'],
      ['[x for x in y if lambda: z]', '(list-of x (for x in y) (if (lambda () (return z))))'],
      ['[x if a else b for x in y]', '(list-of (? a x b) (for x in y))'],
      ['[[y for y in x] for x in z]', '(list-of (list-of y (for y in x)) (for x in z))'],
      ['[x for x in a or b]', '(list-of x (for x in (or a b)))'],
    ]);
  });
});
