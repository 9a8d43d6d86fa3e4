import { expect } from 'chai';
import { OPEN_DIALECT, parse } from '../../../../runtimes/starlark/syntax/index.js';
import { caught, faultText } from './fault-text.js';

describe('habits of other languages', () => {
  const attempt = 'write attempt(f, …): it answers a struct with ok, value and error';
  const noImport = 'there is nothing to import: json, math, struct and the tools are names already';
  const noAwait =
    'leave the word out: a call waits for its result; parallel([f, g]) runs calls at the same time';
  const word = (name: string) =>
    `as an argument it goes by **{"${name}": …}, as a field by getattr(x, "${name}") or x["${name}"]`;
  const elsewhere = 'set a variable before break, and test it after the loop';
  const equals = 'compare with ==; assign in a statement of its own';

  const rows: readonly (readonly [source: string, fault: string])[] = [
    ['try:\n  f()\nexcept E as e:\n  g()', `1:1: script: there is no try statement | ${attempt}`],
    ['except: x', `1:1: script: there is no except clause | ${attempt}`],
    ['finally: x', `1:1: script: there is no finally clause | ${attempt}`],
    [
      'raise ValueError("x")',
      '1:1: script: there is no raise statement | write fail("message") to end the script with an error',
    ],
    ['import json', `1:1: script: there is no import statement | ${noImport}`],
    ['from math import pi', `1:1: script: there is no import statement | ${noImport}`],
    [
      'class A:\n  pass',
      '1:1: script: there is no class statement | write a def: functions, dicts and struct(…) do what a class would',
    ],
    [
      'with f() as x:\n  pass',
      '1:1: script: there is no with statement | call what you need: nothing is to be closed here',
    ],
    ['async def f(): pass', `1:1: script: there is no async | ${noAwait}`],
    ['x = await f()', `1:5: script: there is no await | ${noAwait}`],
    [
      'def f():\n  yield 1',
      '2:3: script: there is no yield: functions are no generators | append to a list, and return it',
    ],
    [
      'def f():\n  global x',
      '2:3: script: there is no global statement | return the value, or keep it in a dict or list',
    ],
    ['nonlocal x', '1:1: script: there is no nonlocal statement | keep the value in a dict or list'],
    ['del x[0]', '1:1: script: there is no del statement | write d.pop(key) or list.pop(index)'],
    ['x = a @ b', "1:7: script: there is no operator '@' | write the loops out"],
    [
      '@cache\ndef f(): pass',
      '1:1: script: there are no decorators | call the function on the result: f = decorator(f)',
    ],
    ['for x in y:\n  pass\nelse:\n  z', `3:1: script: there is no else after a loop | ${elsewhere}`],
    ['while x:\n  pass\nelse:\n  z', `3:1: script: there is no else after a loop | ${elsewhere}`],
    ['print "x"', '1:1: script: there is no print statement | write print(…)'],
    ['match x:\n  case 1: y', '1:1: script: there is no match statement | write if, elif, else'],
    [
      'assert x == 1, "no"',
      '1:1: script: there is no assert statement | write if not condition: fail("message")',
    ],
    ['f = lambda x: return x', '1:15: script: a lambda holds one expression, not a statement | write a def'],
    ['f(lambda: if x: y)', '1:11: script: a lambda holds one expression, not a statement | write a def'],
    ['f(lambda: x = 1)', '1:3: call: got an expression before =, want the name of a parameter'],
    ['x = y for y in z', '1:7: script: a comprehension stands in brackets | write [… for …]'],
    ['(a, b for a in c)', '1:7: script: a comprehension stands in brackets | write [… for …]'],
    ['a = b = 1', '1:7: script: there is one assignment in a statement | write one line for each name'],
    ['if x = 1: pass', `1:6: script: there is no assignment within an expression | ${equals}`],
    ['def f(a, /, b): pass', "1:10: script: there is no '/' among parameters | leave it out"],
    ['def f(): ...', "1:10: script: there is no '...' | write pass for an empty block"],
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
      const error = caught(() => parse(source, OPEN_DIALECT));
      expect(faultText(source, error)).to.equal(fault);
      expect(error.code).to.equal('script/syntax');
    });
  }

  it('leaves the same words alone where they are names', () => {
    const source = 'match = 1\nprint(match)\ntype(x)\nlet = new';
    expect(() => parse(source, OPEN_DIALECT)).not.to.throw();
  });
});
