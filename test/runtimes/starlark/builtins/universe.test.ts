import { expect } from 'chai';
import { isErrorClass } from '../../../../runtimes/starlark/error-class.js';
import {
  method,
  methodNames,
  openMethodNames,
  openUniverse,
  universe,
} from '../../../../runtimes/starlark/builtins/index.js';
import type { Module } from '../../../../runtimes/starlark/values/index.js';
import { Builtin, Dict, List, StarlarkSet } from '../../../../runtimes/starlark/values/index.js';
import { evaluate } from './plain-evaluator.js';
import type { Scope } from './plain-evaluator.js';
import { PlainThread } from './plain-thread.js';
import { faultOf, hintOf, rows } from './table.js';

const STRICT: Scope = { universe, method };

describe('starlark universe', () => {
  describe('numbers and conversions', () => {
    rows(String.raw`
      abs(-2)                       -> 2
      abs(2.5)                      -> 2.5
      abs(-0.0)                     -> 0.0
      abs(-(1 << 80))               -> 1 << 80
      abs("0")                      !! abs: for parameter x: got string, want int or float
      abs(True)                     !! abs: for parameter x: got bool, want int or float
      bool()                        -> False
      bool([0])                     -> True
      bool("")                      -> False
      bool(1, 2)                    !! bool: got 2 arguments, want at most 1
      bytes("世")                   -> b"\xe4\xb8\x96"
      bytes(b"a")                   -> b"a"
      bytes([65, 66])               -> b"AB"
      bytes("😿"[0:1])              -> b"\xef\xbf\xbd"
      bytes([1, 300])               !! bytes: at index 1, 300 out of range (want value in unsigned 8-bit range)
      bytes(["a"])                  !! bytes: at index 0, got string, want int
      bytes(1)                      !! bytes: got int, want string, bytes, or iterable of ints
      bytes()                       !! bytes: missing argument for x
      b"A\xff".elems()              -> [65, 255]
      chr(65)                       -> "A"
      chr(0x1F63F)                  -> "😿"
      chr(-1)                       !! chr: Unicode code point -1 out of range (<0)
      chr(0x110000)                 !! chr: Unicode code point U+110000 out of range (>0x10FFFF)
      chr(1 << 80)                  !! chr: Unicode code point U+1FFFFFFFFFFFFF out of range (>0x10FFFF)
      chr("a")                      !! chr: for parameter i: got string, want int
      ord("A")                      -> 65
      ord("😿")                     -> 128575
      ord(b"\xff")                  -> 255
      ord("abc")                    !! ord: string encodes 3 Unicode code points, want 1
      ord("")                       !! ord: string encodes 0 Unicode code points, want 1
      ord(b"ab")                    !! ord: bytes has length 2, want 1
      ord(1)                        !! ord: got int, want string or bytes
      float()                       -> 0.0
      float(True)                   -> 1.0
      float(3)                      -> 3.0
      float("1.5e2")                -> 150.0
      float("-Infinity")            -> -float("inf")
      float("+nan")                 -> float("nan")
      float("")                     !! float: empty string
      float("1.2.3")                !! float: invalid float literal
      float("1e1000")               !! float: floating-point number too large
      float(1 << 500 << 500 << 500)  !! float: int too large to convert to float
      float(None)                   !! float: got NoneType, want number or string
      int("21")                     -> 21
      int("-0123")                  -> -123
      int("1234", 16)               -> 4660
      int("0x1234", base = 16)      -> 4660
      int("0b111", 0)               -> 7
      int("zz", 36)                 -> 1295
      int("9" * 30)                 -> 999999999999999999999999999999
      int(3.9)                      -> 3
      int(-3.9)                     -> -3
      int(1e20)                     -> 100000000000000000000
      int(True)                     -> 1
      int(x = "7")                  -> 7
      int()                         !! int: missing argument for x
      int("0x12")                   !! int: invalid literal with base 10
      int("")                       !! int: invalid literal with base 10
      int("1", 1)                   !! int: base must be an integer >= 2 && <= 36, or 0
      int(3, base = 10)             !! int: can't convert non-string with explicit base
      int(float("nan"))             !! int: cannot convert float NaN to integer
      int(float("-inf"))            !! int: cannot convert float infinity to integer
      int([])                       !! int: got list, want number, bool or string
      int("1", bass = 2)            !! int: unexpected keyword argument bass (did you mean base?)
      int("1", 10, base = 10)       !! int: got multiple values for keyword argument base
      str(1.0)                      -> "1.0"
      str("x")                      -> "x"
      str(["x"])                    -> "[\"x\"]"
      str(b"abc")                   -> "abc"
      str()                         !! str: missing argument for x
      repr("x")                     -> "\"x\""
      hash("hello")                 -> 99162322
      hash("Hello, 世界!")          -> 417292677
      hash("")                      -> 0
      hash(b"")                     -> 0x811c9dc5
      hash(b"abc")                  -> 0x1a47e90b
      hash(1)                       !! hash: got int, want string or bytes
      type(1)                       -> "int"
      type(None)                    -> "NoneType"
      type(len)                     -> "builtin_function_or_method"
    `);
  });

  describe('collections', () => {
    rows(String.raw`
      list()                        -> []
      list((1, 2))                  -> [1, 2]
      list({"a": 1})                -> ["a"]
      list(range(3))                -> [0, 1, 2]
      list("abc")                   !! list: got string, want iterable
      x = [1]; y = list(x); y.append(2); x -> [1]
      tuple()                       -> ()
      tuple([1, 2])                 -> (1, 2)
      tuple(1)                      !! tuple: for parameter x: got int, want iterable
      set()                         -> set([])
      set([3, 1, 1, 2])             -> set([3, 1, 2])
      set([[]])                     !! set: unhashable type: list
      set(1)                        !! set: for parameter x: got int, want iterable
      dict()                        -> {}
      dict([(1, 2), ["a", "b"]])    -> {1: 2, "a": "b"}
      dict({"b": 1}, a = 4)         -> {"b": 1, "a": 4}
      dict((["a", 2], ["a", 3]), a = 4) -> {"a": 4}
      dict(pairs = 1)               -> {"pairs": 1}
      dict(None)                    !! dict: got NoneType, want iterable
      dict([1])                     !! dict: dictionary update sequence element #0 is not iterable (int)
      dict([(1, 2), (1,)])          !! dict: dictionary update sequence element #1 has length 1, want 2
      dict([([], 1)])               !! dict: unhashable type: list
      dict(["ab"])                  !! dict: dictionary update sequence element #0 is not iterable (string)
      dict(1, 2)                    !! dict: got 2 arguments, want at most 1
      dict({"b": 3}, a = 4, **{"a": 5}) !! dict: duplicate keyword arg: "a"
      len("abc")                    -> 3
      len({1: 2})                   -> 1
      len(range(0x7fffffff))        -> 0x7fffffff
      len(1)                        !! len: value of type int has no len
      len([], [])                   !! len: got 2 arguments, want 1
      len(x = [])                   !! len: unexpected keyword arguments
      range(5)                      -> range(0, 5, 1)
      list(range(2, 10, 3))         -> [2, 5, 8]
      list(range(10, 2, -3))        -> [10, 7, 4]
      list(range(5, 2))             -> []
      len(range(-(1 << 51), 1 << 52, 2)) -> 3 << 50
      range(-(1 << 53) + 1, (1 << 53) - 1) !! range: got int out of range (want value in signed 54-bit range)
      range(1 << 64)                !! range: got int out of range (want value in signed 54-bit range)
      range(1, 2, 0)                !! range: step argument must not be zero
      range(1.0)                    !! range: for parameter start: got float, want int
      range()                       !! range: missing argument for start
      range(1, 2, 3, 4)             !! range: got 4 arguments, want at most 3
      reversed([1, 144, 81])        -> [81, 144, 1]
      x = [1, 2]; y = reversed(x); x -> [1, 2]
      reversed({"a": 1, "b": 2})    -> ["b", "a"]
      reversed(1)                   !! reversed: for parameter iterable: got int, want iterable
      enumerate(["a", "b"])         -> [(0, "a"), (1, "b")]
      enumerate([False], 42)        -> [(42, False)]
      enumerate(["a"], start = 1)   -> [(1, "a")]
      enumerate(["a", "b"], (1 << 53) - 1) -> [(9007199254740991, "a"), (9007199254740992, "b")]
      enumerate("ab")               !! enumerate: got string, want iterable
      enumerate([], "1")            !! enumerate: for parameter start: got string, want int
      zip()                         -> []
      zip([1, 2, 3])                -> [(1,), (2,), (3,)]
      zip([1, 2], ["a", "b", "c"])  -> [(1, "a"), (2, "b")]
      zip(range(1000000000000), "abc".elems()) -> [(0, "a"), (1, "b"), (2, "c")]
      zip([1], 1)                   !! zip: argument #2 is not iterable: int
      zip(x = [1])                  !! zip: unexpected keyword argument x
      all([])                       -> True
      all([1, ""])                  -> False
      any([])                       -> False
      any([0, "", [0]])             -> True
      all("abc")                    !! all: got string, want iterable
      any(1)                        !! any: for parameter iterable: got int, want iterable
    `);
  });

  describe('order', () => {
    rows(String.raw`
      sorted([3, 1, 4, 1, 5])       -> [1, 1, 3, 4, 5]
      sorted([3, 1, 2], reverse = True) -> [3, 2, 1]
      sorted(["b", "B", "a", ""])   -> ["", "B", "a", "b"]
      sorted(["ﬀ", "😿"])           -> ["😿", "ﬀ"]
      sorted([2, 1.5, 1 << 80, -1]) -> [-1, 1.5, 2, 1 << 80]
      sorted([float("nan"), 1, float("inf")]) -> [1, float("inf"), float("nan")]
      sorted([(2, "a"), (1, "b"), (1, "a")]) -> [(1, "a"), (1, "b"), (2, "a")]
      sorted([[]])                  -> [[]]
      sorted(["two", "three", "four"], key = len) -> ["two", "four", "three"]
      sorted(["two", "three", "four"], key = len, reverse = True) -> ["three", "four", "two"]
      sorted([(4, 0), (3, 1), (4, 2), (3, 4)], key = lambda x: x[0]) -> [(3, 1), (3, 4), (4, 0), (4, 2)]
      sorted([(4, 0), (3, 1), (4, 2), (3, 4)], key = lambda x: x[0], reverse = True) -> [(4, 0), (4, 2), (3, 1), (3, 4)]
      sorted(["a" * 70 + "b", "a" * 70 + "a"])[0][70] -> "a"
      x = [2, 1]; y = sorted(x); x  -> [2, 1]
      sorted({"b": 1, "a": 2})      -> ["a", "b"]
      sorted([2, 1], len)           !! len: value of type int has no len
      sorted([1, "one"])            !! sorted: string < int not implemented
      sorted([1, "one"], key = lambda x: x) !! sorted: string < int not implemented
      sorted([1], keyy = len)       !! sorted: unexpected keyword argument keyy (did you mean key?)
      sorted()                      !! sorted: missing argument for iterable
      sorted(1)                     !! sorted: for parameter iterable: got int, want iterable
      sorted([2, 1], key = None)        -> [1, 2]
      sorted([1, 2], reverse = 1)        -> [2, 1]
      min(5, -2, 1)                 -> -2
      max([5, -2, 7])               -> 7
      min("one", "two", "four")     -> "four"
      max("two", "three", "four", key = len) -> "three"
      min(5, -2, 1, key = lambda x: x * x) -> 1
      min([(1, "a"), (0, "b"), (0, "c")], key = lambda x: x[0]) -> (0, "b")
      max([(1, "a"), (1, "b")], key = lambda x: x[0]) -> (1, "a")
      max([1, 2.5, 2])              -> 2.5
      max({1: 2, -1: 3})            -> 1
      max([], default = 0)          -> 0
      min([], default = None)       -> None
      min([[1, 2], [1]])            -> [1]
      min()                         !! min requires at least one positional argument
      min(1)                        !! min: int value is not iterable
      min([])                       !! min: argument is an empty sequence
      max([1, "a"])                 !! max: string > int not implemented
      min(["a", 1])                 !! min: int < string not implemented
      max([1, 2], key = 3)          !! max: for parameter key: got int, want callable or None
      max([1, 2], kee = len)        !! max: unexpected keyword argument kee (did you mean key?)
    `);

    it('calls the key once for each item, in order, even for a single one', () => {
      const seen = evaluate(
        `
        seen = []
        sorted([3], key = seen.append)
        sorted([2, 1, 2], key = lambda x: [seen.append(x), x][1])
        seen
      `.replaceAll(/^ +/gm, ''),
      );
      expect((seen as List).items).to.deep.equal([3, 2, 1, 2]);
    });

    it('does not see what a key function does to the list', () => {
      expect(evaluate('x = [2, 1]; min(x, key = lambda i: [x.append(0), i][1])')).to.equal(1);
      expect(
        (evaluate('x = [2, 1]; sorted(x, key = lambda i: [x.clear(), i][1])') as List).items,
      ).to.deep.equal([1, 2]);
    });
  });

  describe('attributes', () => {
    rows(String.raw`
      dir(None)                     -> []
      dir({})[0]                    -> "clear"
      dir(struct(b = 1, a = 2))     -> ["a", "b"]
      "decode" in dir(json)         -> True
      hasattr("", "split")          -> True
      hasattr("", "splt")           -> False
      hasattr(struct(a = None), "a") -> True
      hasattr({"a": 1}, "a")        -> True
      hasattr({"a": 1}, "b")        -> False
      getattr({"a": 1}, "a")        -> 1
      hasattr("", "__proto__")      -> False
      hasattr([], "constructor")    -> False
      getattr("a-b", "split")("-")  -> ["a", "b"]
      getattr(struct(a = None), "a") -> None
      getattr(struct(a = None), "a", 1) -> None
      getattr(1, "x", 42)           -> 42
      getattr(1, "x", None)         -> None
      str(getattr("x", "split"))    -> "<built-in method split of string value>"
      getattr("", "starts_with")    !! getattr: string has no .starts_with field or method (did you mean startswith?)
      getattr(struct(three = 3), "trhee") !! getattr: struct has no .trhee field (did you mean three?)
      getattr("", "__proto__")      !! getattr: string has no .__proto__ field or method
      getattr("", 1)                !! getattr: for parameter name: got int, want string
      getattr("")                   !! getattr: missing argument for name
      struct(a = 1, b = [2]).b      -> [2]
      struct(a = 1) == struct(a = 1) -> True
      struct(**{"__proto__": 1})    -> struct(__proto__ = 1)
      struct(1)                     !! struct: unexpected positional arguments
      struct(a = 1, **{"a": 2})     !! struct: duplicate keyword arg: "a"
    `);

    it('answers a new list from dir each time', () => {
      expect(evaluate('dir("").append("!"); "!" in dir("")')).to.equal(false);
    });
  });

  describe('output', () => {
    it('fails without a word', () => {
      expect(faultOf('fail()')).to.equal('fail: ');
    });

    it('prints strings as they are and all else as str shows it', () => {
      const thread = new PlainThread();
      expect(
        evaluate('print("a", 1, ["b"], None, b"c"); print(); print(1, 2, sep = "")', undefined, thread),
      ).to.equal(null);
      expect(thread.printed).to.deep.equal(['a 1 ["b"] None c', '', '12']);
    });

    rows(String.raw`
      fail("oops", 1, False, ["a"]) !! fail: oops 1 False ["a"]
      fail(1, 2, 3, sep = "/")      !! fail: 1/2/3
      fail("fail: twice")           !! fail: fail: twice
      print(1, end = "", flush = True)  -> None
      print(1, sep = None)          !! print: for parameter sep: got NoneType, want string
    `);
  });

  describe('the open dialect', () => {
    rows(String.raw`
      sum([1, 2, 3])                -> 6
      sum([0.5, 1])                 -> 1.5
      sum([[1], [2]], [])           -> [1, 2]
      sum([1], start = 5)           -> 6
      sum([1 << 53, 1])             -> 9007199254740993
      sum(["a"])                    !! sum: unknown binary op: int + string
      sum("abc")                    !! sum: got string, want iterable
      map(len, ["a", "bc"])         -> [1, 2]
      map(lambda x, y: x + y, [1, 2, 3], range(1000000000000)) -> [1, 3, 5]
      map(len, 1)                   !! map: argument #1 is not iterable: int
      map(1, [])                    !! map: for parameter function: got int, want callable
      filter(lambda x: x > 1, [1, 2, 3]) -> [2, 3]
      filter(None, [0, 1, "", "a"]) -> [1, "a"]
      filter(len, 1)                !! filter: for parameter iterable: got int, want iterable
      divmod(7, 2)                  -> (3, 1)
      divmod(-7, 2)                 -> (-4, 1)
      divmod(7.5, 2)                -> (3.0, 1.5)
      divmod(1, 0)                  !! divmod: floored division by zero
      pow(2, 10)                    -> 1024
      pow(2, 100)                   -> 1 << 100
      pow(-3, 3)                    -> -27
      pow(0, 0)                     -> 1
      pow(7, 0)                     -> 1
      pow(1, 1 << 90)               -> 1
      pow(2, -1)                    -> 0.5
      pow(2.0, 3)                   -> 8.0
      pow(3, 200, 7)                -> 2
      pow(3, 0, 1)                  -> 0
      pow(base = 2, exp = 3)        -> 8
      pow(0, -1)                    !! pow: zero to a negative power
      pow(2, -1, 3)                 !! pow: got a negative exponent with mod, want none
      pow(2.0, 1, 3)                !! pow: mod is for ints only
      round(2.5)                    -> 2
      round(3.5)                    -> 4
      round(-2.5)                   -> -2
      round(2.675, 2)               -> 2.67
      round(0.125, 2)               -> 0.12
      round(0.375, 2)               -> 0.38
      round(-0.125, 2)              -> -0.12
      round(1.005, 2)               -> 1.0
      round(2.5, 0)                 -> 2.0
      round(1234.5, -2)             -> 1200.0
      round(1250, -2)               -> 1200
      round(1350, -2)               -> 1400
      round(-1250, -2)              -> -1200
      round(5, -3)                  -> 0
      round(10 * (1 << 80), -1)     -> 10 * (1 << 80)
      round(7, 2)                   -> 7
      round(1.5, None)              -> 2
      round(0.1, 30)                -> 0.1
      round(1e300, 2)               -> 1e300
      round(3.14159, ndigits = 2)   -> 3.14
      round(float("nan"), 1)        -> float("nan")
      round(float("inf"))           !! round: cannot convert float infinity to integer
      round("1")                    !! round: for parameter number: got string, want int or float
    `);
  });

  it('says how to go over the characters of a string', () => {
    for (const source of ['list("abc")', 'max("abc")', 'zip("abc")', 'map(len, "abc")', '",".join("abc")']) {
      expect(hintOf(source)).to.equal('use s.elems() for the characters of a string');
    }
  });

  it('names what there is: the specification, struct, json and math', () => {
    expect([...universe.keys()].sort().join(' ')).to.equal(
      'False None True abs all any bool bytes chr dict dir enumerate fail float getattr hasattr hash int json len list ' +
        'math max min ord print range repr reversed set sorted str struct tuple type zip',
    );
    const more = [...openUniverse.keys()].filter((name) => !universe.has(name));
    expect(
      more
        .filter((name) => !isErrorClass(name))
        .sort()
        .join(' '),
    ).to.equal(
      '__name__ bin callable divmod false filter format hex isinstance map next null oct pow re round sum true',
    );
  });

  it('marks the builtins that call back into the script', () => {
    const calling = [...openUniverse.values()].filter((value) => value instanceof Builtin && value.suspends);
    expect(calling.map((value) => (value as Builtin).name).sort()).to.deep.equal([
      'filter',
      'map',
      'max',
      'min',
      'sorted',
    ]);
  });

  it('keeps to the specification where the dialect is strict', () => {
    expect(faultOf('enumerate([], start = 1)', STRICT)).to.equal('enumerate: unexpected keyword arguments');
    expect(faultOf('max([], default = 1)', STRICT)).to.equal('max: unexpected keyword argument default');
    expect(faultOf('"a".split(sep = "b")', STRICT)).to.equal('split: unexpected keyword arguments');
    expect(faultOf('hasattr("", "ljust")', STRICT)).to.equal('no error but False');
    expect((universe.get('json') as Module).members.get('loads')).to.equal(undefined);
  });

  it('has the methods of the specification, and more in the open dialect', () => {
    const named = (value: string | List | Dict | StarlarkSet): [string, string] => {
      const known = new Set(methodNames(value));
      return [
        methodNames(value).join(' '),
        openMethodNames(value)
          .filter((name) => !known.has(name))
          .join(' '),
      ];
    };
    expect(named('')).to.deep.equal([
      'capitalize codepoint_ords codepoints count elem_ords elems endswith find format index isalnum isalpha isdigit ' +
        'islower isspace istitle isupper join lower lstrip partition removeprefix removesuffix replace rfind rindex ' +
        'rpartition rsplit rstrip split splitlines startswith strip title upper',
      'casefold center encode expandtabs format_map isascii isdecimal isidentifier isnumeric ljust rjust swapcase zfill',
    ]);
    expect(named(new List([]))).to.deep.equal([
      'append clear extend index insert pop remove',
      'copy count reverse sort',
    ]);
    expect(named(new Dict())).to.deep.equal([
      'clear get items keys pop popitem setdefault update values',
      'copy',
    ]);
    expect(named(new StarlarkSet())).to.deep.equal([
      'add clear difference difference_update discard intersection intersection_update isdisjoint issubset issuperset ' +
        'pop remove symmetric_difference symmetric_difference_update union update',
      'copy',
    ]);
  });
});
