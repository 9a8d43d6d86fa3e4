import { rows } from './table.js';

describe('starlark string methods', () => {
  describe('case', () => {
    rows(String.raw`
      "hElLo, WoRlD!".capitalize()  -> "Hello, world!"
      "".capitalize()               -> ""
      "¿Por qué?".capitalize()      -> "¿por qué?"
      "ǆenan".capitalize()          -> "ǅenan"
      "ßeta".capitalize()           -> "ßeta"
      "😿ABC".capitalize()          -> "😿abc"
      "hElLo".lower()               -> "hello"
      "ǇUBOVIĆ".lower()             -> "ǉubović"
      "hElLo, é".upper()            -> "HELLO, É"
      "ǉubović".upper()             -> "ǇUBOVIĆ"
      "straße".upper()              -> "STRASSE"
      "hElLo, WoRlD!".title()       -> "Hello, World!"
      "¿por qué?".title()           -> "¿Por Qué?"
      "ǉubović".title()             -> "ǈubović"
      "this isn't 4b".title()       -> "This Isn'T 4B"
      "".title()                    -> ""
      "aB ǅ".swapcase()             -> "Ab ǆ"
      "Straße ΣΑΣ".casefold()       -> "strasse σασ"
      "a".upper(1)                  !! upper: got 1 argument, want 0
      "a".lower(x = 1)              !! lower: unexpected keyword arguments
    `);
  });
  describe('kinds of characters', () => {
    rows(String.raw`
      "base64".isalnum()            -> True
      "Catch-22".isalnum()          -> False
      "".isalnum()                  -> False
      "世界".isalpha()              -> True
      "a1".isalpha()                -> False
      "".isalpha()                  -> False
      "𝐀".isalpha()                 -> True
      "123".isdigit()               -> True
      "٣".isdigit()                 -> True
      "½".isdigit()                 -> False
      "".isdigit()                  -> False
      "½".isnumeric()               -> True
      "½".isdecimal()               -> False
      "\n\t\r \u2003\u0085".isspace() -> True
      " x".isspace()                -> False
      "".isspace()                  -> False
      "hello, world!".islower()     -> True
      "123".islower()               -> False
      "ǆǉ".islower()                -> True
      "HAL-9000".isupper()          -> True
      "ǄǇ".isupper()                -> True
      "ǅǈ".isupper()                -> False
      "Hello, World!".istitle()     -> True
      "Catch-22".istitle()          -> True
      "HAL-9000".istitle()          -> False
      "base64".istitle()            -> False
      "ǅ ǈ".istitle()               -> True
      "ǅǈ".istitle()                -> False
      "Ǆenan".istitle()             -> False
      "Éa Bc".istitle()             -> True
      "123".istitle()               -> False
      "".istitle()                  -> False
    `);
  });
  describe('searching', () => {
    rows(String.raw`
      "banana".count("a")           -> 3
      "banana".count("a", 2)        -> 2
      "banana".count("a", -4, -2)   -> 1
      "banana".count("a", 1, 4)     -> 2
      "banana".count("a", 0, -100)  -> 0
      "aaaa".count("aa")            -> 2
      "abc".count("")               -> 4
      "".count("")                  -> 1
      "abc".count("", 1, 2)         -> 2
      "foofoo".find("oo")           -> 1
      "foofoo".find("ox")           -> -1
      "foofoo".find("oo", 2)        -> 4
      "foofoo".find("")             -> 0
      "banana".find("na", 3, 1)     -> -1
      "aaaa".find("a", 1, 50)       -> 1
      "aaaa".find("a", 1, None)     -> 1
      "abababa".find("ab", -3)      -> 4
      "abababa".find("ab", -1000)   -> 0
      "abababa".find("ab", 1000)    -> -1
      "abc".find("c", -1 * (1 << 70), 1 << 70) -> 2
      "foofoo".rfind("oo")          -> 4
      "foofoo".rfind("oo", 1, 4)    -> 1
      "foofoo".rfind("")            -> 6
      "abababa".rfind("ab", 1, 50)  -> 4
      "bonbon".index("on", 2)       -> 4
      "bonbon".rindex("on", None, 5) -> 1
      "bonbon".index("on", 2, 5)    !! index: substring not found
      "bonbon".rindex("on", 2, 5)   !! rindex: substring not found
      "abc".find()                  !! find: missing argument for sub
      "abc".find(1)                 !! find: for parameter sub: got int, want string
      "abc".find("a", "b")          !! find: invalid start index: got string, want int
      "abc".find("a", 0, 1.0)       !! find: invalid end index: got float, want int
      "abc".find("a", 0, 1, 2)      !! find: got 4 arguments, want at most 3
      "foo".startswith("fo")        -> True
      "foo".startswith("x")         -> False
      "foo".startswith("")          -> True
      "abc".startswith("bc", 1)     -> True
      "abc".startswith("b", 999)    -> False
      "abc".startswith(("x", "a"))  -> True
      "abc".startswith(())          -> False
      "abc".startswith(("a", 1))    -> True
      "foo".endswith("oo")          -> True
      "abc".endswith("ab", None, -1) -> True
      "abc".endswith("b", None, -999) -> False
      "filename.sky".endswith(".sky", 9, 12) -> False
      "abc".endswith(("x", "c"))    -> True
      "foo".startswith(1)           !! startswith: got int, want string or tuple of string
      "123".startswith(["3"])       !! startswith: got list, want string or tuple of string
      "123".endswith((1, 2))        !! endswith: want string, got int, for element 0
    `);
  });
  describe('cutting and joining', () => {
    rows(String.raw`
      "a.b.c.d".split(".")          -> ["a", "b", "c", "d"]
      "a.b.c.d".split(".", -1)      -> ["a", "b", "c", "d"]
      "a.b.c.d".split(".", 0)       -> ["a.b.c.d"]
      "a.b.c.d".split(".", 2)       -> ["a", "b", "c.d"]
      "a.b.c.d".split(".", 1 << 70) -> ["a", "b", "c", "d"]
      "a.b.c.d".split(".", maxsplit = 1) -> ["a", "b.c.d"]
      "a.b".split(sep = ".")        -> ["a", "b"]
      "".split(".")                 -> [""]
      "".split()                    -> []
      "  ".split(".")               -> ["  "]
      "--aa--bb--".split("-", 1)    -> ["", "-aa--bb--"]
      " a bc\n  def \t ghi".split() -> ["a", "bc", "def", "ghi"]
      " a bc\n  def \t ghi ".split(None, 0) -> ["a bc\n  def \t ghi "]
      " a bc\n  def \t ghi ".split(None, 1) -> ["a", "bc\n  def \t ghi "]
      " a bc ".split(None, 2)       -> ["a", "bc"]
      "  ".split(None, 1)           -> []
      "a.b.c.d".rsplit(".")         -> ["a", "b", "c", "d"]
      "a.b.c.d".rsplit(".", 1)      -> ["a.b.c", "d"]
      "a.b.c.d".rsplit(".", 0)      -> ["a.b.c.d"]
      "a.b.c.d".rsplit(".", 9)      -> ["a", "b", "c", "d"]
      "google".rsplit("o", 1)       -> ["go", "gle"]
      "--aa--bb--".rsplit("-", 1)   -> ["--aa--bb-", ""]
      " a bc\n  def ".rsplit(None, 0) -> [" a bc\n  def"]
      " a bc\n  def ".rsplit(None, 1) -> [" a bc", "def"]
      " a bc ".rsplit()             -> ["a", "bc"]
      "a".split("")                 !! split: empty separator
      "a".rsplit("")                !! rsplit: empty separator
      "a".split(1)                  !! split: for parameter sep: got int, want string or None
      "a".split(",", "1")           !! split: for parameter maxsplit: got string, want int
      "A\nB\rC\r\nD".splitlines()   -> ["A", "B", "C", "D"]
      "A\nB\rC\r\nD".splitlines(True) -> ["A\n", "B\r", "C\r\n", "D"]
      "one\n\ntwo\n".splitlines()   -> ["one", "", "two"]
      "\n\r\n\r".splitlines(keepends = True) -> ["\n", "\r\n", "\r"]
      "".splitlines()               -> []
      "\n".splitlines()             -> [""]
      "a".splitlines(1)             !! splitlines: for parameter keepends: got int, want bool
      "a/b/c".partition("/")        -> ("a", "/", "b/c")
      "a/b/c".partition(".")        -> ("a/b/c", "", "")
      "a/b/c".rpartition("/")       -> ("a/b", "/", "c")
      "a/b/c".rpartition(".")       -> ("", "", "a/b/c")
      "".partition("a")             -> ("", "", "")
      "a".partition("")             !! partition: empty separator
      "a".rpartition("")            !! rpartition: empty separator
      "a".partition()               !! partition: missing argument for sep
      ",".join([])                  -> ""
      ",".join(["a"])               -> "a"
      ", ".join(("a", "b", "c"))    -> "a, b, c"
      "-".join({"a": 1, "b": 2})    -> "a-b"
      "".join("abc".elems())        -> "abc"
      "".join(None)                 !! join: for parameter iterable: got NoneType, want iterable
      ",".join("abc")               !! join: got string, want iterable
      "".join(["one", 2])           !! join: in list, want string, got int
    `);
  });
  describe('trimming and replacing', () => {
    rows(String.raw`
      " \tfoo\n ".strip()           -> "foo"
      " \tfoo\n ".lstrip()          -> "foo\n "
      " \tfoo\n ".rstrip()          -> " \tfoo"
      " foo ".strip("")             -> "foo"
      "\u2003\u3000x\u00a0".strip() -> "x"
      " \n ".strip()                -> ""
      "blah.h".strip("b.h")         -> "la"
      "blah.h".lstrip("b.h")        -> "lah.h"
      "blah.h".rstrip("b.h")        -> "bla"
      "xxx".strip("x")              -> ""
      "😿a😿".strip("😿")           -> "a"
      "a".strip(1)                  !! strip: for parameter cutset: got int, want string
      "banana".removeprefix("ban")  -> "ana"
      "banana".removeprefix("ana")  -> "banana"
      "aa".removeprefix("")         -> "aa"
      "banana".removesuffix("ana")  -> "ban"
      "bbaa".removesuffix("a")      -> "bba"
      "".removesuffix("")           -> ""
      "a".removesuffix(None)        !! removesuffix: for parameter suffix: got NoneType, want string
      "banana".replace("a", "o")    -> "bonono"
      "banana".replace("a", "o", 2) -> "bonona"
      "banana".replace("a", "o", 0) -> "banana"
      "banana".replace("a", "o", -1) -> "bonono"
      "banana".replace("a", "o", count = 1) -> "bonana"
      "banana".replace("a", "$&")   -> "b$&n$&n$&"
      "banana".replace("x", "o")    -> "banana"
      "aaa".replace("aa", "b")      -> "ba"
      "a😿".replace("", "-")        -> "-a-😿-"
      "abc".replace("", "-", 2)     -> "-a-bc"
      "".replace("", "x")           -> "x"
      "abc".replace("abc", "")      -> ""
      "a".replace("a")              !! replace: missing argument for new
      "a".replace("a", 1)           !! replace: for parameter new: got int, want string
      "a".replace("a", "b", None)   !! replace: for parameter count: got NoneType, want int
    `);
  });
  describe('elements', () => {
    rows(String.raw`
      "abcЙ😿".elems()[3]           -> "Й"
      len("😿".elems())             -> 2
      "".elems()                    -> []
      "a😿".elem_ords()             -> [97, 55357, 56895]
      "abcЙ😿".codepoints()         -> ["a", "b", "c", "Й", "😿"]
      "abcЙ😿".codepoint_ords()     -> [97, 98, 99, 1049, 128575]
      "x".elems(1)                  !! elems: got 1 argument, want 0
    `);
  });
  describe('formatting', () => {
    rows(String.raw`
      "a{x}b{y}c{}".format(1, x = 2, y = 3) -> "a2b3c1"
      "{1}{0}".format("a", "b")     -> "ba"
      "{(}".format(**{"(": 2})      -> "2"
      "{args}{kwargs}{self}".format(args = 1, kwargs = 2, self = 3) -> "123"
      "{!r}".format("b")            -> "\"b\""
      "{}{}".format(1)              !! format: tuple index out of range
      "{z}".format(x = 1)           !! format: keyword z not found
    `);
  });
  describe('padding, as in Python', () => {
    rows(String.raw`
      "ab".ljust(5)                 -> "ab   "
      "ab".ljust(5, ".")            -> "ab..."
      "ab".ljust(1)                 -> "ab"
      "ab".rjust(5, ".")            -> "...ab"
      "ab".center(5, ".")           -> "..ab."
      "abc".center(6, ".")          -> ".abc.."
      "ab".center(-1)               -> "ab"
      "-5".zfill(4)                 -> "-005"
      "+5".zfill(2)                 -> "+5"
      "5".zfill(3)                  -> "005"
      "a\tb\n\tc".expandtabs(4)     -> "a   b\n    c"
      "a\tb".expandtabs(tabsize = 0) -> "ab"
      "a\tb".expandtabs()           -> "a       b"
      "a".ljust(3, "xy")            !! ljust: got a fill of 2 characters, want one
      "a".rjust("3")                !! rjust: for parameter width: got string, want int
    `);
  });
});
