import { expect } from 'chai';
import { OPEN_DIALECT, parse } from '../../../../runtimes/starlark/syntax/index.js';
import { faultText, firstFault } from './fault-text.js';

describe('habits of other languages', () => {
  const column = 'write it behind the block of a try, in the column of that try';
  const calls = 'tools answer when they are called: write it without async';
  const kept = 'leave it out: variables need no deleting';
  const noAwait =
    'leave the word out: a call waits for its result; parallel([f, g]) runs calls at the same time';
  const word = (name: string) =>
    `as an argument it goes by **{"${name}": …}, as a field by getattr(x, "${name}") or x["${name}"]`;
  const equals = 'compare with ==; assign in a statement of its own';

  const rows: readonly (readonly [source: string, fault: string])[] = [
    ['except: x', `1:1: script: got 'except' without a try | ${column}`],
    ['finally: x', `1:1: script: got 'finally' without a try | ${column}`],
    ['try:\n  f()\ng()', "3:1: try: got name g, want 'except' or 'finally'"],
    [
      'try: a\nexcept: b\nexcept ValueError: c',
      '3:1: script: got an except after one that catches every error | write the one without a class last',
    ],
    ['try: a\nexcept ValueError, e: b', "2:18: except: got ',', want ':' | write except (A, B) as e"],
    [
      'class NotFound(Exception):\n  pass',
      '1:1: script: there is no class statement | raise an error that is there: raise ValueError("…") or RuntimeError("…")',
    ],
    ['x = raise', "1:5: script: got 'raise' within an expression | write it in a line of its own"],
    ['f(import json)', "1:3: script: got 'import' within an expression | write it in a line of its own"],
    [
      'f = lambda: raise ValueError()',
      '1:13: script: a lambda holds one expression, not a statement | write a def',
    ],
    [
      'from math import *',
      "1:18: script: there is no 'import *' | name what you use: from math import sqrt, floor",
    ],
    ['async for x in y: z', `1:1: script: there is no 'async for' | ${calls}`],
    ['async with f() as x: z', `1:1: script: there is no 'async with' | ${calls}`],
    ['[x async for x in y]', `1:4: script: there is no async | ${noAwait}`],
    ['del x', `1:5: del: got a name, want an element: x[i] or x[low:high] | ${kept}`],
    ['del x[0], y.z', `1:12: del: got a field, want an element: x[i] or x[low:high] | ${kept}`],
    [
      'raise = 1',
      `1:1: expression: got 'raise', want a name that is no word of the language | ${word('raise')}`,
    ],
    ['@f\nx = 1', "2:1: decorator: got name x, want 'def'"],
    ['def f(/, a): pass', '1:7: def: got / here, want it once, behind the first parameters'],
    ['def f(a, /, b, /): pass', '1:16: def: got / here, want it once, behind the first parameters'],
    ['def f(*a, /): pass', '1:11: def: got / here, want it once, behind the first parameters'],
    ['a = b + c = 1', '1:7: assignment: got an operation, want a name, an index or a field to assign to'],
    [
      'class A:\n  pass',
      '1:1: script: there is no class statement | write a def: functions, dicts and struct(…) do what a class would',
    ],
    [
      'with f() as x:\n  pass',
      '1:1: script: there is no with statement | call what you need: nothing is to be closed here',
    ],
    [
      'def f():\n  yield 1',
      '2:3: script: there is no yield: functions are no generators | append to a list, and return it',
    ],
    ['x = a @ b', "1:7: script: there is no operator '@' | write the loops out"],
    ['print "x"', '1:1: script: there is no print statement | write print(…)'],
    ['match x:\n  case 1: y', '1:1: script: there is no match statement | write if, elif, else'],
    ['f = lambda x: return x', '1:15: script: a lambda holds one expression, not a statement | write a def'],
    ['f(lambda: if x: y)', '1:11: script: a lambda holds one expression, not a statement | write a def'],
    ['f(lambda: x = 1)', '1:3: call: got an expression before =, want the name of a parameter'],
    ['x = y for y in z', '1:7: script: a comprehension stands in brackets | write [… for …]'],
    ['(a, b for a in c)', '1:7: script: a comprehension stands in brackets | write [… for …]'],
    ['if x = 1: pass', `1:6: script: there is no assignment within an expression | ${equals}`],
    ['if x:\n  y\nelse if z:\n  w', "3:6: script: there is no 'else if' | write elif"],
    ['elseif x: y', "1:1: script: there is no 'elseif' | write elif"],
    // JavaScript and its family
    ['a && b', "1:4: script: there is no operator '&&' | write `and`"],
    ['a || b', "1:4: script: there is no operator '||' | write `or`"],
    ['if !x: y', "1:4: script: there is no operator '!' | write `not x`"],
    ['a === b', "1:5: script: there is no operator '===' | compare with =="],
    ['a !== b', "1:5: script: there is no operator '!==' | compare with !="],
    ['a <> b', "1:4: script: there is no operator '<>' | compare with !="],
    ['x++', "1:4: script: there are no operators '++' and '--' | write x += 1"],
    ['x--;', "1:4: script: there are no operators '++' and '--' | write x += 1"],
    ['f(x => x)', "1:6: script: there is no '=>' | write lambda x: …"],
    ['a ? b : c', "1:3: script: there is no operator '?' | write a if condition else b"],
    ['a ?? b', "1:3: script: there is no operator '?' | write a if condition else b"],
    ['// note', "1:1: script: there is no comment '//' | a comment begins with #"],
    ['/* note */', "1:1: script: there is no comment '/*' | a comment begins with #"],
    ['let x = 1', "1:1: script: there is no 'let' | write x = …"],
    ['const x = 1', "1:1: script: there is no 'const' | write x = …"],
    ['function f() {}', "1:1: script: there is no 'function' | write def f(x): …"],
    [
      'throw x',
      '1:1: script: there is no throw statement | write fail("message") to end the script with an error',
    ],
    ['x = new Foo()', "1:5: script: there is no 'new' | call the function by its name"],
    ['if (x) {', '1:8: script: there are no blocks in braces | end the line with : and indent the block'],
    ['`x`', '1:1: script: there are no backquotes | send the text of the script alone'],
    ['x = 1\n```\nThat is it.', '2:1: script: there are no backquotes | send the text of the script alone'],
    ['f(x) -> y', "1:6: script: there is no '->' here | write lambda x: …"],
    // words of the language as names
    [
      'from = 1',
      `1:1: expression: got 'from', want a name that is no word of the language | ${word('from')}`,
    ],
    [
      'f(from="a")',
      `1:3: expression: got 'from', want a name that is no word of the language | ${word('from')}`,
    ],
    ['x.class', `1:3: field: got 'class', want a name that is no word of the language | ${word('class')}`],
    [
      'def f(import): pass',
      `1:7: def: got 'import', want a name that is no word of the language | ${word('import')}`,
    ],
    [
      'def pass(): pass',
      `1:5: def: got 'pass', want a name that is no word of the language | ${word('pass')}`,
    ],
  ];

  for (const [source, fault] of rows) {
    it(JSON.stringify(source), () => {
      const error = firstFault(source, OPEN_DIALECT);
      expect(faultText(source, error)).to.equal(fault);
      expect(error.code).to.equal('script/syntax');
    });
  }

  it('leaves the same words alone where they are names', () => {
    const source = 'match = 1\nprint(match)\ntype(x)\nlet = new';
    expect(() => parse(source, OPEN_DIALECT)).not.to.throw();
  });
});
