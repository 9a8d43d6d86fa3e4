/** Requests of 2025-11-25 and older as bytes: within a session, and without one. */
import { expect } from 'chai';
import { createGateway, type HttpDoor } from '../../../../adapters/gateway/index.js';
import type { CodeMode } from '../../../../core/index.js';
import { textResult } from '../../../support/test-tools.js';
import { AnySource } from '../any-source.js';
import { compose } from '../composed.js';
import type { Message } from '../raw-client.js';

const JSON_TYPE = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const INTRODUCTION = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'by hand', version: '1' },
};
const ECHO = { name: 'echo', inputSchema: { type: 'object' } };

const request = (method: string, params: object = {}, id: unknown = 1): object => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});

describe('requests of a session over HTTP', () => {
  let source: AnySource;
  let codeMode: CodeMode;
  let door: HttpDoor;
  let session: Record<string, string>;

  beforeEach(async () => {
    source = new AnySource();
    source.lists.tools = [ECHO];
    source.call = () => Promise.resolve(textResult('hi'));
    codeMode = await compose(source.dispatcher);
    door = await createGateway({ codeMode, scriptTool: false }).serveHttp();
    const opened = await post(request('initialize', INTRODUCTION), {});
    await opened.text();
    session = {
      'mcp-session-id': opened.headers.get('mcp-session-id') ?? '',
      'mcp-protocol-version': '2025-11-25',
    };
  });

  afterEach(async () => {
    await door.close();
    await codeMode.close();
  });

  const post = (body: object, headers: Record<string, string> = session): Promise<Response> =>
    fetch(door.url, {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body: JSON.stringify(body),
    });
  const listen = (headers: Record<string, string> = {}): Promise<Response> =>
    fetch(door.url, { headers: { accept: 'text/event-stream', ...session, ...headers } });

  it('are named by an id of visible letters', () => {
    expect(session['mcp-session-id']).to.match(/^[\x21-\x7e]{32,}$/);
  });

  it('are answered with a stream where something is told before the answer; it says nothing of newer revisions', async () => {
    source.call = ({ onProgress }) => {
      for (const progress of [1, 1, 2]) onProgress?.({ progress });
      return Promise.resolve(textResult('done'));
    };
    const call = { name: 'echo', arguments: {}, _meta: { progressToken: 7 } };
    const response = await post(request('tools/call', call, 'a text'));
    expect(response.headers.get('content-type')).to.equal('text/event-stream');
    expect(response.headers.get('x-accel-buffering')).to.equal('no');
    const messages = messagesOf(await response.text());
    expect(messages.map(({ params, id }) => params?.['progress'] ?? id)).to.deep.equal([1, 2, 'a text']);
    const { result } = messages.at(-1)!;
    expect(result).not.to.include.any.keys('resultType', 'ttlMs', 'cacheScope', '_meta');
  });

  it('may be notifications and responses, which are taken without a word', async () => {
    for (const body of [
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', method: 'notifications/nobody/knows' },
      { jsonrpc: '2.0', id: 77, result: {} },
    ]) {
      const response = await post(body);
      expect([response.status, await response.text()], JSON.stringify(body)).to.deep.equal([202, '']);
    }
  });

  it('are answered to a ping with nothing, and to a second introduction with 400', async () => {
    const [pong] = messagesOf(await (await post(request('ping'))).text());
    expect(pong).to.deep.equal({ jsonrpc: '2.0', id: 1, result: {} });
    expect((await post(request('initialize', INTRODUCTION))).status).to.equal(400);
  });

  it('may leave their revision unsaid, but not name one that is not served', async () => {
    const { 'mcp-session-id': id = '' } = session;
    expect((await post(request('ping'), { 'mcp-session-id': id })).status).to.equal(200);
    const headers = { 'mcp-session-id': id, 'mcp-protocol-version': '1999-01-01' };
    expect((await post(request('ping'), headers)).status).to.equal(400);
  });

  it('are answered without a session too: it is the client that wants one', async () => {
    const response = await post(request('tools/list'), { 'mcp-protocol-version': '2025-11-25' });
    expect(response.status).to.equal(200);
    expect(messagesOf(await response.text())[0]?.result?.['tools']).to.deep.equal([ECHO]);
  });

  it('get 404 when the session is over, with everything else that names it', async () => {
    expect((await fetch(door.url, { method: 'DELETE', headers: session })).status).to.equal(200);
    expect((await post(request('ping'))).status).to.equal(404);
    expect((await listen()).status).to.equal(404);
    expect((await fetch(door.url, { method: 'DELETE', headers: session })).status).to.equal(404);
  });

  it('have one stream for what concerns none of them, and nothing is told twice', async () => {
    expect((await listen({ accept: 'application/json' })).status).to.equal(406);
    const stream = await listen();
    expect(stream.headers.get('content-type')).to.equal('text/event-stream');
    expect((await listen()).status).to.equal(409);
    source.call = ({ onProgress }) => {
      onProgress?.({ progress: 1 });
      source.lists.tools = [ECHO, { ...ECHO, name: 'more' }];
      source.changed();
      return new Promise((resolve) => setTimeout(() => resolve(textResult('done')), 50));
    };
    await post(request('tools/list')).then((response) => response.text());
    const answered = await post(request('tools/call', { name: 'echo', _meta: { progressToken: 1 } }));
    const onAnswer = messagesOf(await answered.text()).map(({ method }) => method ?? 'answer');
    const onStream: string[] = [];
    for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) {
      onStream.push(...messagesOf(part).map(({ method }) => method ?? 'answer'));
      if (onStream.length > 0) break;
    }
    expect(onAnswer).to.deep.equal(['notifications/progress', 'answer']);
    expect(onStream).to.deep.equal(['notifications/tools/list_changed']);
  });
});

/** Of an answer as JSON, or of a stream with the answer in it. */
function messagesOf(text: string): Message[] {
  if (text.startsWith('{')) return [JSON.parse(text) as Message];
  return [...text.matchAll(/^data: (.+)$/gm)].map(([, data = '']) => JSON.parse(data) as Message);
}
