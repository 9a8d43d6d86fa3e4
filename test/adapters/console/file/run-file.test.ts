import { createHash } from 'node:crypto';

import { expect } from 'chai';
import fc from 'fast-check';

import { runFile, runFileName } from '../../../../adapters/console/file/index.js';
import { exampleRun } from '../../../console/example-data.js';

const RECORD = exampleRun({ id: 'r1', script: 'return 1', caller: 'ada', calls: [], logs: [] });
const PARTS = { script: 'draw()', style: 'b { color: red }' };

/** What a browser takes the record to be: the text up to the first end of its element. */
function embedded(html: string): unknown {
  const [, text] = /<script type="application\/json" id="run">([\s\S]*?)<\/script>/i.exec(html)!;
  return JSON.parse(text!);
}

describe('a run as a file', () => {
  it('holds the record whole, whatever stands in it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('</script>', '<!--<script>', '\u2028\u2029', ']]>', '&lt;'),
        ),
        (text) => {
          const record = { ...RECORD, script: text, caller: `</ScRiPt ${text}` };
          const html = runFile(record, PARTS);
          expect(embedded(html)).to.deep.equal(JSON.parse(JSON.stringify(record)));
          expect(html.match(/<\/script/gi)).to.have.length(2);
          expect(html).not.to.match(/<!--|\u2028|\u2029/);
        },
      ),
    );
  });

  it('lets only its own script and style run, and asks nobody for anything', () => {
    const html = runFile(RECORD, PARTS);
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy.split('; ')).to.include.members([
      "default-src 'none'",
      `script-src ${hash(PARTS.script)}`,
      `style-src ${hash(PARTS.style)}`,
    ]);
    expect(policy).not.to.match(/unsafe|connect-src|https?:/);
    expect(html).not.to.match(/\b(?:src|href)=/);
  });

  it('is one element for each part, also where our own code speaks of elements', () => {
    const html = runFile(RECORD, {
      script: 'x = "</script>"; y = "<!--"',
      style: 'a::after { content: "</style>" }',
    });
    expect(html).to.include('x = "\\x3c/script>"; y = "\\x3c!--"');
    expect(html).to.include('content: "\\3c /style>"');
    expect(html.match(/<\/style/g)).to.have.length(1);
  });

  it('has a name that no file system minds', () => {
    expect(runFileName({ ...RECORD, id: '../../etc/"x"' })).to.equal('run-______etc__x_.html');
  });
});
