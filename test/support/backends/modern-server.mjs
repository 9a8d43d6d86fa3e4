/**
 * An MCP server of the 2026-07-28 era with one of each thing, and one broken item in each list.
 * `node modern-server.mjs` speaks stdio, `node modern-server.mjs http` prints the port that it listens on.
 */
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

const plain = { type: 'object' };
const tools = [
  { name: 'era', inputSchema: plain, invented: { kept: true } },
  { name: 'broken', title: 7 },
  { name: 'list', inputSchema: plain, outputSchema: { type: 'array', items: { type: 'integer' } } },
  ...['ask', 'grow', 'touch', 'log'].map((name) => ({ name, inputSchema: plain })),
];
const resources = [
  { uri: 'test://note', name: 'note', invented: { kept: true } },
  { uri: 'test://broken', name: 7 },
];
const resourceTemplates = [{ uriTemplate: 'test://person/{name}', name: 'person' }];
const prompts = [{ name: 'greet', arguments: [{ name: 'who', required: true }] }];

const text = (value) => ({ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) });

const question = {
  method: 'elicitation/create',
  params: { message: 'Who?', requestedSchema: { type: 'object', properties: { name: { type: 'string' } } } },
};

/** Asks once; with `twice` once more, and with `stateOnly` it only wants to be asked again. */
function ask({ twice, stateOnly }, ctx) {
  const { inputResponses } = ctx.mcpReq;
  const state = ctx.mcpReq.requestState();
  if (stateOnly && state === undefined) return { resultType: 'input_required', requestState: 'busy' };
  if (stateOnly) return { content: [text(`asked again with ${state}`)] };
  if (inputResponses === undefined)
    return { resultType: 'input_required', inputRequests: { who: question }, requestState: 'first' };
  if (twice && state === 'first')
    return { resultType: 'input_required', inputRequests: { again: question }, requestState: 'second' };
  return { content: [text({ inputResponses, state })] };
}

async function callTool({ name, arguments: args = {}, _meta }, ctx, notify) {
  if (name === 'list') return { content: [text('[1,2]')], structuredContent: [1, 2] };
  if (name === 'ask') return ask(args, ctx);
  if (name === 'grow') {
    tools.push({ name: 'grown', inputSchema: plain });
    resources.push({ uri: 'test://grown', name: 'grown' });
    prompts.push({ name: 'grown' });
    notify.toolsChanged();
    notify.resourcesChanged();
    notify.promptsChanged();
  }
  if (name === 'touch') notify.resourceUpdated('test://note');
  if (name === 'log') {
    for (const level of ['debug', 'warning'])
      await ctx.mcpReq.notify({
        method: 'notifications/message',
        params: { level, data: `${args.of} ${level}` },
      });
  }
  return {
    content: [text(ctx.mcpReq.envelope?.['io.modelcontextprotocol/clientCapabilities'] ?? {})],
    structuredContent: { era: 'modern', meta: _meta ?? null },
  };
}

const answers = {
  'tools/list': () => ({ tools }),
  'tools/call': callTool,
  'resources/list': ({ cursor }) =>
    cursor === undefined ? { resources: [resources[0]], nextCursor: '1' } : { resources: resources.slice(1) },
  'resources/templates/list': () => ({ resourceTemplates }),
  'resources/read': ({ uri }, ctx) => {
    const { inputResponses } = ctx.mcpReq;
    if (uri === 'test://person/asks' && inputResponses === undefined)
      return { resultType: 'input_required', inputRequests: { who: question } };
    if (inputResponses !== undefined) return { contents: [{ uri, text: JSON.stringify(inputResponses) }] };
    if (uri === 'test://nowhere')
      throw Object.assign(new Error('no such thing'), { code: -32_602, data: { uri } });
    return { contents: [{ uri, text: `at ${uri}` }] };
  },
  'prompts/list': () => ({ prompts }),
  'prompts/get': ({ name, arguments: args }) => ({
    messages: [{ role: 'user', content: text({ name, args }) }],
  }),
  'completion/complete': ({ ref, argument }) => ({
    completion: { values: [`${ref.name ?? ref.uri} ${argument.value}…`] },
  }),
};

function makeServer(notifyOf) {
  const listChanged = true;
  const server = new Server(
    { name: 'modern', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged },
        resources: { listChanged, subscribe: true },
        prompts: { listChanged },
        completions: {},
        logging: {},
      },
    },
  );
  server.fallbackRequestHandler = async ({ method, params = {} }, ctx) => {
    const answer = answers[method];
    if (answer === undefined) throw Object.assign(new Error('Method not found'), { code: -32_601 });
    return answer(params, ctx, notifyOf(server));
  };
  return server;
}

if (process.argv[2] === 'http') {
  const handler = createMcpHandler(() => makeServer(() => handler.notify), { legacy: 'reject' });
  const handle = toNodeHandler(handler);
  const http = createServer((request, response) => void handle(request, response));
  http.listen(0, '127.0.0.1', () => process.stdout.write(`${http.address().port}\n`));
} else {
  serveStdio(() =>
    makeServer((server) => ({
      toolsChanged: () => void server.sendToolListChanged(),
      resourcesChanged: () => void server.sendResourceListChanged(),
      promptsChanged: () => void server.sendPromptListChanged(),
      resourceUpdated: (uri) => void server.sendResourceUpdated({ uri }),
    })),
  );
}
