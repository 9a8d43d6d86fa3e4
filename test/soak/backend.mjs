/**
 * A backend of the soak: `node backend.mjs older|newer|http MARK`. `echo` answers its nonce after a while,
 * `crash` ends the process (over HTTP: cuts every connection). MARK is how the soak finds its processes.
 */
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { McpServer as OlderServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

const [kind] = process.argv.slice(2);
let crash = () => process.exit(1);

const echo = async ({ nonce, ms }) => {
  await setTimeout(ms);
  return { content: [{ type: 'text', text: nonce }] };
};

function withTools(server) {
  const shape = { nonce: z.string(), ms: z.number() };
  const inputSchema = server instanceof OlderServer ? shape : z.object(shape);
  server.registerTool('echo', { inputSchema }, echo);
  server.registerTool('crash', { inputSchema }, () => crash());
  return server;
}

const named = { name: kind, version: '1.0.0' };
if (kind === 'older') await withTools(new OlderServer(named)).connect(new StdioServerTransport());
else if (kind === 'newer') serveStdio(() => withTools(new McpServer(named)));
else {
  const handle = toNodeHandler(createMcpHandler(() => withTools(new McpServer(named))));
  const http = createServer((request, response) => void handle(request, response));
  crash = () => http.closeAllConnections();
  http.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${http.address().port}/mcp` }));
  process.once('disconnect', () => process.exit());
}
