/** What a script answers: by `return`, or by the expression that it ends in. */
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { OPEN_DIALECT, positionOf } from '../../../../runtimes/starlark/index.js';
import { Workshop, shown } from './workshop.js';

const RESULTS: readonly (readonly [script: string, value: string])[] = [
  ['return 1\n2', '1'],
  ['1', '1'],
  ['x = [1]\nx', '[1]'],
  ['x = 1\nx + 1  # the answer\n\n', '2'],
  ['now(5)', '5'],
  ['print(1)', 'None'],
  ['1; 2', '2'],
  ['x = 1', 'None'],
  ['x = [1]\nx.append(2)', 'None'],
  ['if True:\n  1', 'None'],
  ['for x in [1]:\n  x', 'None'],
  ['if False:\n  return 1\n2', 'None'],
  ['def f():\n  return 1\n2', '2'],
  ['def f():\n  return 1\nf', '<function f>'],
  ['f = lambda: 1\nf()', '1'],
  ['def main():\n  return 7\nif __name__ == "__main__":\n  main()', '7'],
  ['def main():\n  return 7\nif "__main__" == __name__:\n  x = main()\n  x + 1', '8'],
  ['if __name__ == "__main__":\n  1\nelse:\n  2', 'None'],
  ['if __name__ != "__main__":\n  1', 'None'],
  ['', 'None'],
  ['"""Says what it does."""', '"Says what it does."'],
  ['```python\nx = 1\nx\n```', '1'],
  ['\n\n```\nreturn 3\n```\n\n', '3'],
];

describe('result', () => {
  for (const [script, value] of RESULTS) {
    it(`of ${JSON.stringify(script)} is ${value}`, async () => {
      const execution = new Workshop().start(script);
      expect(shown(await execution.result, execution)).to.equal(value);
    });
  }

  it('is the value of the last expression in a dialect that has it so', async () => {
    const execution = new Workshop().start('1', { dialect: { ...OPEN_DIALECT, lastExpression: false } });
    expect(shown(await execution.result, execution)).to.equal('None');
  });

  it('of a fenced script fails where the text that was sent has the fault', async () => {
    const source = '```python\nx = 1\nx // 0\n```';
    const result = await new Workshop().run(source);
    if (result.ok) throw new Error('it did not fail');
    expect(positionOf(source, result.error.at!)).to.deep.equal({ line: 3, column: 3 });
  });
});
