import { expect } from 'chai';
import { ANONYMOUS, type Caller, type ClientQuestion, type JsonObject } from '../../../../../core/index.js';
import { createMcpDispatcher } from '../../../../../plugins/dispatchers/mcp/index.js';
import {
  everythingOverHttp,
  type ListeningServer,
} from '../../../../support/backends/everything-over-http.js';
import { everything, fixture, modern } from '../../../../support/backends/index.js';
import { modernOverHttp } from '../../../../support/backends/modern-over-http.js';
import { request, testClient, until } from './asking.js';
import { call, failureOf, textOf } from '../calling.js';

type Dispatcher = ReturnType<typeof createMcpDispatcher>;

const allText = ({ content }: Awaited<ReturnType<typeof call>>): string =>
  content.map(({ text }) => (typeof text === 'string' ? text : '')).join('\n');

describe('questions of servers of the 2025-11-25 era', () => {
  let overHttp: ListeningServer;

  before(async () => {
    overHttp = await everythingOverHttp('streamableHttp');
  });

  after(() => overHttp.close());

  for (const transport of ['stdio', 'http'] as const) {
    describe(`over ${transport}, with a real server`, () => {
      let dispatcher: Dispatcher;

      before(() => {
        const server = transport === 'stdio' ? everything() : { url: overHttp.url };
        dispatcher = createMcpDispatcher({ servers: { one: server } });
      });

      after(() => dispatcher.close());

      it('reach the client whose call it is, and its answer goes back', async () => {
        const client = testClient('Ada');
        const asked = await call(dispatcher, 'trigger-elicitation-request', {}, { client });
        expect(allText(asked)).to.include('- Name: Ada');
        expect(client.questions[0]).to.include({ method: 'elicitation/create' });
        expect(client.questions[0]?.params).to.have.nested.property('requestedSchema.properties.name');
        const sampled = await call(dispatcher, 'trigger-sampling-request', { prompt: 'Hi' }, { client });
        expect(allText(sampled)).to.include('Ada says so');
      });

      it('are refused on behalf of a client that cannot answer, or cannot be asked', async () => {
        for (const rest of [{}, { client: testClient('mute', { capabilities: { roots: {} } }) }]) {
          const refused = await call(dispatcher, 'trigger-elicitation-request', {}, rest);
          expect(refused.isError).to.equal(true);
          expect(allText(refused)).to.include('the client does not support elicitation/create');
        }
        const formOnly = testClient('form', { capabilities: { elicitation: {} } });
        const args = { url: 'https://a.example/', message: 'Go' };
        const refused = await call(dispatcher, 'trigger-url-elicitation', args, { client: formOnly });
        expect(allText(refused)).to.include('the client does not support "url" in elicitation');
        expect(formOnly.questions).to.deep.equal([]);
      });

      it('may come as an error, which is passed on as it is', async () => {
        const args = { url: 'https://a.example/', message: 'Go', errorPath: true };
        const failure = await failureOf(
          call(dispatcher, 'trigger-url-elicitation', args, { client: testClient('Ada') }),
        );
        expect(failure).to.include({ code: 'tool/failed' });
        expect(failure.rpc).to.have.nested.property('data.elicitations[0].mode', 'url');
        expect(failure.rpc).to.include({ code: -32_042 });
      });
    });
  }

  it('of many clients at once reach each its own over HTTP, which says whose they are', async () => {
    const dispatcher = createMcpDispatcher({ servers: { one: { url: overHttp.url } } });
    const names = Array.from({ length: 20 }, (_, index) => `client ${index}`);
    const answers = await Promise.all(
      names.map((name) => call(dispatcher, 'trigger-elicitation-request', {}, { client: testClient(name) })),
    );
    expect(answers.map((answer) => /- Name: (.*)/.exec(allText(answer))?.[1])).to.deep.equal(names);
    await dispatcher.close();
  });

  describe('where the connection does not say whose they are', () => {
    let dispatcher: Dispatcher;
    const elicitation = { method: 'elicitation/create', params: { message: 'Who?' } };

    beforeEach(() => {
      dispatcher = createMcpDispatcher({
        servers: {
          one: fixture({ tools: ['ask', 'hang', 'give_up'] }),
          late: fixture({ tools: ['ask_late', 'slow'], faults: ['asks when left'] }),
        },
      });
    });

    afterEach(() => dispatcher.close());

    const ask = async (
      rest: Parameters<typeof call>[3] = {},
      args: JsonObject = elicitation,
    ): Promise<JsonObject> => JSON.parse(textOf(await call(dispatcher, 'ask', args, rest))) as JsonObject;

    /** A call that lasts as long as the test. */
    const occupy = async (rest: Parameters<typeof call>[3]): Promise<void> => {
      await dispatcher.listTools(ANONYMOUS);
      void call(dispatcher, 'hang', {}, rest).catch(() => undefined);
    };

    it('are refused while calls of two clients are under way, also of one that cannot be asked', async () => {
      for (const other of [{ client: testClient('Eve') }, {}]) {
        const leaving = new AbortController();
        await occupy({ ...other, signal: leaving.signal });
        const client = testClient('Ada');
        expect(await ask({ client })).to.deep.equal({
          error: {
            code: -32_603,
            message:
              'elicitation/create: requests of several clients are under way, and it does not say which of them it belongs to',
          },
        });
        expect(client.questions).to.deep.equal([]);
        leaving.abort();
      }
    });

    it('reach the client when all calls that are under way are of one', async () => {
      const client = testClient('Ada');
      await occupy({ client });
      expect(await ask({ client })).to.deep.equal({ result: { action: 'accept', content: { name: 'Ada' } } });
    });

    it('reach the client when all calls that are under way are of one session', async () => {
      const caller: Caller = { id: 'ada', session: 'a session' };
      await occupy({ caller, client: testClient('the call before') });
      expect(await ask({ caller, client: testClient('Ada') })).to.have.property('result');
      const stranger: Caller = { id: 'eve', session: 'a session' };
      expect(await ask({ caller: stranger, client: testClient('Eve') })).to.have.property('error');
    });

    it('are refused when the call was left a moment ago: they may be its, not of the next', async () => {
      await dispatcher.listTools(ANONYMOUS);
      const eve = testClient('Eve');
      const leaving = new AbortController();
      const left = failureOf(
        call(dispatcher, 'ask_late', {}, { client: testClient('Ada'), signal: leaving.signal }),
      );
      const next = call(dispatcher, 'slow', { ms: 300 }, { client: eve });
      leaving.abort();
      await left;
      await next;
      expect(eve.questions).to.deep.equal([]);
    });

    it('are passed on without what their _meta says of one hop', async () => {
      const client = testClient('Ada');
      const _meta = { progressToken: 1, traceparent: 'kept' };
      await ask({ client }, { method: 'elicitation/create', params: { message: 'Who?', _meta } });
      expect(client.questions[0]?.params).to.deep.equal({ message: 'Who?', _meta: { traceparent: 'kept' } });
    });

    it('are refused when they are none that a server may ask here', async () => {
      const client = testClient('Ada');
      const refused = async (method: string, params: JsonObject = {}): Promise<unknown> =>
        ((await ask({ client }, { method, params }))['error'] as JsonObject)['code'];
      expect(await refused('roots/list')).to.equal(-32_601);
      expect(await refused('host/shutdown')).to.equal(-32_601);
      expect(await refused('elicitation/create', { mode: 'telepathy' })).to.equal(-32_602);
      const plain = testClient('plain', { capabilities: { sampling: {} } });
      const tools = { method: 'sampling/createMessage', params: { tools: [] } };
      expect((await ask({ client: plain }, tools))['error']).to.include({ code: -32_602 });
    });

    it('are answered with an error when the client gives none, and tell nothing of why', async () => {
      const client = testClient('Ada', { ask: () => Promise.reject(new Error('secret path /home/ada')) });
      expect(await ask({ client })).to.deep.equal({
        error: { code: -32_603, message: 'elicitation/create: the client gave no answer' },
      });
    });

    it('are taken back when the server does not want the answer any more, and when the call ends', async () => {
      const left: string[] = [];
      const client = testClient('Ada', {
        ask: (_question: ClientQuestion, signal: AbortSignal) =>
          new Promise<never>((_, reject) => {
            signal.addEventListener('abort', () => {
              left.push('left');
              reject(new Error('left'));
            });
          }),
      });
      await call(dispatcher, 'give_up', elicitation, { client });
      await until(() => left.length === 1);
      const leaving = new AbortController();
      const waiting = failureOf(call(dispatcher, 'ask', elicitation, { client, signal: leaving.signal }));
      await new Promise((resolve) => setTimeout(resolve, 50));
      leaving.abort();
      expect(await waiting).to.include({ code: 'cancelled' });
      await until(() => left.length === 2);
    });
  });
});

