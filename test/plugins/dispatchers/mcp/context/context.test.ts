import { expect } from 'chai';
import { ANONYMOUS, type ContextKind, type JsonObject } from '../../../../../core/index.js';
import { createMcpDispatcher } from '../../../../../plugins/dispatchers/mcp/index.js';
import {
  everythingOverHttp,
  type ListeningServer,
} from '../../../../support/backends/everything-over-http.js';
import { everything, fixture, modern } from '../../../../support/backends/index.js';
import { modernOverHttp } from '../../../../support/backends/modern-over-http.js';
import { contextOf, request } from '../clients/asking.js';
import { call, changedUntil, failureOf, textOf } from '../calling.js';

type Dispatcher = ReturnType<typeof createMcpDispatcher>;

const listed = (dispatcher: Dispatcher, kind: ContextKind): Promise<readonly JsonObject[]> =>
  Promise.resolve(contextOf(dispatcher).list(kind, ANONYMOUS));

const keysOf = async (dispatcher: Dispatcher, kind: ContextKind, key: string): Promise<unknown[]> =>
  (await listed(dispatcher, kind)).map((item) => item[key]);

describe('resources and prompts of real servers', () => {
  let overHttp: ListeningServer;
  let modernHttp: ListeningServer;

  before(async () => {
    [overHttp, modernHttp] = await Promise.all([everythingOverHttp('streamableHttp'), modernOverHttp()]);
  });

  after(() => Promise.all([overHttp.close(), modernHttp.close()]));

  for (const transport of ['stdio', 'http'] as const) {
    describe(`of the 2025-11-25 era over ${transport}`, () => {
      let dispatcher: Dispatcher;

      before(() => {
        const server = transport === 'stdio' ? everything() : { url: overHttp.url };
        dispatcher = createMcpDispatcher({ servers: { one: server } });
      });

      after(() => dispatcher.close());

      it('are listed as they came, the same array until something changed', async () => {
        const resources = await listed(dispatcher, 'resources');
        expect(resources).to.have.length.above(5);
        expect(resources[0]).to.include.keys('uri', 'name', 'mimeType', 'description');
        expect(await listed(dispatcher, 'resources')).to.equal(resources);
        expect(await keysOf(dispatcher, 'resourceTemplates', 'uriTemplate')).to.deep.equal([
          'demo://resource/dynamic/text/{resourceId}',
          'demo://resource/dynamic/blob/{resourceId}',
        ]);
        expect(await keysOf(dispatcher, 'prompts', 'name')).to.include.members([
          'simple-prompt',
          'args-prompt',
        ]);
      });

      it('are read by URI and by template', async () => {
        const [first] = await listed(dispatcher, 'resources');
        const { contents } = await request(dispatcher, 'resources/read', { uri: first?.['uri'] ?? '' });
        expect(contents).to.have.nested.property('[0].text').that.is.not.empty;
        const dynamic = { uri: 'demo://resource/dynamic/text/7' };
        const read = await request(dispatcher, 'resources/read', dynamic);
        expect(read).to.have.nested.property('contents[0].uri', dynamic.uri);
      });

      it('are got and completed', async () => {
        const got = await request(dispatcher, 'prompts/get', {
          name: 'args-prompt',
          arguments: { city: 'Oslo', state: 'Norway' },
        });
        expect(JSON.stringify(got)).to.include('Oslo');
        const completed = await request(dispatcher, 'completion/complete', {
          ref: { type: 'ref/resource', uri: 'demo://resource/dynamic/text/{resourceId}' },
          argument: { name: 'resourceId', value: '4' },
        });
        expect(completed).to.have.nested.property('completion.values').that.deep.equals(['4']);
      });

      it('fail as the server says', async () => {
        const gone = await failureOf(request(dispatcher, 'resources/read', { uri: 'demo://nowhere' }));
        expect(gone).to.include({ code: 'context/unknown' });
        expect(gone.rpc).to.include({ code: -32_602 });
        const bad = await failureOf(request(dispatcher, 'prompts/get', { name: 'args-prompt' }));
        expect(bad).to.include({ code: 'context/failed' });
        expect(bad.rpc).to.include({ code: -32_602 });
      });
    });

    describe(`of the 2026-07-28 era over ${transport}`, () => {
      let dispatcher: Dispatcher;

      before(() => {
        const server = transport === 'stdio' ? modern() : { url: modernHttp.url };
        dispatcher = createMcpDispatcher({ servers: { one: server } });
      });

      after(() => dispatcher.close());

      it('are listed page by page with their unknown fields, without the broken ones', async () => {
        expect(await listed(dispatcher, 'resources')).to.deep.equal([
          { uri: 'test://note', name: 'note', invented: { kept: true } },
        ]);
        expect(await keysOf(dispatcher, 'prompts', 'name')).to.deep.equal(['greet']);
        expect(dispatcher.backends?.()[0]?.problems.join()).to.match(
          /resource "test:\/\/broken" is left out: "name"/,
        );
      });

      it('are read, got and completed', async () => {
        const read = await request(dispatcher, 'resources/read', { uri: 'test://person/ada' });
        expect(read).to.have.deep.property('contents', [
          { uri: 'test://person/ada', text: 'at test://person/ada' },
        ]);
        expect(read).not.to.have.property('resultType');
        const got = await request(dispatcher, 'prompts/get', { name: 'greet', arguments: { who: 'Ada' } });
        expect(JSON.stringify(got)).to.include('Ada');
        const completed = await request(dispatcher, 'completion/complete', {
          ref: { type: 'ref/prompt', name: 'greet' },
          argument: { name: 'who', value: 'A' },
        });
        expect(completed).to.have.deep.property('completion', { values: ['greet A…'] });
        const gone = await failureOf(request(dispatcher, 'resources/read', { uri: 'test://nowhere' }));
        expect(gone).to.include({ code: 'context/unknown' });
        expect(gone.rpc).to.deep.equal({
          code: -32_602,
          message: 'no such thing',
          data: { uri: 'test://nowhere' },
        });
      });

      it('are listed again when the server says that they changed', async () => {
        const before = await listed(dispatcher, 'resources');
        const grown = changedUntil(dispatcher, async () => {
          const names = [
            ...(await keysOf(dispatcher, 'resources', 'name')),
            ...(await keysOf(dispatcher, 'prompts', 'name')),
            ...(await dispatcher.listTools(ANONYMOUS)).map(({ name }) => name),
          ];
          return names.filter((name) => name === 'grown').length === 3;
        });
        await call(dispatcher, 'grow');
        await grown;
        expect(await listed(dispatcher, 'resources')).not.to.equal(before);
      });
    });
  }
});

