/** What the sinks are told where code mode is attached to servers of SDK 1.x. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createCodeMode, VERSION, type CodeMode, type TelemetryEvent } from '../../../core/index.js';
import { attachCodeMode, createServerDispatcher } from '../../../adapters/mcp-sdk/index.js';
import { createOptimizer } from '../../../adapters/optimizer-compat/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { clientOf } from './connecting.js';

const SESSION = 'a session that nobody may guess';
const TRACE = `00-${'a'.repeat(32)}-${'1'.repeat(16)}-01`;

describe('sinks of a code mode that is attached', () => {
  let server: McpServer;
  let codeMode: CodeMode;
  let events: TelemetryEvent[];
  /** What the server's own tool was handed. */
  let handed: { readonly sessionId?: string; readonly _meta?: unknown }[];

  beforeEach(async () => {
    [events, handed] = [[], []];
    server = new McpServer({ name: 'orders', version: '1.0.0' });
    server.registerTool('greet', {}, ({ sessionId, _meta }) => {
      handed.push({ ...(sessionId !== undefined && { sessionId }), _meta });
      return { content: [{ type: 'text', text: 'hello' }] };
    });
    codeMode = await createCodeMode({
      runtime: createStarlarkRuntime(),
      dispatcher: createServerDispatcher(server),
      sinks: [{ record: (event) => void events.push(event) }],
    });
  });
  afterEach(async () => {
    await server.close();
    await codeMode.close();
  });

  const requests = () =>
    events.flatMap((event) => (event.name.startsWith('request.') ? [event as object] : []));
  const run = (script: string) => ({ name: 'execute_tool_script', arguments: { script } });

  it('hear that it is at work, once for all servers', () => {
    attachCodeMode(server, codeMode);
    const about = { service: 'mcp-sdk', version: VERSION, codeMode: true, optimizer: false };
    attachCodeMode(new McpServer({ name: 'another', version: '1' }), codeMode);
    expect(events).to.deep.equal([{ name: 'service.started', ...about }]);
  });

  it('hear of each script that a client sends, and of no call of the own tools', async () => {
    attachCodeMode(server, codeMode);
    const client = await clientOf(server);
    await client.callTool({ name: 'greet' });
    expect(requests()).to.deep.equal([]);
    await client.callTool({ ...run('return greet()'), _meta: { traceparent: TRACE, baggage: 'k=v' } });
    await client.callTool(run('fail("no")'));
    const [first, end, , failed] = requests();
    expect(first).to.deep.include({
      method: 'tools/call',
      target: 'execute_tool_script',
      transport: 'stdio',
      trace: { traceparent: TRACE, baggage: 'k=v' },
    });
    expect(end).to.include({ code: 'ok' });
    expect(failed).to.include({ code: 'script/runtime' });
    const started = events.find(({ name }) => name === 'script.started');
    expect(started).to.have.property('requestId', (first as { requestId: string }).requestId);
    expect(handed[1]).to.deep.equal({ _meta: { traceparent: TRACE, baggage: 'k=v' } });
  });

  it('hear of all calls where the tools are those of the code mode, once each', async () => {
    attachCodeMode(server, createOptimizer(codeMode), { tools: 'composed' });
    expect(events[0]).to.include({ name: 'service.started', optimizer: true });
    const client = await clientOf(server);
    await client.callTool({ name: 'call_tool', arguments: { tool_name: 'greet' } });
    await client.callTool({ name: 'call_tool', arguments: { tool_name: 'none' } });
    await client.callTool({ name: 'none' }).catch(() => undefined);
    const ends = requests().filter((event) => 'code' in event);
    expect(
      ends.map((event) => {
        const { target, code, rpcCode } = event as Record<string, unknown>;
        return [target, code, rpcCode];
      }),
    ).to.deep.equal([
      ['call_tool', 'ok', undefined],
      ['call_tool', 'tool/unknown', undefined],
      ['none', 'tool/unknown', -32_602],
    ]);
  });

  describe('over HTTP', () => {
    let http: Server;
    let client: Client;

    beforeEach(async () => {
      attachCodeMode(server, codeMode);
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => SESSION });
      await server.connect(transport);
      http = createServer((request, response) => void transport.handleRequest(request, response));
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      const { port } = http.address() as AddressInfo;
      client = new Client({ name: 'test', version: '1.0.0' });
      await client.connect(
        new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${String(port)}/`), {
          requestInit: { headers: { traceparent: TRACE, tracestate: 'x=1' } },
        }),
      );
    });
    afterEach(async () => {
      await client.close();
      http.closeAllConnections();
      http.close();
    });

    it('hear of the place that headers tell, and know the session by a label', async () => {
      await client.callTool(run('return greet()'));
      const trace = { traceparent: TRACE, tracestate: 'x=1' };
      const [first] = requests() as { caller: { session: string } }[];
      expect(first).to.deep.include({ transport: 'http', protocolVersion: '2025-11-25', trace });
      expect(first!.caller.session).to.match(/^[0-9a-f]{16}$/);
      expect(JSON.stringify(events)).not.to.include(SESSION);
      expect(handed).to.deep.equal([{ sessionId: SESSION, _meta: trace }]);
    });
  });
});
