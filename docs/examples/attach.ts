import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { createCodeMode } from 'toolscript';
import { attachCodeMode, createServerDispatcher } from 'toolscript/adapters/mcp-sdk';
import { z } from 'zod';

// A server that exists already, made with @modelcontextprotocol/sdk 1.x.
const server = new McpServer({ name: 'notes', version: '1.0.0' });
server.registerTool('read_note', { inputSchema: { id: z.number() } }, ({ id }) => ({
  content: [{ type: 'text', text: `note ${String(id)}` }],
}));

// Two lines, and it runs scripts over its own tools.
const codeMode = await createCodeMode({ dispatcher: createServerDispatcher(server) });
attachCodeMode(server, codeMode);

// A client, to see it work.
const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
const { InMemoryTransport } = await import('@modelcontextprotocol/sdk/inMemory.js');
const [near, far] = InMemoryTransport.createLinkedPair();
const client = new Client({ name: 'agent', version: '1.0.0' });
await Promise.all([server.connect(far), client.connect(near)]);
const { tools } = await client.listTools();
console.log(tools.map((tool) => tool.name).join(', '));
const script = 'return parallel([lambda n=n: read_note(id = n) for n in range(3)])';
const result = await client.callTool({ name: 'execute_tool_script', arguments: { script } });
console.log(JSON.stringify(result.structuredContent));
await client.close();
await codeMode.close();

//> read_note, execute_tool_script
//> {"result":["note 0","note 1","note 2"]}
