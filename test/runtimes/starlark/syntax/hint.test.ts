/** Hints name only what the dialect has. */
import { expect } from 'chai';
import { resolve } from '../../../../runtimes/starlark/resolve/index.js';
import { OPEN_DIALECT, parse, STRICT_DIALECT } from '../../../../runtimes/starlark/syntax/index.js';
import type { Dialect } from '../../../../runtimes/starlark/syntax/dialect.js';
import { caught } from './fault-text.js';

const COLUMN = 'write it behind the block of a try, in the column of that try';
const ATTEMPT = 'write attempt(f, …): it answers a struct with ok, value and error';
const LINE = 'write it in a line of its own';
const IN_DICT = 'return the value, or keep it in a dict or list';
const NO_IMPORT = 'there is nothing to import: json, math and struct are names already';

const ROWS: readonly (readonly [source: string, open: string, strict: string])[] = [
  ['except: x', COLUMN, ATTEMPT],
  ['finally: x', COLUMN, ATTEMPT],
  ['x = try', LINE, ATTEMPT],
  ['x = raise', LINE, 'write fail("message") to end the script with an error'],
  ['x = del', LINE, 'write d.pop(key) or list.pop(index)'],
  ['x = global', LINE, IN_DICT],
  ['x = nonlocal', LINE, IN_DICT],
  ['x = import', LINE, NO_IMPORT],
  ['x = from', LINE, NO_IMPORT],
  [
    'x = $y',
    'a name stands alone; text with values in it is an f-string: f"{x}"',
    'a name stands alone; text with values in it is "{}".format(x)',
  ],
  ['type X = int', 'leave it out: annotations are read and ignored', 'leave it out, and annotations too'],
  ['exit()', 'write return', 'write fail("message"), or let the script come to its end'],
  [
    'Optional',
    'leave it out: annotations are read and ignored, whatever they name',
    'leave it out: there are no annotations in this dialect',
  ],
  ['format(1)', 'write "{}".format(x), or an f-string', 'write "{}".format(x)'],
];

function hint(source: string, dialect: Dialect): string | undefined {
  const names = { dialect, isPredeclared: () => false, isUniversal: () => false, names: () => [] };
  return caught(() => resolve(parse(source, dialect), names)).hint;
}

describe('hints by dialect', () => {
  for (const [source, open, strict] of ROWS) {
    it(source, () => {
      expect([hint(source, OPEN_DIALECT), hint(source, STRICT_DIALECT)]).to.deep.equal([open, strict]);
    });
  }

  it('x ** 2, which the specification lacks', () => {
    const some: Dialect = { ...STRICT_DIALECT, openUniverse: true };
    expect(hint('x = 2 ** 3', some)).to.equal('write pow(x, y), or multiply');
    expect(hint('x = 2 ** 3', STRICT_DIALECT)).to.equal(
      'multiply, or write math.pow(x, y), which answers a float',
    );
  });
});
