/** How `toolscript serve` ends: what is under way is answered, or told, whoever asks it to go. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { fixture } from '../../support/backends/index.js';
import { puppetHttp, type PuppetHttp } from '../../support/backends/puppet-http.js';
import { rawHttp, type Message } from '../gateway/raw-client.js';
import { commandLine, killAll, Running } from './running.js';

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const INTRODUCTION = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'by hand', version: '1' },
};

type Era = 'legacy' | 'modern';

const WAYS: Readonly<Record<string, readonly Era[]>> = {
  'HTTP, both revisions at once': ['legacy', 'modern'],
  'stdio, 2025-11-25': ['legacy'],
  'stdio, 2026-07-28': ['modern'],
};
type Ask = (method: string, params: object) => Promise<Message>;

/** A client over the pipes of a gateway. */
async function overPipes({ child }: Running, era: Era): Promise<Ask> {
  const waiting = new Map<unknown, (message: Message) => void>();
  createInterface(child.stdout).on('line', (line) => {
    const message = JSON.parse(line) as Message;
    waiting.get(message.id)?.(message);
  });
  let id = 0;
  const ask: Ask = (method, params) => {
    id += 1;
    const answered = new Promise<Message>((resolve) => waiting.set(id, resolve));
    const sent = era === 'modern' ? { ...params, _meta: META } : params;
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params: sent })}\n`);
    return answered;
  };
  await (era === 'legacy' ? ask('initialize', INTRODUCTION) : ask('server/discover', {}));
  return ask;
}

describe('a gateway that is asked to end', function () {
  this.timeout(180_000);
  let folder: string;
  let server: PuppetHttp;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-ending-'));
    server = await puppetHttp('2026-07-28');
  });

  afterEach(async () => {
    killAll();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A gateway before two servers, with clients over a transport. */
  async function start(way: string, http: object): Promise<[Running, readonly Ask[], url: string]> {
    const overHttp = way.startsWith('HTTP');
    const config = join(folder, 'toolscript.json');
    const mcpServers = { files: fixture({ tools: ['wait'] }), web: { url: server.url } };
    const manifest = { mcpServers, http: { port: 0, ...http }, codeMode: { enabled: true } };
    await writeFile(config, JSON.stringify(manifest));
    const gateway = new Running(commandLine('serve', ...(overHttp ? ['--http'] : []), '-c', config), folder);
    const [, url = ''] = await gateway.said(/serving on ([^:]+|http\S+): /);
    const connect = async (era: Era): Promise<Ask> => {
      if (!overHttp) return overPipes(gateway, era);
      const client = await rawHttp(url, era);
      return (method, params) => client.ask(method, params);
    };
    const asks = await Promise.all(WAYS[way]!.map(connect));
    await asks[0]!('tools/list', {});
    return [gateway, asks, url];
  }

  const run = (ask: Ask, script: string): Promise<Message> =>
    ask('tools/call', { name: 'execute_tool_script', arguments: { script } });
  const becomes = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const asked = (tool: string): number => server.asked.filter(({ params }) => params?.name === tool).length;

  for (const [way, { length: count }] of Object.entries(WAYS)) {
    it(`lets scripts that run finish, and is gone with 0: ${way}`, async () => {
      const [gateway, asks] = await start(way, { drainMs: 30_000 });
      const path = join(folder, 'go on');
      const script = `echo(step=1)\nwait(path=${JSON.stringify(path)})\nreturn [1, echo(step=2)]`;
      const running = asks.map((ask) => run(ask, script));
      await becomes(() => asked('echo') === count);
      gateway.child.kill('SIGTERM');
      await writeFile(path, '');
      for (const { result } of await Promise.all(running)) {
        expect(result, JSON.stringify(result)).not.to.have.property('isError');
        expect(result?.['structuredContent']).to.deep.equal({ result: [1, { step: 2 }] });
      }
      expect(await gateway.ended, gateway.notes).to.equal(0);
      expect(gateway.notes).not.to.include('stopping:');
    });

    it(`tells scripts that take too long, and their servers: ${way}`, async () => {
      const [gateway, asks] = await start(way, { drainMs: 200 });
      const running = asks.map((ask) => run(ask, 'for n in range(3):\n    attempt(hang)\n    attempt(echo)'));
      await becomes(() => asked('hang') === count);
      gateway.child.kill('SIGTERM');
      for (const { result } of await Promise.all(running)) {
        expect(result?.['isError']).to.equal(true);
        expect(result?.['structuredContent']).to.have.nested.property('error.code', 'cancelled');
      }
      expect(await gateway.ended, gateway.notes).to.equal(0);
      expect(gateway.notes).to.include(
        'stopping: not everything was answered within 200 ms, the rest is cancelled',
      );
      expect(server.left.length).to.equal(count);
      expect([asked('hang'), asked('echo')], 'nothing starts afterwards').to.deep.equal([count, 0]);
    });
  }

  for (const way of ['HTTP, both revisions at once', 'stdio, 2026-07-28']) {
    it(`ends at once when it is asked again, with 130: ${way}`, async () => {
      const hours = 3_600_000;
      const [gateway, asks, url] = await start(way, { drainMs: hours, drainDelayMs: hours });
      for (const ask of asks) void run(ask, 'hang()');
      await becomes(() => asked('hang') === asks.length);
      gateway.child.kill('SIGINT');
      if (way.startsWith('HTTP')) await becomes(async () => (await status(url, '/readyz')) === 503);
      gateway.child.kill('SIGTERM');
      expect(await gateway.ended, gateway.notes).to.equal(130);
      await becomes(() => server.left.length === asks.length);
    });
  }
});

/** Nothing where there is nobody to answer. */
async function status(url: string, path: string): Promise<number | undefined> {
  const response = await fetch(new URL(path, url)).catch(() => undefined);
  return response?.status;
}
