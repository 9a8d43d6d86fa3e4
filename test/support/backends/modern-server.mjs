/** An MCP server of the 2026-07-28 era over stdio that lists one broken tool among good ones. */
import { Server } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const tools = [
  { name: 'era', inputSchema: { type: 'object' }, invented: { kept: true } },
  { name: 'broken', title: 7 },
  {
    name: 'list',
    inputSchema: { type: 'object' },
    outputSchema: { type: 'array', items: { type: 'integer' } },
  },
  { name: 'ask', inputSchema: { type: 'object' } },
];

serveStdio(({ era }) => {
  const server = new Server(
    { name: 'modern', version: '1.0.0' },
    { capabilities: { tools: { listChanged: true } } },
  );
  server.fallbackRequestHandler = async ({ method, params }) => {
    if (method === 'tools/list') return { tools };
    if (params.name === 'list')
      return { content: [{ type: 'text', text: '[1,2]' }], structuredContent: [1, 2] };
    if (params.name === 'ask') return { resultType: 'input_required', requestState: 'state' };
    if (params.name === 'grow') {
      tools.push({ name: 'grown', inputSchema: { type: 'object' } });
      await server.sendToolListChanged();
    }
    return { content: [{ type: 'text', text: era }], structuredContent: { era, meta: params._meta ?? null } };
  };
  return server;
});
