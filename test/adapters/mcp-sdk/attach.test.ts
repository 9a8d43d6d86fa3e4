import { expect } from 'chai';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { createCodeMode, type CodeMode } from '../../../core/index.js';
import { attachCodeMode, createServerDispatcher, type SdkServer } from '../../../adapters/mcp-sdk/index.js';
import { createOptimizer } from '../../../adapters/optimizer-compat/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { clientOf, namesOf, textOf } from './connecting.js';

type LowLevelServer = McpServer['server'];

const info = { name: 'orders', version: '1.0.0' };

function addGreet(server: McpServer): void {
  server.registerTool('greet', { inputSchema: { who: z.string() } }, ({ who }) => ({
    content: [{ type: 'text', text: `hello ${who}` }],
  }));
}

/** Code mode over the server's own tools. */
function codeModeOf(server: SdkServer): Promise<CodeMode> {
  return createCodeMode({ runtime: createStarlarkRuntime(), dispatcher: createServerDispatcher(server) });
}

describe('code mode attached to a server of SDK 1.x', () => {
  const open: { close(): Promise<void> }[] = [];

  afterEach(async () => {
    for (const part of open.splice(0)) await part.close();
  });

  async function attached(server: McpServer): Promise<{ detach: () => void; codeMode: CodeMode }> {
    const codeMode = await codeModeOf(server);
    open.push(server, codeMode);
    return { detach: attachCodeMode(server, codeMode), codeMode };
  }

  it('adds its tool after those that were registered before', async () => {
    const server = new McpServer(info);
    addGreet(server);
    await attached(server);
    const client = await clientOf(server);
    expect(await namesOf(client)).to.deep.equal(['greet', 'execute_tool_script']);
    expect(await textOf(client, 'greet', { who: 'you' })).to.equal('hello you');
    expect(await textOf(client, 'execute_tool_script', { script: 'return greet(who="script")' })).to.equal(
      'hello script',
    );
  });

  it('lists and calls what stands before code mode, where it is told to', async () => {
    const server = new McpServer(info);
    addGreet(server);
    server.registerTool('broken', {}, () => ({ content: [{ type: 'text', text: 'no' }], isError: true }));
    const optimizer = createOptimizer(await codeModeOf(server), { scripts: true, pinned: ['broken'] });
    open.push(server, optimizer);
    const detach = attachCodeMode(server, optimizer, { tools: 'composed' });
    const client = await clientOf(server);
    expect(await namesOf(client)).to.deep.equal(['find_tool', 'call_tool', 'broken', 'execute_tool_script']);
    expect(await textOf(client, 'find_tool', { tool_description: 'greet' })).to.contain('greet(who: str)');
    const call = { tool_name: 'greet', parameters: { who: 'you' } };
    expect(await textOf(client, 'call_tool', call)).to.equal('hello you');
    expect(await textOf(client, 'greet', { who: 'you' })).to.equal('hello you');
    const wrong = { tool_name: 'greet', parameters: { whom: 'you' } };
    expect(await textOf(client, 'call_tool', wrong)).to.match(/^tool\/arguments: call greet: /);
    const none: unknown = await client.callTool({ name: 'none' }).catch((error: unknown) => error);
    expect(none).to.be.an('error').with.property('code', -32_602);
    detach();
    expect(await namesOf(client)).to.deep.equal(['greet', 'broken']);
  });

  it('adds its tool to those that are registered afterwards, connected or not', async () => {
    const server = new McpServer(info);
    await attached(server);
    addGreet(server);
    const client = await clientOf(server);
    server.registerTool('late', {}, () => ({ content: [{ type: 'text', text: 'late' }] }));
    expect(await namesOf(client)).to.deep.equal(['greet', 'late', 'execute_tool_script']);
    expect(
      await textOf(client, 'execute_tool_script', { script: 'return [greet(who="x"), late()]' }),
    ).to.equal('["hello x","late"]');
  });

  it('works for a server without tools of its own', async () => {
    const server = new McpServer(info);
    await attached(server);
    const client = await clientOf(server);
    expect(await namesOf(client)).to.deep.equal(['execute_tool_script']);
    expect(await textOf(client, 'execute_tool_script', { script: 'return 6 * 7' })).to.equal('42');
    const error = await client.callTool({ name: 'other' }).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: -32_602 });
  });

  it('passes on what core says of its tool, byte for byte, and what the script answered', async () => {
    const server = new McpServer(info);
    addGreet(server);
    const { codeMode } = await attached(server);
    const client = await clientOf(server);
    const { tools } = await client.listTools();
    expect(tools.at(-1)).to.deep.equal(JSON.parse(JSON.stringify(await codeMode.scriptTool())));
    const result = await client.callTool({
      name: 'execute_tool_script',
      arguments: { script: 'print("p")\nreturn {"n": data["n"]}', data: { n: 1 } },
    });
    expect(result.structuredContent).to.deep.equal({ result: { n: 1 } });
    expect(result._meta).to.include.keys('toolscript/usage');
    const failed = await client.callTool({ name: 'execute_tool_script', arguments: { script: 7 } });
    expect(failed.isError).to.equal(true);
  });

  for (const when of ['before', 'after'] as const) {
    it(`covers the handlers of a low-level server that were set ${when}`, async () => {
      const { server } = new McpServer(info, { capabilities: {} });
      server.registerCapabilities({ tools: {} });
      if (when === 'before') setHandlers(server);
      const codeMode = await codeModeOf(server);
      open.push(server, codeMode);
      attachCodeMode(server, codeMode);
      if (when === 'after') setHandlers(server);
      const client = await clientOf(server);
      const first = await client.listTools();
      const second = await client.listTools({ cursor: first.nextCursor });
      expect(first.tools.map(({ name }) => name)).to.deep.equal(['one']);
      expect(second.tools.map(({ name }) => name)).to.deep.equal(['two', 'execute_tool_script']);
      expect(await textOf(client, 'two')).to.equal('two answers');
      expect(await textOf(client, 'execute_tool_script', { script: 'return one() + "; " + two()' })).to.equal(
        'one answers; two answers',
      );
    });
  }

  it('reports progress and stops when the client cancels', async () => {
    const server = new McpServer(info);
    const controller = new AbortController();
    const stopped = new Promise<void>((resolve) => {
      server.registerTool('wait', {}, ({ signal }) => {
        signal.addEventListener('abort', () => resolve());
        setImmediate(() => controller.abort());
        return new Promise(() => undefined);
      });
    });
    await attached(server);
    const client = await clientOf(server);
    const steps: number[] = [];
    const params = { name: 'execute_tool_script', arguments: { script: 'progress(1)\nwait()\nreturn 1' } };
    const options = {
      signal: controller.signal,
      onprogress: ({ progress }: { progress: number }) => steps.push(progress),
    };
    const left = await client.callTool(params, undefined, options).catch((error: unknown) => error);
    expect(left).to.be.instanceOf(Error);
    await stopped;
    expect(steps).to.deep.equal([1]);
  });

  it('gives the tools of a script the authInfo, session and _meta of its client', async () => {
    const server = new McpServer(info);
    server.registerTool('who', {}, ({ authInfo, sessionId, _meta }) => ({
      content: [{ type: 'text', text: JSON.stringify([authInfo?.token, sessionId, _meta]) }],
    }));
    const codeMode = await codeModeOf(server);
    open.push(server, codeMode);
    attachCodeMode(server, codeMode);
    const table = Reflect.get(server.server, '_requestHandlers') as Map<
      string,
      (...rest: unknown[]) => Promise<unknown>
    >;
    const extra = {
      authInfo: { token: 'secret', clientId: 'ada', scopes: ['read'] },
      sessionId: 's-1',
      signal: new AbortController().signal,
      requestId: 1,
      _meta: {},
    };
    const params = { name: 'execute_tool_script', arguments: { script: 'return who()' } };
    const result = await table.get('tools/call')?.({ method: 'tools/call', params }, extra);
    expect(result).to.deep.include({ structuredContent: { result: ['secret', 's-1', {}] } });
  });

  it('tells clients when what a script can call changes', async () => {
    const listeners = new Set<() => void>();
    let tools = [{ name: 'one', inputSchema: { type: 'object' } }];
    const server = new McpServer(info);
    const codeMode = await createCodeMode({
      runtime: createStarlarkRuntime(),
      dispatcher: {
        listTools: () => tools,
        callTool: () => Promise.resolve({ content: [] }),
        onChange: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
    });
    open.push(server, codeMode);
    const others = listeners.size;
    const detach = attachCodeMode(server, codeMode);
    let told = 0;
    let resolveNext: () => void = () => undefined;
    const client = await clientOf(server, () => {
      told += 1;
      resolveNext();
    });
    const change = (): void => {
      for (const listener of listeners) listener();
    };
    const next = new Promise<void>((resolve) => (resolveNext = resolve));
    change();
    tools = [...tools, { name: 'two', inputSchema: { type: 'object' } }];
    change();
    await next;
    expect(told).to.equal(1);
    const gone = new Promise<void>((resolve) => (resolveNext = resolve));
    detach();
    await gone;
    expect(listeners.size).to.equal(others);
    expect(await namesOf(client).catch(() => [])).to.deep.equal([]);
  });

  it('goes away when it is detached, and can come again', async () => {
    const server = new McpServer(info);
    addGreet(server);
    const { detach, codeMode } = await attached(server);
    const client = await clientOf(server);
    detach();
    expect(await namesOf(client)).to.deep.equal(['greet']);
    expect(await textOf(client, 'greet', { who: 'you' })).to.equal('hello you');
    server.registerTool('late', {}, () => ({ content: [] }));
    attachCodeMode(server, codeMode);
    expect(await namesOf(client)).to.deep.equal(['greet', 'late', 'execute_tool_script']);
  });

  it('is no tool to a client who may not know of it', async () => {
    const server = new McpServer(info);
    addGreet(server);
    const runtime = createStarlarkRuntime();
    const limits = { visibleTools: () => [] };
    const codeMode = await createCodeMode({ runtime, dispatcher: createServerDispatcher(server), limits });
    open.push(server, codeMode);
    attachCodeMode(server, codeMode);
    const client = await clientOf(server);
    expect(await namesOf(client)).to.deep.equal(['greet']);
    const call = (name: string): Promise<unknown> =>
      client.callTool({ name, arguments: { script: 'return 1' } }).catch((error: unknown) => error);
    const [hidden, absent] = await Promise.all([call('execute_tool_script'), call('no_such_tool')]);
    const text = (answer: unknown): string => String(answer) + JSON.stringify(answer);
    expect(text(hidden).replaceAll('execute_tool_script', 'no_such_tool')).to.equal(text(absent));
  });

  it('is refused twice, too late, and for what is no server', async () => {
    const server = new McpServer(info);
    const { codeMode } = await attached(server);
    expect(() => attachCodeMode(server, codeMode))
      .to.throw('the server has it already')
      .with.property('code', 'config/invalid');
    const notAServer: unknown = {};
    const connected = new McpServer(info);
    open.push(connected);
    await clientOf(connected);
    expect(() => attachCodeMode(connected, codeMode)).to.throw('attach before it connects');
    expect(() => attachCodeMode(notAServer as SdkServer, codeMode)).to.throw(
      'met no server of @modelcontextprotocol/sdk 1.x',
    );
  });
});

/** Two tools on two pages. */
function setHandlers(server: LowLevelServer): void {
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
    params?.cursor === undefined
      ? { tools: [{ name: 'one', inputSchema: { type: 'object' } }], nextCursor: 'two' }
      : { tools: [{ name: 'two', inputSchema: { type: 'object' } }] },
  );
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => ({
    content: [{ type: 'text', text: `${params.name} answers` }],
  }));
}
