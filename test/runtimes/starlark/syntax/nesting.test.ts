import { expect } from 'chai';
import { NESTING_LEVELS, OPEN_DIALECT, parse } from '../../../../runtimes/starlark/syntax/index.js';
import { caught } from './fault-text.js';

const MANY = 100_000;

function indented(line: string, count: number): string {
  return Array.from({ length: count }, (_, level) => ' '.repeat(level) + line).join('\n');
}

describe('nesting', () => {
  const tooDeep: Readonly<Record<string, string>> = {
    parentheses: '('.repeat(MANY) + ')'.repeat(MANY),
    lists: '['.repeat(MANY),
    dicts: '{1:'.repeat(MANY),
    'calls within calls': 'f('.repeat(MANY),
    indices: 'a['.repeat(MANY),
    'minus signs': `${'- '.repeat(MANY)}1`,
    nots: `${'not '.repeat(MANY)}a`,
    lambdas: `${'lambda: '.repeat(MANY)}1`,
    'lambdas in defaults': 'lambda x='.repeat(MANY),
    conditionals: `${'1 if a else '.repeat(MANY)}1`,
    comprehensions: '[x for x in '.repeat(MANY),
    'clauses of one comprehension': `[x ${'for x in y '.repeat(MANY)}]`,
    'format strings': 'f"{'.repeat(MANY),
    'format specs': `f"{x:${'{x:'.repeat(MANY)}`,
    annotations: `x: ${'['.repeat(MANY)}`,
    'loop targets': `for ${'('.repeat(MANY)}`,
    blocks: indented('if a:', 1000),
    functions: indented('def f():', 1000),
    'blocks and brackets together': `${indented('if a:', 150)}\n${' '.repeat(150)}${'('.repeat(100)}`,
  };
  for (const [what, source] of Object.entries(tooDeep)) {
    it(`ends at a limit: ${what}`, () => {
      const error = caught(() => parse(source, OPEN_DIALECT));
      expect(error.code).to.equal('limit/depth');
      expect(error.message).to.equal('script: more than 200 levels of nesting');
      expect(error.at).to.be.a('number').above(0);
    });
  }

  it('is allowed up to the limit', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(() => parse(nested(NESTING_LEVELS), OPEN_DIALECT)).not.to.throw();
    const error = caught(() => parse(nested(NESTING_LEVELS + 1), OPEN_DIALECT));
    expect(error.at).to.equal(NESTING_LEVELS);
  });

  const long: Readonly<Record<string, string>> = {
    sums: `x = 1${'+1'.repeat(MANY)}`,
    'and-chains': `x = a${' and a'.repeat(MANY)}`,
    'elif-chains': `if a: pass\n${'elif a: pass\n'.repeat(20_000)}`,
    fields: `x = a${'.b'.repeat(MANY)}`,
    calls: `x = a${'()'.repeat(MANY)}`,
    indices: `x = a${'[0]'.repeat(MANY)}`,
    lists: `x = [${'1,'.repeat(MANY)}]`,
    arguments: `f(${'1,'.repeat(MANY)})`,
    statements: 'x;'.repeat(MANY),
    'blank lines': '\n'.repeat(MANY),
    comments: '#\n'.repeat(MANY),
    'continued lines': `x = ${'\\\n'.repeat(MANY)}1`,
  };
  for (const [what, source] of Object.entries(long)) {
    it(`is not what is only long: ${what}`, () => {
      expect(parse(source, OPEN_DIALECT).body).to.be.an('array');
    });
  }

  it('reads hostile literals in linear time', () => {
    const sources = [
      `"${'a'.repeat(250_000)}`,
      `"""${'"" '.repeat(80_000)}`,
      `x = 0x${'f'.repeat(250_000)}`,
      'b"a";'.repeat(50_000),
      `1.${'9'.repeat(250_000)}`,
      `a${' '.repeat(250_000)}!`,
      'f"{a}";'.repeat(30_000),
    ];
    const began = performance.now();
    for (const source of sources) {
      try {
        parse(source, OPEN_DIALECT);
      } catch {
        // Some are faults: only the time counts.
      }
    }
    expect(performance.now() - began).to.be.below(5_000);
  });
});
