/** Streams of `subscriptions/listen`: each for itself, and nothing kept of one that is over. */
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { createGateway, type Gateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import type { CodeMode } from '../../../core/index.js';
import { until } from '../../support/test-tools.js';
import { AnySource } from './any-source.js';
import { compose } from './composed.js';
import { MODERN_META, type Message } from './raw-client.js';

const ID = 'io.modelcontextprotocol/subscriptionId';
const WANTED = { toolsListChanged: true, resourceSubscriptions: ['note://1'] };

/** One stream, as its client sees it. */
interface Stream {
  readonly messages: Message[];
  /** Ends it as a client does. */
  end(): void;
}

type Open = (id: number | string, wanted?: object) => Promise<Stream>;

describe('a stream of changes that is opened again', () => {
  let source: AnySource;
  let codeMode: CodeMode;
  let gateway: Gateway;
  let door: HttpDoor;
  const closing: (() => unknown)[] = [];

  beforeEach(async () => {
    source = new AnySource();
    source.lists.resources = [{ uri: 'note://1', name: 'one' }];
    codeMode = await compose(source.dispatcher);
    gateway = createGateway({ codeMode, scriptTool: false });
    door = await gateway.serveHttp();
  });

  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await door.close();
    await codeMode.close();
  });

  const asking = (id: number | string, notifications: object): object => ({
    jsonrpc: '2.0',
    id,
    method: 'subscriptions/listen',
    params: { notifications, _meta: MODERN_META },
  });

  async function overHttp(id: number | string, wanted: object = WANTED): Promise<Stream> {
    const leaving = new AbortController();
    closing.push(() => leaving.abort());
    const response = await fetch(door.url, {
      method: 'POST',
      signal: leaving.signal,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'subscriptions/listen',
      },
      body: JSON.stringify(asking(id, wanted)),
    });
    const messages: Message[] = [];
    const read = async (): Promise<void> => {
      for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
        for (const [, data = ''] of part.matchAll(/^data: (.+)$/gm))
          messages.push(JSON.parse(data) as Message);
      }
    };
    read().catch(() => undefined);
    await until(() => messages.length > 0);
    return { messages, end: () => leaving.abort() };
  }

  /** All streams of one client share its pipes. */
  function overStdio(): Open {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const served = gateway.serveStdio({ input, output });
    closing.push(() => served.close());
    const streams = new Map<unknown, Message[]>();
    createInterface(output).on('line', (line) => {
      const message = JSON.parse(line) as Message;
      const meta = (message.params ?? message.result)?.['_meta'] as Record<string, unknown> | undefined;
      const id = meta?.[ID] ?? message.params?.['requestId'];
      streams.get(id)?.push(message);
    });
    const send = (message: object): void => void input.write(`${JSON.stringify(message)}\n`);
    return async (id, wanted = WANTED) => {
      const messages: Message[] = [];
      streams.set(id, messages);
      send(asking(id, wanted));
      await until(() => messages.length > 0);
      const params = { requestId: id, _meta: MODERN_META };
      const end = (): void => send({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
      return { messages, end };
    };
  }

  const methodsOf = ({ messages }: Stream): unknown[] => messages.map(({ method }) => method ?? 'answer');
  const WAYS: Readonly<Record<string, () => Open>> = { HTTP: () => overHttp, stdio: overStdio };
  for (const [way, openWay] of Object.entries(WAYS)) {
    it(`is told what changes from then on, and of nothing before it: ${way}`, async () => {
      const open = openWay();
      const first = await open('first');
      expect(methodsOf(first)).to.deep.equal(['notifications/subscriptions/acknowledged']);
      expect(source.updated('note://1')).to.equal(1);
      await until(() => first.messages.length === 2);
      first.end();
      await until(() => source.listeners('note://1') === 0);
      expect(source.updated('note://1'), 'nobody is told meanwhile').to.equal(0);

      const second = await open(2);
      expect(source.updated('note://1')).to.equal(1);
      source.lists.tools = [{ name: 'new', inputSchema: { type: 'object' } }];
      source.changed();
      await until(() => second.messages.length === 3);
      expect(methodsOf(second)).to.deep.equal([
        'notifications/subscriptions/acknowledged',
        'notifications/resources/updated',
        'notifications/tools/list_changed',
      ]);
      expect(first.messages.length).to.equal(2);
    });

    it(`stands beside others, each with its own id and what it asked for: ${way}`, async () => {
      const open = openWay();
      const one = await open('one', { resourceSubscriptions: ['note://1'] });
      const two = await open(2, { toolsListChanged: true });
      source.updated('note://1');
      source.lists.tools = [{ name: 'new', inputSchema: { type: 'object' } }];
      source.changed();
      await until(() => one.messages.length === 2 && two.messages.length === 2);
      expect(methodsOf(one)[1]).to.equal('notifications/resources/updated');
      expect(methodsOf(two)[1]).to.equal('notifications/tools/list_changed');
      for (const [stream, id] of [
        [one, 'one'],
        [two, 2],
      ] as const)
        for (const { params } of stream.messages) expect(params?.['_meta']).to.deep.equal({ [ID]: id });
    });
  }

  it('is answered as complete when the gateway ends it', async () => {
    const stream = await overHttp('last');
    expect(await door.drain({ withinMs: 5_000 })).to.equal(true);
    await until(() => stream.messages.length === 2);
    const { id, result } = stream.messages[1]!;
    expect(id).to.equal('last');
    expect(result).to.include({ resultType: 'complete' });
    expect(result?.['_meta']).to.include({ [ID]: 'last' });
  });
});
