/** What `find_tool` takes and answers. */
import { expect } from 'chai';
import type { JsonObject, ToolDefinition } from '../../../core/index.js';
import { answering, definition, textResult } from '../../support/test-tools.js';
import { foundIn, optimized, textOf, type Optimized } from './optimized.js';

const TOOLS = [
  definition('mail-send', {
    description: 'Sends a mail.',
    inputSchema: { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] },
    outputSchema: { type: 'object' },
    annotations: { readOnlyHint: false },
    _meta: { own: 1 },
  }),
  definition('mail-read', { description: 'Reads mails.' }),
  definition('weather', { description: 'Says how the weather is.' }),
];

const listing = (tools: readonly ToolDefinition[]) => answering(tools, () => textResult('done'));

/** What is given, and what is found first. */
const TAKEN: readonly (readonly [string, JsonObject, string])[] = [
  ['a description', { tool_description: 'send a mail' }, 'mail-send'],
  ['a description and keywords', { tool_description: 'how is it', tool_keywords: ['weather'] }, 'weather'],
  ['no keywords', { tool_description: 'weather', tool_keywords: null }, 'weather'],
  ['keywords in one text', { tool_description: 'x', tool_keywords: 'weather, rain' }, 'weather'],
  ['keywords as a list in JSON', { tool_description: 'x', tool_keywords: '["weather"]' }, 'weather'],
  ['keywords alone', { tool_keywords: ['weather'] }, 'weather'],
  ['more than it knows', { tool_description: 'weather', limit: 5 }, 'weather'],
  ['a description of a megabyte', { tool_description: `weather ${'x'.repeat(1_000_000)}` }, 'weather'],
];

const REFUSED: readonly (readonly [string, JsonObject, string])[] = [
  ['nothing', {}, 'find_tool failed: tool_description is required: want {"tool_description"'],
  ['an empty description', { tool_description: '' }, 'tool_description is required'],
  ['blanks', { tool_description: ' \n' }, 'tool_description is required'],
  ['no words', { tool_description: '', tool_keywords: ['', ' '] }, 'tool_description is required'],
  ['another name for it', { query: 'secret' }, 'got "query"'],
  ['a number', { tool_description: 5 }, 'tool_description must be a text'],
  [
    'keywords that are no texts',
    { tool_description: 'x', tool_keywords: [1] },
    'tool_keywords must be texts',
  ],
  [
    'keywords that are an object',
    { tool_description: 'x', tool_keywords: {} },
    'tool_keywords must be texts',
  ],
];

