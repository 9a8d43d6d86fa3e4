import { expect } from 'chai';
import { ANONYMOUS } from '../../../../../core/index.js';
import { createMcpDispatcher } from '../../../../../plugins/dispatchers/mcp/index.js';
import { everythingOverHttp } from '../../../../support/backends/everything-over-http.js';
import { everything, fixture, modern } from '../../../../support/backends/index.js';
import { modernOverHttp } from '../../../../support/backends/modern-over-http.js';
import { contextOf, testClient, until } from './asking.js';
import { call, changedUntil, failureOf, textOf } from '../calling.js';

type Dispatcher = ReturnType<typeof createMcpDispatcher>;

describe('log messages of servers', () => {
  let dispatcher: Dispatcher;

  afterEach(() => dispatcher.close());

  describe('of the 2025-11-25 era', () => {
    beforeEach(() => {
      dispatcher = createMcpDispatcher({
        servers: {
          one: fixture({ tools: ['log', 'hang', 'asked'], capabilities: { logging: {} } }),
        },
      });
    });

    it('reach the client whose call it is, from the level that it wants', async () => {
      for (const [logLevel, levels] of [
        ['info', ['warning']],
        ['debug', ['debug', 'warning']],
        ['alert', []],
        ['loud', []],
      ] as const) {
        const client = testClient('Ada', { logLevel });
        await call(dispatcher, 'log', { of: 'Ada' }, { client });
        expect(
          client.notices.map(({ params }) => params['level']),
          logLevel,
        ).to.deep.equal(levels);
        for (const [at, { method, params }] of client.notices.entries()) {
          expect(method).to.equal('notifications/message');
          expect(params).to.deep.include({ logger: 'fixture', data: `Ada ${levels[at] ?? ''}` });
        }
      }
      const quiet = testClient('Eve');
      await call(dispatcher, 'log', { of: 'Eve' }, { client: quiet });
      expect(quiet.notices).to.deep.equal([]);
    });

    it('are asked for at the lowest level that anybody wants, and only then', async () => {
      for (const logLevel of ['error', 'warning', 'critical', 'warning', 'debug', 'info'])
        await call(dispatcher, 'log', { of: 'Ada' }, { client: testClient('Ada', { logLevel }) });
      const asked = JSON.parse(textOf(await call(dispatcher, 'asked'))) as {
        method: string;
        level: string;
      }[];
      const levels = asked.filter(({ method }) => method === 'logging/setLevel').map(({ level }) => level);
      expect(levels).to.deep.equal(['error', 'warning', 'debug']);
    });

    it('reach nobody while it is not certain whose they are', async () => {
      await dispatcher.listTools(ANONYMOUS);
      const leaving = new AbortController();
      const hanging = failureOf(
        call(dispatcher, 'hang', {}, { client: testClient('Eve'), signal: leaving.signal }),
      );
      const client = testClient('Ada', { logLevel: 'debug' });
      await call(dispatcher, 'log', { of: 'Ada' }, { client });
      expect(client.notices).to.deep.equal([]);
      leaving.abort();
      await hanging;
    });
  });

  for (const transport of ['stdio', 'http'] as const) {
    it(`of the 2026-07-28 era are asked for with each call: ${transport}`, async () => {
      const overHttp = transport === 'http' ? await modernOverHttp() : undefined;
      dispatcher = createMcpDispatcher({
        servers: { one: overHttp === undefined ? modern() : { url: overHttp.url } },
      });
      const ada = testClient('Ada', { logLevel: 'debug' });
      await call(dispatcher, 'log', { of: 'Ada' }, { client: ada });
      expect(ada.notices.map(({ params }) => params['data'])).to.deep.equal(['Ada debug', 'Ada warning']);
      const clients = ['a', 'b', 'c'].map((name) => testClient(name, { logLevel: 'info' }));
      await Promise.all(clients.map((client, at) => call(dispatcher, 'log', { of: String(at) }, { client })));
      const certain = transport === 'http' ? ['0 warning', '1 warning', '2 warning'] : [];
      const heard = clients.flatMap(({ notices }) => notices.map(({ params }) => params['data']));
      if (transport === 'http') expect(heard).to.deep.equal(certain);
      else
        for (const [at, { notices }] of clients.entries())
          for (const { params } of notices) expect(params['data']).to.equal(`${at} warning`);
      await overHttp?.close();
    });
  }
});

describe('the end of an elicitation by URL', () => {
  it('reaches the client that was sent there, by an error or by a question, also after the call', async () => {
    const dispatcher = createMcpDispatcher({
      servers: { one: fixture({ tools: ['ask', 'visit', 'visited'] }) },
    });
    const ada = testClient('Ada');
    const bob = testClient('Bob');
    const failure = await failureOf(call(dispatcher, 'visit', { elicitationId: 'first' }, { client: ada }));
    expect(failure.rpc).to.deep.equal({
      code: -32_042,
      message: 'go there',
      data: {
        elicitations: [{ mode: 'url', url: 'https://a.example/', message: 'Go', elicitationId: 'first' }],
        more: 1,
      },
    });
    const params = { mode: 'url', url: 'https://b.example/', message: 'Go', elicitationId: 'second' };
    await call(dispatcher, 'ask', { method: 'elicitation/create', params }, { client: bob });
    for (const elicitationId of ['first', 'second', 'third'])
      await call(dispatcher, 'visited', { elicitationId }, { client: testClient('Eve') });
    const told = { method: 'notifications/elicitation/complete' };
    expect(ada.notices).to.deep.equal([{ ...told, params: { elicitationId: 'first' } }]);
    expect(bob.notices).to.deep.equal([{ ...told, params: { elicitationId: 'second' } }]);
    await dispatcher.close();
  });
});

