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
