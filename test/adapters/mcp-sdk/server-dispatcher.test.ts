import { expect } from 'chai';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { ANONYMOUS, type ToolDispatcher } from '../../../core/index.js';
import { createServerDispatcher } from '../../../adapters/mcp-sdk/index.js';
import { call, failureOf } from '../../plugins/dispatchers/mcp/calling.js';

describe('the dispatcher over a server of SDK 1.x', () => {
  let server: McpServer;
  let dispatcher: ToolDispatcher;

  beforeEach(() => {
    server = new McpServer({ name: 'orders', version: '1.0.0' });
    dispatcher = createServerDispatcher(server);
  });

  it('lists nothing for a server without tools, and calls none', async () => {
    expect(await dispatcher.listTools(ANONYMOUS)).to.deep.equal([]);
    expect(await failureOf(call(dispatcher, 'x'))).to.include({ code: 'tool/unknown', tool: 'x' });
  });

  it('lists the very same array until the tools change', async () => {
    const tool = server.registerTool('one', { description: 'first' }, () => ({ content: [] }));
    const before = await dispatcher.listTools(ANONYMOUS);
    expect(before.map(({ name }) => name)).to.deep.equal(['one']);
    expect(await dispatcher.listTools(ANONYMOUS)).to.equal(before);
    tool.disable();
    expect(await dispatcher.listTools(ANONYMOUS)).to.deep.equal([]);
  });

  it('calls with the checks of the server itself', async () => {
    const config = { inputSchema: { n: z.number() }, outputSchema: { twice: z.number() } };
    server.registerTool('double', config, ({ n }) => ({ content: [], structuredContent: { twice: n * 2 } }));
    expect((await call(dispatcher, 'double', { n: 4 })).structuredContent).to.deep.equal({ twice: 8 });
    expect((await call(dispatcher, 'double', { n: 'four' })).isError).to.equal(true);
  });

  it('tells of progress, and passes _meta', async () => {
    server.registerTool('steps', {}, async ({ _meta, sendNotification }) => {
      const progressToken = _meta?.progressToken ?? '';
      await sendNotification({
        method: 'notifications/progress',
        params: { progressToken, progress: 1, total: 2 },
      });
      return { content: [{ type: 'text', text: String(_meta?.['traceparent']) }] };
    });
    const steps: unknown[] = [];
    const result = await call(
      dispatcher,
      'steps',
      {},
      {
        meta: { traceparent: '00-1' },
        onProgress: (step) => steps.push(step),
      },
    );
    expect(steps).to.deep.equal([{ progress: 1, total: 2 }]);
    expect(result.content).to.deep.equal([{ type: 'text', text: '00-1' }]);
  });

  it('ends a call with its signal, whatever the tool does', async () => {
    server.registerTool('never', {}, () => new Promise(() => undefined));
    const controller = new AbortController();
    const waiting = failureOf(call(dispatcher, 'never', {}, { signal: controller.signal }));
    controller.abort();
    expect(await waiting).to.include({ code: 'cancelled', tool: 'never' });
    expect(await failureOf(call(dispatcher, 'never', {}, { signal: AbortSignal.abort() }))).to.include({
      code: 'cancelled',
    });
  });

  it('never calls the script tool', async () => {
    expect(await failureOf(call(dispatcher, 'execute_tool_script', { script: '' }))).to.include({
      code: 'tool/unknown',
    });
  });
});
