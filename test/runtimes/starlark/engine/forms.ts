/**
 * Every form of the language, each with its operands marked: `‹operand›`. The tests run each with a call
 * of the host in every choice of operands; the value must not depend on whether that call waits.
 */
export const EXPRESSIONS: readonly string[] = [
  '‹1›',
  '(‹1›, ‹2›, ‹3›)',
  '[‹1›, ‹2›]',
  '{‹1›, ‹2›, ‹1›}',
  '{‹"a"›: ‹1›, ‹"b"›: ‹2›}',
  '-‹1›',
  '+‹1›',
  '~‹1›',
  'not ‹1›',
  '‹1› + ‹2›',
  '‹5› - ‹2›',
  '‹5› * ‹2›',
  '‹5› / ‹2›',
  '‹-5› // ‹2›',
  '‹-5› % ‹3›',
  '‹"%s-%d"› % ‹("a", 2)›',
  '‹6› & ‹3›',
  '‹6› | ‹3›',
  '‹6› ^ ‹3›',
  '‹6› << ‹3›',
  '‹64› >> ‹3›',
  '‹1› == ‹1.0›',
  '‹"a"› != ‹"b"›',
  '‹1› < ‹2›',
  '‹1› <= ‹2›',
  '‹"b"› > ‹"a"›',
  '‹[1]› >= ‹[1, 2]›',
  '‹1› in ‹[1, 2]›',
  '‹1› not in ‹{1: 2}›',
  '‹1› < ‹2› <= ‹3›',
  '‹1› < ‹1› < ‹3›',
  '‹1› == ‹1.0› in ‹[1]› != ‹2›',
  '‹None› is None',
  '‹1› is not None',
  '‹2› ** ‹10›',
  '‹2› ** ‹-1› ** ‹2›',
  '[*‹[1, 2]›, ‹3›, *‹{4: 5}›]',
  '(*‹[1, 2]›, ‹3›)',
  '{*‹[1, 2]›, ‹1›}',
  '{**‹{"a": 1}›, ‹"a"›: ‹2›, **‹{"b": 3}›}',
  'most(*‹[1, 2]›, ‹3›, *‹[4]›, c = ‹5›, **‹{"d": 6}›)',
  'most(c = ‹5›, *‹[1, 2]›, **‹{"d": 6}›, e = ‹7›, **‹{"f": 8}›)',
  '[(y := ‹1›), y + ‹2›]',
  '[y for x in ‹[1, 2]› if (y := ‹x› * 2) > ‹2›]',
  '‹1› + (y := ‹2›) * y',
  '"a" f"{‹1›}" "b"',
  '‹1› + ‹2› * ‹3› - ‹4›',
  ['‹0›', ...Array.from({ length: 20 }, (_, i) => (i % 7 === 3 ? `‹${String(i)}›` : String(i)))].join(' + '),
  '‹True› and ‹0›',
  '‹False› and ‹1›',
  '‹0› or ‹"x"›',
  '‹2› or ‹"x"›',
  '‹1› and ‹2› and ‹3›',
  '‹0› or ‹""› or ‹[]›',
  '‹1› if ‹True› else ‹2›',
  '‹1› if ‹0› else ‹2›',
  '‹[1, 2, 3]›[‹-1›]',
  '‹{"k": 5}›[‹"k"›]',
  '‹"abcdef"›[‹1›:‹5›:‹2›]',
  '‹[1, 2, 3]›[‹1›:]',
  '‹[1, 2, 3]›[:‹2›]',
  '‹struct(a = 7)›.a',
  '‹"abc"›.upper',
  '‹"a,b"›.split(‹","›)',
  '‹"abc"›.replace(‹"a"›, ‹"b"›, ‹1›)',
  '‹"{} {x}"›.format(‹1›, x = ‹2›)',
  '‹", "›.join(*‹[["a", "b"]]›)',
  '‹struct(f = lambda x: x + 1)›.f(‹4›)',
  'len(‹[1, 2]›)',
  'struct(a = ‹1›, b = ‹2›)',
  'str(*‹[5]›)',
  'dict(‹[("a", 1)]›, **‹{"b": 2}›)',
  'zero()',
  'one(‹1›)',
  'two(‹1›, ‹2›)',
  'three(‹1›, ‹2›, ‹3›)',
  'four(‹1›, ‹2›, ‹3›, ‹4›)',
  'two(b = ‹2›, a = ‹1›)',
  'two(‹1›, b = ‹2›)',
  'most(‹1›)',
  'most(‹1›, ‹2›, ‹3›, c = ‹4›, d = ‹5›)',
  'most(*‹[1, 2, 3]›, **‹{"c": 4}›)',
  'most(‹1›, c = ‹4›, *‹(2, 3)›, **‹{"d": 5}›)',
  '(‹one›)(‹1›)',
  '(lambda: ‹1›)()',
  '(lambda x, y = ‹2›: (x, y))(‹1›)',
  '(lambda x: lambda y: (x, y, ‹z›))(‹1›)(‹2›)',
  '[‹x› for x in ‹[1, 2, 3]›]',
  '[‹x› for x in ‹(1, 2, 3)› if ‹x != 2›]',
  '[‹x› for x in range(‹3›)]',
  '[x for x in ‹{"a": 1, "b": 2}›]',
  '{‹x›: ‹x + 1› for x in ‹[1, 2]›}',
  '{‹x % 2› for x in ‹[1, 2, 3]›}',
  '[(‹x›, ‹y›) for x in ‹[1, 2]› for y in ‹[3, 4]› if ‹x + y > 4›]',
  '[[‹x + y› for y in ‹[1, 2]›] for x in ‹[10, 20]›]',
  '[a + b for a, b in ‹[(1, 2), (3, 4)]›]',
  'f"a{‹1›}b{‹2›!r:>{‹5›}}c"',
  'f"{‹"x"›}"',
  'sorted(‹[3, 1, 2]›, key = lambda x: ‹-x›)',
  'max(‹[3, 1, 2]›, key = lambda x: ‹-x›)',
  'min(‹[3, 1, 2]›, key = one)',
  'parallel([lambda: ‹1›, lambda: [‹2›, ‹3›]])',
  'attempt(lambda: ‹1›)',
  'attempt(lambda: ‹1› // ‹0›)',
  'attempt(two, ‹1›, b = ‹2›)',
  'attempt(one, *[‹1›, ‹2›])',
  'retry(lambda: ‹4›)',
];

