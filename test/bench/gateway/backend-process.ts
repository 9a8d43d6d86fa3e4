/** A backend of the 2026-07-28 era for the benchmark: `tsx backend-process.ts stdio|http [tools]`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const [door, tools = '0'] = process.argv.slice(2);

function backend(): McpServer {
  const server = new McpServer({ name: 'bench', version: '1.0.0' });
  const echoed = { description: 'Answers what it is told.', inputSchema: z.object({ message: z.string() }) };
  server.registerTool('echo', echoed, ({ message }) => text(`Echo: ${message}`));
  const waited = { description: 'Answers late.', inputSchema: z.object({ ms: z.number() }) };
  server.registerTool('wait', waited, async ({ ms }) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return text('done');
  });
  for (let index = 0; index < Number(tools); index += 1) {
    const inputSchema = z.object({ id: z.int().min(0), tags: z.array(z.string()).optional() });
    const described = { description: `Does the work of number ${index}.`, inputSchema };
    server.registerTool(`tool-${index}`, described, () => text('done'));
  }
  return server;
}

function text(words: string): { content: { type: 'text'; text: string }[] } {
  return { content: [{ type: 'text', text: words }] };
}

if (door === 'stdio') serveStdio(backend);
else {
  const handle = toNodeHandler(createMcpHandler(backend));
  const http = createServer(
    (request, response) => void handle(request as Parameters<typeof handle>[0], response),
  );
  http.listen(0, '127.0.0.1', () => {
    const { port } = http.address() as AddressInfo;
    console.log(`http://127.0.0.1:${port}/mcp`);
  });
}
