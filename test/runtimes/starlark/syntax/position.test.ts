import { expect } from 'chai';
import { lineStarts, positionIn, positionOf } from '../../../../runtimes/starlark/syntax/index.js';

describe('positions', () => {
  const rows: readonly (readonly [source: string, at: number, line: number, column: number])[] = [
    ['', 0, 1, 1],
    ['abc', 0, 1, 1],
    ['abc', 2, 1, 3],
    ['abc', 3, 1, 4],
    ['a\nb', 1, 1, 2],
    ['a\nb', 2, 2, 1],
    ['a\r\nb', 3, 2, 1],
    ['a\rb', 2, 2, 1],
    ['a\n\r\n\nb', 5, 4, 1],
    ['😿😿x', 4, 1, 3],
    ['é\n😿x', 4, 2, 2],
    ['\uFEFFx', 1, 1, 1],
    ['\uFEFFa\nb', 3, 2, 1],
  ];
  for (const [source, at, line, column] of rows) {
    it(`of offset ${at} in ${JSON.stringify(source)}`, () => {
      expect(positionOf(source, at)).to.deep.equal({ line, column });
    });
  }

  it('of a text do not depend on what was asked of another before', () => {
    positionOf('a\nb\nc\nd', 5);
    expect(lineStarts('x\ny\nz')).to.deep.equal([0, 2, 4]);
    expect(positionIn('x\ny\nz', lineStarts('x\ny\nz'), 4)).to.deep.equal({ line: 3, column: 1 });
  });
});
