import { Monty } from '@pydantic/monty';
import { expect } from 'chai';
import fc from 'fast-check';

import { FramedScript } from '../../../../runtimes/monty/script/framed-script.js';
import { statementsOf } from '../../../../runtimes/monty/script/source-scan.js';

/** `FUZZ_RUNS=100000 npx mocha test/runtimes/monty/script/any-script.test.ts` looks for longer. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 200);

const ANSWER = 'answer_';
const BEFORE = `def ${ANSWER}(x): return x\n`;

/** Expressions in which a careless reader loses its way, and what they are. */
const EXPRESSIONS: readonly (readonly [text: string, value: unknown])[] = [
  ['1', 1],
  ['"return 1"', 'return 1'],
  [`'"; return 2 #'`, '"; return 2 #'],
  ['"""a\n return 3; "b" \'"""', 'a\n return 3; "b" \''],
  [`f"{'x; return 4'}"`, 'x; return 4'],
  [`f"{'a':>{1 + 2}}"`, '  a'],
  ['f"{{}}{1:d}{"n" + f"{"m"}"}"', '{}1nm'],
  [String.raw`"\"; \\"`, '"; \\'],
  [String.raw`r'\'; return 1'`, String.raw`\'; return 1`],
  ['"\u{1f600}é"', '\u{1f600}é'],
  ['[\n  5, # ) return\n]', [5]],
  ['(lambda return_=6: return_)()', 6],
  ['1 + \\\n  6', 7],
  ['{"k": 8}["k"]', 8],
];
const SPACES = ['', ' ', '  # ; return 9 "', '\n\n', '\r\n'];

const expression = fc.constantFrom(...EXPRESSIONS);
const list = fc
  .array(expression, { maxLength: 4 })
  .map((items) => [`[${items.map(([text]) => text).join(', ')}]`, items.map(([, value]) => value)] as const);
const statement = fc
  .tuple(
    list,
    fc.constantFrom(
      (text: string) => `x = ${text}`,
      (text: string) => `x = ${text}; y = 1`,
      (text: string) => `${text}; pass`,
      (text: string) => `if ${text} == 0: return 0`,
      (text: string) => `def f():\n  return ${text}`,
      (text: string) => `def f(): return ${text}`,
      (text: string) => `for i in ${text}:\n  pass`,
      (text: string) => `x: list = ${text}`,
    ),
    fc.constantFrom(...SPACES),
  )
  .map(([[text], around, space]) => `${around(text)}${space}\n`);
const end = fc.constantFrom(
  (text: string) => `return ${text}`,
  (text: string) => text,
  (text: string) => `if True: return ${text}`,
  (text: string) => `if True:\n  return ${text}\n`,
  (text: string) => `x = 1; ${text}  # end`,
);

describe('any script', () => {
  it('answers what it says, whatever stands before it', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 5 }), list, end, (before, [text, value], said) => {
        const framed = new FramedScript(BEFORE, `${before.join('')}${said(text)}`, ANSWER);
        expect(new Monty(framed.text).run()).to.deep.equal(value);
      }),
      { numRuns },
    );
  });

  it('is found in its frame, sign by sign', () => {
    const piece = fc.constantFrom(
      'return ',
      '"',
      "'",
      'f"{',
      '}',
      '(',
      ')',
      '\n',
      ';',
      '#',
      '\\',
      ' x',
      '\u{1f600}',
      ':',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const source = pieces.join('');
        const spans = statementsOf(source);
        spans.forEach(({ start, end: over }, index) => {
          expect(start).to.be.at.least(index === 0 ? 0 : spans[index - 1]!.end);
          expect(over).to.be.within(start, source.length);
        });
        const framed = new FramedScript('', source, ANSWER);
        expect(unframed(framed.text)).to.equal(unframed(source));
        const lines = source.split('\n');
        framed.text.split('\n').forEach((line, row) => {
          Array.from(line).forEach((_sign, column) => {
            const place = framed.positionOf(row + 1, column + 1)!;
            if (row < lines.length) expect(place.column).to.be.within(1, Array.from(lines[row]!).length + 1);
          });
        });
      }),
      { numRuns },
    );
  });
});

/** What is left of a text without the signs that a frame is made of. */
function unframed(text: string): string {
  return text
    .replace(/\nNone$/, '')
    .replaceAll(ANSWER, '')
    .replace(/[() ]/g, '');
}
