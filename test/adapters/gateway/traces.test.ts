/** One trace, from a client through a script to a server behind us. */
import { expect } from 'chai';
import { createCodeMode, type CodeMode, type StartEvent, type TelemetryEvent } from '../../../core/index.js';
import { createGateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import { createMcpDispatcher } from '../../../plugins/dispatchers/mcp/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { fixture } from '../../support/backends/index.js';
import { rawHttp, type RawClient } from './raw-client.js';

const CLIENT = `00-${'a'.repeat(32)}-${'1'.repeat(16)}-01`;

describe('a trace through the gateway', () => {
  let codeMode: CodeMode;
  let door: HttpDoor;
  let client: RawClient;
  const events: TelemetryEvent[] = [];
  const spans: string[] = [];

  const sink = {
    trace: ({ name, trace }: StartEvent) => {
      spans.push(`${name} in ${trace?.traceparent.slice(36, 52) ?? 'nothing'}`);
      const span = String(spans.length).padStart(16, '5');
      return { traceparent: `${(trace?.traceparent ?? CLIENT).slice(0, 36)}${span}-01` };
    },
    record: (event: TelemetryEvent) => void events.push(event),
  };

  before(async () => {
    const tools = [{ name: 'meta', inputSchema: { type: 'object' } }];
    const dispatcher = createMcpDispatcher({
      servers: {
        fixture: fixture({ tools, capabilities: { prompts: {} }, lists: { prompts: [{ name: 'greet' }] } }),
      },
    });
    codeMode = await createCodeMode({ runtime: createStarlarkRuntime(), dispatcher, sinks: [sink] });
    await codeMode.listTools();
    door = await createGateway({ codeMode, scriptTool: true }).serveHttp();
    client = await rawHttp(door.url, 'modern');
    spans.length = 0;
  });
  after(async () => {
    await client.close();
    await door.close();
    await codeMode.close();
  });

  it('reaches the server from within a script, with what the application hands along', async () => {
    const call = { name: 'execute_tool_script', arguments: { script: 'return meta()' } };
    const { result } = await client.ask('tools/call', call, { traceparent: CLIENT, baggage: 'k=v' });
    const { result: met } = result!['structuredContent'] as { result: object };
    const place = (n: number): string => String(n).padStart(16, '5');
    expect(spans).to.deep.equal([
      `request.started in ${'1'.repeat(16)}`,
      `script.started in ${place(1)}`,
      `tool.started in ${place(2)}`,
    ]);
    expect(met).to.deep.equal({
      traceparent: `00-${'a'.repeat(32)}-${place(3)}-01`,
      baggage: 'k=v',
    });
  });

  it('reaches the server that gives a prompt', async () => {
    spans.length = 0;
    const { result } = await client.ask('prompts/get', { name: 'greet' }, { traceparent: CLIENT });
    const { _meta: met } = result!['got'] as { _meta: object };
    expect(met).to.deep.equal({ traceparent: `00-${'a'.repeat(32)}-${'1'.padStart(16, '5')}-01` });
  });

  it('is told of a server once it is up, and not while it starts', () => {
    const changes = events.filter((event) => event.name === 'backend.changed');
    expect(changes).to.deep.equal([
      { name: 'backend.changed', backend: 'fixture', up: true, tools: 1, problems: [] },
    ]);
  });
});