describe('find_tool', () => {
  let it_: Optimized;

  beforeEach(async () => (it_ = await optimized({ dispatcher: listing(TOOLS) }, { maxTools: 2 })));
  afterEach(() => it_.optimizer.close());

  for (const [what, args, first] of TAKEN) {
    it(`takes ${what}`, async () => {
      const result = await it_.call('find_tool', args);
      expect(result.isError, textOf(result)).to.equal(undefined);
      expect(foundIn(result)[0]?.name).to.equal(first);
    });
  }

  for (const [what, args, text] of REFUSED) {
    it(`refuses ${what}`, async () => {
      const result = await it_.call('find_tool', args);
      expect(result.isError).to.equal(true);
      expect(result).not.to.have.property('structuredContent');
      expect(textOf(result)).to.contain(text).and.not.contain('secret');
    });
  }

  it('answers whole definitions and what they spare, as text and as structured content', async () => {
    const result = await it_.call('find_tool', { tool_description: 'send mails' });
    const tokens = (tools: readonly ToolDefinition[]): number =>
      tools.reduce((sum, tool) => sum + Math.floor(JSON.stringify(tool).length / 4), 0);
    const [baseline, returned] = [tokens(TOOLS), tokens(TOOLS.slice(0, 2))];
    expect(result.structuredContent).to.deep.equal({
      tools: TOOLS.slice(0, 2),
      token_metrics: {
        baseline_tokens: baseline,
        returned_tokens: returned,
        savings_percent: Math.round(((baseline - returned) / baseline) * 10_000) / 100,
      },
    });
    expect(JSON.parse(textOf(result))).to.deep.equal(result.structuredContent);
    expect(result.content).to.have.length(1);
  });

  it('counts nothing where there is nothing', async () => {
    const none = await optimized({});
    const result = await none.call('find_tool', { tool_description: 'mail' });
    const metrics = { baseline_tokens: 0, returned_tokens: 0, savings_percent: 0 };
    expect(result.structuredContent).to.deep.equal({ tools: [], token_metrics: metrics });
    await none.optimizer.close();
  });

  it('says how a script calls what it found, where scripts can be run', async () => {
    const scripts = await optimized({ dispatcher: listing(TOOLS) }, { scripts: true });
    const [sent] = foundIn(await scripts.call('find_tool', { tool_description: 'send' }));
    expect(sent?._meta?.['own']).to.equal(1);
    expect(sent?._meta?.['toolscript/call']).to.be.a('string').that.contains('mail_send(').and.contains('to');
    const [plain] = foundIn(await it_.call('find_tool', { tool_description: 'send' }));
    expect(plain?._meta).to.deep.equal({ own: 1 });
    await scripts.optimizer.close();
  });

  it('answers tools that are alike in all but the server, each under its name', async () => {
    const alike = ['one_search', 'two_search'].map((name) => definition(name, { description: 'Searches.' }));
    const { optimizer, find } = await optimized({ dispatcher: listing(alike) });
    expect(await find('search')).to.have.members(['one_search', 'two_search']);
    await optimizer.close();
  });

  it('outlines a definition that would fill the context', async () => {
    const great = definition('great', {
      description: `Great. ${'x'.repeat(5_000)}`,
      inputSchema: {
        type: 'object',
        properties: { id: { type: 'integer', description: 'y'.repeat(1_000_000) }, tag: {} },
        required: ['id'],
      },
    });
    const { optimizer, call } = await optimized({ dispatcher: listing([great]) }, { scripts: true });
    const result = await call('find_tool', { tool_description: 'great' });
    expect(textOf(result)).to.have.length.below(5_000);
    expect(foundIn(result)[0]?.inputSchema).to.deep.equal({
      type: 'object',
      properties: { id: { type: 'integer' }, tag: {} },
      required: ['id'],
    });
    expect(textOf(await call('call_tool', { tool_name: 'great', parameters: { id: 1 } }))).to.equal('done');
    await optimizer.close();
  });

  it('answers the best whole, and outlines of what goes beyond the tokens', async () => {
    const parameter = { type: 'string', description: 'd'.repeat(400) };
    const inputSchema = { type: 'object', properties: { id: parameter } };
    const alike = ['mail_a', 'mail_b', 'mail_c'].map((name) => definition(name, { inputSchema }));
    const described = async (maxTokens: number): Promise<boolean[]> => {
      const { optimizer, call } = await optimized({ dispatcher: listing(alike) }, { maxTokens });
      const found = foundIn(await call('find_tool', { tool_description: 'mail' }));
      await optimizer.close();
      return found.map((tool) => JSON.stringify(tool).includes('ddd'));
    };
    expect(await described(1)).to.deep.equal([true, false, false]);
    expect(await described(300)).to.deep.equal([true, true, false]);
    expect(await described(0)).to.deep.equal([true, true, true]);
  });

  it('carries integers that JSON.stringify refuses', async () => {
    const big = definition('big', { inputSchema: { type: 'object', maximum: 2n ** 60n } });
    const { optimizer, call } = await optimized({ dispatcher: listing([big]) });
    const result = await call('find_tool', { tool_description: 'big' });
    expect(textOf(result)).to.contain('"maximum":"1152921504606846976"');
    await optimizer.close();
  });

  it('says when nothing can search', async () => {
    const broken = { search: () => Promise.reject(new Error('no service')) };
    const { optimizer, call } = await optimized({ dispatcher: listing(TOOLS), indexes: [broken] });
    const result = await call('find_tool', { tool_description: 'mail' });
    expect(textOf(result)).to.equal('find_tool failed: find tools: no index answers');
    await optimizer.close();
  });
});
