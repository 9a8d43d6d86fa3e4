/**
 * Scripts as language models write them, run at the first try: what is plain Python means here what it
 * means there, and what is not there is refused, mostly before any tool is called.
 *
 * The last line of a script says what must come of it: `#=> JSON` its result; `#!> words` a failure
 * before any call is made, whose text has these words; `#running!> words` a failure while running.
 */
import { expect } from 'chai';
import { readFileSync, readdirSync } from 'node:fs';
import { createCodeMode } from '../../adapters/library/index.js';
import type { CodeMode, Failure } from '../../core/index.js';
import { trackerTools } from './first-try/tracker.js';

const folder = new URL('first-try/', import.meta.url);

const EXPECTATION = /\n#(?<kind>|!|running!|=)> (?<text>.*)\s*$/;

describe('first try', () => {
  let codeMode: CodeMode;
  before(async () => {
    codeMode = await createCodeMode({ tools: trackerTools });
  });
  after(() => codeMode.close());

  for (const file of readdirSync(folder).filter((name) => name.endsWith('.py.txt'))) {
    describe(file, () => {
      const scripts = readFileSync(new URL(file, folder), 'utf8').split(/^---\n/m);
      scripts.forEach((chunk, index) => {
        const { kind, text } = EXPECTATION.exec(chunk)!.groups as { kind: string; text: string };
        const [title] = chunk.split('\n', 1) as [string];
        const script = chunk.replace(EXPECTATION, '\n').replace(/^# .*\n/, '');
        it(`${String(index + 1)}: ${title}`, async () => {
          const outcome = await codeMode.run({ script });
          if (kind === '=') {
            expect(outcome, JSON.stringify(outcome)).to.include({ ok: true });
            expect(outcome.ok && JSON.parse(outcome.text)).to.deep.equal(JSON.parse(text));
            return;
          }
          expect(outcome.ok).to.equal(false);
          expect(outcome.ok ? '' : said(outcome.error)).to.include(text);
          if (kind === '!') expect(outcome.calls).to.deep.equal([]);
        });
      });
    });
  }
});

/** All that a failure says. */
function said({ message, hint = '', also = [] }: Failure): string {
  return [message, hint, ...also.flatMap((other) => [other.message, other.hint ?? ''])].join('\n');
}
