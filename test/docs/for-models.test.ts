import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createCodeMode, defineTool } from '../../adapters/library/index.js';
import type { JsonObject } from '../../adapters/library/index.js';
import { allRuntimes, FOR_MODELS, languagePage } from '../support/language-page.js';

const page = readFileSync(FOR_MODELS, 'utf8');

const parameter = (name: string) =>
  ({ type: 'object', properties: { [name]: {}, label: {} }, required: [name] }) as const;
const ISSUES = [
  { id: 1, title: 'old', idle_days: 40 },
  { id: 2, title: 'new', idle_days: 2 },
];

/** The tools of the examples; one of the files is not there. */
const tools = [
  defineTool({ name: 'list_issues', inputSchema: parameter('state'), call: () => ISSUES }),
  defineTool({
    name: 'get_issue',
    inputSchema: parameter('id'),
    call: ({ id }) => ISSUES.find((issue) => issue.id === id)!,
  }),
  defineTool({
    name: 'read_file',
    inputSchema: parameter('path'),
    call: ({ path }) => {
      if (path === '/srv/b.txt') throw new Error('no such file');
      return { content: [{ type: 'text', text: 'some words' }] };
    },
  }),
];

describe('the language page for models', () => {
  it('is what the code says (npx tsx test/support/write-language-page.ts writes it)', async () => {
    expect(page).to.equal(await languagePage());
  });

  const blocks = [...page.matchAll(/With the data `(.*)`:\n\n```(\w+)\n([\s\S]*?)\n```/g)];

  it('has examples of each language', async () => {
    expect(new Set(blocks.map((block) => block[2]))).to.deep.equal(
      new Set((await allRuntimes()).map(({ language, name }) => language ?? name)),
    );
    expect(page.match(/^```\w/gm)).to.have.length(blocks.length);
  });

  for (const [, data, language, script] of blocks) {
    it(`has an example that runs: ${String(language)}, ${script!.split('\n')[0]!}`, async () => {
      const codeMode = await createCodeMode({ runtime: await allRuntimes(), tools });
      const given = JSON.parse(data!) as JsonObject;
      const request = { script: script!, language: language!, data: given };
      expect(await codeMode.check(request)).to.equal(undefined);
      const outcome = await codeMode.run(request);
      expect(outcome.ok || outcome.error).to.equal(true);
      if (outcome.ok) expect(ANSWERS).to.deep.include(outcome.value);
      await codeMode.close();
    });
  }
});

/** The old issue; the length of the file that is there, as a dict or as pairs. */
const ANSWERS = [[{ id: 1, title: 'old' }], { '/srv/a.txt': 10 }, [['/srv/a.txt', 10]]];
