import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { ANONYMOUS, type Clock } from '../../../../../core/index.js';
import { createMcpDispatcher } from '../../../../../plugins/dispatchers/mcp/index.js';
import { contextOf } from '../clients/asking.js';
import { changedUntil, namesOf } from '../calling.js';

const ID = 'io.modelcontextprotocol/subscriptionId';
const end = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };

interface Asked {
  readonly id: number;
  readonly method: string;
  readonly params?: { readonly notifications?: object };
}

/** What a server was asked for with a stream, and the stream itself. */
interface Opened {
  readonly wanted: object | undefined;
  tell(method: string, params?: object): void;
  /** As a server ends it that goes. */
  complete(): void;
  cut(): void;
}

describe('the stream of changes of a server', () => {
  const tools = [{ name: 'first', inputSchema: { type: 'object' } }];
  let opened: Opened[];
  let http: Server;
  let dispatcher: ReturnType<typeof createMcpDispatcher>;
  let waits: number[];

  /** The real clock, but for the wait before a stream is opened again. */
  const clock: Clock = {
    now: () => performance.now(),
    after: (delayMs, callback) => {
      const isRetry = delayMs > 500 && delayMs < 20_000 && delayMs !== 1_500;
      if (isRetry) waits.push(delayMs);
      const timer = setTimeout(callback, isRetry ? 1 : delayMs);
      return () => clearTimeout(timer);
    },
  };

  beforeEach(async () => {
    opened = [];
    waits = [];
    tools.length = 1;
    http = createServer((request, response) => {
      void text(request).then((body) => answer(JSON.parse(body) as Asked, response));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    dispatcher = createMcpDispatcher({
      servers: { web: { url: `http://127.0.0.1:${String(port)}/mcp` } },
      startupWaitMs: Number.POSITIVE_INFINITY,
      clock,
    });
    await dispatcher.listTools(ANONYMOUS);
    await contextOf(dispatcher).list('resources', ANONYMOUS);
    await streams(1);
  });

  afterEach(async () => {
    await dispatcher.close();
    http.closeAllConnections();
    http.close();
  });

  function answer({ id, method, params }: Asked, response: ServerResponse): void {
    const json = (result: object): unknown =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id, result: { ...result, ...end } }));
    const list = { listChanged: true };
    if (method === 'server/discover')
      json({
        supportedVersions: ['2026-07-28'],
        capabilities: { tools: list, resources: { subscribe: true } },
      });
    else if (method === 'tools/list') json({ tools });
    else if (method === 'resources/list') json({ resources: [{ uri: 'note://1', name: 'one' }] });
    else if (method === 'resources/templates/list') json({ resourceTemplates: [] });
    else if (method === 'subscriptions/listen') listen(id, params?.notifications, response);
    else response.writeHead(202).end();
  }

  function listen(id: number, wanted: object | undefined, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    const write = (message: object): unknown =>
      response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`);
    const tell = (method: string, params: object = {}): unknown =>
      write({ method, params: { ...params, _meta: { [ID]: id } } });
    tell('notifications/subscriptions/acknowledged', { notifications: wanted });
    opened.push({
      wanted,
      tell,
      complete: () => {
        write({ id, result: { resultType: 'complete', _meta: { [ID]: id } } });
        response.end();
      },
      cut: () => void response.destroy(),
    });
  }

  async function streams(count: number): Promise<void> {
    while (opened.length < count) await new Promise((resolve) => setImmediate(resolve));
  }

  const ENDS = ['complete', 'cut'] as const;
  for (const how of ENDS) {
    it(`is opened again when it is ${how}, and what changed meanwhile is read`, async () => {
      const grown = changedUntil(dispatcher, async () => (await namesOf(dispatcher)).includes('meanwhile'));
      tools.push({ name: 'meanwhile', inputSchema: { type: 'object' } });
      opened[0]!.tell('notifications/nobody/knows');
      opened[0]![how]();
      await streams(2);
      await grown;
      expect(opened[1]!.wanted).to.deep.equal({ toolsListChanged: true });
      const more = changedUntil(dispatcher, async () => (await namesOf(dispatcher)).includes('later'));
      tools.push({ name: 'later', inputSchema: { type: 'object' } });
      opened[1]!.tell('notifications/tools/list_changed');
      await more;
      expect(waits.length).to.equal(1);
    });
  }

  it('is opened anew for a resource that is followed, and again with it when it ends', async () => {
    let count = 0;
    contextOf(dispatcher).subscribe?.('note://1', () => (count += 1));
    await streams(2);
    const wanted = { toolsListChanged: true, resourceSubscriptions: ['note://1'] };
    expect(opened[1]!.wanted).to.deep.equal(wanted);
    opened[1]!.complete();
    await streams(3);
    expect(opened[2]!.wanted).to.deep.equal(wanted);
    opened[2]!.tell('notifications/resources/updated', { uri: 'note://1' });
    while (count === 0) await new Promise((resolve) => setImmediate(resolve));
  });
});
