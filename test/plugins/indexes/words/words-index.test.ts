import { expect } from 'chai';
import fc from 'fast-check';
import type { Json, JsonObject, ToolDefinition, ToolIndex, ToolQuery } from '../../../../core/index.js';
import { createWordsIndex, type WordsOptions } from '../../../../plugins/indexes/words/index.js';
import { definition } from '../../../support/test-tools.js';

const { signal } = new AbortController();

describe('index of words', () => {
  let index: ToolIndex;

  beforeEach(async () => (index = await createWordsIndex()));
  afterEach(() => index.close?.());

  async function found(
    tools: readonly ToolDefinition[],
    query: string | Partial<ToolQuery>,
    by: ToolIndex = index,
  ): Promise<string[]> {
    const asked = typeof query === 'string' ? { text: query } : query;
    const ranking = await by.search(tools, { text: '', limit: 10, ...asked }, signal);
    return ranking.map(({ name }) => name);
  }

  const said = (name: string, description: string): ToolDefinition => definition(name, { description });
  const parameter = (name: string, schema: JsonObject): ToolDefinition =>
    definition(name, { inputSchema: { type: 'object', properties: { [`of_${name}`]: schema } } });

  for (const [name, query] of [
    ['search_issues', 'issue'],
    ['github-list-issues', 'issues on github'],
    ['getPullRequest', 'request'],
    ['XMLHttpParser', 'parser'],
    ['storage.buckets.scan', 'bucket'],
    ['resize2d', 'resize'],
    ['convert_mp3', 'mp3'],
    ['café_menu', 'cafe'],
    ['mcp__jira__move', 'jira'],
    ['MongoDBStats', 'mongo'],
  ] as const) {
    it(`splits the name ${name} so that “${query}” finds it`, async () => {
      expect(await found([definition('something_else'), definition(name)], query)).to.deep.equal([name]);
    });
  }

  it('finds tools by the name of their server, which counts for less than their own', async () => {
    index.learn?.((name) => ({ backend: name.split('__')[0]!, tool: name.split('__')[1]! }));
    const tools = ['mail__post', 'slack__post', 'archive__mail'].map((name) => definition(name));
    expect(await found(tools, 'post to slack')).to.deep.equal(['slack__post', 'mail__post']);
    expect(await found(tools, 'mail')).to.deep.equal(['archive__mail', 'mail__post']);
  });

  it('takes a word of capitals within for one word in prose', async () => {
    const tools = [
      said('stars', 'Counts the stars of a GitHub project'),
      said('blame', 'Asks git for authors'),
    ];
    expect(await found(tools, 'git')).to.deep.equal(['blame']);
    expect(await found(tools, 'github')).to.deep.equal(['stars']);
  });

  it('finds other forms of a word', async () => {
    const tools = [said('a', 'Schedules meetings'), said('b', 'Sends invoices')];
    expect(await found(tools, 'scheduling a meeting')).to.deep.equal(['a']);
  });

  it('finds synonyms, in both directions, and the word itself before them', async () => {
    const tools = [definition('erase_note'), definition('remove_note'), definition('read_note')];
    expect(await found(tools, 'remove the note')).to.deep.equal(['remove_note', 'erase_note', 'read_note']);
    expect(await found(tools, 'erase the note')).to.deep.equal(['erase_note', 'remove_note', 'read_note']);
  });

  it('finds synonyms of several words, on either side', async () => {
    const tools = [said('a', 'Lists every pull request'), said('b', 'Takes a screenshot')];
    expect(await found(tools, 'open PRs')).to.deep.equal(['a']);
    expect(await found(tools, 'make a screen shot')).to.deep.equal(['b']);
  });

  it('counts a name for more than a description, and that for more than parameters', async () => {
    const tools = [
      parameter('z', { type: 'string', description: 'the zebra' }),
      said('y', 'Feeds animals. Such as a zebra.'),
      said('x', 'Feeds a zebra'),
      definition('zebra'),
    ];
    const ranking = await found(tools, 'zebra');
    expect(ranking.slice(0, 2)).to.deep.equal(['zebra', 'x']);
    expect(ranking).to.have.members(['zebra', 'x', 'y', 'z']);
  });

  it('reads titles, parameters at any depth, and values to choose from', async () => {
    const tools = [
      definition('a', { title: 'Ledger' }),
      definition('b', { annotations: { title: 'Payroll' } }),
      parameter('c', { type: 'string', enum: ['celsius', 'kelvin'] }),
      parameter('d', {
        type: 'array',
        items: { anyOf: [{ properties: { recipient: {} } }, { const: 'nobody' }] },
      }),
    ];
    for (const [query, name] of [
      ['ledger', 'a'],
      ['payroll', 'b'],
      ['kelvin', 'c'],
      ['recipient', 'd'],
      ['nobody', 'd'],
    ] as const) {
      expect(await found(tools, query), query).to.deep.equal([name]);
    }
  });

  it('puts a tool that has every word of the query before one that has one of them often', async () => {
    const tools = [
      said('invoice_invoices', 'Invoice of invoices'),
      said('mailer', 'Mails an invoice to clients'),
    ];
    expect((await found(tools, 'mail invoice client'))[0]).to.equal('mailer');
  });

  it('counts keywords for more than the text', async () => {
    const tools = [definition('alpha'), definition('beta')];
    expect(await found(tools, { text: 'alpha beta' })).to.deep.equal(['alpha', 'beta']);
    expect(await found(tools, { text: 'alpha', keywords: ['beta'] })).to.deep.equal(['beta', 'alpha']);
  });

  it('forgives a slip of the pen, only where the word is found nowhere', async () => {
    const tools = [definition('developers'), definition('weather'), definition('night_knight')];
    expect(await found(tools, 'trending developrs')).to.deep.equal(['developers']);
    expect(await found(tools, 'wether report')).to.deep.equal(['weather']);
    expect(await found([definition('tight')], 'night')).to.deep.equal([]);
  });

  it('finds what is written without spaces', async () => {
    const tools = [
      said('a', '查询12306余票信息'),
      said('b', '获取天气预报'),
      said('c', 'ファイルを検索する'),
    ];
    expect(await found(tools, '明天的天气')).to.deep.equal(['b']);
    expect((await found(tools, '有余票吗'))[0]).to.equal('a');
    expect(await found(tools, 'ファイル')).to.deep.equal(['c']);
  });

  it('finds nothing for a query that says nothing, and does not throw', async () => {
    const tools = [definition('a'), said('b', 'c')];
    for (const text of ['', '   ', '…!?', '\u0000', '\ud800', '🦊']) {
      expect(await found(tools, text), JSON.stringify(text)).to.deep.equal([]);
    }
    expect(await found([], 'a')).to.deep.equal([]);
  });

  it('asks for stop words where the query has no others', async () => {
    expect(await found([definition('who_is_who'), definition('b')], 'who is it')).to.deep.equal([
      'who_is_who',
    ]);
  });

  it('orders tools that fit alike by name, whatever their order was', async () => {
    const tools = ['c', 'a', 'b'].map((server) => said(`${server}_search`, 'Searches'));
    expect(await found(tools, 'search')).to.deep.equal(['a_search', 'b_search', 'c_search']);
    expect(await found([...tools].reverse(), 'search')).to.deep.equal(['a_search', 'b_search', 'c_search']);
    expect(await found(tools, { text: 'search', limit: 2 })).to.deep.equal(['a_search', 'b_search']);
  });

  describe('synonyms of one’s own', () => {
    const tools = [definition('zap'), definition('erase')];
    const withOwn = (options: WordsOptions): Promise<ToolIndex> =>
      createWordsIndex({ synonyms: [['remove', 'zap']], ...options });

    it('add to those of the package', async () => {
      expect(await found(tools, 'remove', await withOwn({}))).to.have.members(['zap', 'erase']);
    });

    it('stand in their place where that is said', async () => {
      expect(await found(tools, 'remove', await withOwn({ replaceSynonyms: true }))).to.deep.equal(['zap']);
    });
  });

  describe('lists that change', () => {
    const many = (count: number): ToolDefinition[] =>
      Array.from({ length: count }, (_, place) =>
        said(`tool_${String(place)}`, `Handles thing number ${String(place)}`),
      );
    const QUERIES = ['thing', 'tool 7', 'handles number 12', 'fresh apple'];

    async function expectSame(tools: readonly ToolDefinition[]): Promise<void> {
      const other = await createWordsIndex();
      for (const query of QUERIES) {
        expect(await found(tools, query)).to.deep.equal(await found(tools, query, other));
      }
    }

    it('are searched like new ones', async () => {
      let tools = many(60);
      await expectSame(tools);
      tools = [...tools.slice(2), said('fresh', 'Peels an apple')];
      await expectSame(tools);
      tools = tools.slice(3).reverse();
      await expectSame(tools);
      expect(await found(tools, 'apple')).to.deep.equal(['fresh']);
    });

    it('cost little where little differs', async () => {
      const tools = many(400);
      let read = 0;
      const counted = tools.map((tool) =>
        Object.defineProperty({ ...tool }, 'description', {
          enumerable: true,
          get: () => ((read += 1), tool.description),
        }),
      );
      await found(counted, 'thing');
      const first = read;
      await found([...counted.slice(5), said('fresh', 'Peels an apple')], 'apple');
      expect([first > 0, read - first]).to.deep.equal([true, 0]);
    });

    it('of one caller have no bearing on those of another', async () => {
      const mine = [said('note_taker', 'Keeps notes'), said('tagger', 'Keeps tags of notes')];
      const alone = await found(mine, 'notes tags keep');
      for (let round = 0; round < 40; round += 1) {
        const theirs = Array.from({ length: 30 }, (_, place) =>
          said(`note_${String(round * 30 + place)}`, 'Notes'),
        );
        await found([...theirs, ...mine], 'notes');
        expect(await found([...mine], 'notes tags keep')).to.deep.equal(alone);
      }
    });
  });

  describe('hostile definitions', () => {
    const decoy = said('decoy', 'Cuts the grass');
    const good = said('weather', 'Tells the weather');

    it('are indexed as far as they go', async () => {
      const wide: Record<string, Json> = {};
      for (let place = 0; place < 20_000; place += 1)
        wide[`p${String(place)}`] = { description: 'x'.repeat(50) };
      let deep: JsonObject = { type: 'object' };
      for (let depth = 0; depth < 5_000; depth += 1) deep = { type: 'object', properties: { a: deep } };
      const ring: Record<string, unknown> = { type: 'object' };
      ring['properties'] = { again: ring };
      ring['items'] = ring;
      const tools = [
        definition('wide', { inputSchema: { type: 'object', properties: wide } }),
        definition('deep', { inputSchema: deep }),
        definition('ring', { inputSchema: ring as JsonObject }),
        definition('loud', { description: 'weather '.repeat(200_000) }),
        definition('__proto__', { description: '__proto__ constructor' }),
        definition('constructor'),
        { ...definition('odd'), description: 7, title: {}, annotations: [], inputSchema: null } as never,
        { ...definition('bare'), inputSchema: { properties: [1], anyOf: {}, enum: 1, items: 'x' } } as never,
        definition('\u202e🦊\n\u0000'),
        definition(''),
        decoy,
        good,
      ];
      expect((await found(tools, 'what is the weather'))[0]).to.equal('weather');
      expect(await found(tools, '__proto__')).to.include('__proto__');
      expect(await found(tools, 'constructor')).to.have.members(['constructor', '__proto__']);
      expect(({} as Record<string, unknown>)['terms']).to.equal(undefined);
    });

    it('take no query down, nor any query them', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('__proto__', 'weather', '~1', 'a b\n3'),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(text, text), { maxLength: 8 }),
          text,
          fc.array(text),
          async (made, asked, keywords) => {
            const tools = [...made.map(([name, description]) => said(name, description)), decoy];
            const ranking = await index.search(tools, { text: asked, keywords, limit: 5 }, signal);
            expect(new Set(ranking).size).to.equal(ranking.length);
            expect(tools).to.include.members([...ranking]);
          },
        ),
        { numRuns: 100 },
      );
    });

    it('nor does a query of a megabyte', async () => {
      const long = `weather ${'grass cut lawn xyzzy '.repeat(50_000)}`;
      expect(await found([decoy, good], long)).to.have.members(['decoy', 'weather']);
    });
  });
});
