/** An MCP server (2025-11-25, Streamable HTTP) that keeps everything it is sent, headers and bodies. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RecordingBackend {
  readonly url: string;
  /** Everything that came, as text. */
  readonly seen: string[];
  close(): Promise<void>;
}

interface Asked {
  readonly id?: number;
  readonly method: string;
}

const TOOLS = ['read', 'write'].map((name) => ({ name, inputSchema: { type: 'object' } }));

const ANSWERS: Readonly<Record<string, object>> = {
  initialize: {
    protocolVersion: '2025-11-25',
    capabilities: { tools: {} },
    serverInfo: { name: 'recorder', version: '1.0.0' },
  },
  'tools/list': { tools: TOOLS },
  'tools/call': { content: [{ type: 'text', text: 'done' }] },
};

export async function recordingBackend(): Promise<RecordingBackend> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push(JSON.stringify([request.method, request.url, request.rawHeaders, body]));
      if (request.method !== 'POST') return void response.writeHead(405).end();
      const { id, method } = JSON.parse(body) as Asked;
      if (id === undefined) return void response.writeHead(202).end();
      response.writeHead(200, { 'content-type': 'application/json' });
      const result = ANSWERS[method];
      const error = { code: -32_601, message: 'Method not found' };
      response.end(
        JSON.stringify({ jsonrpc: '2.0', id, ...(result === undefined ? { error } : { result }) }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
