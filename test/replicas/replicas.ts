/**
 * The command `npm run replicas`: three gateways behind nginx without sticky sessions, rates in Redis, and
 * clients of 2026-07-28 that call tools and run scripts. Ends with 1 when a rate does not hold over all
 * three together, or a request is lost while one of them is told to go.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { everything } from '../support/backends/index.js';
import { hasRedis, RedisProcess } from '../support/redis.js';
import { hasNginx, startGateway, startNginx, stop } from './processes.js';

const REPLICAS = 3;
const CLIENTS = 8;
const REQUESTS_EACH = 100;
const RATE = 30;
const ATTEMPTS = 90;
const LIMITED = 'limited-caller-token';
const FREE = 'another-caller-token';

if (!hasRedis || !hasNginx) {
  say('wanted redis-server and nginx: apt-get install redis-server nginx-light');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'toolscript-replicas-'));
const redis = await RedisProcess.start();
const gateways: Awaited<ReturnType<typeof startGateway>>[] = [];
try {
  const held = [await sharedRate(), await departure()];
  if (held.includes(false)) process.exitCode = 1;
} finally {
  for (const { child } of gateways) await stop(child);
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Runs one scenario before three fresh gateways. */
async function behindNginx(rate: number, scenario: (url: string) => Promise<boolean>): Promise<boolean> {
  const file = join(folder, `rate-${String(rate)}.json`);
  writeFileSync(file, JSON.stringify(manifestOf(rate)));
  const started = await Promise.all(Array.from({ length: REPLICAS }, () => startGateway(file)));
  gateways.splice(0, gateways.length, ...started);
  const nginx = await startNginx(
    join(folder, 'nginx'),
    started.map(({ port }) => port),
  );
  try {
    return await scenario(nginx.url);
  } finally {
    await stop(nginx.child);
    for (const { child } of started) await stop(child);
  }
}

function manifestOf(rate: number): object {
  const store = {
    redis: redis.url,
    prefix: `replicas-${String(rate)}`,
    timeoutMs: 5_000,
    onFailure: 'refuse',
  };
  return {
    mcpServers: { everything: everything() },
    codeMode: { enabled: true },
    http: {
      allowedHosts: ['127.0.0.1'],
      auth: {
        tokens: [
          { id: 'limited', token: LIMITED },
          { id: 'free', token: FREE },
        ],
      },
      drainMs: 20_000,
    },
    plugins: [
      {
        use: 'toolscript/plugins/limits/traffic',
        with: { rates: { calls: { count: rate, perSeconds: 3_600 } }, store },
      },
    ],
  };
}

/** One caller, far more calls than its rate, each by whichever gateway comes. */
function sharedRate(): Promise<boolean> {
  return behindNginx(RATE, async (url) => {
    const client = await connect(url, LIMITED);
    const results = await Promise.allSettled(
      Array.from({ length: ATTEMPTS }, () => client.callTool({ name: 'echo', arguments: { message: 'x' } })),
    );
    await client.close();
    const passed = results.filter(
      (each) => each.status === 'fulfilled' && each.value.isError !== true,
    ).length;
    const other = await connect(url, FREE);
    const stranger = await other.callTool({ name: 'echo', arguments: { message: 'x' } });
    await other.close();
    say(
      `a rate of ${String(RATE)} over ${String(REPLICAS)} gateways: ${String(passed)} of ${String(ATTEMPTS)} calls pass`,
    );
    return passed === RATE && stranger.isError !== true;
  });
}

/** Clients at work; in the middle of it, one gateway is told to go. */
function departure(): Promise<boolean> {
  return behindNginx(1_000_000, async (url) => {
    const faults: string[] = [];
    let answered = 0;
    let gone: Promise<number | null> | undefined;
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, index) => {
        const client = await connect(url, FREE);
        for (let turn = 0; turn < REQUESTS_EACH; turn += 1) {
          const word = `${String(index)}-${String(turn)}`;
          const fault = await ask(client, word, turn % 2 === 0);
          answered += 1;
          if (fault !== undefined) faults.push(`request ${String(answered)}: ${fault}`);
          if (answered === (CLIENTS * REQUESTS_EACH) / 2) gone = stop(gateways[0]!.child);
        }
        await client.close();
      }),
    );
    const code = await gone;
    const lost = `${String(faults.length)} of ${String(answered)} requests are lost`;
    say(`one of ${String(REPLICAS)} gateways goes in the middle: ${lost}; it ends with ${String(code)}`);
    for (const fault of faults.slice(0, 10)) say(`  ${fault}`);
    return faults.length === 0 && code === 0;
  });
}

/** One call, or one script of two calls; what was wrong with the answer. */
async function ask(client: Client, word: string, isScript: boolean): Promise<string | undefined> {
  const script = `return [echo(message = data["word"]), echo(message = data["word"])]`;
  const request = isScript
    ? { name: 'execute_tool_script', arguments: { script, data: { word } } }
    : { name: 'echo', arguments: { message: word } };
  try {
    const result = await client.callTool(request);
    const text = JSON.stringify(result);
    return result.isError !== true && text.includes(word) ? undefined : text.slice(0, 300);
  } catch (error) {
    return String(error).slice(0, 300);
  }
}

async function connect(url: string, token: string): Promise<Client> {
  const client = new Client({ name: 'replicas', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  const headers = { authorization: `Bearer ${token}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
