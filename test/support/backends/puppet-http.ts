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
      return serve(era, message, response);
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

function serve(era: string, { id, method, params }: Asked, response: ServerResponse): unknown {
  const modern = era === '2026-07-28';
  if (id === undefined) return response.writeHead(202).end();
  const answer = (result: object): void => {
    const complete = modern ? { resultType: 'complete', ttlMs: 0, cacheScope: 'private', ...result } : result;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ jsonrpc: '2.0', id, result: complete }));
  };
  if (method === 'server/discover' && modern)
    return answer({ supportedVersions: [era], capabilities: { tools: {} } });
  if (method === 'initialize' && !modern) return answer(INITIALISED);
  if (method === 'tools/list') return answer({ tools: TOOLS });
  if (method !== 'tools/call') return refuse(response, id);
  if (params?.name === 'hang') return undefined;
  if (params?.name === 'say') return say(response, id, params.arguments ?? {});
  return answer({ content: [{ type: 'text', text: JSON.stringify(params?.arguments) }] });
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

function refuse(response: ServerResponse, id: number): unknown {
  const error = { code: -32_601, message: 'Method not found' };
  return response
    .writeHead(404, { 'content-type': 'application/json' })
    .end(JSON.stringify({ jsonrpc: '2.0', id, error }));
}

const INITIALISED = {
  protocolVersion: '2025-11-25',
  capabilities: { tools: {} },
  serverInfo: { name: 'puppet', version: '1.0.0' },
};
