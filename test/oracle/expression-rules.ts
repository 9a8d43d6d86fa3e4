/**
 * How expressions are made, as data: for each kind of expression its forms, one a line. `<name>` stands for
 * an expression of that kind; the first line is taken where it gets too deep.
 *
 * What is known to differ between the engines (see `known-differences.ts`) has no form here.
 */

export const EXPRESSION_RULES: Readonly<Record<string, string>> = {
  any: `
    <atom>
    <int>
    <num>
    <str>
    <str>
    <bool>
    <list>
    <tuple>
    <dict>
    <set>
    <bytes>
    <range>
    <none>
    <func>
    <record>
    <call>
    <choice>`,
  atom: `
    <leaf>
    n
    i
    s
    f
    b
    t
    d
    xs
    x`,
  atomint: `
    n
    i
    <number>
    <small>
    len(xs)`,
  atomfloat: `
    f
    <drawnfloat>
    1.5`,
  atomstr: `
    s
    s
    <text>
    "abc"`,
  atombool: `
    b
    True
    False
    n < i
    s == ""`,
  atomlist: `
    xs
    xs
    []
    [1, 2, 3]
    ["b", "a", "c"]
    [<leaf>, <leaf>]
    [<number>, <small>, <small>]
    [<text>, <text>]
    [[1, 2], [], [3]]`,
  atomtuple: `
    t
    ()
    (1, 2)
    (<leaf>, <leaf>)
    (<text>, <number>)`,
  atomdict: `
    d
    d
    {}
    {"a": 1, "b": <leaf>}
    {<number>: <leaf>, <text>: <small>}`,
  atomset: `
    set()
    set([1, 2, 3])
    set([<small>, <number>])
    set([<text>, <leaf>])
    set(range(4))`,
  atombytes: `
    b""
    b"abc"
    bytes(<text>)`,
  atomiter: `
    xs
    d
    t
    <atomlist>
    <atomtuple>
    <atomdict>
    range(4)`,
  leaf: `
    None
    True
    False
    0
    1
    -1
    ""
    "a"
    []
    ()
    {}
    1.0`,
  choice: `
    <atom>
    (<any> if <bool> else <any>)
    (<any> and <any>)
    (<any> or <any>)
    (<list>)[<small>]
    <dict>[<key>]
    <dict>.get(<key>)
    <dict>.get(<key>, <any>)
    <dict>.setdefault(<key>, <any>)
    <dict>.pop(<key>, <any>)
    host(<any>)
    (lambda x: <any>)(<any>)
    (lambda *args, **kwargs: (args, kwargs))(<args>)
    max(<iter>)
    min(<iter>)
    max(<iter>, key=<func>)
    json.decode(<json>)
    json.decode(<str>, <any>)
    getattr(<record>, <field>)
    <record>.a
    f1(<args>)
    f2(<args>)
    f3(<args>)`,
  none: `
    None
    xs.append(<any>)
    xs.extend(<iter>)
    xs.insert(<small>, <any>)
    xs.remove(<any>)
    d.update(<dict>)
    d.update(<pairs>)
    d.clear()
    see(None)`,
  bool: `
    <atombool>
    not <any>
    <any> == <any>
    <any> != <any>
    <num> < <num>
    <num> == <num>
    <num> >= <num>
    <str> <= <str>
    <str> > <str>
    <list> < <list>
    <tuple> >= <tuple>
    <bytes> < <bytes>
    <bool> < <bool>
    <set> == <set>
    <set> <= <set>
    <set> > <set>
    <dict> == <dict>
    <range> == <range>
    <any> < <any>
    <any> in <list>
    <any> not in <tuple>
    <str> in <str>
    <bytes> in <bytes>
    <int> in <range>
    <key> in <dict>
    <int> in <bytes>
    (<bool> and <bool>)
    (<bool> or <bool>)
    all(<iter>)
    any(<iter>)
    bool(<any>)
    <str>.startswith(<str>)
    <str>.endswith((<str>, <str>))
    <str>.startswith(<str>, <small>)
    <str>.endswith(<str>, <small>, <small>)
    <str>.isalnum()
    <str>.isalpha()
    <str>.isdigit()
    <str>.islower()
    <str>.isspace()
    <str>.istitle()
    <str>.isupper()
    hasattr(<any>, <field>)
    <set>.issubset(<hashes>)
    <set>.issuperset(<hashes>)`,
  small: `
    0
    1
    2
    3
    -1
    -2
    i`,
  int: `
    <atomint>
    <number>
    <number>
    i
    <small>
    <int> + <int>
    <int> - <int>
    <int> * <int>
    <int> // <int>
    <int> % <int>
    <int> & <int>
    <int> | <int>
    <int> ^ <int>
    <int> << len(<iter>)
    <int> >> abs(i)
    <int> << <small>
    (<int> + <small>) * <int>
    -<int>
    +<int>
    ~<int>
    (1 << <number>) - <small>
    len(<coll>)
    abs(<int>)
    int(<num>)
    int(<numeral>)
    int(<numeral>, <base>)
    int(<str>, base=<base>)
    int(<bool>)
    ord(<char>)
    hash(<str>)
    <str>.find(<str>)
    <str>.rfind(<str>)
    <str>.find(<str>, <small>)
    <str>.rfind(<str>, <small>, <small>)
    <str>.index(<str>)
    <str>.rindex(<str>, <small>)
    <str>.count(<str>)
    <str>.count(<str>, <small>, <small>)
    <list>.index(<any>)
    [<atomint>, <small>, 1].index(1, <small>)
    (<list> + [x]).index(x)
    [1, 2, 1, 2].index(2, <small>, <small>)
    <range>[<small>]
    host(<int>)
    max(<int>, <int>)
    min(<int>, <int>, <int>)
    max([<int>, <int>])
    math.ceil(<num>)
    math.floor(<num>)
    (<int> if <bool> else <int>)
    [<int>, <int>][<small>]`,
  number: `
    7
    <drawnint>
    <drawnint>
    <drawnint>
    10
    255
    1000
    2147483647
    2147483648
    -2147483649
    4294967296
    1073741824
    9007199254740991
    9007199254740992
    -9007199254740991
    -9007199254740993
    9223372036854775807
    -9223372036854775808
    18446744073709551616
    123456789012345678901234567890
    0x7f
    0o17
    0b101`,
  base: `
    10
    2
    8
    16
    36
    0
    <small>`,
  numeral: `
    str(<atomint>)
    "12"
    "-7"
    "+5"
    "0x1F"
    "-0b11"
    "0o17"
    "007"
    "zz"
    " 5"
    "123456789012345678901234567890"
    "1.5"
    "-1e3"
    "inf"
    "-Infinity"
    "nan"
    "1e400"
    ".5"
    "5."
    str(<int>)`,
  num: `
    <int>
    <float>
    <float>`,
  float: `
    <atomfloat>
    <drawnfloat>
    <drawnfloat>
    0.0
    -0.0
    1.0
    1.5
    -2.25
    0.1
    1e21
    1e-7
    1e300
    .5
    float("inf")
    float("-inf")
    float("nan")
    float(<num>)
    float(<numeral>)
    <num> / <num>
    <float> + <num>
    <num> - <float>
    <float> * <num>
    <float> // <num>
    <num> % <float>
    -<float>
    abs(<float>)
    math.sqrt(<num>)
    math.pow(<small>, <small>)
    math.fabs(<num>)
    math.mod(<num>, <num>)
    math.remainder(<num>, <num>)
    math.copysign(<num>, <num>)
    math.round(<num>)
    math.fabs(<num>)
    host(<float>)
    min(<num>, <float>)`,
  char: `
    chr(<small>)
    "a"
    "Z"
    "0"
    " "
    chr(<small>)
    b"x"`,
  str: `
    <atomstr>
    <text>
    <str> + <str>
    <str> * <small>
    <small> * <str>
    <str>[<small>]
    <str>[<small>:<small>]
    <str>[<small>:]
    <str>[:<small>]
    <str>[::<small>]
    <str>[<small>:<small>:<small>]
    str(<any>)
    repr(<any>)
    str(<bytes>)
    type(<any>)
    chr(<small> + 65)
    "%s and %r" % (<any>, <any>)
    "%d|%i|%x|%X|%o" % (<int>, <num>, <int>, <int>, <int>)
    "%s" % <any>
    "%d" % <num>
    "%e %f" % (<num>, <num>)
    "%g" % <num>
    "%c%c" % (<char>, <small> + 97)
    "%%%s" % <any>
    "%(a)s %(b)r" % <dict>
    <format> % <any>
    <format> % <tuple>
    "{} {}".format(<any>, <any>)
    "{0} {1!r} {0!s}".format(<any>, <any>)
    "{a}{b!r}{{}}".format(a=<any>, b=<any>)
    "{}{a}".format(<args>)
    <template>.format(<args>)
    <str>.capitalize()
    <str>.lower()
    <str>.upper()
    <str>.title()
    <str>.strip()
    <str>.lstrip(<str>)
    <str>.rstrip(<str>)
    <str>.strip(<str>)
    <str>.replace(<str>, <str>)
    <str>.replace(<str>, <str>, <small>)
    <str>.removeprefix(<str>)
    <str>.removesuffix(<str>)
    <str>.join(<strs>)
    <str>.join([str(x) for x in <iter>])
    json.encode(<sortedjson>)
    json.indent(<json>)
    json.indent(<json>, prefix=<str>, indent=<str>)
    host(<str>)
    max(<strs>)
    (<str> if <bool> else <str>)`,
  text: `
    ""
    <drawntext>
    <drawntext>
    <drawntext>
    "a"
    "abc"
    "abcabc"
    "Hello World"
    "a,b,,c"
    "  pad\\t"
    "x\\ny\\n\\nz"
    "\\x00\\x1f\\x7f"
    'it\\'s "quoted"'
    "back\\\\slash"
    r"raw\\n"
    """tri"ple"""
    "ABC def"
    "123"
    "%"
    "{}"`,
  wide: `
    "é"
    "ÀÉÎ"
    "日本語"
    "ǆ"
    "Σσ"
    "😀"
    "a😀b"
    "\\U0001F600"
    "\\u00e9\\t"`,
  wideuse: `
    <wide> + <wide>
    <wide>.upper()
    <wide>.lower()
    <wide>.capitalize()
    <wide>.title()
    (<wide> + " " + <wide>).title()
    (<wide> + " " + <wide>).split(" ")
    <wide>.isalpha()
    <wide>.isalnum()
    <wide>.isupper()
    <wide>.islower()
    <wide>.isdigit()
    <wide>.isspace()
    <wide>.strip(<wide>)
    <wide>.replace(<wide>, <wide>)
    <wide>.partition(<wide>)
    <wide> in <wide>
    <wide> * 2
    repr(<wide>)
    list(<wide>.codepoints())
    list(<wide>.codepoint_ords())
    bytes(<wide>)
    str(bytes(<wide>))
    json.encode(<wide>)
    json.decode(json.encode(<wide>))
    "%s %r" % (<wide>, <wide>)
    "%c" % <wide>
    "{}{!r}".format(<wide>, <wide>)
    {<wide>: <wide>}
    ord(<wide>)
    <wide>.join([<wide>, <wide>])
    sorted([<wide>, <wide>, "a"], key=lambda w: list(w.codepoint_ords()))`,
  format: `
    "%s"
    "%s %s"
    "%d"
    "%r%%"
    "%x"
    "%"
    "%(a)s"
    "%(a)d %(b)s"
    "%z"
    "%(a"
    "%e"
    "%g"
    "%f"
    "%c"
    "plain"`,
  template: `
    "{}"
    "{0}{1}"
    "{a}"
    "{0}{}"
    "{}{0}"
    "{!r}"
    "{!x}"
    "{a!s}"
    "{"
    "}"
    "{{}}"
    "{a.b}"
    "{a[0]}"
    "{1}"
    "{-1}"
    "{01}"
    "{a b}"
    "{ a }"`,
  strs: `
    [<text>, <text>]
    [<str>, <str>]
    <str>.split(<str>)
    [<str>, <str>, <str>]
    (<str>,)
    list((<str>).elems())
    <dict>.keys()
    <iter>`,
  list: `
    <atomlist>
    [<any>]
    [<any>, <any>]
    [<int>, <int>, <int>]
    [<str>, <str>, <str>]
    [<any>, <any>, <any>,]
    [<list>, <list>]
    <list> + <list>
    <list> * <small>
    <small> * <list>
    <list>[<small>:<small>]
    <list>[<small>:]
    <list>[:<small>]
    <list>[::<small>]
    <list>[<small>:<small>:<small>]
    list(<iter>)
    sorted(<iter>)
    sorted(<iter>, reverse=<bool>)
    sorted(<iter>, key=<func>)
    sorted(<iter>, key=<func>, reverse=True)
    sorted([<any>, <any>, <any>], key=str)
    sorted([<int>, <num>, <num>, <int>])
    reversed(<iter>)
    zip(<iter>, <iter>)
    zip(<iter>)
    enumerate(<iter>)
    enumerate(<iter>, <small>)
    [<any> for x in <iter>]
    [x for x in <iter> if <bool>]
    [<any> for i in <range>]
    [(i, x) for i, x in enumerate(<iter>)]
    [(i, x) for i in <range> for x in <iter> if <bool>]
    [[x for x in <iter>] for i in <range>]
    [<any> for x in <iter> if <any> if <bool>]
    <dict>.keys()
    <dict>.values()
    <dict>.items()
    <str>.split()
    <str>.split(<str>)
    <str>.split(<str>, <small>)
    <str>.split(None, <small>)
    <str>.rsplit()
    <str>.rsplit(<str>, <small>)
    <str>.rsplit(None, <small>)
    <str>.splitlines()
    <str>.splitlines(<bool>)
    list((<str>).elems())
    list((<str>).elem_ords())
    list((<str>).codepoints())
    list((<bytes>).elems())
    dir(<str>)
    dir(<list>)
    dir(<dict>)
    dir(<leaf>)
    host(<list>)
    (<list> or <list>)`,
  tuple: `
    <atomtuple>
    (<any>,)
    (<any>, <any>)
    (<int>, <str>, <any>)
    <tuple> + <tuple>
    <tuple> * <small>
    <tuple>[<small>:<small>]
    <tuple>[::<small>]
    tuple(<iter>)
    <str>.partition(<str>)
    <str>.rpartition(<str>)
    {<key>: <any>}.popitem()
    host(<tuple>)`,
  dict: `
    <atomdict>
    {<key>: <any>}
    {<key>: <any>, <key>: <any>}
    {"a": <any>, "b": <any>}
    {<int>: <any>, <num>: <any>,}
    dict(a=<any>, b=<any>)
    dict(<pairs>)
    dict(<dict>, a=<any>)
    dict(<pairs>, **<dict>)
    <dict> | <dict>
    {x: <any> for x in <iter>}
    {x: i for i, x in enumerate(<iter>)}
    {<key>: x for x in <iter> if <bool>}
    host(<dict>)`,
  pairs: `
    [("a", <leaf>), (<atomkey>, <leaf>)]
    [("a", 1), ("b", 2)]
    [(<key>, <any>)]
    [(<key>, <any>), (<key>, <any>)]
    [[<key>, <any>]]
    zip(<iter>, <iter>)
    <dict>.items()
    enumerate(<iter>)
    [<tuple>]
    [<str>]`,
  set: `
    <atomset>
    set(<iter>)
    set(<hashes>)
    set(<hashes>)
    set(<hashes>)
    set([<atomkey>, <atomkey>])
    set([<int>, <num>, <int>])
    <set> | <set>
    set(sorted(set(range(<small>)) & set(range(<small>))))
    set(sorted(set(<str>.split()) & set(<str>.split())))
    <set> - <set>
    <set> ^ <set>
    <set>.union(<hashes>)
    set(sorted(set(range(<small>)).intersection(range(<small>))))
    <set>.difference(<hashes>)
    <set>.symmetric_difference(set(<hashes>))
    host(<set>)`,
  hashes: `
    [<atomkey>, <atomkey>, <atomkey>]
    <range>
    <dict>
    [str(x) for x in <iter>]
    [len(str(x)) for x in <iter>]
    [<key>, <key>]
    list((<str>).elems())
    <set>
    <str>.split()`,
  bytes: `
    <atombytes>
    b"abc"
    b"\\x00\\x7f"
    bytes(<str>)
    bytes(<list>)
    bytes([65, <small>])
    <bytes> * <small>
    <bytes>[<small>:<small>]
    <bytes>[::<small>]`,
  range: `
    range(<small>)
    range(<small>)
    range(<small>, <small>)
    range(<small>, <small>, <small>)
    range(10, 0, -3)
    range(<int>)
    <range>[<small>:<small>]
    <range>[::<small>]`,
  key: `
    <atomkey>
    "a"
    "b"
    "c"
    0
    1
    1.0
    True
    None
    ""
    (1, "a")
    <int>
    <str>
    <num>
    (<atomkey>, <atomkey>)
    <bytes>
    <func>
    <tuple>`,
  atomfunc: `
    len
    str
    type
    f1
    f3
    host
    bool
    (lambda x: x)
    (lambda *args: args)
    (lambda x: (str(type(x)), str(x)))
    lambda x: x`,
  record: `
    struct(a=1)
    struct(a=<any>, b=<any>)
    struct()`,
  atomkey: `
    "a"
    "b"
    1
    i
    s
    <number>
    <text>`,
  field: `
    "a"
    "b"
    "append"
    "keys"
    "upper"
    "__class__"
    <str>`,
  func: `
    <atomfunc>
    len
    str
    type
    lambda x: x
    (lambda x: <any>)
    (lambda x, y=<any>: (x, y))
    (lambda *args: len(args))
    (lambda x: -x)
    (lambda x: str(x))
    (lambda x: host(x))
    (lambda x: (type(x), x))
    f1
    f2
    f3
    host
    bool
    repr
    xs.append
    "a".join
    {}.get
    (<func> if <bool> else <func>)`,
  iter: `
    <atomiter>
    <list>
    <list>
    <tuple>
    <dict>
    <set>
    <range>
    list((<str>).elems())
    host(<iter>)`,
  coll: `
    <atomiter>
    <list>
    <tuple>
    <dict>
    <set>
    <range>
    <str>
    <bytes>`,
  json: `
    '[]'
    '{"a": [1, 2.5, null, true], "b": "x"}'
    '[]'
    '[1,]'
    '{"a":1,"b":2}'
    '[1 , 2 ]'
    '"\\\\u00e9\\\\n\\\\ud83d\\\\ude00"'
    '"\\\\x"'
    '12345678901234567890'
    '-0'
    '1e3'
    '01'
    '-'
    'nul'
    '[1] 2'
    '{"a" 1}'
    '{"a":}'
    '{1: 2}'
    '"open'
    '[[[[]]]]'
    ''
    json.encode(<sortedjson>)
    <str>`,
  sortedjson: `
    <atomjson>
    "a"
    None
    True
    <int>
    <str>
    <bool>
    1.5
    -2.25
    0.1
    [<sortedjson>, <sortedjson>]
    (<sortedjson>,)
    {"a": <sortedjson>, "b": <sortedjson>}
    {"x": <sortedjson>}
    struct(a=<sortedjson>)
    range(<small>)
    {1: <sortedjson>}
    {"k": <func>}
    <bytes>
    [<func>]`,
  atomjson: `
    1
    "a"
    None
    <number>
    <text>
    1.5
    []
    {}
    True
    False`,
  call: `
    len(<atom>)
    <builtin>(<args>)
    <builtin>(<args>)
    <any>.<method>(<args>)
    <str>.<strmethod>(<args>)
    <list>.<listmethod>(<args>)
    <dict>.<dictmethod>(<args>)
    <set>.<setmethod>(<args>)
    <func>(<args>)
    <any>(<any>)
    math.<mathname>(<args>)
    json.<jsonname>(<args>)
    <any>[<any>]
    <any>[<any>:<any>]
    <any>.<method>
    <any> + <any>
    <any> - <any>
    <any> * <small>
    <any> / <any>
    <any> // <any>
    <any> % <any>
    <any> | <any>
    <any> & <any>
    <any> ^ <any>
    <any> << <small>
    <any> >> <small>
    -<any>
    +<any>
    ~<any>`,
  args: `
    <atom>

    <any>
    <any>, <any>
    <any>, <any>, <any>
    <str>, <str>
    <iter>
    <iter>, <small>
    x=<any>
    <any>, key=<func>
    <any>, y=<any>
    <any>, default=<any>
    a=<any>, b=<any>
    *<iter>
    <any>, *<iter>
    **<dict>
    <any>, **<dict>
    *<iter>, **<dict>
    <small>, <small>, <small>, <small>
    *<any>
    **<any>`,
  builtin: `
    str
    abs
    any
    all
    bool
    bytes
    chr
    dict
    enumerate
    float
    getattr
    hasattr
    hash
    int
    len
    list
    max
    min
    ord
    print
    range
    repr
    reversed
    sorted
    str
    tuple
    type
    zip
    struct
    fail
    host`,
  method: `
    a
    <strmethod>
    <listmethod>
    <dictmethod>
    <setmethod>
    nothing
    b`,
  strmethod: `
    upper
    capitalize
    count
    endswith
    find
    format
    index
    isalnum
    isalpha
    isdigit
    islower
    isspace
    istitle
    isupper
    join
    lower
    lstrip
    partition
    removeprefix
    removesuffix
    replace
    rfind
    rindex
    rpartition
    rsplit
    rstrip
    split
    splitlines
    startswith
    strip
    title
    upper`,
  listmethod: `
    append
    clear
    extend
    index
    insert
    pop
    remove`,
  dictmethod: `
    get
    clear
    items
    keys
    pop
    popitem
    setdefault
    update
    values`,
  setmethod: `
    add
    clear
    difference
    discard
    issubset
    issuperset
    pop
    remove
    union`,
  mathname: `
    floor
    ceil
    copysign
    fabs
    mod
    remainder
    round
    sqrt
    pi
    e`,
  jsonname: `
    encode
    decode
    indent`,
};
