import { expect } from 'chai';
import { evaluate } from './plain-evaluator.js';
import type { Float } from '../../../../runtimes/starlark/values/index.js';
import { rows } from './table.js';

describe('starlark module json', () => {
  rows(String.raw`
    json.encode({"y": [1, 2.5, None, True], "x": "é\n"}) -> "{\"y\":[1,2.5,null,true],\"x\":\"é\\n\"}"
    json.encode(struct(x = 1, y = (2,))) -> "{\"x\":1,\"y\":[2]}"
    json.encode(1 << 80)          -> "1208925819614629174706176"
    json.encode({1: 2})           !! json.encode: in dict: dict has int key, want string
    json.encode(float("nan"))     !! json.encode: cannot encode non-finite float nan
    json.encode([{"x": len}])     !! json.encode: at list index 0: in dict key "x": cannot encode builtin_function_or_method as JSON
    json.encode()                 !! json.encode: missing argument for x
    json.decode("{\"a\": [1, 2.0, null, \"\\u00e9\"]}") -> {"a": [1, 2.0, None, "é"]}
    json.decode("{", default = 7) -> 7
    json.decode("{", None)        -> None
    json.decode("1", 7)           -> 1
    json.decode("truefalse")      !! json.decode: at offset 4, unexpected character 'f' after value
    json.decode(x = "1")          !! json.decode: unexpected keyword argument x
    json.decode(1, default = 2)   !! json.decode: for parameter x: got int, want string
    json.decode("[" * 1000, None) !! limit/depth
    json.indent("{\"a\":[1]}")    -> "{\n\t\"a\": [\n\t\t1\n\t]\n}"
    json.indent("[1]", prefix = "#", indent = " ") -> "[\n# 1\n#]"
    json.indent("x")              !! json.indent: at offset 0, unexpected character 'x'
    json.encode_indent([1], indent = "  ") -> "[\n  1\n]"
    json.encode_indent("a", "b")  !! json.encode_indent: got 2 arguments, want 1
    json.encode_indent(len)       !! json.encode_indent: cannot encode builtin_function_or_method as JSON
    json.encode_indent(1, ident = "") !! json.encode_indent: unexpected keyword argument ident (did you mean indent?)
    json.loads("[1]")             -> [1]
    json.dumps([1])               -> "[1]"
    json.dumps([1], indent = None) -> "[1]"
    json.dumps([1], indent = 2)   -> "[\n  1\n]"
    json.dumps([1], indent = "\t") -> "[\n\t1\n]"
    json.dumps([1], indent = [])  !! json.dumps: for parameter indent: got list, want int or string
    json.dumps([1], indent = 1 << 40) !! limit/memory
    str(json.decode)              -> "<built-in function json.decode>"
  `);
});

describe('starlark module math', () => {
  rows(String.raw`
    math.ceil(0.4)                -> 1
    math.ceil(-0.5)               -> 0
    math.ceil(10)                 -> 10
    math.ceil((1 << 63) + 0.5)    -> 1 << 63
    math.ceil(math.inf)           !! math.ceil: cannot convert float infinity to integer
    math.ceil("0")                !! math.ceil: for parameter x: got string, want float or int
    math.floor(-0.4)              -> -1
    math.floor(1e22)              -> 10000000000000000000000
    math.floor(math.nan)          !! math.floor: cannot convert float NaN to integer
    math.fabs(-2)                 -> 2.0
    math.mod(5, 3)                -> 2.0
    math.mod(-5, 3)               -> -2.0
    math.mod(1, 0)                -> math.nan
    math.pow(5, 3)                -> 125.0
    math.pow(1, math.nan)         -> 1.0
    math.pow(-1, math.inf)        -> 1.0
    math.pow(1.1, math.inf)       -> math.inf
    math.copysign(3.2, -1)        -> -3.2
    math.copysign(3.2, -0.0)      -> -3.2
    math.copysign(-1, math.nan)   -> 1.0
    math.remainder(3, 5)          -> -2.0
    math.remainder(5, 2)          -> 1.0
    math.remainder(7, 2)          -> -1.0
    math.remainder(2, math.inf)   -> 2.0
    math.remainder(1, 0)          -> math.nan
    math.remainder(-3, 5)         -> 2.0
    math.round(0.5)               -> 1.0
    math.round(-0.5)              -> -1.0
    math.round(0.49999999999999994) -> 0.0
    math.round(math.inf)          -> math.inf
    math.exp(0)                   -> 1.0
    math.exp(1)                   -> math.e
    math.sqrt(4)                  -> 2.0
    math.sqrt(-4)                 -> math.nan
    math.acos(-1)                 -> math.pi
    math.asin(2)                  -> math.nan
    math.atan2(-0.0, -10)         -> -math.pi
    math.cos(0)                   -> 1.0
    math.hypot(4, 3)              -> 5.0
    math.hypot(math.inf, math.nan) -> math.inf
    math.degrees(1)               -> 57.29577951308232
    math.radians(-1.0)            -> -0.017453292519943295
    math.atanh(0.5)               -> 0.5493061443340548
    math.cosh(1)                  -> 1.5430806348152437
    math.sinh(1)                  -> 1.1752011936438014
    math.tanh(1)                  -> 0.7615941559557649
    math.log(math.e)              -> 1.0
    math.log(10, 10)              -> 1.0
    math.log(0)                   -> -math.inf
    math.log(-1)                  -> math.nan
    math.log(2, 1)                !! math.log: division by zero
    math.log(10, "10")            !! math.log: for parameter base: got string, want float or int
    math.gamma(1)                 -> 1.0
    math.gamma(5)                 -> 24.0
    math.gamma(171)               -> 7.257415615307999e+306
    math.gamma(172)               -> math.inf
    math.gamma(0)                 -> math.inf
    math.gamma(-1)                -> math.nan
    math.gamma(-math.inf)         -> math.nan
    math.sqrt(1 << 500 << 500 << 500) -> math.inf
    math.isnan(math.nan)          -> True
    math.isinf(-math.inf)         -> True
    math.isfinite(1 << 80)        -> True
    math.log2(8)                  -> 3.0
    math.log10(1000)              -> 3.0
    math.trunc(-1.5)              -> -1
    math.tau == 2 * math.pi       -> True
    dir(math)[0]                  -> "acos"
  `);

  for (const [source, wanted] of [
    ['math.gamma(0.5)', Math.sqrt(Math.PI)],
    ['math.gamma(-0.5)', -2 * Math.sqrt(Math.PI)],
    ['math.gamma(4.5)', 11.631728396567448],
    ['math.gamma(170.5)', 5.56209241456e305],
  ] as const) {
    it(`${source} is near ${wanted}`, () => {
      expect((evaluate(source) as Float).value / wanted).to.be.closeTo(1, 1e-12);
    });
  }
});
