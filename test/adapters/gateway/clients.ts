/** Real MCP clients of each SDK line and era, behind one face. */
import { PassThrough } from 'node:stream';
import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StdioServerTransport as StreamsV2 } from '@modelcontextprotocol/server/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport as StreamsV1 } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Gateway } from '../../../adapters/gateway/index.js';

/** What tests want of a client. */
export interface TestClient {
  list(): Promise<{ name: string; [field: string]: unknown }[]>;
  call(
    name: string,
    args?: Record<string, unknown>,
    options?: { signal?: AbortSignal; onprogress?: (step: { progress: number }) => void },
  ): Promise<{
    content: { text?: string }[];
    isError?: boolean;
    structuredContent?: unknown;
    _meta?: unknown;
  }>;
  /** Resolves at the next change of the tools that the client is told of. */
  changed(): Promise<void>;
  close(): Promise<void>;
  /** Goes away as a process that is killed: its pipes end, its sockets are cut. */
  vanish(): void;
}

type Connect = (gateway: Gateway, url: string) => Promise<TestClient>;

/** The two ends of a pair of pipes. */
function pipes(gateway: Gateway): { input: PassThrough; output: PassThrough } {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  gateway.serveStdio({ input: toServer, output: toClient });
  return { input: toClient, output: toServer };
}

// A line of JSON a message, both ways: the server's stdio transport does for a client over streams.
async function overPipes(
  gateway: Gateway,
  connect: (input: PassThrough, output: PassThrough) => Promise<TestClient>,
): Promise<TestClient> {
  const { input, output } = pipes(gateway);
  return { ...(await connect(input, output)), vanish: () => void output.end() };
}

class Changes {
  #waiting: (() => void)[] = [];
  readonly handlers = {
    tools: {
      autoRefresh: false,
      debounceMs: 0,
      onChanged: () => this.#waiting.splice(0).forEach((go) => go()),
    },
  };
  next = (): Promise<void> => new Promise((resolve) => this.#waiting.push(resolve));
}

async function v1(transport: StreamsV1 | HttpV1): Promise<TestClient> {
  const changes = new Changes();
  const client = new ClientV1({ name: 'v1', version: '1.0.0' }, { listChanged: changes.handlers });
  await client.connect(transport);
  return {
    list: async () => (await client.listTools()).tools,
    call: (name, args = {}, options = {}) =>
      client.callTool({ name, arguments: args }, undefined, options) as ReturnType<TestClient['call']>,
    changed: changes.next,
    close: () => client.close(),
    vanish: () => void client.close(),
  };
}

async function v2(transport: StreamsV2 | HttpV2, mode: 'legacy' | 'auto'): Promise<TestClient> {
  const changes = new Changes();
  const client = new ClientV2(
    { name: 'v2', version: '1.0.0' },
    { versionNegotiation: { mode }, listChanged: changes.handlers },
  );
  await client.connect(transport);
  if (client.getProtocolEra() !== (mode === 'auto' ? 'modern' : 'legacy'))
    throw new Error('not the era meant');
  return {
    list: async () => (await client.listTools()).tools,
    call: (name, args = {}, options = {}) =>
      client.callTool({ name, arguments: args }, options) as ReturnType<TestClient['call']>,
    changed: changes.next,
    close: () => client.close(),
    vanish: () => void client.close(),
  };
}

/** Every client that must be served, by what it is. */
export const CLIENTS: Readonly<Record<string, Connect>> = {
  'SDK 1.x over stdio': (gateway) => overPipes(gateway, (input, output) => v1(new StreamsV1(input, output))),
  'SDK 2.x over stdio, 2025-11-25': (gateway) =>
    overPipes(gateway, (input, output) => v2(new StreamsV2(input, output), 'legacy')),
  'SDK 2.x over stdio, 2026-07-28': (gateway) =>
    overPipes(gateway, (input, output) => v2(new StreamsV2(input, output), 'auto')),
  'SDK 1.x over HTTP': (_gateway, url) => v1(new HttpV1(new URL(url))),
  'SDK 2.x over HTTP, 2025-11-25': (_gateway, url) => v2(new HttpV2(new URL(url)), 'legacy'),
  'SDK 2.x over HTTP, 2026-07-28': (_gateway, url) => v2(new HttpV2(new URL(url)), 'auto'),
};