/** Bodies of a function; each returns something. */
export const STATEMENTS: readonly string[] = [
  'x = ‹1›\nreturn x',
  'x, y = ‹1›, ‹2›\nreturn (x, y)',
  '[x, (y, w)] = ‹[1, (2, 3)]›\nreturn (x, y, w)',
  'a = [0, 0]\na[‹1›] = ‹5›\nreturn a',
  'x, *y, z = ‹[1, 2, 3, 4]›\nreturn (x, y, z)',
  'a = [0, 0, 0]\n*b, a[‹1›] = ‹(1, 2)›\nreturn (a, b)',
  'x = 3\nx **= ‹2›\nreturn x',
  'a = [1, 2]\ni = 0\na[i] += (i := ‹1›)\nreturn (a, i)',
  'out = []\nfor a, *b in ‹[(1, 2, 3), (4,)]›:\n  out.append((a, b, ‹1›))\nreturn out',
  'n = 0\nwhile (n := n + ‹1›) < ‹4›:\n  pass\nreturn n',
  'a = [0, 0]\n‹a›[‹0›], b = ‹(1, 2)›\nreturn (a, b)',
  'd = {}\nd[‹"k"›], d[‹"l"›] = ‹1›, ‹2›\nreturn d',
  'x = 1\nx += ‹2›\nreturn x',
  'x = [1]\ny = x\nx += ‹[2]›\nreturn (x, y)',
  'x = {1: 1}\ny = x\nx |= ‹{2: 2}›\nreturn (x, y)',
  'x = set([1])\ny = x\nx |= ‹set([2])›\nx -= ‹set([1])›\nreturn (x, y)',
  'a = [1, 2]\na[‹0›] += ‹5›\nreturn a',
  'd = {"k": [1]}\n‹d›[‹"k"›] += ‹[2]›\nreturn d',
  'd = {"k": 1}\nk = "k"\nd[k] *= ‹5›\nd[k] -= 1\nreturn d',
  'if ‹1›:\n  x = ‹2›\nelse:\n  x = ‹3›\nreturn x',
  'if ‹0›:\n  x = ‹2›\nelif ‹0›:\n  x = ‹3›\nelif ‹1›:\n  x = ‹4›\nelse:\n  x = ‹5›\nreturn x',
  'if ‹0›:\n  pass\nelif ‹0›:\n  pass\nelse:\n  return ‹5›\nreturn 6',
  'if ‹0›:\n  return 1\nreturn ‹2›',
  'out = []\nfor x in ‹[1, 2, 3]›:\n  out.append(‹x›)\nreturn out',
  'out = []\nfor x in ‹(1, 2, 3, 4)›:\n  if ‹x == 2›:\n    continue\n  if ‹x == 4›:\n    break\n  out.append(x)\nreturn out',
  'out = []\nfor i in range(‹1›, ‹8›, ‹3›):\n  out.append(‹i›)\nreturn out',
  'for x in range(5):\n  if ‹x› == 3:\n    return x\nreturn None',
  'out = []\nfor k, v in ‹{"a": 1}›.items():\n  out.append((k, ‹v›))\nreturn out',
  'a = [0, 0]\nfor a[‹1›] in ‹[5, 6]›:\n  h2(‹a[1]›)\nreturn a',
  'out = []\nfor x in ‹[1, 2]›:\n  for y in ‹[3, 4]›:\n    if ‹y == 4›:\n      break\n    out.append((x, y))\nreturn out',
  'n = 0\nwhile ‹n < 3›:\n  n += ‹1›\nreturn n',
  'n = 0\nwhile True:\n  n += 1\n  if ‹n == 2›:\n    continue\n  if ‹n == 4›:\n    break\nreturn n',
  'n = 0\nwhile n < 5:\n  n += 1\n  if ‹n› == 3:\n    return ‹n›\nreturn 0',
  'def inner(x, y = ‹2›):\n  return (x, y, ‹z›)\nreturn inner(‹1›)',
  'def outer():\n  n = ‹1›\n  def inner():\n    return n + ‹2›\n  return inner\nreturn outer()()',
  'fs = [lambda x = ‹i›: x for i in range(3)]\nreturn [f() for f in fs]',
  '‹1›\n‹2›\n‹3›\nreturn 4',
  '‹1›\n‹2›\n‹3›\n‹4›\n‹5›\n‹6›\nreturn 7',
  'pass\nx = ‹1›\ny = ‹x + 1›\nw = x + y\nv = ‹w›\nu = ‹v› + 1\nreturn (x, y, w, v, u)',
  'return',
  'def down(n):\n  return 0 if n == 0 else ‹1› + down(n - 1)\nreturn down(‹9›)',
  'def even(n):\n  return True if n == 0 else odd(‹n - 1›)\ndef odd(n):\n  return False if n == 0 else even(n - 1)\nreturn even(7)',
];

/** What the forms use. */
export const PRELUDE = `
z = 9
def zero():
  return 0
def one(a):
  return (a,)
def two(a, b):
  return (a, b)
def three(a, b, c):
  return (a, b, c)
def four(a, b, c, d):
  return (a, b, c, d)
def most(a, b = 20, *args, c = 30, **kwargs):
  return (a, b, args, c, kwargs)
def h2(x):
  return x
`;

const MARKED = /‹([^‹›]*)›/g;

/** A form with a call of `h` in the operands that are chosen by the bits of `choice`. */
export function withCalls(form: string, choice: number): string {
  let operand = 0;
  return form.replace(MARKED, (_, text: string) => (choice & (1 << operand++) ? `h(${text})` : `(${text})`));
}

/** All choices of operands, where they are few; else none, all, and each alone. */
export function choicesOf(form: string): number[] {
  const count = form.match(MARKED)?.length ?? 0;
  if (count <= 4) return Array.from({ length: 2 ** count }, (_, choice) => choice);
  return [0, 2 ** count - 1, ...Array.from({ length: count }, (_, operand) => 2 ** operand)];
}
