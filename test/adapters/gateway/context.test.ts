import { expect } from 'chai';
import { createGateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import {
  createCodeMode,
  ToolscriptError,
  type CodeMode,
  type JsonObject,
  type LimitPolicy,
} from '../../../core/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { AnySource } from './any-source.js';
import { rawHttp, rawStdio, type RawClient } from './raw-client.js';

const RESOURCES: readonly JsonObject[] = [
  {
    uri: 'note://1',
    name: 'one',
    icons: [{ src: 'https://example.com/i.png', 'x-tint': 'red' }],
    extra: { a: 1 },
  },
];
const TEMPLATES: readonly JsonObject[] = [{ uriTemplate: 'note://{id}', name: 'any', _meta: { 'x/y': 1 } }];
const PROMPTS: readonly JsonObject[] = [{ name: 'greet', arguments: [{ name: 'who', 'x-hint': true }] }];

const CLIENTS: Readonly<
  Record<string, (door: HttpDoor, gateway: ReturnType<typeof createGateway>) => Promise<RawClient>>
> = {
  'stdio, 2025-11-25': (_door, gateway) => rawStdio(gateway, 'legacy'),
  'stdio, 2026-07-28': (_door, gateway) => rawStdio(gateway, 'modern'),
  'HTTP, 2025-11-25': ({ url }) => rawHttp(url, 'legacy'),
  'HTTP, 2026-07-28': ({ url }) => rawHttp(url, 'modern'),
};

for (const [name, connect] of Object.entries(CLIENTS)) {
  describe(`context through the gateway: ${name}`, () => {
    let source: AnySource;
    /** What nobody may read any more. */
    let closed: Set<string>;
    let codeMode: CodeMode;
    let door: HttpDoor;
    let client: RawClient;

    beforeEach(async () => {
      source = new AnySource();
      Object.assign(source.lists, { resources: RESOURCES, resourceTemplates: TEMPLATES, prompts: PROMPTS });
      closed = new Set();
      const rights: LimitPolicy = {
        authorizeContext: ({ name: uri }) => (closed.has(uri) ? { allow: false } : { allow: true }),
      };
      const runtime = createStarlarkRuntime();
      codeMode = await createCodeMode({ runtime, dispatcher: source.dispatcher, limits: rights });
      const gateway = createGateway({ codeMode, scriptTool: false });
      door = await gateway.serveHttp();
      client = await connect(door, gateway);
    });

    afterEach(async () => {
      await client.close();
      await door.close();
      await codeMode.close();
    });

    it('is listed as the servers list it', async () => {
      const { result: resources } = await client.ask('resources/list');
      expect(resources?.['resources']).to.deep.equal(RESOURCES);
      const { result: templates } = await client.ask('resources/templates/list');
      expect(templates?.['resourceTemplates']).to.deep.equal(TEMPLATES);
      const { result: prompts } = await client.ask('prompts/list');
      expect(prompts?.['prompts']).to.deep.equal(PROMPTS);
      const caching = client.era === 'modern' ? { ttlMs: 60_000, cacheScope: 'private' } : {};
      expect({ ...resources, ...prompts }).to.include(caching);
      expect('ttlMs' in (resources ?? {})).to.equal(client.era === 'modern');
    });

    it('is read, got and completed with the fields that the servers answer', async () => {
      const answers: Record<string, JsonObject> = {
        'resources/read': { contents: [{ uri: 'note://1', text: 'hi', 'x-of': 'server' }], extra: [1] },
        'prompts/get': { messages: [{ role: 'user', content: { type: 'hologram' } }], description: 'd' },
        'completion/complete': { completion: { values: ['a'], total: 1, 'x-n': 0 } },
      };
      source.request = ({ method }) => Promise.resolve(answers[method]!);
      const params: Record<string, object> = {
        'resources/read': { uri: 'note://1' },
        'prompts/get': { name: 'greet', arguments: { who: 'you' } },
        'completion/complete': {
          ref: { type: 'ref/prompt', name: 'greet' },
          argument: { name: 'who', value: 'y' },
        },
      };
      for (const [method, answer] of Object.entries(answers)) {
        const { result } = await client.ask(method, params[method], { traceparent: '00-aa-bb-01' });
        expect(result, method).to.deep.include(answer);
        expect(source.asked.at(-1), method).to.deep.include({
          method,
          params: params[method],
          meta: { traceparent: '00-aa-bb-01' },
        });
      }
    });

    it('says nothing of what a server shared with everybody', async () => {
      source.request = () => Promise.resolve({ contents: [], ttlMs: 5, cacheScope: 'public' });
      const { result } = await client.ask('resources/read', { uri: 'note://1' });
      if (client.era === 'modern') expect(result).to.include({ ttlMs: 5, cacheScope: 'private' });
    });

    it('answers a server’s own error with its code, words and data', async () => {
      const rpc = { code: -32_011, message: 'Locked', data: { by: ['me'] } };
      source.request = () =>
        Promise.reject(new ToolscriptError({ code: 'context/failed', message: 'no' }, { rpc }));
      const { error } = await client.ask('prompts/get', { name: 'greet' });
      expect(error).to.deep.equal(rpc);
    });

    it('does not pass on what a server says of its connection with us', async () => {
      const rpc = { code: -32_022, message: 'Unsupported protocol version' };
      source.request = () =>
        Promise.reject(new ToolscriptError({ code: 'context/failed', message: 'no' }, { rpc }));
      const { error } = await client.ask('prompts/get', { name: 'greet' });
      expect(error?.code).to.equal(-32_603);
      expect(error?.message).not.to.include('version');
    });

    it('names the resource that is not there', async () => {
      const { error } = await client.ask('resources/read', { uri: 'note://7' });
      expect(error?.code).to.equal(-32_602);
      expect(error?.data).to.include({ uri: 'note://7' });
    });

    it('never hears -32002, which is no more, also where an older server says it', async () => {
      const rpc = { code: -32_002, message: 'Resource not found', data: { of: 'the server' } };
      source.request = () =>
        Promise.reject(new ToolscriptError({ code: 'context/failed', message: 'no' }, { rpc }));
      const { error } = await client.ask('prompts/get', { name: 'greet' });
      expect(error).to.deep.equal({ ...rpc, code: -32_602 });
    });

    it('refuses what is no request', async () => {
      const wrong: [string, object][] = [
        ['resources/read', {}],
        ['prompts/get', { name: 7 }],
        ['prompts/get', { name: 'greet', arguments: [] }],
        ['completion/complete', { ref: 'greet' }],
        ['resources/list', { cursor: 'nonsense' }],
      ];
      for (const [method, params] of wrong) {
        expect((await client.ask(method, params)).error?.code, method).to.equal(-32_602);
      }
      expect(source.asked).to.deep.equal([]);
    });

    it('is told of lists that changed, and only of those', async () => {
      if (client.era === 'modern')
        await listen(client, { promptsListChanged: true, resourcesListChanged: true });
      else await client.ask('prompts/list');
      source.changed();
      source.lists.prompts = PROMPTS.map((prompt) => ({ ...prompt }));
      source.changed();
      source.lists.prompts = [...PROMPTS, { name: 'leave' }];
      source.changed();
      await client.next('notifications/prompts/list_changed');
      source.lists.resourceTemplates = [];
      source.changed();
      await client.next('notifications/resources/list_changed');
      expect(client.told.filter(({ method }) => method?.endsWith('list_changed'))).to.deep.equal([]);
    });

    it('is told of resources that were updated, for as long as it wants', async () => {
      source.request = () => Promise.resolve({ contents: [] });
      if (client.era === 'modern') {
        await listen(client, { resourceSubscriptions: ['note://1', 'note://3'] });
      } else {
        for (const uri of ['note://1', 'note://3', 'note://1'])
          await client.ask('resources/subscribe', { uri });
      }
      expect(source.updated('note://2')).to.equal(0);
      expect(source.updated('note://3')).to.equal(1);
      expect((await client.next('notifications/resources/updated')).params).to.include({ uri: 'note://3' });
      if (client.era === 'legacy') {
        await client.ask('resources/unsubscribe', { uri: 'note://3' });
        expect(source.listeners('note://3')).to.equal(0);
        expect(source.listeners('note://1')).to.equal(1);
      }
    });

    it('is not told of a resource that it may not read', async () => {
      if (client.era === 'modern') {
        const { params } = await listen(client, { resourceSubscriptions: ['note://1', 'secret://1'] });
        expect(params?.['notifications']).to.deep.equal({ resourceSubscriptions: ['note://1'] });
      } else {
        const { error } = await client.ask('resources/subscribe', { uri: 'secret://1' });
        expect(error?.code).to.equal(-32_602);
        expect(error?.data).to.include({ uri: 'secret://1' });
      }
      expect(source.listeners('secret://1')).to.equal(0);
    });

    it('hears no more of a resource that it may not read any more', async () => {
      source.request = () => Promise.resolve({ contents: [] });
      if (client.era === 'modern') await listen(client, { resourceSubscriptions: ['note://1', 'note://3'] });
      else for (const uri of ['note://1', 'note://3']) await client.ask('resources/subscribe', { uri });
      closed.add('note://1');
      source.updated('note://1');
      while (source.listeners('note://1') > 0) await new Promise(setImmediate);
      source.updated('note://3');
      expect((await client.next('notifications/resources/updated')).params).to.include({ uri: 'note://3' });
      expect(client.told.filter(({ method }) => method === 'notifications/resources/updated')).to.deep.equal(
        [],
      );
      closed.clear();
      if (client.era === 'legacy') {
        await client.ask('resources/subscribe', { uri: 'note://1' });
        expect(source.listeners('note://1')).to.equal(1);
      }
    });

    it('stops listening when the client goes', async () => {
      if (client.era === 'modern') await listen(client, { resourceSubscriptions: ['note://1'] });
      else await client.ask('resources/subscribe', { uri: 'note://1' });
      expect(source.listeners('note://1')).to.equal(1);
      await client.close();
      if (name === 'HTTP, 2025-11-25') await door.close();
      while (source.listeners('note://1') > 0) await new Promise(setImmediate);
    });

    it('has the messages of servers at the level that the client wants', async () => {
      source.request = ({ client: link }) => {
        for (const level of ['debug', 'warning']) {
          link?.notify?.({ method: 'notifications/message', params: { level, data: level, extra: 1 } });
        }
        return Promise.resolve({ contents: [] });
      };
      const meta = client.era === 'modern' ? { 'io.modelcontextprotocol/logLevel': 'warning' } : {};
      if (client.era === 'legacy') {
        expect((await client.ask('logging/setLevel', { level: 'loud' })).error?.code).to.equal(-32_602);
        await client.ask('logging/setLevel', { level: 'warning' });
      }
      await client.ask('resources/read', { uri: 'note://1' }, meta);
      const { params } = await client.next('notifications/message');
      expect(params).to.deep.equal({ level: 'warning', data: 'warning', extra: 1 });
      if (client.era === 'modern') await client.ask('resources/read', { uri: 'note://1' });
      expect(client.told).to.deep.equal([]);
    });

    it('has progress only when it asks for it', async () => {
      source.request = ({ onProgress }) => {
        onProgress?.({ progress: 1, total: 2, message: 'half' });
        return Promise.resolve({ contents: [] });
      };
      await client.ask('resources/read', { uri: 'note://1' });
      await client.ask('resources/read', { uri: 'note://1' }, { progressToken: 'mine' });
      const { params } = await client.next('notifications/progress');
      expect(params).to.deep.equal({ progressToken: 'mine', progress: 1, total: 2, message: 'half' });
      expect(client.told).to.deep.equal([]);
    });
  });
}

/** Opens a stream; answers with what acknowledges it. */
async function listen(client: RawClient, notifications: object): ReturnType<RawClient['next']> {
  void client.ask('subscriptions/listen', { notifications });
  return client.next('notifications/subscriptions/acknowledged');
}