describe('servers of the 2026-07-28 era that need input', () => {
  let overHttp: ListeningServer;

  before(async () => {
    overHttp = await modernOverHttp();
  });

  after(() => overHttp.close());

  for (const transport of ['stdio', 'http'] as const) {
    describe(`over ${transport}`, () => {
      let dispatcher: Dispatcher;

      before(() => {
        const server = transport === 'stdio' ? modern() : { url: overHttp.url };
        dispatcher = createMcpDispatcher({ servers: { one: server } });
      });

      after(() => dispatcher.close());

      const ask = (args: JsonObject, rest: Parameters<typeof call>[3]): ReturnType<typeof call> =>
        call(dispatcher, 'ask', args, rest);

      it('have what they need passed on as it is to a client that comes back with it', async () => {
        const client = testClient('Ada');
        const first = await ask({}, { client, input: {} });
        expect(first).to.deep.include({
          content: [],
          resultType: 'input_required',
          requestState: 'one:first',
        });
        expect(first).to.have.nested.property('inputRequests.who.method', 'elicitation/create');
        expect(client.questions).to.deep.equal([]);
        const responses = { who: { action: 'accept', content: { name: 'Ada' } } };
        const second = await ask({}, { client, input: { responses, state: 'one:first' } });
        expect(JSON.parse(textOf(second))).to.deep.equal({ inputResponses: responses, state: 'first' });
        expect(second).not.to.have.property('resultType');
      });

      it('are not handed the state of another server', async () => {
        for (const state of ['two:first', 'first', '']) {
          const refused = await failureOf(ask({}, { client: testClient('Ada'), input: { state } }));
          expect(refused.rpc).to.deep.include({ code: -32_602, message: 'Invalid or expired requestState' });
        }
      });

      it('are answered by a client that is asked meanwhile, as often as they need', async () => {
        const client = testClient('Ada');
        const once = await ask({}, { client });
        const answer = { action: 'accept', content: { name: 'Ada' } };
        expect(JSON.parse(textOf(once))).to.deep.equal({ inputResponses: { who: answer }, state: 'first' });
        const twice = await ask({ twice: true }, { client });
        expect(JSON.parse(textOf(twice))).to.deep.equal({
          inputResponses: { again: answer },
          state: 'second',
        });
        expect(client.questions).to.have.lengthOf(3);
      });

      it('are asked again without an answer when they only want that', async () => {
        expect(textOf(await ask({ stateOnly: true }, {}))).to.equal('asked again with busy');
      });

      it('fail the call when nobody can answer', async () => {
        expect(await failureOf(ask({}, {}))).to.include({
          code: 'tool/failed',
          message: 'call ask: the client does not support elicitation/create',
        });
      });

      it('are told what the client of the call can do, and nothing of others', async () => {
        const capabilitiesOf = async (rest: Parameters<typeof call>[3]): Promise<unknown> =>
          JSON.parse(textOf(await call(dispatcher, 'era', {}, rest)));
        const capabilities = { elicitation: {}, sampling: { tools: {} }, experimental: { ours: {} } };
        const client = testClient('Ada', { capabilities });
        const passed = { elicitation: {}, sampling: { tools: {} } };
        expect(await capabilitiesOf({ client })).to.deep.equal(passed);
        const stateless = testClient('Ada', { capabilities });
        delete (stateless as { ask?: unknown }).ask;
        expect(await capabilitiesOf({ client: stateless, input: {} })).to.deep.equal(passed);
        expect(await capabilitiesOf({ client: stateless })).to.deep.equal({});
        expect(await capabilitiesOf({})).to.deep.equal({});
      });
    });
  }

  it('may ask for a resource too', async () => {
    const dispatcher = createMcpDispatcher({ servers: { one: modern() } });
    const params = { uri: 'test://person/asks' };
    const first = await request(dispatcher, 'resources/read', params, { input: {} });
    expect(first).to.include({ resultType: 'input_required' });
    const read = await request(dispatcher, 'resources/read', params, { client: testClient('Ada') });
    expect(JSON.stringify(read)).to.include('Ada');
    await dispatcher.close();
  });
});
