/** What the gateway sends to servers over HTTP, byte for byte. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { ANONYMOUS } from '../../../../../core/index.js';
import { createMcpDispatcher } from '../../../../../plugins/dispatchers/mcp/index.js';
import { call } from '../calling.js';

const META = 'io.modelcontextprotocol';
const INFO = { name: 'recorder', version: '1' };
const TOOLS = ['echo', 'größe'].map((name) => ({ name, inputSchema: { type: 'object' } }));

interface Body {
  readonly id?: number;
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

interface Recorded {
  readonly verb: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body | undefined;
}

/** Answers a request with a status and a JSON-RPC result or error; nothing for one that it does not know. */
type Answerer = (body: Body) => { readonly status?: number; readonly [field: string]: unknown } | undefined;

const end = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };
const unknown = { status: 404, error: { code: -32_601, message: 'Method not found' } };

const modern: Answerer = ({ method }) => {
  if (method === 'server/discover')
    return { result: { supportedVersions: ['2026-07-28'], capabilities: { tools: {} }, ...end } };
  if (method === 'tools/list') return { result: { tools: TOOLS, ...end } };
  return method === 'tools/call' ? { result: { content: [], ...end } } : unknown;
};

const older =
  (protocolVersion: string): Answerer =>
  ({ method }) => {
    if (method === 'initialize')
      return { result: { protocolVersion, capabilities: { tools: {} }, serverInfo: INFO } };
    if (method === 'tools/list') return { result: { tools: TOOLS } };
    if (method === 'tools/call') return { result: { content: [] } };
    return { status: 400, error: { code: -32_000, message: 'Bad Request: no session' } };
  };

