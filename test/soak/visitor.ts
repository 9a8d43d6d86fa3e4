/** One client of the soak: comes, calls for a while, and goes. */
import { connect } from 'node:net';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StdioServerTransport as StreamsV2 } from '@modelcontextprotocol/server/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** Where the gateway is, and who comes. */
export interface Place {
  readonly url: string;
  readonly folder: string;
  readonly id: string;
  readonly token: string;
}

/** What a call answers, as far as the soak looks at it. */
export interface Answer {
  readonly isError?: boolean;
  readonly content: readonly { readonly text?: string }[];
  readonly structuredContent?: unknown;
}

/** A client that is connected. */
export interface Visitor {
  call(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<Answer>;
  list(): Promise<unknown>;
  /** A client over HTTP that is polite ends its session; the others leave it behind. */
  leave(politely: boolean): Promise<void>;
}

const PATIENCE_MS = 60_000;

async function v2(transport: HttpV2 | StreamsV2, mode: 'legacy' | 'auto'): Promise<Visitor> {
  const client = new Client({ name: 'soak', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(transport);
  const options = { timeout: PATIENCE_MS };
  return {
    call: (name, args, signal) =>
      client.callTool({ name, arguments: args }, { ...options, signal }) as Promise<Answer>,
    list: () => client.listTools({}, options),
    leave: async (politely) => {
      if (politely && transport instanceof HttpV2) await transport.terminateSession();
      await client.close();
    },
  };
}

async function v1({ url, token }: Place): Promise<Visitor> {
  const transport = new HttpV1(new URL(url), { requestInit: bearer(token) });
  const client = new ClientV1({ name: 'soak', version: '1.0.0' });
  await client.connect(transport);
  return {
    call: (name, args, signal) =>
      client.callTool({ name, arguments: args }, undefined, {
        timeout: PATIENCE_MS,
        signal,
      }) as Promise<Answer>,
    list: () => client.listTools(),
    leave: async (politely) => {
      if (politely) await transport.terminateSession();
      await client.close();
    },
  };
}

const http = ({ url, token }: Place): HttpV2 => new HttpV2(new URL(url), { requestInit: bearer(token) });

function bearer(token: string): RequestInit {
  return { headers: { authorization: `Bearer ${token}` } };
}

async function overSocket({ folder, id }: Place, mode: 'legacy' | 'auto'): Promise<Visitor> {
  const socket = connect(join(folder, `${id}.sock`));
  const visitor = await v2(new StreamsV2(socket, socket), mode);
  return {
    ...visitor,
    leave: async (politely) => {
      if (politely) await visitor.leave(politely);
      socket.destroy();
      if (!politely) await visitor.leave(politely);
    },
  };
}

/** Every kind of client that comes. */
export const VISITORS: Readonly<Record<string, (place: Place) => Promise<Visitor>>> = {
  'SDK 1, HTTP': v1,
  'SDK 2, 2025-11-25, HTTP': (place) => v2(http(place), 'legacy'),
  'SDK 2, 2026-07-28, HTTP': (place) => v2(http(place), 'auto'),
  'SDK 2, 2025-11-25, stdio': (place) => overSocket(place, 'legacy'),
  'SDK 2, 2026-07-28, stdio': (place) => overSocket(place, 'auto'),
};
