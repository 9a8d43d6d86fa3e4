/** An MCP server (2025-11-25, Streamable HTTP) in this process that misbehaves by the name of the tool. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Request {
  readonly id?: number;
  readonly method: string;
  readonly params?: { readonly name?: string };
}

/** A running server. */
export interface HttpFixture {
  readonly url: string;
  /** Forgets its sessions, as a server does that was started again. */
  forget(): void;
  close(): Promise<void>;
}

type Behaviour = (response: ServerResponse, id: number | undefined, request: IncomingMessage) => void;

const SSE = { 'content-type': 'text/event-stream' };
const JSON_TYPE = { 'content-type': 'application/json' };

const answer = (response: ServerResponse, id: number | undefined, result: object): void => {
  response.writeHead(200, JSON_TYPE).end(JSON.stringify({ jsonrpc: '2.0', id, result }));
};

const behaviours: Record<string, Behaviour> = {
  headers: (response, id, { headers }) =>
    answer(response, id, { content: [{ type: 'text', text: String(headers.authorization) }] }),
  ends: (response) => response.writeHead(200, SSE).end(': nothing more\n\n'),
  breaks: (response) => {
    response.writeHead(200, SSE).write('data: {"jsonrpc"');
    setImmediate(() => response.destroy());
  },
  hangs: () => undefined,
  slow: (response, id) => {
    setTimeout(() => answer(response, id, { content: [{ type: 'text', text: 'done' }] }), 300);
  },
  endless: (response) => {
    response.writeHead(200, JSON_TYPE).write('{"jsonrpc":"2.0","result":{"content":[{"type":"text","text":"');
    const part = 'x'.repeat(1024 * 1024);
    const pour = (): void => {
      while (!response.destroyed && response.write(part));
    };
    response.on('drain', pour);
    pour();
  },
  garbage: (response) => response.writeHead(200, JSON_TYPE).end('<html>'),
  page: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  status_400: (response) => response.writeHead(400).end('no'),
  status_500: (response) => response.writeHead(500).end('a stack trace'),
};

/** Starts the server; port 0 is a free one. */
export async function httpFixture(port = 0): Promise<HttpFixture> {
  let session = 0;
  const server = createServer((request, response) => {
    void text(request).then((body) => serve(request, response, body, `session-${session}`));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/mcp`,
    forget: () => void (session += 1),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function serve(request: IncomingMessage, response: ServerResponse, body: string, session: string): void {
  if (request.method !== 'POST') return void response.writeHead(405).end();
  const { id, method, params } = JSON.parse(body) as Request;
  const given = request.headers['mcp-session-id'];
  if (given !== undefined && given !== session) return void response.writeHead(404).end();
  if (id === undefined) return void response.writeHead(202).end();
  response.setHeader('mcp-session-id', session);
  if (method === 'initialize') {
    answer(response, id, INITIALISED);
    return;
  }
  if (method === 'tools/list') {
    const tools = Object.keys(behaviours).map((name) => ({ name, inputSchema: { type: 'object' } }));
    answer(response, id, { tools });
    return;
  }
  const behaviour = behaviours[params?.name ?? ''];
  if (method === 'tools/call' && behaviour !== undefined) {
    behaviour(response, id, request);
    return;
  }
  const error = { code: -32_601, message: 'Method not found' };
  response.writeHead(200, JSON_TYPE).end(JSON.stringify({ jsonrpc: '2.0', id, error }));
}

const INITIALISED = {
  protocolVersion: '2025-11-25',
  capabilities: { tools: {} },
  serverInfo: { name: 'http fixture', version: '1.0.0' },
};
