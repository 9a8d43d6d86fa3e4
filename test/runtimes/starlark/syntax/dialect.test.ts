import { expect } from 'chai';
import { OPEN_DIALECT, parse, STRICT_DIALECT } from '../../../../runtimes/starlark/syntax/index.js';
import { caught, faultText } from './fault-text.js';

describe('strict dialect', () => {
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
  ];

  for (const [source, fault] of rows) {
    it(`refuses ${JSON.stringify(source)}`, () => {
      expect(
        faultText(
          source,
          caught(() => parse(source, STRICT_DIALECT)),
        ),
      ).to.equal(fault);
    });
    it(`leaves it to the open dialect: ${JSON.stringify(source)}`, () => {
      expect(() => parse(source, OPEN_DIALECT)).not.to.throw();
    });
  }
});
