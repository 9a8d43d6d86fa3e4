/**
 * The client that the official suite judges: the dispatcher of MCP servers, before the server whose address
 * is the last argument. What it does there is what the scenario (`MCP_CONFORMANCE_SCENARIO`) wants to see.
 */
import {
  ANONYMOUS,
  type ClientLink,
  type ClientQuestion,
  type JsonObject,
  type ToolDefinition,
} from '../../../core/index.js';
import { createMcpDispatcher } from '../../../plugins/dispatchers/mcp/index.js';

type Dispatcher = ReturnType<typeof createMcpDispatcher>;
type Scenario = (dispatcher: Dispatcher, tools: readonly ToolDefinition[]) => Promise<void>;

/** A person who takes what every field of a form suggests, and confirms what is not filled in. */
const person: ClientLink = {
  capabilities: { elicitation: { form: {} }, sampling: {} },
  ask: (question) => Promise.resolve({ action: 'accept', content: suggestionsOf(question) }),
};

const scenarios: Readonly<Record<string, Scenario>> = {
  tools_call: (dispatcher) => call(dispatcher, 'add_numbers', { a: 5, b: 3 }),
  'elicitation-sep1034-client-defaults': (dispatcher) => call(dispatcher, 'test_client_elicitation_defaults'),
  'sse-retry': (dispatcher) => call(dispatcher, 'test_reconnection'),
  'sep-2322-client-request-state': async (dispatcher) => {
    await Promise.all([
      call(dispatcher, 'test_mrtr_echo_state'),
      call(dispatcher, 'test_mrtr_unrelated'),
      call(dispatcher, 'test_mrtr_no_state'),
    ]);
    await call(dispatcher, 'test_mrtr_no_result_type');
  },
  'json-schema-2020-12-preservation': async (dispatcher, tools) => {
    const schema = tools.find(({ name }) => name === 'json_schema_2020_12_tool')?.inputSchema ?? {};
    await call(dispatcher, 'json_schema_echo', { schema });
  },
  'http-standard-headers': async (dispatcher, tools) => {
    for (const { name } of tools) await call(dispatcher, name);
    await everyContext(dispatcher);
  },
  'http-custom-headers': async (dispatcher) => {
    const { toolCalls = [] } = JSON.parse(process.env['MCP_CONFORMANCE_CONTEXT'] ?? '{}') as {
      toolCalls?: { name: string; arguments: JsonObject }[];
    };
    for (const { name, arguments: args } of toolCalls) await call(dispatcher, name, args);
  },
  'http-invalid-tool-headers': async (dispatcher, tools) => {
    for (const { name } of tools) await call(dispatcher, name, { region: 'us-west1' });
  },
};

async function everyContext(dispatcher: Dispatcher): Promise<void> {
  const { context } = dispatcher;
  const rest = { caller: ANONYMOUS, signal: new AbortController().signal };
  for (const { uri } of (await context?.list('resources', ANONYMOUS)) ?? [])
    await context?.request({ method: 'resources/read', params: { uri: uri ?? '' }, ...rest });
  for (const { name } of (await context?.list('prompts', ANONYMOUS)) ?? [])
    await context?.request({ method: 'prompts/get', params: { name: name ?? '', arguments: {} }, ...rest });
}

async function call(dispatcher: Dispatcher, tool: string, args: JsonObject = {}): Promise<void> {
  const signal = new AbortController().signal;
  await dispatcher.callTool({ tool, args, caller: ANONYMOUS, client: person, signal });
}

function suggestionsOf({ params }: ClientQuestion): JsonObject {
  const { properties = {} } = (params['requestedSchema'] ?? {}) as {
    properties?: Readonly<Record<string, { readonly default?: JsonObject[string] }>>;
  };
  const fields = Object.entries(properties).map(([name, field]) => [name, field.default ?? true]);
  return Object.fromEntries(fields) as JsonObject;
}

const dispatcher = createMcpDispatcher({ servers: { judge: { url: process.argv.at(-1) ?? '' } } });
const tools = await dispatcher.listTools(ANONYMOUS);
await scenarios[process.env['MCP_CONFORMANCE_SCENARIO'] ?? '']?.(dispatcher, tools);
await dispatcher.close();
