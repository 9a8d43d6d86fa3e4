import { expect } from 'chai';
import fc from 'fast-check';
import { callAt, type CallAt } from '../../../../../adapters/console/page/playground/call-at.js';

describe('the call at the cursor', () => {
  const cases: [string, Partial<CallAt> | undefined][] = [
    ['', undefined],
    ['x = find', undefined],
    ['find(', { name: 'find', from: 5, argument: 0, given: [], atName: true }],
    ['find("a", ', { name: 'find', argument: 1, atName: true }],
    ['find(query="a, b", st', { name: 'find', argument: 1, given: ['query'], atName: true }],
    ['find(query=', { name: 'find', parameter: 'query', atName: false }],
    ['find(query=[1, 2], state="op', { name: 'find', parameter: 'state', given: ['query'], atName: false }],
    ['find(a == ', { name: 'find', argument: 0 }],
    ['tools.find(', { name: 'find', atName: true }],
    ['outer(inner(1), ', { name: 'outer', argument: 1 }],
    ['outer(inner(', { name: 'inner', argument: 0 }],
    ['find([1, ', undefined],
    ['find(  # (\n  ', { name: 'find', argument: 0, atName: true }],
    ['find(""" ( """, ', { name: 'find', argument: 1 }],
    ['find(1)\n', undefined],
    ["x = 'it\nfind(", { name: 'find' }],
    ['(', undefined],
  ];
  for (const [text, wanted] of cases) {
    it(`of ${JSON.stringify(text)} is ${wanted?.name ?? 'none'}`, () => {
      if (wanted === undefined) expect(callAt(text, 'python')).to.equal(undefined);
      else expect(callAt(text, 'python')).to.include.all.keys('name').and.to.deep.include(wanted);
    });
  }

  const inJavascript: [string, Partial<CallAt> | undefined][] = [
    ['await find(', { name: 'find', argument: 0, atName: false }],
    ['await find({ ', { name: 'find', atName: true, given: [] }],
    ['await find({ query: "a, b", st', { name: 'find', given: ['query'], atName: true }],
    ['await find({ query: ', { name: 'find', parameter: 'query', atName: false }],
    ['await find({ q: `}` , // {\n', { name: 'find', given: ['q'], atName: true }],
    ['const a = { b', undefined],
    ['find(1, { ', undefined],
  ];
  for (const [text, wanted] of inJavascript) {
    it(`of ${JSON.stringify(text)} in JavaScript is ${wanted?.name ?? 'none'}`, () => {
      if (wanted === undefined) expect(callAt(text, 'javascript')).to.equal(undefined);
      else expect(callAt(text, 'javascript')).to.deep.include(wanted);
    });
  }

  it('takes any text, and little time for a long one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('a=,:"\'`#/*\\()[]{}\n ')) }),
        fc.boolean(),
        (text, python) => {
          const call = callAt(text, python ? 'python' : 'javascript');
          if (call !== undefined) expect(text[call.from - 1]).to.equal('(');
        },
      ),
    );
    const begin = process.cpuUsage().user;
    callAt('find('.repeat(200_000), 'python');
    expect(process.cpuUsage().user - begin).to.be.below(2_000_000);
  });
});
