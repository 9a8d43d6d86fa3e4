import { expect } from 'chai';
import fc from 'fast-check';
import { callSites, wordAt } from '../../../../../adapters/console/page/run/call-site.js';
import { scriptTokens } from '../../../../../adapters/console/page/run/script-token.js';
import { call } from '../../../../console/example-data.js';

describe('call sites', () => {
  it('gather the calls of a line, and tell the worst of them', () => {
    const sites = callSites([
      call(0, { position: { line: 2, column: 1 } }),
      call(1, { position: { line: 5, column: 9 } }),
      call(2, { position: { line: 5, column: 9 }, state: 'failed' }),
      call(3, { position: { line: 5, column: 9 }, state: 'unknown' }),
    ]);
    expect([...sites.values()]).to.deep.equal([
      { line: 2, calls: [0], state: 'succeeded' },
      { line: 5, calls: [1, 2, 3], state: 'failed' },
    ]);
  });

  const words: [string, number, string][] = [
    ['x = get_user(1)', 5, 'get_user'],
    ['x = get_user(1)', 13, 'get_user'],
    ['tools.find("a")', 7, 'tools.find'],
    ['  ', 9, ''],
  ];
  for (const [line, column, word] of words) {
    it(`find ${word || 'nothing'} at column ${column} of ${line}`, () =>
      expect(line.slice(...wordAt(line, column))).to.equal(word));
  }
});

describe('colours of a script', () => {
  const kinds = (text: string, javascript = false): string[][] =>
    scriptTokens(text.split('\n'), javascript).map((line) =>
      line.filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind} ${text}`),
    );

  it('tell comments, strings, numbers and keywords', () => {
    expect(kinds("for x in [1, 2.5]:  # all\n    print(\"a # b\", 'c\\'d')")).to.deep.equal([
      ['keyword for', 'keyword in', 'number 1', 'number 2.5', 'comment # all'],
      ['string "a # b"', "string 'c\\'d'"],
    ]);
  });

  it('remember a string and a comment of several lines', () => {
    expect(kinds('a = """one\ntwo""" + b')).to.deep.equal([['string """one'], ['string two"""']]);
    expect(kinds('a = `x\n${y}`; /* c\nd */ return', true)).to.deep.equal([
      ['string `x'],
      ['string ${y}`', 'comment /* c'],
      ['comment d */', 'keyword return'],
    ]);
  });

  it('lose nothing of any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...Array.from('ab1 "\'`#/*\\()')) })),
        fc.boolean(),
        (lines, javascript) => {
          const tokens = scriptTokens(lines, javascript);
          expect(tokens.map((line) => line.map(({ text }) => text).join(''))).to.deep.equal(lines);
        },
      ),
    );
  });
});
