/** Clients that do not behave, over real sockets. Every limit is small, and handed in. */
import { expect } from 'chai';
import { createGateway, type HttpBounds, type HttpDoor } from '../../../../adapters/gateway/index.js';
import type { CodeMode, ToolDispatcher } from '../../../../core/index.js';
import { RawConnection, rawPost } from '../../../support/raw-connection.js';
import {
  answering,
  definition,
  HoldingDispatcher,
  jsonResult,
  textResult,
  until,
} from '../../../support/test-tools.js';
import { compose } from '../composed.js';

const LIST = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
const callOf = (id: number): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'a', arguments: {} } });

describe('clients that do not behave', () => {
  const open: { door: HttpDoor; codeMode: CodeMode }[] = [];
  const connections: RawConnection[] = [];

  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.destroy();
    for (const { door, codeMode } of open.splice(0)) {
      await door.close();
      await codeMode.close();
    }
  });

  async function serve(
    bounds: Partial<HttpBounds>,
    dispatcher: ToolDispatcher = answering([definition('a')], () => jsonResult(1)),
  ): Promise<string> {
    const codeMode = await compose(dispatcher);
    const door = await createGateway({ codeMode, scriptTool: true }).serveHttp(bounds);
    open.push({ door, codeMode });
    return door.url;
  }

  async function connect(url: string, options?: { reads?: boolean }): Promise<RawConnection> {
    const connection = await RawConnection.to(url, options);
    connections.push(connection);
    return connection;
  }

  /** The gateway still answers. */
  async function isWell(url: string): Promise<boolean> {
    const text = await (await connect(url)).send(rawPost(LIST)).until(/"tools"/);
    return text.startsWith('HTTP/1.1 200');
  }

  it('one that sends nothing is cut', async () => {
    const url = await serve({ headersTimeoutMs: 100, requestTimeoutMs: 100, stallTimeoutMs: 50 });
    expect(await (await connect(url)).closed()).to.match(/^(HTTP\/1\.1 408|$)/);
  });

  it('one that sends its headers byte by byte gets 408', async () => {
    const url = await serve({ headersTimeoutMs: 150, requestTimeoutMs: 10_000 });
    const slow = await connect(url);
    const drip = setInterval(() => slow.send('x'), 10);
    slow.send('POST /mcp HTTP/1.1\r\nhost: localhost\r\nx-slow: ');
    const text = await slow.closed().finally(() => clearInterval(drip));
    expect(text).to.match(/^HTTP\/1\.1 408/);
    expect(await isWell(url)).to.equal(true);
  });

  it('one that sends half of its body, or the rest byte by byte, gets 408', async () => {
    const url = await serve({ headersTimeoutMs: 150, requestTimeoutMs: 150 });
    const [half, dripping] = [await connect(url), await connect(url)];
    half.send(rawPost(LIST.slice(0, 20), {}, LIST.length));
    dripping.send(rawPost('{', {}, 5_000));
    const drip = setInterval(() => dripping.send(' '), 10);
    expect(await half.closed()).to.match(/^HTTP\/1\.1 408/);
    expect(await dripping.closed().finally(() => clearInterval(drip))).to.match(/^HTTP\/1\.1 408/);
    expect(await isWell(url)).to.equal(true);
  });

  it('one that goes away with its body half sent is forgotten', async () => {
    const url = await serve({});
    const leaver = await connect(url);
    leaver.send(rawPost(LIST.slice(0, 20), {}, LIST.length));
    leaver.destroy();
    expect(await isWell(url)).to.equal(true);
    expect(await open[0]!.door.drain({ withinMs: 5_000 })).to.equal(true);
  });

  it('one whose body never ends gets 413, or is cut', async () => {
    const url = await serve({ maxBodyBytes: 10_000 });
    const endless = await connect(url);
    endless.send(
      'POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
    );
    const flood = setInterval(() => endless.send(`400\r\n${' '.repeat(1_024)}\r\n`), 1);
    const text = await endless.closed().finally(() => clearInterval(flood));
    expect(text).to.match(/^(HTTP\/1\.1 413|$)/);
    expect(await isWell(url)).to.equal(true);
  });

  it('one whose headers are too large gets 431, one that does not speak HTTP gets 400', async () => {
    const url = await serve({});
    const large = await connect(url);
    large.send(`GET /mcp HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(17_000)}\r\n\r\n`);
    expect(await large.closed()).to.match(/^HTTP\/1\.1 431/);
    const garbage = await connect(url);
    expect(await garbage.send('\u0016\u0003\u0001 hello\r\n\r\n').closed()).to.match(/^HTTP\/1\.1 400/);
    const smuggler = await connect(url);
    smuggler.send(rawPost(LIST, { 'transfer-encoding': 'chunked' }));
    expect(await smuggler.closed()).to.match(/^HTTP\/1\.1 400/);
    expect(await isWell(url)).to.equal(true);
  });

  it('a header is not lost among thousands of others', async () => {
    const url = await serve({});
    const many = Array.from({ length: 3_000 }, (_, index) => `a${index % 10}:`).join('\r\n');
    const crowd = await connect(url);
    crowd.send(`GET /mcp HTTP/1.1\r\nhost: localhost\r\n${many}\r\norigin: http://evil.example\r\n\r\n`);
    expect(await crowd.until(/^HTTP\/1\.1 \d+/)).to.match(/^HTTP\/1\.1 (403|431)/);
  });

  it('requests that are sent without waiting are answered in order; too many of them are cut', async () => {
    const dispatcher = new HoldingDispatcher();
    const url = await serve({}, dispatcher);
    const eager = await connect(url);
    eager.send([1, 2, 3].map((id) => rawPost(callOf(id))).join(''));
    await until(() => dispatcher.calls.length === 3);
    for (const held of dispatcher.calls.toReversed()) held.answer(textResult('done'));
    const text = await eager.until(/"id":3/);
    expect([...text.matchAll(/"id":(\d)/g)].map(([, id]) => id)).to.deep.equal(['1', '2', '3']);
    const greedy = await connect(url);
    greedy.send(Array.from({ length: 17 }, (_, id) => rawPost(callOf(id))).join(''));
    expect(await greedy.closed()).to.not.include('result');
    await until(
      () => dispatcher.calls.length >= 3 && dispatcher.calls.slice(3).every(({ signal }) => signal.aborted),
    );
    expect(dispatcher.calls.length).to.be.at.most(3 + 16);
    expect(await open[0]!.door.drain({ withinMs: 5_000 })).to.equal(true);
  });

  it('one that never reads a large answer is cut', async () => {
    const dispatcher = answering([definition('a')], () => textResult('x'.repeat(20_000_000)));
    const url = await serve({ stallTimeoutMs: 200 }, dispatcher);
    const deaf = await connect(url, { reads: false });
    deaf.socket.pause();
    deaf.send(rawPost(callOf(1)));
    await until(() => dispatcher.calls.length === 1);
    expect(await open[0]!.door.drain({ withinMs: 15_000 })).to.equal(true);
  });

  it('one that does not read a stream is cut before it fills the memory', async () => {
    let sent = 0;
    const chatty: ToolDispatcher = {
      listTools: () => [definition('a')],
      async callTool({ onProgress, signal }) {
        while (!signal.aborted && sent < 200_000) {
          for (let step = 0; step < 50; step += 1) {
            sent += 1;
            onProgress?.({ progress: sent, message: 'x'.repeat(2_000) });
          }
          await new Promise((resolve) => setImmediate(resolve));
        }
        return textResult('done');
      },
    };
    const url = await serve({ maxUnreadBytes: 100_000 }, chatty);
    const deaf = await connect(url, { reads: false });
    deaf.socket.pause();
    const call = { name: 'a', arguments: {}, _meta: { progressToken: 1 } };
    deaf.send(rawPost(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call })));
    await until(() => sent > 0);
    expect(await open[0]!.door.drain({ withinMs: 15_000 })).to.equal(true);
    expect(sent).to.be.below(200_000);
  });

  it('thousands of connections are bounded, and those that are served stay well', async () => {
    const url = await serve({ maxConnections: 50, stallTimeoutMs: 60_000 });
    const first = await connect(url);
    await first.send(rawPost(LIST)).until(/"tools"/);
    for (let wave = 0; wave < 10; wave += 1) {
      await Promise.all(Array.from({ length: 200 }, () => connect(url)));
      await until(() => connections.filter(({ socket }) => !socket.destroyed).length <= 50);
    }
    first.received = '';
    expect(await first.send(rawPost(LIST)).until(/"tools"/)).to.match(/^HTTP\/1\.1 200/);
  });

  it('an unused connection is closed after its time', async () => {
    const url = await serve({ keepAliveTimeoutMs: 50 });
    const idle = await connect(url);
    await idle.send(rawPost(LIST)).until(/"tools"/);
    expect(await idle.closed()).to.match(/^HTTP\/1\.1 200/);
  });
});
