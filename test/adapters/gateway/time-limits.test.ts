/** Limits on time hold for real servers, whatever they and the script say of their progress. */
import { expect } from 'chai';
import { createCodeMode, type CodeMode } from '../../../core/index.js';
import { createGateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import { createMcpDispatcher } from '../../../plugins/dispatchers/mcp/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { fixture } from '../../support/backends/index.js';
import { HandClock } from '../../support/hand-clock.js';
import { CLIENTS, type TestClient } from './clients.js';

const CALL_MS = 30_000;
const WALL_MS = 60_000;

describe('limits on time', () => {
  let clock: HandClock;
  let codeMode: CodeMode;
  let door: HttpDoor;
  let connect: (kind: string) => Promise<TestClient>;

  beforeEach(async () => {
    clock = new HandClock();
    const servers = { fixture: fixture({ tools: ['tick', 'cancelled', 'echo'] }) };
    codeMode = await createCodeMode({
      runtime: createStarlarkRuntime(),
      dispatcher: createMcpDispatcher({ servers, startupWaitMs: Number.POSITIVE_INFINITY }),
      limits: { toolCallTimeoutMs: CALL_MS, wallTimeMs: WALL_MS },
      clock,
    });
    await codeMode.listTools();
    const gateway = createGateway({ codeMode, scriptTool: true });
    door = await gateway.serveHttp();
    connect = (kind) => CLIENTS[kind]!(gateway, door.url);
  });

  afterEach(async () => {
    await door.close();
    await codeMode.close();
  });

  /** Calls a tool; `steps` are those of its progress so far. */
  async function call(kind: string, tool: string, args = {}) {
    const client = await connect(kind);
    const steps: number[] = [];
    const answer = client.call(tool, args, { onprogress: ({ progress }) => steps.push(progress) });
    let isOver = false;
    void answer.then(() => (isOver = true));
    const more = async (): Promise<void> => {
      const wanted = steps.length + 3;
      while (steps.length < wanted) await turn();
    };
    return { client, answer, more, isOver: () => isOver };
  }

  async function cancellations(client: TestClient, count: number): Promise<void> {
    for (;;) {
      const { content } = await client.call('cancelled');
      if ((JSON.parse(content[0]?.text ?? '[]') as unknown[]).length === count) return;
    }
  }

  for (const kind of ['SDK 2.x over stdio, 2025-11-25', 'SDK 2.x over HTTP, 2026-07-28']) {
    it(`end a call whose server shows progress all the time, and the server hears of it: ${kind}`, async () => {
      const { client, answer, more, isOver } = await call(kind, 'tick');
      await more();
      await clock.advance(CALL_MS - 1);
      await more();
      expect(isOver()).to.equal(false);
      await clock.advance(1);
      const { isError, structuredContent } = await answer;
      expect(isError).to.equal(true);
      expect(structuredContent).to.have.nested.property('error.code', 'tool/timeout');
      await cancellations(client, 1);
      await client.close();
    });

    it(`end a script that shows progress all the time, at its wall time, with the call under way: ${kind}`, async () => {
      const script = 'for n in range(1000):\n    progress(n)\n    attempt(tick)\nreturn 1';
      const { client, answer, isOver } = await call(kind, 'execute_tool_script', { script });
      for (let passedMs = 0; passedMs < WALL_MS - 1; passedMs += CALL_MS - 1) {
        while (clock.pending < 2) await turn();
        await clock.advance(Math.min(CALL_MS - 1, WALL_MS - 1 - passedMs));
      }
      expect(isOver()).to.equal(false);
      await clock.advance(1);
      const { isError, structuredContent } = await answer;
      expect(isError).to.equal(true);
      expect(structuredContent).to.have.nested.property('error.code', 'limit/wall-time');
      await cancellations(client, 2);
      expect((await client.call('echo', { n: 1 })).isError).to.equal(undefined);
      await cancellations(client, 2);
      await client.close();
    });
  }
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
