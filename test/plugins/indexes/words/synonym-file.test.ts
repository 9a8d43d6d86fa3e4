import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ToolscriptError } from '../../../../core/index.js';
import plugin, { createWordsIndex } from '../../../../plugins/indexes/words/index.js';
import { definition } from '../../../support/test-tools.js';

describe('file of synonyms', () => {
  let folder: string;

  before(async () => (folder = await mkdtemp(join(tmpdir(), 'synonyms-'))));
  after(() => rm(folder, { recursive: true }));

  async function write(text: string): Promise<string> {
    const file = join(folder, 'synonyms.json');
    await writeFile(file, text);
    return file;
  }

  async function failure(attempt: unknown): Promise<string> {
    try {
      await attempt;
    } catch (error) {
      expect(error).to.be.instanceOf(ToolscriptError).with.property('code', 'config/invalid');
      return (error as ToolscriptError).message;
    }
    return 'no failure';
  }

  it('adds its words; a manifest names it from its own folder', async () => {
    await write('{"groups": [["frobnicate", "polish", "make shiny"]]}');
    const { value: settings } = (await plugin.config!['~standard'].validate({
      synonyms: './synonyms.json',
    })) as { value: never };
    await plugin.check?.(settings, { folder });
    const index = await plugin.create(settings, { folder });
    const tools = [definition('polish_shoes'), definition('cut')];
    const query = { text: 'frobnicate them', limit: 5 };
    expect(await index.search(tools, query, new AbortController().signal)).to.deep.equal([tools[0]]);
  });

  for (const [what, text, fault] of [
    ['no JSON', '{"groups": [', 'found no JSON'],
    ['no object', '[]', 'wanted an object with groups'],
    ['no groups', '{}', 'groups: wanted a list of groups'],
    ['another key', '{"groups": [], "group": 1}', 'found "group", wanted groups alone'],
    ['a lonely word', '{"groups": [["a", "b"], ["c"]]}', 'groups[1]: wanted a list of two texts or more'],
    ['no text', '{"groups": [["a", 7]]}', 'groups[0][1]: wanted a text of up to 100 characters'],
    ['an empty text', '{"groups": [[" ", "b"]]}', 'groups[0][0]: wanted a text of up to 100 characters'],
  ] as const) {
    it(`is refused with its path and place: ${what}`, async () => {
      const synonymsFile = await write(text);
      expect(await failure(createWordsIndex({ synonymsFile }).then(() => undefined))).to.equal(
        `read the synonyms of ${synonymsFile}: ${fault}`,
      );
    });
  }

  it('is refused when it is not there, before anything is made', async () => {
    const settings = { synonyms: 'missing.json', replaceSynonyms: false };
    expect(await failure(plugin.check?.(settings, { folder }))).to.equal(
      `read the synonyms of ${join(folder, 'missing.json')}: it cannot be read`,
    );
  });

  it('tells ten faults and counts the rest', async () => {
    const synonymsFile = await write(JSON.stringify({ groups: Array<string[]>(15).fill(['x']) }));
    expect(await failure(createWordsIndex({ synonymsFile }).then(() => undefined))).to.match(/; and 5 more$/);
  });
});