describe('updates of resources', () => {
  let dispatcher: Dispatcher;

  afterEach(() => dispatcher.close());

  it('reach those who follow, and the server is told of the first and the last of them', async () => {
    dispatcher = createMcpDispatcher({
      servers: {
        one: fixture({
          tools: ['touch', 'asked', 'crash'],
          capabilities: { resources: { subscribe: true } },
          lists: { resources: [{ uri: 'test://one', name: 'one' }] },
        }),
        two: fixture({ capabilities: { resources: {} }, lists: { resources: [] } }),
      },
      startupWaitMs: Number.POSITIVE_INFINITY,
      clock: retryingAtOnce,
    });
    const context = contextOf(dispatcher);
    await context.list('resources', ANONYMOUS);
    const heard: string[] = [];
    const first = context.subscribe?.('test://one', () => heard.push('first'));
    const second = context.subscribe?.('test://one', () => heard.push('second'));
    const touch = (uri: string): ReturnType<typeof call> => call(dispatcher, 'touch', { uri });
    await touch('test://one');
    await touch('test://other');
    expect(heard).to.deep.equal(['first', 'second']);
    await touch('test://one/part');
    expect(heard.splice(0)).to.deep.equal(['first', 'second', 'first', 'second']);
    const asked = async (): Promise<string[]> => {
      const all = JSON.parse(textOf(await call(dispatcher, 'asked'))) as { method: string; uri?: string }[];
      return all
        .filter(({ method }) => /subscribe/.test(method))
        .map(({ method, uri }) => `${method} ${uri ?? ''}`);
    };
    expect(await asked()).to.deep.equal(['resources/subscribe test://one']);

    const down = changedUntil(dispatcher, () => dispatcher.backends?.()[0]?.up === false);
    await failureOf(call(dispatcher, 'crash'));
    await down;
    await changedUntil(dispatcher, () => dispatcher.backends?.()[0]?.up === true);
    expect(await asked()).to.deep.equal(['resources/subscribe test://one']);
    await touch('test://one');
    expect(heard.splice(0)).to.deep.equal(['first', 'second']);

    first?.();
    first?.();
    await touch('test://one');
    expect(heard.splice(0)).to.deep.equal(['second']);
    second?.();
    await touch('test://one');
    expect(heard).to.deep.equal([]);
    expect(await asked()).to.deep.equal([
      'resources/subscribe test://one',
      'resources/unsubscribe test://one',
    ]);
  });

  it('reach those who followed before the server was there', async () => {
    dispatcher = createMcpDispatcher({
      servers: {
        one: fixture({
          tools: ['touch'],
          capabilities: { resources: { subscribe: true } },
          lists: { resources: [{ uri: 'test://one', name: 'one' }] },
        }),
      },
    });
    let count = 0;
    contextOf(dispatcher).subscribe?.('test://one', () => (count += 1));
    await contextOf(dispatcher).list('resources', ANONYMOUS);
    await call(dispatcher, 'touch', { uri: 'test://one' });
    expect(count).to.equal(1);
  });

  for (const transport of ['stdio', 'http'] as const) {
    it(`of a server of the 2026-07-28 era arrive: ${transport}`, async () => {
      const overHttp = transport === 'http' ? await modernOverHttp() : undefined;
      dispatcher = createMcpDispatcher({
        servers: { one: overHttp === undefined ? modern() : { url: overHttp.url } },
      });
      await contextOf(dispatcher).list('resources', ANONYMOUS);
      const heard: string[] = [];
      const stop = contextOf(dispatcher).subscribe?.('test://note', () => heard.push('note'));
      contextOf(dispatcher).subscribe?.('test://other', () => heard.push('other'));
      while (heard.length === 0) {
        await call(dispatcher, 'touch');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(new Set(heard)).to.deep.equal(new Set(['note']));
      stop?.();
      await overHttp?.close();
    });
  }

  for (const transport of ['stdio', 'http'] as const) {
    it(`of a real server of the 2025-11-25 era arrive: ${transport}`, async () => {
      const overHttp = transport === 'http' ? await everythingOverHttp('streamableHttp') : undefined;
      dispatcher = createMcpDispatcher({
        servers: { one: overHttp === undefined ? everything() : { url: overHttp.url } },
      });
      let count = 0;
      await contextOf(dispatcher).list('resources', ANONYMOUS);
      contextOf(dispatcher).subscribe?.('demo://resource/dynamic/text/1', () => (count += 1));
      await call(dispatcher, 'toggle-subscriber-updates');
      await until(() => count > 0);
      await overHttp?.close();
    });
  }

  const retryingAtOnce = {
    now: () => performance.now(),
    after: (delayMs: number, callback: () => void) => {
      const timer = setTimeout(callback, delayMs > 300 && delayMs < 20_000 ? 10 : delayMs);
      return () => clearTimeout(timer);
    },
  };
});
