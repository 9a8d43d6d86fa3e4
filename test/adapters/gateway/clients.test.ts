import { expect } from 'chai';
import type { HttpDoor } from '../../../adapters/gateway/index.js';
import { everything, fixture, modern } from '../../support/backends/index.js';
import { CLIENTS, type TestClient } from './clients.js';
import { gatewayOver, type Composed } from './composed.js';

const TOOLS = [
  ...['echo', 'hang', 'cancelled', 'grow', 'fail', 'refuse', 'slow'],
  {
    name: 'poisoned',
    inputSchema: { type: 'object' },
    outputSchema: { type: 'object', properties: { a: { $ref: '#/no' } } },
  },
  { name: 'broken', inputSchema: 'none' },
];
const FAN_OUT = `
print("adding")
progress(1, 2, "half")
sums = parallel([lambda n=n: call_tool("get-sum", a=n, b=1) for n in range(3)])
return {"sums": sums, "era": era()["era"]}
`;

describe('clients of the gateway', () => {
  let composed: Composed;
  let door: HttpDoor;

  before(async () => {
    composed = await gatewayOver({
      everything: everything(),
      fixture: fixture({ tools: TOOLS }),
      modern: modern(),
    });
    door = await composed.gateway.serveHttp();
  });

  after(async () => {
    await door.close();
    await composed.codeMode.close();
  });

  for (const [name, connect] of Object.entries(CLIENTS)) {
    describe(name, () => {
      let client: TestClient;

      before(async () => {
        client = await connect(composed.gateway, door.url);
      });

      after(() => client.close());

      it('lists the tools of all backends, then execute_tool_script', async () => {
        const tools = await client.list();
        const names = tools.map((tool) => tool.name);
        expect(names.slice(0, 2)).to.deep.equal(['everything_echo', 'get-annotated-message']);
        expect(names).to.include.members(['fixture_echo', 'hang', 'era', 'list']);
        expect(names.at(-1)).to.equal('execute_tool_script');
        expect(tools.find((tool) => tool.name === 'get-sum')).to.include.keys('title', 'annotations');
      });

      it('runs a script over them', async () => {
        const result = await client.call('execute_tool_script', { script: FAN_OUT });
        const sums = [1, 2, 3].map((sum) => `The sum of ${sum - 1} and 1 is ${sum}.`);
        expect(result.isError ?? false, result.content[0]?.text).to.equal(false);
        expect(JSON.parse(result.content[0]?.text ?? '')).to.deep.equal({ sums, era: 'modern' });
        expect(result.structuredContent).to.deep.equal({ result: { sums, era: 'modern' } });
        expect(result.content[1]?.text).to.equal('printed:\nadding');
        expect(result._meta).to.include.keys('toolscript/usage', 'toolscript/calls');
      });

      it('is told what is wrong with a script', async () => {
        const result = await client.call('execute_tool_script', { script: 'echo2(' });
        expect(result.isError).to.equal(true);
        expect(result.content[0]?.text).to.match(/^script\/syntax: line 1, column \d+: /);
      });

      it('calls a tool', async () => {
        const result = await client.call('get-sum', { a: 40, b: 2 });
        expect(result.content).to.deep.equal([{ type: 'text', text: 'The sum of 40 and 2 is 42.' }]);
        const { structuredContent } = await client.call('list');
        expect(structuredContent).to.deep.equal(name.includes('2026') ? [1, 2] : { result: [1, 2] });
      });

      it('hears of the progress of a call and of a script', async () => {
        for (const [tool, args] of [
          ['trigger-long-running-operation', { duration: 0.06, steps: 3 }],
          ['execute_tool_script', { script: 'progress(1)\nslow(ms=30)\nprogress(2)\nslow(ms=30)\nreturn 1' }],
        ] as const) {
          const steps: number[] = [];
          await client.call(tool, args, { onprogress: ({ progress }) => steps.push(progress) });
          expect(steps.slice(0, 2), tool).to.deep.equal([1, 2]);
        }
      });

      it('gets failures of a tool as results, errors of the protocol as such, an unknown tool as -32602', async () => {
        expect(await client.call('fail')).to.deep.include({
          content: [{ type: 'text', text: 'no such order' }],
          isError: true,
        });
        const errorOf = (tool: string): Promise<{ code: number; message: string } | undefined> =>
          client.call(tool).then(
            () => undefined,
            (thrown: unknown) => thrown as { code: number; message: string },
          );
        const refused = await errorOf('refuse');
        expect(refused?.code).to.equal(-32_603);
        expect(refused?.message).to.include('the disk is full');
        const unknown = await errorOf('get-sun');
        expect(unknown?.code).to.equal(-32_602);
        expect(unknown?.message).to.include('no tool named "get-sun", did you mean "get-sum"?');
      });

      it('stops a call, and a script, that it cancels: the backend hears of it', async () => {
        for (const [tool, args] of [
          ['hang', {}],
          ['execute_tool_script', { script: 'hang()' }],
        ] as const) {
          const before = await cancellations(client);
          const controller = new AbortController();
          const left = client.call(tool, args, { signal: controller.signal }).catch(() => 'left');
          await earlierCallsArrive(client);
          controller.abort();
          expect(await left).to.equal('left');
          await until(async () => (await cancellations(client)) === before + 1);
        }
      });

      it('is told when the tools change', async () => {
        const changed = client.changed();
        const before = (await client.list()).length;
        await client.call('fixture_grow');
        await changed;
        expect(await client.list()).to.have.lengthOf(before + 1);
      });
    });
  }

  describe('all of them', () => {
    it('are served without a fault of ours', () => {
      expect(composed.errors.map(({ message }) => message)).to.deep.equal([]);
    });
  });
});

/** How many calls the fixture was told to give up. */
async function cancellations(client: TestClient): Promise<number> {
  const { content } = await client.call('cancelled');
  return (JSON.parse(content[0]?.text ?? '[]') as unknown[]).length;
}

/** What was sent before has reached the backend once a later call is answered. */
async function earlierCallsArrive(client: TestClient): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await client.call('fixture_echo');
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