describe('resources and prompts of several servers', () => {
  let dispatcher: Dispatcher;
  const diagnostics: string[] = [];
  const both = { resources: {}, prompts: {} };

  before(async () => {
    dispatcher = createMcpDispatcher({
      servers: {
        b: fixture({
          tools: ['asked'],
          capabilities: both,
          lists: {
            resources: [
              { uri: 'test://shared', name: 'of b' },
              { uri: 'test://b', name: 'b' },
            ],
            prompts: [{ name: 'greet' }],
          },
        }),
        a: fixture({
          capabilities: { ...both, completions: {} },
          lists: {
            resources: [
              { uri: 'test://shared', name: 'of a' },
              { uri: 'test://gone', name: 'gone' },
            ],
            resourceTemplates: [{ uriTemplate: 'test://a/{id}', name: 'a' }],
            prompts: [{ name: 'greet' }, { name: 'only' }, { name: 7 }],
          },
        }),
        plain: fixture({ tools: ['asked'] }),
        broken: fixture({ capabilities: { resources: {} }, lists: { resources: 'many' } }),
      },
      onDiagnostic: (line) => diagnostics.push(line),
    });
    await listed(dispatcher, 'resources');
  });

  after(() => dispatcher.close());

  it('keep their URIs; the first server by name has one that several list', async () => {
    expect(await keysOf(dispatcher, 'resources', 'name')).to.deep.equal(['of a', 'gone', 'b']);
    expect(diagnostics).to.include(
      'server "b" resource "test://shared" is left out: server "a" has it already',
    );
  });

  it('get their server in front where prompts clash, and are got by their own name', async () => {
    expect(await keysOf(dispatcher, 'prompts', 'name')).to.deep.equal(['a_greet', 'only', 'b_greet']);
    const got = await request(dispatcher, 'prompts/get', { name: 'b_greet', arguments: { who: 'x' } });
    expect(got['got']).to.deep.equal({ name: 'greet', arguments: { who: 'x' } });
  });

  it('are found by URI, then by template, and not guessed where several have resources', async () => {
    const read = async (uri: string): Promise<unknown> =>
      (await request(dispatcher, 'resources/read', { uri }))['contents'];
    expect(await read('test://b')).to.deep.equal([{ uri: 'test://b', text: 'read test://b' }]);
    expect(await read('test://a/7')).to.deep.equal([{ uri: 'test://a/7', text: 'read test://a/7' }]);
    const lost = await failureOf(read('test://c'));
    expect(lost).to.include({ code: 'context/unknown', message: 'resources/read: resource not found' });
    expect(lost.rpc).to.deep.equal({
      code: -32_002,
      message: 'Resource not found',
      data: { uri: 'test://c' },
    });
    const gone = await failureOf(read('test://gone'));
    expect(gone).to.include({ code: 'context/unknown' });
    expect(gone.rpc).to.deep.equal({ code: -32_002, message: 'Resource not found' });
    const prompt = await failureOf(request(dispatcher, 'prompts/get', { name: 'greet' }));
    expect(prompt).to.include({ code: 'context/unknown' });
    expect(prompt.rpc).to.include({ code: -32_602 });
  });

  it('are completed with nothing where the server completes nothing', async () => {
    const completed = await request(dispatcher, 'completion/complete', {
      ref: { type: 'ref/prompt', name: 'b_greet' },
      argument: { name: 'who', value: 'A' },
    });
    expect(completed).to.deep.equal({ completion: { values: [], total: 0, hasMore: false } });
    const unknown = request(dispatcher, 'completion/complete', { ref: { type: 'ref/prompt', name: 'no' } });
    expect(await failureOf(unknown)).to.include({ code: 'context/unknown' });
  });

  it('cost nothing where a server has none: it is not asked', async () => {
    const methods = async (tool: string): Promise<unknown[]> => {
      const asked = JSON.parse(textOf(await call(dispatcher, tool))) as { method: string }[];
      return asked.map(({ method }) => method);
    };
    expect(await methods('plain_asked')).to.deep.equal(['server/discover', 'initialize']);
    expect(await methods('b_asked')).to.include.members([
      'resources/list',
      'resources/templates/list',
      'prompts/list',
    ]);
  });

  it('are a problem of their server where a list is none, and of no other', () => {
    const problems = dispatcher.backends?.().find(({ name }) => name === 'broken');
    expect(problems).to.include({ up: true });
    expect(problems?.problems).to.deep.equal([
      'cannot list its resources: answered resources/list without a list of resources',
    ]);
  });

  it('fail at once when their server is down', async () => {
    const mortal = createMcpDispatcher({
      servers: {
        one: fixture({
          tools: ['crash'],
          capabilities: { resources: {} },
          lists: { resources: [{ uri: 'test://one', name: 'one' }] },
        }),
      },
    });
    expect(await listed(mortal, 'resources')).to.have.lengthOf(1);
    await failureOf(call(mortal, 'crash'));
    const failure = await failureOf(request(mortal, 'resources/read', { uri: 'test://one' }));
    expect(failure).to.include({
      code: 'backend/unavailable',
      message: 'resources/read: server "one" is down: the process exited with code 1',
    });
    expect(await listed(mortal, 'resources')).to.have.lengthOf(1);
    await mortal.close();
  });
});
