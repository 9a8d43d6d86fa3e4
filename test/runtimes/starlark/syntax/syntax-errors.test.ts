import { expect } from 'chai';
import { OPEN_DIALECT } from '../../../../runtimes/starlark/syntax/index.js';
import { faultText, firstFault } from './fault-text.js';

function check(rows: readonly (readonly [source: string, fault: string])[]): void {
  for (const [source, fault] of rows) {
    it(JSON.stringify(source), () => {
      const error = firstFault(source, OPEN_DIALECT);
      expect(faultText(source, error)).to.equal(fault);
      expect(error.code).to.equal('script/syntax');
    });
  }
}

describe('syntax errors', () => {
  describe('statements', () => {
    check([
      ['x = 1 +\n2', '1:8: expression: got end of line, want a value'],
      ['x = ', '1:5: expression: got end of line, want a value'],
      ['x y', '1:3: statement: got name y, want end of line'],
      ['x 1', '1:3: statement: got a number, want end of line'],
      ['f()\nx = 1)', "2:6: statement: got ')', want end of line"],
      ['x = 1 2', '1:7: statement: got a number, want end of line'],
      ['return 1,', '1:9: tuple: got a comma at its end, want parentheses around it | write (x,)'],
      ['(x', "1:3: parenthesis: got end of script, want ',' or ')'"],
      ['1 = 0', '1:1: assignment: got a literal, want a name, an index or a field to assign to'],
      ['f() = 0', '1:2: assignment: got a call, want a name, an index or a field to assign to'],
      ['a + b = 0', '1:3: assignment: got an operation, want a name, an index or a field to assign to'],
      ['a[1:2] = 0', '1:2: assignment: got a slice, want a name, an index or a field to assign to'],
      ['[a, f()] = 0', '1:6: assignment: got a call, want a name, an index or a field to assign to'],
      ['{a} = 0', '1:1: assignment: got a set, want a name, an index or a field to assign to'],
      ['[a, b] += 0', '1:1: assignment: got a list, want a name, an index or a field to assign to'],
      ['a, b += 0', '1:1: assignment: got a tuple, want a name, an index or a field to assign to'],
      ['for f() in x: pass', '1:6: for: got a call, want a name, an index or a field to assign to'],
      [
        'x: = 1',
        '1:4: script: there is no assignment within an expression | compare with ==; assign in a statement of its own',
      ],
      ['f(x): int', "1:5: statement: got ':', want end of line"],
      ['"a" x', '1:5: statement: got name x, want end of line'],
    ]);
  });

  describe('blocks', () => {
    check([
      ['if x\n  y', "1:5: if: got end of line, want ':'"],
      ['for x y: z', "1:7: for: got name y, want 'in'"],
      ['for x in: z', "1:9: expression: got ':', want a value"],
      ['for x, in y: z', "1:8: for: got 'in' after a comma, want another variable"],
      ['while: z', "1:6: expression: got ':', want a value"],
      ['def f: pass', "1:6: def: got ':', want '('"],
      ['def (): pass', "1:5: def: got '(', want a name"],
      ['def f() pass', "1:9: def: got 'pass', want ':'"],
      ['if x:\ny', '2:1: if: got no indented block | indent the lines of the block; an empty one is pass'],
      ['if x:\n', '2:1: if: got no indented block | indent the lines of the block; an empty one is pass'],
      [
        'def f():\n# only a comment\nx',
        '3:1: def: got no indented block | indent the lines of the block; an empty one is pass',
      ],
      [
        'x\n  y',
        '2:3: script: got an indented line that no block begins | begin it in the column of the line above',
      ],
      [
        'if x:\n    y\n  z',
        '3:3: block: got a line that begins in the column of no open block | indent the lines of a block alike',
      ],
      [
        'else: x',
        "1:1: script: got 'else' without an if | write it behind the block of an if, in the column of that if",
      ],
      [
        'if x: y\nz\nelif w: v',
        "3:1: script: got 'elif' without an if | write it behind the block of an if, in the column of that if",
      ],
      ['if x: y else: z', "1:9: statement: got 'else', want end of line"],
      ['if x: for y in z: w', "1:7: expression: got 'for', want a value"],
    ]);
  });

  describe('expressions', () => {
    check([
      ['a + b not c', "1:11: operator: got name c, want 'in'"],
      ['a if b', "1:7: conditional expression: got end of line, want 'else'"],
      ['a + not b', "1:5: expression: got 'not', want a value"],
      ['a.1', '1:2: statement: got a number, want end of line'],
      ['a.(b)', "1:3: field: got '(', want a name"],
      ['a[]', "1:3: expression: got ']', want a value"],
      ['a[1', "1:4: index: got end of script, want ':' or ']'"],
      ['a[1, 2,:]', "1:8: expression: got ':', want a value"],
      ['a[1:2:3:4]', "1:8: slice: got ':', want ':' or ']'"],
      ['[1 2]', "1:4: list: got a number, want ',' or ']'"],
      ['(1, 2]', "1:6: tuple: got ']', want ',' or ')'"],
      ['{1: 2, 3}', "1:9: dict: got '}', want ':'"],
      ['{1, 2: 3}', "1:6: set: got ':', want ',' or '}'"],
      ['{1: 2 3}', "1:7: dict: got a number, want ',' or '}'"],
      ['[x for x in 1, 2]', "1:14: comprehension: got ',', want for, if or ']'"],
      ['[x for x in a if b else c]', "1:20: comprehension: got 'else', want for, if or ']'"],
      ['[x for x in lambda: y]', "1:13: expression: got 'lambda', want a value"],
      ['[x for x in y if lambda: a if b else c]', "1:33: comprehension: got 'else', want for, if or ']'"],
      [
        '[x if y for x in z]',
        '1:9: script: a condition without else stands before its loop | write [x for x in y if condition]',
      ],
      ['x = [\n  1,\n  2\ny = 3', "4:1: list: got name y, want ',' or ']' | the [ of line 1 is still open"],
      ['f(a,\n  b\ng(c)', "3:1: call: got name g, want ',' or ')' | the ( of line 1 is still open"],
      ['print(1, 2', "1:11: call: got end of script, want ',' or ')'"],
      [
        'x = “a”',
        '1:5: script: got character “ (U+201C), want it in a string or comment only | write it in ASCII',
      ],
      [
        'x =\u00a01',
        '1:4: script: got character U+00A0, want it in a string or comment only | write it in ASCII',
      ],
      ['*a', '1:1: star: got one alone, want it in a list, tuple, set or call | write [*x] or list(x)'],
      ['x = (*a)', '1:6: star: got one alone, want it in a list, tuple, set or call | write [*x] or list(x)'],
      [
        '[*x for x in y]',
        '1:2: star: got one alone, want it in a list, tuple, set or call | write [*x] or list(x)',
      ],
      ['*a, *b = c', '1:5: assignment: got a second *, want one that takes the rest'],
      ['for *a in b: pass', '1:5: for: got a * alone, want other targets beside it | write *x, = y'],
      ['b"a" "b"', '1:6: string: got text and bytes side by side, want one kind'],
      ['(a.b := 1)', "1:6: script: there is no operator ':=' | assign in a statement of its own, before"],
      ['x = 1 \\ 2', '1:7: line: got a backslash, want it at the end of a line or in a string'],
    ]);
  });

  describe('arguments', () => {
    check([
      ['f(a=1, b)', '1:8: call: got a positional argument after a named one, want it before'],
      ['f(**a, b)', '1:8: call: got a positional argument after **kwargs, want it before'],
      ['f(**a, *b)', '1:8: call: got *args after **kwargs, want it before'],
      ['f(a=1, a=2)', '1:8: call: got argument a twice, want it once'],
      ['f(1+2 = 3)', '1:4: call: got an expression before =, want the name of a parameter'],
      ['f(a, *, b=2)', "1:7: expression: got ',', want a value"],
      [
        'f(x for x in y, z)',
        '1:3: call: got a generator among other arguments | put it in brackets: [… for …]',
      ],
      [
        'f(z, x for x in y)',
        '1:6: call: got a generator among other arguments | put it in brackets: [… for …]',
      ],
      ['f(k=1, **a, *b)', '1:13: call: got *args after **kwargs, want it before'],
      ['f(,)', "1:3: expression: got ',', want a value"],
    ]);
  });

  describe('parameters', () => {
    check([
      [
        'def f(a=1, b): pass',
        '1:12: def: got parameter b without a default after one that has it, want it before',
      ],
      ['def f(**k, a): pass', '1:12: def: got parameter a after **k, want it before'],
      ['def f(**k, *a): pass', '1:12: def: got a * parameter after **k, want it before'],
      ['def f(**k, **m): pass', '1:12: def: got a second ** parameter, want one'],
      ['def f(*a, *b): pass', '1:11: def: got a second * parameter, want one'],
      ['def f(*, *a): pass', '1:7: def: got * alone, want a parameter after it'],
      ['def f(*): pass', '1:7: def: got * alone, want a parameter after it'],
      ['def f(*, **k): pass', '1:7: def: got * alone, want a parameter after it'],
      ['def f(a, -b): pass', "1:10: def: got '-', want a name"],
      ['def f(a b): pass', "1:9: def: got name b, want ',' or ')'"],
      ['lambda *: 1', '1:8: lambda: got * alone, want a parameter after it'],
      [
        'lambda a=1, b: 1',
        '1:13: lambda: got parameter b without a default after one that has it, want it before',
      ],
    ]);
  });

  describe('load', () => {
    check([
      ['load = 1', "1:1: load: got no '(', want it | load is a word of the language, not a name"],
      ['load("m")', '1:9: load: got no names, want at least one'],
      ['load(m, "a")', '1:6: load: got name m, want the name of a module in quotes'],
      ['load(b"m", "a")', '1:6: load: got a string, want the name of a module in quotes'],
      ['load("m", 1)', '1:11: load: got a number, want "name" or local = "name"'],
      ['load("m", x)', '1:12: load: got \')\', want "x" or x = "name"'],
      ['load("m", x=y)', '1:13: load: got name y, want the name in quotes'],
      ['f(load())', "1:3: expression: got 'load', want a value"],
    ]);
  });

  it('counts lines over every kind of line end, and columns in code points', () => {
    const source = '"😿"\r\n"é"\rx = "😿" y';
    expect(faultText(source, firstFault(source, OPEN_DIALECT))).to.equal(
      '3:9: statement: got name y, want end of line',
    );
  });

  it('keeps lines true within a fence and behind a byte order mark', () => {
    const source = '\uFEFF```python\nx = 1\ny z\n```';
    expect(faultText(source, firstFault(source, OPEN_DIALECT))).to.equal(
      '3:3: statement: got name z, want end of line',
    );
  });
});
