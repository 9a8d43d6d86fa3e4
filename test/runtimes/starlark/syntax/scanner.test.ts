import { expect } from 'chai';
import { Scanner } from '../../../../runtimes/starlark/syntax/scanner.js';

/** All tokens of a source, names and literals by their text or value. */
class Tokens extends Scanner {
  all(): string[] {
    const tokens: string[] = [];
    do {
      this.next();
      tokens.push(this.text());
    } while (this.token !== 'end');
    return tokens;
  }

  starts(): number[] {
    const starts: number[] = [];
    do {
      this.next();
      starts.push(this.start);
    } while (this.token !== 'end');
    return starts;
  }

  private text(): string {
    if (this.token === 'name') return this.name;
    if (this.token === 'number' || this.token === 'string') {
      return JSON.stringify(this.value, (_, value: unknown) =>
        typeof value === 'bigint' ? `${value}n` : value,
      );
    }
    return this.token;
  }
}

function scan(source: string): string {
  return new Tokens(source).all().join(' ');
}

describe('scanner', () => {
  const rows: readonly (readonly [source: string, tokens: string])[] = [
    ['', 'end'],
    ['\n\n', 'end'],
    ['   ', 'end'],
    ['# only a comment', 'end'],
    ['x', 'x newline end'],
    ['x\n', 'x newline end'],
    ['x\n\n\ny', 'x newline y newline end'],
    ['x;y;', 'x ; y ; newline end'],
    ['x.y', 'x . y newline end'],
    ['x # note\ny', 'x newline y newline end'],
    ['x\ty\f z', 'x y z newline end'],
    ['a\r\nb\rc\nd', 'a newline b newline c newline d newline end'],
    ['def define', 'def define newline end'],
    ['not in notin', 'not in notin newline end'],
    ['élan Ω_1 变量', 'élan Ω_1 变量 newline end'],
    ['r rb f u b', 'r rb f u b newline end'],
    ['_ __x _1', '_ __x _1 newline end'],
    // marks: the longest that fits
    ['/ // /= //= ///=', '/ // /= //= // /= newline end'],
    ['< << <= <<= <<<', '< << <= <<= << < newline end'],
    ['> >> >= >>= ->', '> >> >= >>= -> newline end'],
    ['= == === != !', '= == == = != ! newline end'],
    ['* ** *= **=', '* ** *= **= newline end'],
    ['+ += - -= % %= & &= | |= ^ ^= ~ ~=', '+ += - -= % %= & &= | |= ^ ^= ~ ~ = newline end'],
    [', : ; . @ ? $ `', ', : ; . @ ? $ ` newline end'],
    ['([{<>}])', '( [ { < > } ] ) newline end'],
    // brackets suspend the ends of lines, and indentation
    ['f(\n1,\n  2\n)', 'f ( 1 , 2 ) newline end'],
    ['[\n\n# note\n1]', '[ 1 ] newline end'],
    ['f(', 'f ( end'],
    [')\nx', ') newline x newline end'],
    // a backslash continues the line
    ['x = 1 + \\\n2', 'x = 1 + 2 newline end'],
    ['x = \\\r\n  y', 'x = y newline end'],
    // indentation
    ['if x:\n  y\nz', 'if x : newline indent y newline outdent z newline end'],
    ['if x:\n  y', 'if x : newline indent y newline outdent end'],
    ['if x:\n  y\n    ', 'if x : newline indent y newline outdent end'],
    ['if x:\n  y\n# note\n  z\n', 'if x : newline indent y newline z newline outdent end'],
    ['a:\n b:\n  c\nd', 'a : newline indent b : newline indent c newline outdent outdent d newline end'],
    ['a:\n b:\n  c\n d', 'a : newline indent b : newline indent c newline outdent d newline outdent end'],
    ['a:\n\tb\n        c', 'a : newline indent b newline c newline outdent end'],
    ['a:\n \tb\n        c', 'a : newline indent b newline c newline outdent end'],
    ['a:\r\n  b\r\n\r\n  c', 'a : newline indent b newline c newline outdent end'],
    [' x', 'indent x newline outdent end'],
    // a byte order mark, a fence of Markdown
    ['\uFEFFx', 'x newline end'],
    ['```python\nx\n```', 'x newline end'],
    ['\n```\nx\n```  \n\n', 'x newline end'],
    ['``` starlark \r\nif x:\n  y\n```\n', 'if x : newline indent y newline outdent end'],
    ['```\nx', 'x newline end'],
    // numbers end where the digits do
    ['6in', '6 in newline end'],
    ['0xAAG', '170 G newline end'],
    ['0b1012', '5 2 newline end'],
    ['0o128', '10 8 newline end'],
    ['0xA.', '10 . newline end'],
    ['.e1', '. e1 newline end'],
    ['1..e', '{"float":1} . e newline end'],
    ['x.1', 'x {"float":0.1} newline end'],
  ];

  for (const [source, tokens] of rows) {
    it(`reads ${JSON.stringify(source)}`, () => expect(scan(source)).to.equal(tokens));
  }

  it('says where each token begins', () => {
    expect(new Tokens('if x:\n  yy = "z"\n').starts()).to.deep.equal([0, 3, 4, 5, 8, 8, 11, 13, 16, 17, 17]);
  });

  it('keeps positions true behind a byte order mark and a fence', () => {
    expect(new Tokens('\uFEFF```\nx').starts()[0]).to.equal(5);
  });

  it('takes a fence for the end only where nothing follows it', () => {
    expect(scan('```\nx\n```\ny')).to.equal('x newline ` ` ` newline y newline end');
  });
});
