/**
 * An MCP server (2025-11-25, stdio) with a secret in everything that it gives: `node planted-server.mjs
 * '{"text":"…",…}'`, a secret for each place. What a tool does is in its name.
 */
import { createInterface } from 'node:readline';

const secrets = JSON.parse(process.argv[2]);

const write = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const text = (words) => [{ type: 'text', text: words }];

/** What to do with the answer to a question of ours. */
const questions = new Map();

function ask(id) {
  const question = `question ${String(id)}`;
  questions.set(question, () => write({ id, result: { content: text('thanks') } }));
  const requestedSchema = { type: 'object', properties: { name: { type: 'string' } } };
  const params = { message: secrets.question, requestedSchema };
  write({ id: question, method: 'elicitation/create', params });
}

const TOOLS = {
  text: (id) => write({ id, result: { content: text(secrets.text) } }),
  structured: (id) =>
    write({ id, result: { content: text('see there'), structuredContent: { held: secrets.structured } } }),
  failing: (id) => write({ id, result: { content: text(secrets.toolError), isError: true } }),
  crashing: (id) => write({ id, error: { code: -32_000, message: secrets.crash } }),
  forbidden: (id) => write({ id, result: { content: text('never') } }),
  hanging: () => undefined,
  asking: ask,
  logging: (id) => {
    write({ method: 'notifications/message', params: { level: 'warning', data: secrets.notice } });
    write({ id, result: { content: text('logged') } });
  },
};

const inputSchema = {
  type: 'object',
  properties: { q: { type: 'string', description: secrets.schema } },
};

const METHODS = {
  initialize: (id, { protocolVersion }) =>
    write({
      id,
      result: {
        protocolVersion,
        capabilities: { tools: {}, resources: {}, prompts: {}, logging: {} },
        serverInfo: { name: 'planted', version: '1.0.0' },
        instructions: secrets.instructions,
      },
    }),
  'tools/list': (id) => {
    const description = `does it: ${secrets.description}`;
    write({ id, result: { tools: Object.keys(TOOLS).map((name) => ({ name, description, inputSchema })) } });
  },
  'tools/call': (id, { name }) => TOOLS[name](id),
  'resources/list': (id) =>
    write({ id, result: { resources: [{ uri: `test://${secrets.uri}`, name: 'note' }] } }),
  'resources/templates/list': (id) => write({ id, result: { resourceTemplates: [] } }),
  'resources/read': (id, { uri }) => write({ id, result: { contents: [{ uri, text: secrets.resource }] } }),
  'prompts/list': (id) =>
    write({ id, result: { prompts: [{ name: 'greet', arguments: [{ name: 'who' }] }] } }),
  'prompts/get': (id) =>
    write({ id, result: { messages: [{ role: 'user', content: { type: 'text', text: secrets.prompt } }] } }),
  'logging/setLevel': (id) => write({ id, result: {} }),
  ping: (id) => write({ id, result: {} }),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params = {} } = JSON.parse(line);
  if (method === undefined) questions.get(id)?.();
  else if (id !== undefined) {
    const answer = METHODS[method] ?? (() => write({ id, error: { code: -32_601, message: 'not found' } }));
    answer(id, params);
  }
});
