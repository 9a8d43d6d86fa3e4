/** Servers and clients of SDK 1.x in one process. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { SdkServer } from '../../../adapters/mcp-sdk/index.js';

/** A client that is connected to a server. */
export async function clientOf(server: SdkServer, onChanged = (): void => undefined): Promise<Client> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    { listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged } } },
  );
  await Promise.all([server.connect(serverSide), client.connect(clientSide)]);
  return client;
}

/** The names that a client sees. */
export async function namesOf(client: Client): Promise<string[]> {
  return (await client.listTools()).tools.map(({ name }) => name);
}

/** The text of the first block that a tool answers. */
export async function textOf(client: Client, name: string, args = {}): Promise<string> {
  const { content } = await client.callTool({ name, arguments: args });
  return (content as { text: string }[])[0]?.text ?? '';
}
