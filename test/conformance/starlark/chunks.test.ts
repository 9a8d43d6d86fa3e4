import { expect } from 'chai';
import { readBazelChunks, readGoChunks } from './chunks.js';

describe('chunks of starlark-go', () => {
  it('keep the lines of the file', () => {
    const [first, second] = readGoChunks('x = 1\n---\ny = 2\nz\n');
    expect(first).to.deep.equal({ line: 1, source: 'x = 1', expected: [] });
    expect(second).to.deep.equal({ line: 3, source: '\n\ny = 2\nz\n', expected: [] });
  });

  it('have their errors on the line, as Go strings', () => {
    const text = 'ok\n---\n1 + "" ### "int \\\\+ string"\nx() ### `a \\[b\\]`\n########## no error\n';
    expect(readGoChunks(text)[1]!.expected).to.deep.equal([
      { line: 3, wordings: ['int \\+ string'] },
      { line: 4, wordings: ['a \\[b\\]'] },
    ]);
  });
});

describe('chunks of bazelbuild', () => {
  const expected = (text: string) => readBazelChunks(text).map((chunk) => chunk.expected);

  it('have an error behind the statement, which the source then lacks', () => {
    const [chunk] = readBazelChunks('x = 1\nf(x)   ### (a|b)\n');
    expect(chunk).to.deep.equal({
      line: 1,
      source: 'x = 1\nf(x)\n',
      expected: [{ line: 2, wordings: ['(a|b)'] }],
    });
  });

  it('have wordings by implementation before the statement', () => {
    const text = 'x\n---\n### java: one\n### go: two\n\n# comment\nf(\n)';
    expect(expected(text)).to.deep.equal([[], [{ line: 7, wordings: ['one', 'two'] }]]);
  });

  it('have no error that other implementations than Go have alone', () => {
    expect(expected('f() ### rust: no\n---\nf() ### java: no')).to.deep.equal([[], []]);
    expect(expected('f() ### go: yes')).to.deep.equal([[{ line: 1, wordings: ['yes'] }]]);
  });
});
