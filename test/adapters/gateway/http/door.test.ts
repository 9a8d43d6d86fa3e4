import { request } from 'node:http';
import { expect } from 'chai';
import { noTools } from '../../../../core/index.js';
import { createGateway, type HttpDoor, type HttpOptions } from '../../../../adapters/gateway/index.js';
import { compose } from '../composed.js';

const JSON_TYPE = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'by hand', version: '1' } },
};

describe('the HTTP door', () => {
  let door: HttpDoor;
  let close: () => Promise<void>;

  before(async () => {
    const codeMode = await compose(noTools);
    door = await createGateway({ codeMode, scriptTool: true }).serveHttp({ maxBodyBytes: 100_000 });
    close = async () => {
      await door.close();
      await codeMode.close();
    };
  });

  after(() => close());

  const post = (body: unknown, headers = {}): Promise<Response> =>
    fetch(door.url, {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  it('listens on the loopback at a free port', () => {
    expect(door.url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
  });

  it('refuses a host that others reach, until somebody guards it and says by which names they come', async () => {
    const codeMode = await compose(noTools);
    const gateway = createGateway({ codeMode, scriptTool: false });
    const refused = async (options: HttpOptions): Promise<unknown> =>
      gateway.serveHttp({ host: '0.0.0.0', ...options }).catch((error: unknown) => error);
    const names = 'allowedHosts must name the hosts by which they come';
    const guard = 'senders must be authenticated, or insecure must say that a proxy in front does it';
    const start = 'listen on 0.0.0.0: others can reach it, so ';
    const code = 'config/invalid';
    const allowedHosts = ['tools.example'];
    expect(await refused({})).to.include({ code, message: `${start}${guard}; and ${names}` });
    expect(await refused({ insecure: true })).to.include({ code, message: `${start}${names}` });
    expect(await refused({ allowedHosts })).to.include({ code, message: `${start}${guard}` });
    const open = await gateway.serveHttp({ host: '0.0.0.0', allowedHosts, insecure: true });
    const { port } = new URL(open.url);
    expect(await statusWithHost(`http://127.0.0.1:${port}/mcp`, 'tools.example')).to.equal(200);
    expect(await statusWithHost(`http://127.0.0.1:${port}/mcp`, 'evil.example')).to.equal(403);
    await open.close();
    await codeMode.close();
  });

  it('answers 403 to a foreign Host and to a foreign Origin', async () => {
    expect(await statusWithHost(door.url, 'evil.example')).to.equal(403);
    expect(await statusWithHost(door.url, `localhost:${new URL(door.url).port}`)).to.equal(200);
    expect((await post(LIST, { origin: 'http://evil.example' })).status).to.equal(403);
    expect((await post(LIST, { origin: 'null' })).status).to.equal(403);
    expect((await post(LIST, { origin: 'http://localhost:5173' })).status).to.equal(200);
  });

  it('answers garbage with 4xx, and goes on', async () => {
    const deep = `${'['.repeat(40_000)}${']'.repeat(40_000)}`;
    for (const body of [
      '',
      '{',
      'null',
      '7',
      '[]',
      '"text"',
      '{}',
      '{"jsonrpc":"2.0"}',
      '[null]',
      deep,
      '\u0000',
    ]) {
      const { status } = await post(body);
      expect(status, body.slice(0, 20)).to.be.within(400, 499);
    }
    expect((await post(LIST, { 'content-type': 'text/plain' })).status).to.equal(415);
    expect((await post(LIST, { accept: 'text/html' })).status).to.equal(406);
    expect((await post(LIST)).status).to.equal(200);
  });

  it('answers 413 to a body beyond its bound, declared or not', async () => {
    expect((await post('x'.repeat(100_001))).status).to.equal(413);
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let part = 0; part < 3; part += 1) controller.enqueue(new Uint8Array(50_000).fill(32));
        controller.close();
      },
    });
    const init = { method: 'POST', headers: JSON_TYPE, body: stream, duplex: 'half' };
    expect((await fetch(door.url, init as RequestInit)).status).to.equal(413);
  });

  it('takes 8 MiB unless told otherwise, within a session too', async () => {
    const codeMode = await compose(noTools);
    const open = await createGateway({ codeMode, scriptTool: false }).serveHttp();
    const send = (body: object, headers = {}): Promise<Response> =>
      fetch(open.url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });
    const session = (await send(INITIALIZE)).headers.get('mcp-session-id') ?? '';
    const call = (bytes: number): object => ({
      ...LIST,
      method: 'tools/call',
      params: { name: 'none', arguments: { text: 'x'.repeat(bytes) } },
    });
    for (const headers of [{}, { 'mcp-session-id': session }]) {
      expect(await (await send(call(8_000_000), headers)).text()).to.include('no tool named \\"none\\"');
      expect((await send(call(9_000_000), headers)).status).to.equal(413);
    }
    await open.close();
    await codeMode.close();
  });

  it('answers arguments nested without end, and goes on', async () => {
    const deep = `${'['.repeat(45_000)}${']'.repeat(45_000)}`;
    const body = JSON.stringify({
      ...LIST,
      method: 'tools/call',
      params: { name: 'none', arguments: { deep: 'DEEP' } },
    });
    const response = await post(body.replace('"DEEP"', deep));
    expect(response.status).to.equal(200);
    expect(await response.text()).to.match(/-32602|isError/);
    expect((await post(LIST)).status).to.equal(200);
  });

  it('answers 404 elsewhere and 405 to a GET without a session', async () => {
    expect((await fetch(door.url.replace('/mcp', '/other'), { method: 'POST' })).status).to.equal(404);
    expect((await fetch(`${door.url}?x=1`, { headers: { accept: 'text/event-stream' } })).status).to.equal(
      405,
    );
  });

  it('opens a session for a client that introduces itself, and ends it when the client says so', async () => {
    const opened = await post(INITIALIZE);
    const session = opened.headers.get('mcp-session-id') ?? '';
    expect(session).to.match(/^[0-9a-f-]{36}$/);
    await opened.text();
    const headers = { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' };
    expect((await post(LIST, headers)).status).to.equal(200);
    const ended = await fetch(door.url, { method: 'DELETE', headers });
    expect(ended.status).to.equal(200);
    expect((await post(LIST, headers)).status).to.equal(404);
    expect((await post(LIST, { 'mcp-session-id': 'invented' })).status).to.equal(404);
  });
});

/** Sends a Host header of choice, which `fetch` does not. */
function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { ...JSON_TYPE, host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(LIST));
  });
}
