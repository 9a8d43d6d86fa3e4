/** Requests of 2026-07-28 as bytes: what each must bring along, and what is answered where it does not. */
import { expect } from 'chai';
import { createGateway, type HttpDoor } from '../../../../adapters/gateway/index.js';
import type { CodeMode } from '../../../../core/index.js';
import { textResult } from '../../../support/test-tools.js';
import { AnySource } from '../any-source.js';
import { compose } from '../composed.js';
import { MODERN_META, type Message } from '../raw-client.js';

const VERSION = 'io.modelcontextprotocol/protocolVersion';
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
const SERVER_INFO = 'io.modelcontextprotocol/serverInfo';
const CALL = { name: 'echo', arguments: {} };
const FORM = { method: 'elicitation/create', params: { message: 'Who?', requestedSchema: {} } };

interface Sent {
  readonly method?: string;
  readonly params?: object;
  readonly meta?: object | null;
  readonly id?: unknown;
  /** Beside those that the protocol wants; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

describe('requests of 2026-07-28 over HTTP', () => {
  let source: AnySource;
  let codeMode: CodeMode;
  let door: HttpDoor;

  beforeEach(async () => {
    source = new AnySource();
    Object.assign(source.lists, {
      tools: ['echo', 'other'].map((name) => ({ name, inputSchema: { type: 'object' } })),
      resources: [1, 2].map((n) => ({ uri: `note://${String(n)}`, name: String(n) })),
      resourceTemplates: ['a', 'b'].map((name) => ({ uriTemplate: `${name}://{x}`, name })),
      prompts: [{ name: 'greet' }, { name: 'leave' }],
    });
    source.call = () => Promise.resolve(textResult('hi'));
    source.request = () => Promise.resolve({ contents: [], messages: [], completion: { values: [] } });
    codeMode = await compose(source.dispatcher);
    door = await createGateway({ codeMode, scriptTool: false, pageSize: 1 }).serveHttp();
  });

  afterEach(async () => {
    await door.close();
    await codeMode.close();
  });

  function send({ method = 'tools/call', params = CALL, meta = MODERN_META, id = 1, headers }: Sent = {}) {
    const { name, uri } = params as { name?: string; uri?: string };
    const all: Record<string, string | undefined> = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      'mcp-name': method === 'completion/complete' ? undefined : (name ?? uri),
      ...headers,
    };
    const set = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id,
      method,
      params: meta === null ? params : { ...params, _meta: meta },
    });
    return fetch(door.url, { method: 'POST', headers: set, body });
  }

  const messageOf = async (response: Response): Promise<Message> => (await response.json()) as Message;
  const resultOf = async (sent: Sent): Promise<Record<string, unknown>> =>
    (await messageOf(await send(sent))).result ?? {};

  const without = (key: string): object => ({ ...MODERN_META, [key]: undefined });
  const REFUSED: Readonly<Record<string, readonly [status: number, code: number, sent: Sent]>> = {
    'without _meta': [400, -32_602, { meta: null }],
    'without a protocol version': [400, -32_602, { meta: without(VERSION) }],
    'without capabilities': [400, -32_602, { meta: without(CAPABILITIES) }],
    'with a level that is none': [
      400,
      -32_602,
      { meta: { ...MODERN_META, 'io.modelcontextprotocol/logLevel': 'loud' } },
    ],
    'without the header of its version': [400, -32_020, { headers: { 'mcp-protocol-version': undefined } }],
    'with the header of another version': [
      400,
      -32_020,
      { headers: { 'mcp-protocol-version': '2025-11-25' } },
    ],
    'without the header of its method': [400, -32_020, { headers: { 'mcp-method': undefined } }],
    'with the header of another method': [400, -32_020, { headers: { 'mcp-method': 'tools/list' } }],
    'with a header of its method in other letters': [
      400,
      -32_020,
      { headers: { 'mcp-method': 'Tools/Call' } },
    ],
    'without the header of its tool': [400, -32_020, { headers: { 'mcp-name': undefined } }],
    'with the header of another tool': [400, -32_020, { headers: { 'mcp-name': 'other' } }],
    'with the header of another tool in Base64': [
      400,
      -32_020,
      { headers: { 'mcp-name': '=?base64?b3RoZXI=?=' } },
    ],
    'with the header of another resource': [
      400,
      -32_020,
      { method: 'resources/read', params: { uri: 'note://1' }, headers: { 'mcp-name': 'note://2' } },
    ],
    'with the header of another prompt': [
      400,
      -32_020,
      { method: 'prompts/get', params: { name: 'greet' }, headers: { 'mcp-name': 'leave' } },
    ],
    'for a method that nobody knows': [404, -32_601, { method: 'nobody/knows', params: {} }],
    'for ping, which is no more': [404, -32_601, { method: 'ping', params: {} }],
    'for logging/setLevel, which is no more': [
      404,
      -32_601,
      { method: 'logging/setLevel', params: { level: 'info' } },
    ],
    'for resources/subscribe, which is no more': [
      404,
      -32_601,
      { method: 'resources/subscribe', params: {} },
    ],
    'with the id null': [400, -32_600, { id: null }],
    'with an id that is no integer': [400, -32_600, { id: 1.5 }],
    'with an id that is an object': [400, -32_600, { id: {} }],
  };
  for (const [what, [status, code, sent]] of Object.entries(REFUSED)) {
    it(`are refused ${what}`, async () => {
      const response = await send(sent);
      expect(response.status).to.equal(status);
      expect((await messageOf(response)).error?.code).to.equal(code);
      expect(source.calls).to.deep.equal([]);
    });
  }

  it('are refused for a version that is not served, and told which are', async () => {
    const version = '2099-01-01';
    const response = await send({
      meta: { ...MODERN_META, [VERSION]: version },
      headers: { 'mcp-protocol-version': version },
    });
    expect(response.status).to.equal(400);
    const { error } = await messageOf(response);
    expect(error?.code).to.equal(-32_022);
    expect(error?.data).to.deep.equal({ supported: ['2026-07-28'], requested: version });
  });

  it('are refused with 400 for what the client does not declare that it can', async () => {
    source.call = () =>
      Promise.resolve({ content: [], resultType: 'input_required', inputRequests: { who: FORM } });
    const response = await send();
    expect(response.status).to.equal(400);
    const { error } = await messageOf(response);
    expect(error?.code).to.equal(-32_021);
    expect(error?.data).to.deep.equal({ requiredCapabilities: { elicitation: { form: {} } } });
  });

  it('are answered each for itself: complete, and by whom', async () => {
    for (const sent of [
      {},
      { method: 'tools/list', params: {} },
      { method: 'server/discover', params: {} },
    ]) {
      const response = await send(sent);
      expect(response.status).to.equal(200);
      expect(response.headers.get('content-type')).to.equal('application/json');
      expect(response.headers.get('mcp-session-id')).to.equal(null);
      const { id, result } = await messageOf(response);
      expect(id).to.equal(1);
      expect(result).to.include({ resultType: 'complete' });
      expect(result?.['_meta']).to.deep.include({ [SERVER_INFO]: { name: 'toolscript', version: '0.1.0' } });
    }
    expect(source.calls[0]?.caller).not.to.have.property('session');
  });

  it('are answered also where the client does not say its name, or names tool and id in other ways', async () => {
    const meta = without('io.modelcontextprotocol/clientInfo');
    expect((await send({ meta })).status).to.equal(200);
    expect((await send({ headers: { 'mcp-name': '=?base64?ZWNobw==?=' } })).status).to.equal(200);
    const answer = await messageOf(await send({ id: 'a text', headers: { 'Mcp-Name': 'echo' } }));
    expect(answer.id).to.equal('a text');
  });

  it('are answered whatever session or event of an older revision they name', async () => {
    for (const headers of [{ 'mcp-session-id': 'of another time' }, { 'last-event-id': '7' }]) {
      const response = await send({ headers });
      expect(response.status, JSON.stringify(headers)).to.equal(200);
      expect(response.headers.get('mcp-session-id')).to.equal(null);
    }
  });

  it('are answered with a stream where something is told before, which ends with the answer', async () => {
    source.call = ({ onProgress }) => {
      for (const progress of [1, 3, 2, 3, Number.NaN, 4]) onProgress?.({ progress });
      setImmediate(() => onProgress?.({ progress: 5 }));
      return Promise.resolve(textResult('done'));
    };
    const response = await send({ meta: { ...MODERN_META, progressToken: 'mine' } });
    expect(response.headers.get('content-type')).to.equal('text/event-stream');
    expect(response.headers.get('x-accel-buffering')).to.equal('no');
    const text = await response.text();
    expect(text, 'nothing to take up again').not.to.match(/^(id|retry):/m);
    const messages = [...text.matchAll(/^data: (.+)$/gm)].map(([, data = '']) => JSON.parse(data) as Message);
    const steps = messages.slice(0, -1).map(({ method, params }) => ({ method, ...params }));
    expect(steps, 'forward only, and nothing after the answer').to.deep.equal(
      [1, 3, 4].map((progress) => ({ method: 'notifications/progress', progressToken: 'mine', progress })),
    );
    expect(messages.at(-1)).to.include.keys('id', 'result');
  });

  it('may be a notification, which is taken without a word; a response or several at once are not', async () => {
    const post = (body: unknown, method: string): Promise<Response> =>
      fetch(door.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': '2026-07-28',
          'mcp-method': method,
        },
        body: JSON.stringify(body),
      });
    const cancelled = { method: 'notifications/cancelled', params: { requestId: 9, _meta: MODERN_META } };
    const taken = await post({ jsonrpc: '2.0', ...cancelled }, cancelled.method);
    expect([taken.status, await taken.text()]).to.deep.equal([202, '']);
    expect((await post({ jsonrpc: '2.0', id: 1, result: {} }, 'tools/list')).status).to.equal(400);
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: MODERN_META } };
    expect((await post([list], 'tools/list')).status).to.equal(400);
  });

  it('come by POST alone', async () => {
    for (const method of ['GET', 'DELETE', 'PUT', 'PATCH']) {
      const headers = { accept: 'text/event-stream', 'mcp-protocol-version': '2026-07-28' };
      expect((await fetch(door.url, { method, headers })).status, method).to.equal(405);
    }
  });

  it('learn by server/discover what is served, also before anything else', async () => {
    const result = await resultOf({ method: 'server/discover', params: {} });
    expect(result).to.include.keys('instructions');
    expect(result['supportedVersions']).to.deep.equal(['2026-07-28']);
    expect(result['capabilities']).to.deep.equal({
      tools: { listChanged: true },
      resources: { subscribe: true, listChanged: true },
      prompts: { listChanged: true },
      completions: {},
      logging: {},
    });
  });

  it('are told with every answer that may be kept for how long, and that it is theirs alone', async () => {
    const cacheable: Readonly<Record<string, object>> = {
      'server/discover': {},
      'tools/list': {},
      'resources/list': {},
      'resources/templates/list': {},
      'prompts/list': {},
      'resources/read': { uri: 'note://1' },
    };
    for (const [method, params] of Object.entries(cacheable)) {
      const first = await resultOf({ method, params });
      const cursor = first['nextCursor'];
      const pages =
        cursor === undefined ? [first] : [first, await resultOf({ method, params: { ...params, cursor } })];
      expect(pages.length, method).to.equal(method.endsWith('list') ? 2 : 1);
      for (const page of pages) {
        expect(page['ttlMs'], method).to.be.a('number').that.is.least(0);
        expect(page['cacheScope'], method).to.equal('private');
      }
    }
    expect(await resultOf({})).not.to.include.any.keys('ttlMs', 'cacheScope');
  });
});
