import { expect } from 'chai';
import { OPEN_DIALECT, parse, STRICT_DIALECT } from '../../../../runtimes/starlark/syntax/index.js';
import { faultText, firstFault } from './fault-text.js';

describe('strict dialect', () => {
  const noImport = 'there is nothing to import: json, math and struct are names already';
  const noAwait =
    'leave the word out: a call waits for its result; parallel([f, g]) runs calls at the same time';
  const inDict = 'return the value, or keep it in a dict or list';
  const elsewhere = 'set a variable before break, and test it after the loop';
  const rows: readonly (readonly [source: string, fault: string])[] = [
    ['def f():\n  while x: pass', '2:3: script: there is no while in this dialect | write for … in range(…)'],
    ['x = {1, 2}', '1:5: script: there are no set displays in this dialect | write set([…]), or key: value'],
    [
      'x = {y for y in z}',
      '1:5: script: there are no set displays in this dialect | write set([…]), or key: value',
    ],
    ['x = f"{y}"', '1:5: script: there are no format strings in this dialect | write "…{}…".format(x)'],
    ['x: int = 1', '1:2: script: there are no annotations in this dialect | leave it out'],
    ['def f(x: int): pass', '1:8: script: there are no annotations in this dialect | leave it out'],
    ['def f(*x: int): pass', '1:9: script: there are no annotations in this dialect | leave it out'],
    ['def f() -> int: pass', '1:9: script: there are no annotations in this dialect | leave it out'],
    ['f(x for x in y)', '1:5: script: there are no generator expressions in this dialect | write [… for …]'],
    ['(x for x in y)', '1:4: script: there are no generator expressions in this dialect | write [… for …]'],
    ['if x is None: pass', "1:6: script: there is no operator 'is' | compare with == or !="],
    ['x = a is not None', "1:7: script: there is no operator 'is' | compare with == or !="],
    [
      'if (n := f()): pass',
      "1:7: script: there is no operator ':=' | assign in a statement of its own, before",
    ],
    ['x := 1', "1:3: script: there is no operator ':=' | assign in a statement of its own, before"],
    [
      'x = 2 ** 3',
      "1:7: script: there is no operator '**' | multiply, or write math.pow(x, y), which answers a float",
    ],
    [
      'x **= 3',
      "1:3: script: there is no operator '**=' | multiply, or write math.pow(x, y), which answers a float",
    ],
    ['a < b < c', '1:7: comparison: got < after <, want one comparison at a time | write a < b and b < c'],
    [
      'a == b not in c',
      '1:8: comparison: got not in after ==, want one comparison at a time | write a == b and b not in c',
    ],
    [
      '[*a, *b]',
      '1:2: script: there is no unpacking with * here | join lists with +; take the rest of one with a slice',
    ],
    [
      'a, *b = c',
      '1:4: script: there is no unpacking with * here | join lists with +; take the rest of one with a slice',
    ],
    ['{**a}', '1:2: script: there is no unpacking with ** here | join dicts with a | b'],
    ['"a" "b"', '1:5: script: got two strings side by side | join them with +'],
    ['f("a"\n"b")', '2:1: script: got two strings side by side | join them with +'],
    ['f(*a, b)', '1:7: call: got a positional argument after *args, want it before'],
    ['f(*a, b=1)', '1:7: call: got a named argument after *args, want it before'],
    ['f(**a, b=1)', '1:8: call: got a named argument after **kwargs, want it before'],
    ['f(*a, *b)', '1:7: call: got a second *args, want one | join the lists with +'],
    ['f(**a, **b)', '1:8: call: got a second **kwargs, want one | join the dicts with |'],
    ['a, b, = 1, 2', '1:5: tuple: got a comma at its end, want parentheses around it | write (x,)'],
    [
      'try:\n  f()\nexcept E as e:\n  g()',
      '1:1: script: there is no try in this dialect | write attempt(f, …): it answers a struct with ok, value and error',
    ],
    [
      'raise ValueError("x")',
      '1:1: script: there is no raise in this dialect | write fail("message") to end the script with an error',
    ],
    ['import json', `1:1: script: there is no import in this dialect | ${noImport}`],
    ['from math import pi', `1:1: script: there is no from in this dialect | ${noImport}`],
    ['async def f(): pass', `1:1: script: there is no async | ${noAwait}`],
    ['x = await f()', `1:5: script: there is no await | ${noAwait}`],
    ['def f():\n  global x', `2:3: script: there is no global in this dialect | ${inDict}`],
    ['def f():\n  nonlocal x', `2:3: script: there is no nonlocal in this dialect | ${inDict}`],
    ['del x[0]', '1:1: script: there is no del in this dialect | write d.pop(key) or list.pop(index)'],
    [
      '@cache\ndef f(): pass',
      '1:1: script: there are no decorators | call the function on the result: f = decorator(f)',
    ],
    ['for x in y:\n  pass\nelse:\n  z', `3:1: script: there is no else after a loop | ${elsewhere}`],
    [
      'assert x == 1, "no"',
      '1:1: script: there is no assert statement | write if not condition: fail("message")',
    ],
    ['a = b = 1', '1:7: script: there is one assignment in a statement | write one line for each name'],
    ['def f(a, /, b): pass', "1:10: script: there is no '/' among parameters | leave it out"],
    ['def f(): ...', "1:10: script: there is no '...' | write pass for an empty block"],
  ];

  for (const [source, fault] of rows) {
    it(`refuses ${JSON.stringify(source)}`, () => {
      expect(faultText(source, firstFault(source, STRICT_DIALECT))).to.equal(fault);
    });
    it(`leaves it to the open dialect: ${JSON.stringify(source)}`, () => {
      expect(() => parse(source, OPEN_DIALECT)).not.to.throw();
    });
  }
});
