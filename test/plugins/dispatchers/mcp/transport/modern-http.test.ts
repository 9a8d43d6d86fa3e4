import { expect } from 'chai';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { ANONYMOUS } from '../../../../../core/index.js';
import { createMcpDispatcher } from '../../../../../plugins/dispatchers/mcp/index.js';
import { call, changedUntil, namesOf, textOf } from '../calling.js';

const tools: object[] = [
  {
    name: 'where',
    inputSchema: {
      type: 'object',
      properties: { region: { type: 'string', 'x-mcp-header': 'Region' }, secret: { type: 'string' } },
    },
  },
  {
    name: 'wrong',
    inputSchema: { type: 'object', properties: { a: { type: 'string', 'x-mcp-header': 'a b' } } },
  },
];

/** A server whose tool wants its parameter in one header, and after a while in another. */
function changingServer(seen: string[]): HttpServer {
  let wanted = 'Old';
  const results: Readonly<Record<string, object>> = {
    'server/discover': {
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: {} },
      serverInfo: { name: 'changing', version: '1' },
    },
    'tools/list': {
      get tools() {
        const region = { type: 'string', 'x-mcp-header': wanted };
        return [{ name: 'where', inputSchema: { type: 'object', properties: { region } } }];
      },
    },
    'tools/call': { content: [{ type: 'text', text: 'here' }] },
  };
  return createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const { id, method } = JSON.parse(body) as { id?: number; method: string };
      seen.push(method);
      const isChange = method === 'tools/call' && seen.filter((each) => each === method).length === 2;
      if (isChange) wanted = 'New';
      const isMissing = method === 'tools/call' && !(`mcp-param-${wanted.toLowerCase()}` in request.headers);
      const error = { code: -32_020, message: 'HeaderMismatch' };
      const result = { resultType: 'complete', ttlMs: 0, cacheScope: 'private', ...results[method] };
      response.writeHead(isMissing ? 400 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...(isMissing ? { error } : { result }) }));
    });
  });
}

describe('a server of 2026-07-28 that wants other headers than before', () => {
  it('is asked for its tools again, and called once more', async () => {
    const seen: string[] = [];
    const server = changingServer(seen);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const dispatcher = createMcpDispatcher({ servers: { one: { url: `http://127.0.0.1:${port}/` } } });
    await dispatcher.listTools(ANONYMOUS);
    const where = async (): Promise<string> => textOf(await call(dispatcher, 'where', { region: 'north' }));
    expect([await where(), await where(), await where()]).to.deep.equal(['here', 'here', 'here']);
    expect(seen.filter((method) => method !== 'server/discover')).to.deep.equal([
      'tools/list',
      'tools/call',
      'tools/call',
      'tools/list',
      'tools/call',
      'tools/call',
    ]);
    await dispatcher.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('servers of the 2026-07-28 era over HTTP', () => {
  let http: HttpServer;
  let handler: ReturnType<typeof createMcpHandler>;
  let dispatcher: ReturnType<typeof createMcpDispatcher>;

  before(async () => {
    handler = createMcpHandler(makeServer, { legacy: 'reject' });
    const handle = toNodeHandler(handler);
    http = createServer(
      (request, response) => void handle(request as Parameters<typeof handle>[0], response),
    );
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    dispatcher = createMcpDispatcher({ servers: { modern: { url: `http://127.0.0.1:${port}/` } } });
    await dispatcher.listTools(ANONYMOUS);
  });

  after(async () => {
    await dispatcher.close();
    await handler.close();
    http.closeAllConnections();
    http.close();
  });

  it('lose the tools that mark parameters for headers wrongly', async () => {
    expect(await namesOf(dispatcher)).to.deep.equal(['where']);
    expect(dispatcher.backends?.()[0]?.problems).to.deep.equal([
      'tool "wrong" is left out: "x-mcp-header" of a is no name of a header',
    ]);
  });

  it('are sent the parameters that they want in headers, and no other', async () => {
    const result = await call(dispatcher, 'where', { region: 'eu west', secret: 'kept' });
    expect(JSON.parse(textOf(result))).to.deep.equal({ 'mcp-name': 'where', 'mcp-param-region': 'eu west' });
  });

  it('tell that their tools changed', async () => {
    const grown = changedUntil(dispatcher, async () => (await namesOf(dispatcher)).includes('more'));
    tools.push({ name: 'more', inputSchema: { type: 'object' } });
    handler.notify.toolsChanged();
    await grown;
  });
});

function makeServer(): McpServer {
  const server = new McpServer({ name: 'modern', version: '1.0.0' });
  server.server.registerCapabilities({ tools: { listChanged: true } });
  server.server.fallbackRequestHandler = ({ method }, { http }) =>
    Promise.resolve(method === 'tools/list' ? { tools } : answerHeaders(http?.req?.headers));
  return server;
}

/** The headers of the request that speak of the call. */
function answerHeaders(headers: Iterable<[string, string]> = []): { content: object[] } {
  const spoken = [...headers].filter(([name]) => /^mcp-(name|param)/.test(name));
  return { content: [{ type: 'text', text: JSON.stringify(Object.fromEntries(spoken)) }] };
}
