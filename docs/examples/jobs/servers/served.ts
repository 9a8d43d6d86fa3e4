/** MCP servers in this process, each at an address of its own on loopback, as a service would run them. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

/** Servers that listen, as a manifest or `createMcpDispatcher` takes them. */
export interface ServedServers {
  readonly servers: Readonly<Record<string, { readonly url: string }>>;
  close(): Promise<void>;
}

/** Serves each of them, by name, on a free port. */
export async function serveAll(servers: Readonly<Record<string, McpServer>>): Promise<ServedServers> {
  const doors = await Promise.all(
    Object.entries(servers).map(async ([name, server]) => [name, await openDoor(server)] as const),
  );
  return {
    servers: Object.fromEntries(doors.map(([name, door]) => [name, { url: urlOf(door) }])),
    close: async () => {
      await Promise.all(doors.map(([, door]) => closed(door)));
      await Promise.all(Object.values(servers).map((server) => server.close()));
    },
  };
}

/** Answers after some milliseconds, with what is worked out then. */
export type Slowly = (answer: () => Record<string, unknown>) => Promise<CallToolResult>;

/** The latency that every tool of a server has; 0 is none. */
export function slowly(latencyMs: number): Slowly {
  return async (answer) => {
    if (latencyMs > 0) await sleep(latencyMs);
    const value = answer();
    return { structuredContent: value, content: [{ type: 'text', text: JSON.stringify(value) }] };
  };
}

/** One session, for the one client that these servers have. */
async function openDoor(server: McpServer): Promise<Server> {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID() });
  await server.connect(transport);
  const door = createServer((request, response) => void transport.handleRequest(request, response));
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return door;
}

function urlOf(door: Server): string {
  return `http://127.0.0.1:${String((door.address() as AddressInfo).port)}/mcp`;
}

async function closed(door: Server): Promise<void> {
  const ended = once(door, 'close');
  door.close();
  door.closeAllConnections();
  await ended;
}
