/** The optimizer as real clients of each line and era meet it, over stdio and HTTP, before real servers. */
import { expect } from 'chai';
import { createGateway, type Gateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import { createMcpDispatcher } from '../../../plugins/dispatchers/mcp/index.js';
import { everything, fixture, modern } from '../../support/backends/index.js';
import { CLIENTS, type TestClient } from '../gateway/clients.js';
import { optimized, type Optimized } from './optimized.js';

const TOOLS = ['echo', 'hang', 'fail', 'cancelled', 'slow', 'find_tool'];

type Answer = Awaited<ReturnType<TestClient['call']>>;

const textOf = ({ content }: Answer): string => content[0]?.text ?? '';

/** The definitions that a search answered; its text says the same. */
function foundIn(result: Answer): { name: string; inputSchema: object; _meta: Record<string, string> }[] {
  expect(JSON.parse(textOf(result))).to.deep.equal(result.structuredContent);
  return (result.structuredContent as { tools: ReturnType<typeof foundIn> }).tools;
}

describe('clients of an optimizer', () => {
  let made: Optimized;
  let gateway: Gateway;
  let door: HttpDoor;

  before(async () => {
    const servers = { everything: everything(), fixture: fixture({ tools: TOOLS }), modern: modern() };
    const options = { scripts: true, pinned: ['get-s*', 'find_tool'] };
    made = await optimized({ dispatcher: createMcpDispatcher({ servers }) }, options);
    await made.optimizer.listTools();
    gateway = createGateway({ codeMode: made.optimizer, scriptTool: true });
    door = await gateway.serveHttp();
  });

  after(async () => {
    await door.close();
    await made.optimizer.close();
  });

  for (const [name, connect] of Object.entries(CLIENTS)) {
    describe(name, () => {
      let client: TestClient;

      before(async () => {
        client = await connect(gateway, door.url);
      });

      after(() => client.close());

      it('lists two tools, what is pinned, and a brief execute_tool_script', async () => {
        const tools = await client.list();
        expect(tools.map((tool) => tool.name)).to.deep.equal([
          'find_tool',
          'call_tool',
          'get-structured-content',
          'get-sum',
          'execute_tool_script',
        ]);
        expect(tools.at(-1)?.['description']).to.have.length.below(2_048);
      });

      it('finds a tool, calls it, and calls it from a script as it was shown', async () => {
        const found = foundIn(
          await client.call('find_tool', { tool_description: 'echo', tool_keywords: ['echo'] }),
        );
        const echo = found.find((tool) => tool.name === 'everything_echo')!;
        expect(echo.inputSchema).to.have.property('properties');
        expect(echo._meta['toolscript/call']).to.match(/^everything_echo\(message/);
        const direct = await client.call('call_tool', {
          tool_name: echo.name,
          parameters: { message: 'hi' },
        });
        expect(textOf(direct)).to.equal('Echo: hi');
        const ran = await client.call('execute_tool_script', {
          script: 'return everything_echo(message = "hi")',
        });
        expect(ran.structuredContent).to.deep.equal({ result: 'Echo: hi' });
      });

      it('says what the session spared, where there is one', async () => {
        const { structuredContent } = await client.call('find_tool', { tool_description: 'sum' });
        const { session } = (structuredContent as { token_metrics: { session?: object } }).token_metrics;
        if (name === 'SDK 2.x over HTTP, 2026-07-28') expect(session).to.equal(undefined);
        else expect(session).to.include.keys('finds', 'baseline_tokens', 'seen_tokens', 'savings_percent');
      });

      it('runs a script through call_tool, and calls a tool that is not listed by its name', async () => {
        const script = 'return get_sum(a = a, b = 2)';
        const parameters = { script, data: { a: 40 } };
        const ran = await client.call('call_tool', { tool_name: 'execute_tool_script', parameters });
        expect(JSON.stringify(ran.structuredContent)).to.contain('sum of 40 and 2 is 42');
        expect(textOf(await client.call('everything_echo', { message: 'hi' }))).to.equal('Echo: hi');
      });

      it('keeps structured content, errors, and answers of servers of the other era', async () => {
        const weather = { tool_name: 'get-structured-content', parameters: { location: 'Chicago' } };
        const { structuredContent } = await client.call('call_tool', weather);
        expect(structuredContent).to.include.keys('temperature', 'conditions');
        const era = await client.call('call_tool', { tool_name: 'era', parameters: {} });
        expect(era.structuredContent).to.include({ era: 'modern' });
        const failed = await client.call('call_tool', { tool_name: 'fail', parameters: {} });
        expect(failed.isError).to.equal(true);
        const none = await client.call('call_tool', { tool_name: 'echos' });
        expect(textOf(none)).to.match(/^tool not found: echos; /);
        const wrong = await client.call('call_tool', { tool_name: 'get-sum', parameters: { a: 'x', b: 1 } });
        expect(textOf(wrong)).to.match(/^tool\/arguments: call get-sum: .*"a"/);
      });

      it("reaches a server's own find_tool", async () => {
        const found = foundIn(await client.call('find_tool', { tool_description: 'find tool' }));
        expect(found.map((tool) => tool.name)).to.include('find_tool');
        const theirs = await client.call('call_tool', { tool_name: 'find_tool', parameters: { a: 1 } });
        expect(theirs.structuredContent ?? textOf(theirs)).not.to.have.property('token_metrics');
      });

      it('tells of progress on the way', async () => {
        const steps: number[] = [];
        const onprogress = ({ progress }: { progress: number }): void => void steps.push(progress);
        const parameters = { duration: 0.2, steps: 2 };
        const call = { tool_name: 'trigger-long-running-operation', parameters };
        await client.call('call_tool', call, { onprogress });
        expect(steps).to.deep.equal([1, 2]);
      });

      it('cancels what call_tool began', async () => {
        const before = await cancellations(client);
        const leaving = new AbortController();
        const call = { tool_name: 'hang', parameters: {} };
        const hanging = client.call('call_tool', call, { signal: leaving.signal });
        await client.call('slow');
        leaving.abort();
        const error: unknown = await hanging.catch((thrown: unknown) => thrown);
        expect(error).to.be.an('error');
        while ((await cancellations(client)) === before);
      });
    });
  }
});

/** How many calls the fixture was told to give up. */
async function cancellations(client: TestClient): Promise<number> {
  return (JSON.parse(textOf(await client.call('cancelled'))) as unknown[]).length;
}
