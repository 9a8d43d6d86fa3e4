import { expect } from 'chai';
import { readBazelChunks, readGoChunks } from './chunks.js';
import { judgeBazel, judgeGo, judgeNames, judgeSyntax } from './judges.js';
import type { Judge } from './judges.js';

/** `line: fault` for each fault of a text without chunk lines. */
async function faults(judge: Judge, text: string): Promise<string[]> {
  const read = judge === judgeBazel ? readBazelChunks : readGoChunks;
  const [chunk] = read(text);
  const verdict = await judge(chunk!);
  return verdict.faults.map((fault) => `${fault.line}: ${fault.text}`);
}

const LOAD = 'load("assert.star", "assert", "freeze")\n';

describe('judging a chunk of starlark-go', () => {
  it('finds each assertion that fails, and goes on', async () => {
    const text = `${LOAD}assert.eq(1, 2)\nassert.eq(1, 1)\nassert.true([])\nassert.lt(2, 1)\nassert.contains([1], 2)`;
    expect(await faults(judgeGo, text)).to.deep.equal([
      '2: 1 != 2',
      '4: assertion failed',
      '5: 2 is not less than 1',
      '6: [1] does not contain 2',
    ]);
  });

  it('finds assertions that fail within functions, one for each call', async () => {
    const text = `${LOAD}def f(x):\n    assert.ne(x, 1)\n[f(x) for x in [0, 1, 1]]\n`;
    expect(await faults(judgeGo, text)).to.deep.equal(['3: 1 == 1', '3: 1 == 1']);
  });

  it('takes floats next to each other for equal, and no others', async () => {
    expect(await faults(judgeGo, `${LOAD}assert.eq(0.1 + 0.2, 0.3)\nassert.eq(0.1, 0.2)`)).to.deep.equal([
      '3: 0.1 != 0.2',
    ]);
  });

  it('wants an error where assert.fails says so, limits included', async () => {
    const text = `${LOAD}assert.fails(lambda: 1 // 0, "zero")\nassert.fails(lambda: 1, "one")
x = []
x.append(x)
assert.fails(lambda: x == x, "recursion")
assert.eq(len(x), 2)`;
    expect(await faults(judgeGo, text)).to.deep.equal(['3: no error like one', '7: 1 != 2']);
  });

  it('counts errors and their wordings', async () => {
    const [chunk] = readGoChunks(
      `${LOAD}assert.fails(lambda: 1 // 0, "division by zero")\n1 + "" ### "nonsense"`,
    );
    const { expected, met, worded, faults: none } = await judgeGo(chunk!);
    expect({ expected, met, worded, none }).to.deep.equal({ expected: 2, met: 2, worded: 1, none: [] });
  });

  it('wants an expected error, and on its line', async () => {
    expect(await faults(judgeGo, '1 + 1 ### "no"')).to.deep.equal(['1: no error like no']);
    expect(await faults(judgeGo, 'x = [\n1 // 0] ### "by zero"')).to.deep.equal([]);
    expect(await faults(judgeGo, 'x = [ ### "by zero"\n1 // 0]')).to.deep.equal([
      '2: floored division by zero',
      '1: no error like by zero',
    ]);
  });

  it('judges what follows an error that nobody expects', async () => {
    expect(await faults(judgeGo, `${LOAD}x = (1 //\n 0)\nassert.eq(1, 2)`)).to.deep.equal([
      '2: floored division by zero',
      '4: 1 != 2',
    ]);
  });

  it('reads the switches of the dialect', async () => {
    expect(await faults(judgeGo, 'x = 1\nx = 2')).to.have.length(1);
    expect(await faults(judgeGo, '# option:globalreassign\nx = 1\nx = 2')).to.deep.equal([]);
  });

  it('gives a value with fields, and freezes', async () => {
    const text = `${LOAD}h = hasfields()\nh.x = [1]\nh.x += [2]\nassert.eq(h.x, [1, 2])\nfreeze(h)
def set(): h.y = 1
assert.fails(set, "frozen")
assert.fails(lambda: h.x.append(1), "frozen")
assert.eq([x for x in fibonacci][:6], [0, 1, 1, 2, 3, 5])`;
    expect(await faults(judgeGo, text)).to.deep.equal([]);
  });
});

describe('judging a chunk of bazelbuild', () => {
  it('finds assertions that fail', async () => {
    const text = 'assert_eq(1, 2)\nassert_ne(1, 1)\nassert_(False, "no")\nassert_(True)';
    expect(await faults(judgeBazel, text)).to.deep.equal(['1: 1 != 2', '2: 1 == 1', '3: no']);
  });

  it('wants an error somewhere in the statement, or in what it calls', async () => {
    expect(await faults(judgeBazel, 'x = [\n  1 // 0,\n] ### zero')).to.deep.equal([]);
    expect(await faults(judgeBazel, 'def f():\n  return 1 // 0\nf() ### zero')).to.deep.equal([]);
    expect(await faults(judgeBazel, '### go: zero\n1 // 1\n1 // 0')).to.have.length(2);
    expect(await faults(judgeBazel, '1 // 1 ### zero')).to.deep.equal(['1: no error like zero']);
    expect(await faults(judgeBazel, '1 // 0')).to.deep.equal(['1: floored division by zero']);
  });
});

describe('judging names and syntax', () => {
  it('wants every error of a chunk', async () => {
    const text = 'M\nx ### "undefined: x"\n1 = U ### "assign"\ndef f(a, a, b=1, c): pass ### "duplicate"\n';
    expect(await faults(judgeNames, text)).to.deep.equal([
      '4: def: got parameter c without a default after one that has it, want it before',
    ]);
    expect(await faults(judgeNames, 'M ### "undefined"')).to.deep.equal(['1: no error like undefined']);
  });

  it('only reads where only reading is judged', async () => {
    expect(await faults(judgeSyntax, 'unknown(1)')).to.deep.equal([]);
    expect(await faults(judgeSyntax, 'x = 1 + ### "newline"')).to.deep.equal([]);
    expect(await faults(judgeSyntax, 'x = 1 +')).to.have.length(1);
  });
});
