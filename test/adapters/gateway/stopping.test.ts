import { expect } from 'chai';
import {
  createCodeMode,
  type CodeMode,
  type TelemetryEvent,
  type ToolDispatcher,
} from '../../../core/index.js';
import { createGateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import { createMcpDispatcher } from '../../../plugins/dispatchers/mcp/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { puppet } from '../../support/backends/index.js';
import { puppetHttp, type PuppetHttp } from '../../support/backends/puppet-http.js';
import { CLIENTS, type TestClient } from './clients.js';

const PIPES = ['pipe_older', 'pipe_newer'] as const;
const WEB = ['web_older', 'web_newer'] as const;
const BACKENDS = [...PIPES, ...WEB];

/** Every branch goes on for as long as it may: what ends a script passes through `attempt`. */
const SCRIPT = `
def stubborn(tool, late):
    for n in range(3):
        attempt(tool)
        attempt(late)
parallel([${BACKENDS.map((name) => `lambda: stubborn(${name}_hang, ${name}_echo)`).join(', ')}])
${BACKENDS.map((name) => `${name}_echo()`).join('\n')}
`;

/** What a server saw: calls that it never answers, calls that come after those, and calls that were left. */
interface Seen {
  readonly hung: number;
  readonly late: number;
  readonly left: number;
}

/** A gateway before servers of both eras over both transports. */
class Stage {
  readonly codeMode: CodeMode;
  readonly door: HttpDoor;
  readonly connect: (client: string) => Promise<TestClient>;
  /** How scripts and calls ended. */
  readonly endings: TelemetryEvent[];
  readonly #web: readonly PuppetHttp[];
  readonly #dispatcher: ReturnType<typeof createMcpDispatcher>;

  constructor(
    codeMode: CodeMode,
    door: HttpDoor,
    connect: Stage['connect'],
    endings: TelemetryEvent[],
    web: readonly PuppetHttp[],
    dispatcher: ReturnType<typeof createMcpDispatcher>,
  ) {
    this.codeMode = codeMode;
    this.door = door;
    this.connect = connect;
    this.endings = endings;
    this.#web = web;
    this.#dispatcher = dispatcher;
  }

  static async open(): Promise<Stage> {
    const web = [await puppetHttp('2025-11-25'), await puppetHttp('2026-07-28')] as const;
    const dispatcher = createMcpDispatcher({
      servers: {
        pipe_older: puppet('2025-11-25'),
        pipe_newer: puppet('2026-07-28'),
        web_older: { url: web[0].url },
        web_newer: { url: web[1].url },
      },
    });
    const endings: TelemetryEvent[] = [];
    const record = (event: TelemetryEvent): void => {
      if (event.name === 'tool.called' || event.name === 'script.finished') endings.push(event);
    };
    const runtime = createStarlarkRuntime();
    const codeMode = await createCodeMode({ runtime, dispatcher: lasting(dispatcher), sinks: [{ record }] });
    await codeMode.listTools();
    const gateway = createGateway({ codeMode, scriptTool: true });
    const door = await gateway.serveHttp();
    const connect = (client: string): Promise<TestClient> => CLIENTS[client]!(gateway, door.url);
    return new Stage(codeMode, door, connect, endings, web, dispatcher);
  }

  /** What each server saw so far. */
  async seen(): Promise<Seen[]> {
    const pipes = await Promise.all(PIPES.map((name) => this.#seenBy(name)));
    const web = this.#web.map(({ asked, left }) => ({
      hung: asked.filter(({ params }) => params?.name === 'hang').length,
      late: asked.filter(({ params }) => params?.name === 'echo').length,
      left: left.length,
    }));
    return [...pipes, ...web];
  }

  async close(): Promise<void> {
    await this.door.close();
    await this.codeMode.close();
    await this.#dispatcher.close();
    await Promise.all(this.#web.map((server) => server.close()));
  }

  async #seenBy(name: string): Promise<Seen> {
    const { content } = await this.#dispatcher.callTool({
      tool: `${name}_seen`,
      args: {},
      caller: { id: 'test' },
      signal: new AbortController().signal,
    });
    const lines = JSON.parse(content[0]?.['text'] as string) as unknown[];
    const count = (...wanted: string[]): number =>
      lines.filter((line) => wanted.includes(String(line))).length;
    return {
      hung: count('call hang'),
      late: count('call echo'),
      left: count('notifications/cancelled'),
    };
  }
}

/** One that outlives the composition, so that it can be asked what the servers saw. */
function lasting(dispatcher: ToolDispatcher): ToolDispatcher {
  return {
    listTools: (caller) => dispatcher.listTools(caller),
    callTool: (call) => dispatcher.callTool(call),
    onChange: (listener) => dispatcher.onChange?.(listener) ?? ((): void => undefined),
    backends: () => dispatcher.backends?.() ?? [],
  };
}

/** Starts one call of every server that never answers, in a script or by the client itself. */
const ACTS: Readonly<Record<string, (client: TestClient, signal?: AbortSignal) => Promise<unknown>>> = {
  'direct calls': (client, signal) =>
    Promise.allSettled(
      BACKENDS.map((name) => client.call(`${name}_hang`, {}, signal === undefined ? {} : { signal })),
    ),
  'a script': (client, signal) =>
    client
      .call('execute_tool_script', { script: SCRIPT }, signal === undefined ? {} : { signal })
      .catch(() => undefined),
};

const only = (field: keyof Seen, seen: readonly Seen[]): number[] => seen.map((each) => each[field]);
const oneMore = (counts: readonly number[]): number[] => counts.map((count) => count + 1);

async function becomes(
  seen: () => Promise<Seen[]>,
  field: keyof Seen,
  wanted: readonly number[],
): Promise<void> {
  for (;;) {
    const now = only(field, await seen());
    if (now.every((count, at) => count >= wanted[at]!)) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('what is under way', () => {
  let stage: Stage;

  before(async () => {
    stage = await Stage.open();
  });

  after(() => stage.close());

  const CAUSES: Readonly<Record<string, (client: TestClient, leaving: AbortController) => void>> = {
    'when the client cancels': (_client, leaving) => leaving.abort(),
    'when the client is gone': (client) => client.vanish(),
  };
  for (const name of Object.keys(CLIENTS)) {
    for (const [what, act] of Object.entries(ACTS)) {
      for (const [cause, end] of Object.entries(CAUSES)) {
        it(`ends at every server ${cause}: ${what} of ${name}`, async () => {
          const client = await stage.connect(name);
          const before = await stage.seen();
          const told = stage.endings.length;
          const leaving = new AbortController();
          const acting = act(client, leaving.signal);
          await becomes(() => stage.seen(), 'hung', oneMore(only('hung', before)));
          end(client, leaving);
          await becomes(() => stage.seen(), 'left', oneMore(only('left', before)));
          await client.close();
          await acting;
          while (stage.endings.length < told + (what === 'a script' ? 5 : 4)) await turn();
          const after = await stage.seen();
          expect(only('late', after), 'nothing starts afterwards').to.deep.equal(only('late', before));
          expect(only('hung', after)).to.deep.equal(oneMore(only('hung', before)));
          for (const ending of stage.endings.slice(told)) expect(ending).to.include({ code: 'cancelled' });
        });
      }
    }
  }
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
