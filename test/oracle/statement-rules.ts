/**
 * How statements and programs are made, as data: as `expression-rules.ts`, but a form is a text of its own,
 * and what stands for a hole at the beginning of a line is indented with it.
 *
 * Every function has the same names, so that whatever stands in it means something: numbers n, i and f, a
 * string s, a bool b, a tuple t, a dict d, a list xs, and x for anything.
 */

const LOCALS = `n = <number>
i = <small0>
f = <float0>
s = <text>
b = <bool0>
t = <tuple0>
d = <dict0>
xs = <list0>
x = <leaf>`;

export const STATEMENT_RULES: Readonly<Record<string, readonly string[]>> = {
  program: [
    `<def1>
<def2>
<def3>
def main():
    <locals>
    <block>
    see([n, i, f, s, b, t, d, xs, x])
    return <any>
see(main())`,
    `<locals>
<def1>
<def2>
<def3>
<block>
see([n, i, f, s, b, t, d, xs, x])`,
    `<def1>
<def2>
<def3>
<locals>
def outer(n, xs):
    i = <small>
    def inner(x, *rest):
        <inner>
        return (n, i, x, rest)
    <innerblock>
    see(inner(x, <args>))
    return inner
see(outer(<small>, [<any>, <any>])(<args>))
see([n, i, s, d, xs, x])`,
  ],
  locals: [
    LOCALS,
    LOCALS,
    `n, i = <small0>, <small0>
[f, s] = [<float0>, <text>]
b = <bool0>
(t, d, xs) = ((<any0>, <any0>), {"a": <any0>, "b": <any0>, 1: <any0>}, [<any0>, <any0>, <any0>])
x = xs`,
  ],
  def1: [
    `def f1(x):
    return x`,
    `def f1(x, y=<any0>, *args, **kwargs):
    see((x, y, args, kwargs))
    return <any0>`,
    `def f1(x, y, z=<any0>):
    x = [x, y, z]
    return x`,
    `def f1(*, a, b=<any0>):
    return (a, b)`,
    `def f1(x, *, y=<any0>):
    for i in range(3):
        if i == <small0>:
            return (x, y, i)
    return None`,
    `def f1(x=[]):
    x.append(1)
    return x`,
  ],
  def2: [
    `def f2(n):
    return 1 if n <= 0 else n * f2(n - 1)`,
    `def f2(x, acc=None):
    acc = acc or []
    if type(x) in ("list", "tuple"):
        for y in x:
            f2(y, acc)
    else:
        acc.append(x)
    return acc`,
    `def f2(*args, **kwargs):
    return f1(*args, **kwargs)`,
    `def f2(x):
    if type(x) == "int" and x > 0 and x < 20:
        return [x] + f2(x - 1)
    return []`,
    `def f2(a, b=<any0>, *args, c, d=<any0>, **kwargs):
    return [a, b, args, c, d, kwargs]`,
    `def f2(x): return f1(x)`,
  ],
  def3: [
    `def f3(x):
    n = 0
    while n < 5:
        n += 1
        if n == <small0>:
            continue
        if n == <small0>:
            break
        see(n)
    return (x, n)`,
    `def f3(x):
    total = []
    def add(y, *rest):
        total.append((x, y, rest))
        return add
    add(1)(2, 3)
    return total`,
    `def f3(x=<any0>, y=<any0>):
    """A docstring."""
    for k in <iter0>:
        for j in [x, y]:
            if k == j:
                return [k, j]
    return (x, y)`,
    `def f3(*args):
    return sorted(args, key=lambda x: (type(x), str(x)))`,
    `def f3(x):
    pass`,
  ],
  any0: [
    '<leaf>',
    '<number>',
    '<text>',
    '[<leaf>, <leaf>]',
    '{"a": <leaf>}',
    'lambda x: <leaf>',
    '(<leaf>, <leaf>)',
    'set([<leaf>])',
  ],
  small0: ['0', '1', '2', '3', '4'],
  bool0: ['True', 'False'],
  float0: ['0.0', '1.5', '-2.0', '0.1', '1e21'],
  tuple0: ['()', '(1,)', '(1, "a")', '(<leaf>, <leaf>, <any0>)'],
  dict0: ['{}', '{"a": 1}', '{"a": <leaf>, "b": <leaf>, 1: <leaf>}', '{<number>: <any0>, (1, 2): <any0>}'],
  list0: ['[]', '[1]', '[3, 1, 2]', '["b", "a", "c"]', '[<any0>, <any0>]', '[[1, 2], [3, 4]]'],
  iter0: ['range(3)', '[1, "a", None]', '{"a": 1}', 'list("ab".elems())', '(1, 2)'],
  block: [
    'see(<atom>)',
    '<statement>',
    '<statement>\n<block>',
    '<statement>\n<block>',
    '<statement>\n<block>',
    '<statement>\n<statement>\n<block>',
  ],
  inner: ['see(x)', 'see(x)', 'xs.append(x)', 'for y in rest:\n    see(y)', 'i = <small>\nsee(i)', 'n += 1'],
  innerblock: [
    'i += 1',
    'n = [n]',
    'xs = xs + [n]',
    'for i in range(3):\n    see(inner(i))',
    'pass',
    'x = <any>',
  ],
  statement: [
    'see(<atom>)',
    'see(<any>)',
    'see(<any>)',
    'n = <int>',
    'n += <int>',
    'n -= <num>',
    'n *= <small>',
    'n //= <int>',
    'n %= <int>',
    'n |= <int>',
    'n &= <int>',
    'n ^= <int>',
    'n <<= <small>',
    'n >>= <small>',
    'f = <float>',
    'f /= <num>',
    's = <str>',
    's += <str>',
    'x = <any>',
    'x += <any>',
    'x |= <any>',
    't = <tuple>',
    't += <tuple>',
    'd = <dict>',
    'd |= <dict>',
    'd[<key>] = <any>',
    'd[<key>] += <any>',
    'd[<key>] = d',
    'xs = <list>',
    'xs += <iter>',
    'xs *= <small>',
    'xs[<small>] = <any>',
    'xs[<small>] += <any>',
    'xs.append(<any>)',
    'xs.append(xs)',
    'xs.extend(<iter>)',
    'xs.insert(<small>, <any>)',
    'x = xs.pop()',
    'x = xs.pop(<small>)',
    'if x in xs:\n    xs.remove(x)',
    'x = d.pop(<key>, <any>)',
    'x = d.popitem()',
    'x = d.setdefault(<key>, [])',
    'd.update(<pairs>, a=<any>)',
    'd.setdefault("k", []).append(<any>)',
    'st = <set>\nst.add(<atomkey>)\nst.discard(<key>)\nsee(st)',
    'st = <set>\nsee(st.pop())\nsee(st)',
    'st = <set>\nst |= <set>\nst -= <set>\nst ^= <set>\nsee(st)',
    'i, x = (<any>, <any>)',
    'i, x = <small>, <any>',
    '(i, (x, n)) = (<small>, (<any>, <int>))',
    '[i, x] = [<any>, <any>]',
    'xs[<small>], d[<key>] = <any>, <any>',
    'n, i = i, n',
    'i, x = <iter>',
    'y = x\nx = [<any>]\nsee((x, y))',
    'xs2 = xs\nxs2 += [<any>]\nsee((xs, xs2))',
    'print(<any>)',
    'print(<any>, <any>, sep=<str>)',
    'pass',
    'if <bool>:\n    <block>',
    'if <any>:\n    <block>\nelse:\n    <block>',
    'if <bool>:\n    <block>\nelif <bool>:\n    <block>\nelse:\n    <block>',
    'for i in <range>:\n    <loop>',
    'for x in <iter>:\n    <loop>',
    'for x in <list>:\n    <loop>',
    'for x in xs:\n    <loop>',
    'for x in d:\n    <loop>',
    'for i, x in enumerate(<iter>):\n    <loop>',
    'for k, x in d.items():\n    d[k] = <any>\n    <loop>',
    'for i, x in <pairs>:\n    <loop>',
    'for xs[<small>] in <iter>:\n    see(xs)',
    'k = 0\nwhile k < 4 and <bool>:\n    k += 1\n    <loop>',
    'k = 6\nwhile k:\n    k -= 1\n    if k == <small>:\n        break\n    <block>',
    'for x in <iter>: see(x)',
    'if <bool>: see(<any>); x = <any>',
    'see([<any> for x in <iter>])',
    'see({x: <any> for x in <iter>})',
    'see([f1(x) for x in <iter>])',
    'fs = [lambda: x for x in <iter>]\nsee([g() for g in fs])',
    'fs = []\nfor i in <range>:\n    fs.append(lambda x=i: (x, i))\nsee([g() for g in fs])',
    'see(sorted(<iter>, key=lambda x: see(<any>)))',
    'see(sorted(<pairs>))',
    'def g(y=x):\n    <inner0>\n    return (y, <any>)\nsee(g())',
    'see([see(1), see(<any>)][see(0)])',
    'see({see("k"): see(<any>)})',
    'see(f1(see(<any>), y=see(<any>)))',
    'see((see(<any>), see(<any>))[see(<small>):see(<small>)])',
    'xs[see(<small>)] = see(<any>)',
    'd[see(<key>)] = see(<any>)',
    'see(see(<int>) + see(<int>) * see(<int>))',
    'see(see(<bool>) and see(<any>) or see(<any>))',
    'see("%s %s" % (see(<any>), see(<any>)))',
    'see(json.decode(json.encode(<sortedjson>)))',
    'see(struct(a=<any>, b=<any>))',
    'x = <list>\nx.append(x)\nsee(x)\nsee(str(x))\nsee(x == x)',
    'see(<wideuse>)',
    'see(<wideuse>)',
    'see([\n    <any>,\n    <any>,\n])',
    'x = (<any> +\n     <any>)',
    'see(f2(\n    <any>,\n    <any>))',
    'return',
  ],
  inner0: ['pass', 'x = y', 'y = [y, x]', 'xs.append(y)', 'for y in [1, 2]:\n    pass'],
  loop: [
    'see(x)',
    '<block>',
    '<block>',
    'if <bool>:\n    break\nsee(<any>)',
    'if <bool>:\n    continue\n<block>',
    'if i == <small>:\n    continue\nsee(i)',
    'xs.append(<any>)',
    'd[<key>] = <any>',
    'xs[<small>] = <any>',
    'd.pop(<key>)',
    'x = <any>\nsee(x)',
    'n += i\nsee(n)',
    'for i in range(2):\n    if <bool>:\n        break\n    see((i, x))',
  ],
};