describe('requests to servers over HTTP', () => {
  let recorded: Recorded[];
  let http: Server;
  let dispatcher: ReturnType<typeof createMcpDispatcher>;

  async function serve(answerer: Answerer): Promise<void> {
    recorded = [];
    http = createServer((request, response) => {
      void text(request).then((sent) => {
        const body = sent === '' ? undefined : (JSON.parse(sent) as Body);
        recorded.push({ verb: request.method ?? '', headers: request.headers, body });
        response.setHeader('mcp-session-id', 'session-1');
        if (request.method === 'DELETE') return response.writeHead(200).end();
        if (body === undefined) return response.writeHead(405).end();
        if (body.id === undefined) return response.writeHead(202).end();
        const { status = 200, ...rest } = answerer(body) ?? unknown;
        return response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify({ jsonrpc: '2.0', id: body.id, ...rest }));
      });
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    dispatcher = createMcpDispatcher({
      servers: { web: { url: `http://127.0.0.1:${String(port)}/mcp` } },
      startupWaitMs: Number.POSITIVE_INFINITY,
    });
    await dispatcher.listTools(ANONYMOUS);
  }

  afterEach(async () => {
    await dispatcher.close();
    http.closeAllConnections();
    http.close();
  });

  const methods = (): string[] => recorded.map(({ verb, body }) => body?.method ?? verb);
  const of = (method: string): Recorded => recorded.find(({ body }) => body?.method === method)!;

  it('of 2025-11-25 begin with an introduction, and keep to the session until it is ended', async () => {
    await serve(older('2025-11-25'));
    await call(dispatcher, 'größe');
    await dispatcher.close();
    expect(methods().filter((method) => method !== 'GET')).to.deep.equal([
      'server/discover',
      'initialize',
      'notifications/initialized',
      'tools/list',
      'tools/call',
      'DELETE',
    ]);
    const { params } = of('initialize').body!;
    expect(params).to.include({ protocolVersion: '2025-11-25' });
    expect(params).to.include.keys('capabilities', 'clientInfo');
    for (const { verb, headers } of recorded.slice(2)) {
      expect(headers['mcp-session-id']).to.equal('session-1');
      expect(headers['mcp-protocol-version']).to.equal('2025-11-25');
      if (verb === 'GET') expect(headers.accept).to.equal('text/event-stream');
      if (verb === 'POST')
        expect(headers.accept).to.include('application/json').and.to.include('text/event-stream');
    }
    expect(of('tools/call').headers).not.to.include.any.keys('mcp-method', 'mcp-name');
  });

  it('of older revisions name the one that the server wants', async () => {
    await serve(older('2025-03-26'));
    expect(of('tools/list').headers['mcp-protocol-version']).to.equal('2025-03-26');
    expect(dispatcher.backends?.()[0]?.up).to.equal(true);
  });

  it('are no more where the server wants a revision that we do not speak', async () => {
    await serve(older('1999-01-01'));
    expect(methods()).not.to.include('tools/list');
    expect(dispatcher.backends?.()[0]).to.include({ up: false });
    expect(dispatcher.backends?.()[0]?.problems.join()).to.match(/protocol version.*1999-01-01/);
  });

  it('of 2026-07-28 stand alone: each says revision, client and capabilities, and knows no session', async () => {
    await serve(modern);
    await call(dispatcher, 'echo');
    await call(dispatcher, 'größe');
    await dispatcher.close();
    expect(methods()).to.deep.equal(['server/discover', 'tools/list', 'tools/call', 'tools/call']);
    for (const { headers, body } of recorded) {
      const { method, params } = body!;
      const meta = params?.['_meta'] as Record<string, unknown>;
      expect(meta[`${META}/protocolVersion`]).to.equal('2026-07-28');
      expect(meta[`${META}/clientCapabilities`]).to.be.an('object');
      expect(meta[`${META}/clientInfo`]).to.include.keys('name', 'version');
      expect(headers['mcp-protocol-version']).to.equal('2026-07-28');
      expect(headers['mcp-method']).to.equal(method);
      expect(headers.accept).to.include('application/json').and.to.include('text/event-stream');
      expect(headers).not.to.have.property('mcp-session-id');
    }
    const names = recorded.slice(2).map(({ headers }) => headers['mcp-name']);
    expect(names).to.deep.equal(['echo', `=?base64?${Buffer.from('größe').toString('base64')}?=`]);
    const ids = recorded.map(({ body }) => body?.id);
    expect(new Set(ids).size, 'no id twice').to.equal(ids.length);
  });

  it('do not fall back to an introduction where a newer server refuses our revision', async () => {
    const data = { supported: ['2099-01-01'], requested: '2026-07-28' };
    await serve(() => ({ status: 400, error: { code: -32_022, message: 'Unsupported', data } }));
    expect(new Set(methods())).to.deep.equal(new Set(['server/discover']));
    expect(dispatcher.backends?.()[0]).to.include({ up: false });
  });

  for (const [era, answerer] of [
    ['2025-11-25', older('2025-11-25')],
    ['2026-07-28', modern],
  ] as const) {
    it(`of ${era} tell their place in a trace in headers too, each its own, and nothing that is none`, async () => {
      await serve(answerer);
      const place = { traceparent: `00-${'a'.repeat(32)}-${'1'.repeat(16)}-01` };
      const whole = { ...place, tracestate: 'x=1,y=2', baggage: 'k=v' };
      const far = { ...place, tracestate: 'x'.repeat(513), baggage: 'a\r\nevil: 1' };
      for (const meta of [whole, place, {}, { traceparent: 'nonsense', baggage: 'k=v' }, far])
        await call(dispatcher, 'echo', {}, { meta });
      const told = recorded
        .filter(({ body }) => body?.method === 'tools/call')
        .map(({ headers: { traceparent, tracestate, baggage } }) => [traceparent, tracestate, baggage]);
      expect(told).to.deep.equal([
        [place.traceparent, 'x=1,y=2', 'k=v'],
        [place.traceparent, undefined, undefined],
        [undefined, undefined, undefined],
        [undefined, undefined, undefined],
        [place.traceparent, undefined, undefined],
      ]);
      expect(of('tools/call').body!.params!['_meta']).to.include(whole);
      expect(of('tools/list').headers).not.to.have.property('traceparent');
    });
  }

  it('take an answer of no kind for complete, and refuse one of an unknown kind', async () => {
    const kinds = [{}, { resultType: 'complete' }, { resultType: 'a kind of tomorrow' }];
    await serve((body) =>
      body.method === 'tools/call' ? { result: { content: [], ...kinds.shift() } } : modern(body),
    );
    for (let time = 0; time < 2; time += 1)
      expect(await call(dispatcher, 'echo')).to.deep.equal({ content: [] });
    const refused: unknown = await call(dispatcher, 'echo').catch((error: unknown) => error);
    expect(refused).to.include({ code: 'tool/failed' });
  });
});
