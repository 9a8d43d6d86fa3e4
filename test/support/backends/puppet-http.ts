/** An MCP server over Streamable HTTP, in this process, whose answers to tool calls the test writes byte for byte. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** One answer to a call of the tool `say`, given in its arguments; in `parts`, `$ID` is the id of the request. */
export interface Said {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Written one after another, each in a turn of its own. */
  readonly parts?: readonly string[];
  /** What follows: the end of the body (the default), a cut connection, or nothing. */
  readonly then?: 'end' | 'cut' | 'hang';
}

/** What a server was asked, as far as tests look at it. */
export interface Asked {
  readonly method: string;
  readonly id?: number;
  readonly params?: { readonly name?: string; readonly arguments?: Said; readonly requestId?: number };
}

/** A running server. */
export interface PuppetHttp {
  readonly url: string;
  /** Every message that it got. */
  readonly asked: readonly Asked[];
  /** Connections that are open. */
  readonly sockets: ReadonlySet<Socket>;
  /** Calls whose client went away before they were answered. */
  readonly left: readonly number[];
  close(): Promise<void>;
}

const TOOLS = ['say', 'echo', 'hang'].map((name) => ({ name, inputSchema: { type: 'object' } }));

/** Starts a server of one era. A POST to `/elsewhere` is served as one to `/mcp`. */
export async function puppetHttp(era: '2025-11-25' | '2026-07-28'): Promise<PuppetHttp> {
  const asked: Asked[] = [];
  const left: number[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.method === 'GET') return resume(request, response);
      if (request.method !== 'POST') return response.writeHead(405).end();
      const message = JSON.parse(body) as Asked;
      asked.push(message);
      response.once('close', () => {
        if (!response.writableFinished) left.push(message.id ?? -1);
      });
      serve(era, message, response);
      return undefined;
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}/mcp`, asked, sockets, left, close };
}

/** A stream that is taken up again after the event `before-ID` goes on with the answer to that request. */
function resume({ headers }: IncomingMessage, response: ServerResponse): unknown {
  const id = /^before-(\d+)$/.exec(String(headers['last-event-id']))?.[1];
  if (id === undefined) return response.writeHead(405).end();
  const answer = {
    jsonrpc: '2.0',
    id: Number(id),
    result: { content: [{ type: 'text', text: 'taken up' }] },
  };
  return response
    .writeHead(200, { 'content-type': 'text/event-stream' })
    .end(`id: after-${id}\ndata: ${JSON.stringify(answer)}\n\n`);
}

function serve(era: string, asked: Asked, response: ServerResponse): void {
  const { id, method, params } = asked;
  const said = params?.arguments;
  if (id === undefined) response.writeHead(202).end();
  else if (method === 'tools/call' && params?.name === 'say') say(response, id, said ?? {});
  else if (method === 'tools/call' && params?.name === 'hang') return;
  else send(response, id, resultOf(era, asked));
}

/** What is answered to all but the calls of `say`; nothing to a method that the era does not have. */
function resultOf(era: string, { method, params }: Asked): object | undefined {
  const isModern = era === '2026-07-28';
  const end = isModern ? { resultType: 'complete', ttlMs: 0, cacheScope: 'private' } : {};
  if (method === 'server/discover' && isModern)
    return { supportedVersions: [era], capabilities: { tools: {} }, ...end };
  if (method === 'initialize' && !isModern) return INITIALISED;
  if (method === 'tools/list') return { tools: TOOLS, ...end };
  const content = [{ type: 'text', text: JSON.stringify(params?.arguments) }];
  return method === 'tools/call' ? { content, ...end } : undefined;
}

function send(response: ServerResponse, id: number, result: object | undefined): void {
  const error = { code: -32_601, message: 'Method not found' };
  const body = result === undefined ? { error } : { result };
  response
    .writeHead(result === undefined ? 404 : 200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ jsonrpc: '2.0', id, ...body }));
}

function say(
  response: ServerResponse,
  id: number,
  { status = 200, headers = {}, parts = [], then }: Said,
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).flushHeaders();
  const left = [...parts];
  const next = (): void => {
    const part = left.shift();
    if (part !== undefined) {
      response.write(part.replaceAll('$ID', String(id)));
      setImmediate(next);
    } else if (then === 'cut') response.destroy();
    else if (then !== 'hang') response.end();
  };
  next();
}

const INITIALISED = {
  protocolVersion: '2025-11-25',
  capabilities: { tools: {} },
  serverInfo: { name: 'puppet', version: '1.0.0' },
};
