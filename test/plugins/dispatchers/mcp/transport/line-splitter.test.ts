import { expect } from 'chai';
import { LineSplitter } from '../../../../../plugins/dispatchers/mcp/transport/line-splitter.js';

describe('the line splitter', () => {
  function split(maxBytes: number, ...chunks: string[]): string[] {
    const found: string[] = [];
    const splitter = new LineSplitter(maxBytes, {
      line: (text) => found.push(text),
      overlong: (head, tail, bytes) => found.push(`${bytes}: ${head.slice(0, 3)}…${tail.slice(-3)}`),
    });
    for (const chunk of chunks) splitter.push(Buffer.from(chunk));
    return found;
  }

  it('joins what came in parts and splits what came together', () => {
    expect(split(100, 'a', 'b\nc\n\nd', 'e\nleft')).to.deep.equal(['ab', 'c', '', 'de']);
  });

  it('keeps characters whole that were cut between chunks', () => {
    const found: string[] = [];
    const splitter = new LineSplitter(100, { line: (text) => found.push(text), overlong: () => undefined });
    for (const byte of Buffer.from('grüße €\n')) splitter.push(Buffer.from([byte]));
    expect(found).to.deep.equal(['grüße €']);
  });

  it('tells only the ends and the length of a line that is too long, and reads on', () => {
    const long = `abc${'-'.repeat(5_000)}xyz`;
    expect(
      split(1_000, long.slice(0, 700), long.slice(700, 2_000), `${long.slice(2_000)}\nshort\n`),
    ).to.deep.equal(['5006: abc…xyz', 'short']);
    expect(split(10, 'abcdefghijkxyz\n')).to.deep.equal(['14: abc…xyz']);
  });
});
