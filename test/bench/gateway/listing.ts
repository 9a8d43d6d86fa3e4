/** Listing 1,000 tools, which the gateway has in its cache. */
import { connected, listening, program } from './processes.js';
import { median, timed } from '../timing.js';
import { report } from './load.js';

const TOOLS = 1_000;
const ROUNDS = 30;

/** Over HTTP: the answer as bytes, read and parsed, then the same by a client of the SDK, which checks it. */
export async function listing(): Promise<void> {
  const backend = await listening(program('backend-process.ts', 'http', String(TOOLS)));
  const servers = JSON.stringify({ backend: { url: backend.url } });
  const gateway = await listening(program('gateway-process.ts', 'http', servers));
  const client = await connected({ url: gateway.url }, '2026-07-28');
  const [bytes, raw, read]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [text, ms] = await timed(() => rawList(gateway.url));
    const [count, clientMs] = await timed(() => listAll(client));
    if (count < TOOLS) throw new Error(`only ${count} tools were listed`);
    bytes.push(text.length);
    raw.push(ms);
    read.push(clientMs);
  }
  await client.close();
  await gateway.close();
  await backend.close();
  console.log(`\ntools/list of ${TOOLS} tools over HTTP, from cache (middle of ${ROUNDS})`);
  report('request to parsed answer', `${median(raw).toFixed(2)} ms, ${Math.round(median(bytes) / 1024)} KiB`);
  report('the same by the SDK, with its checks', `${median(read).toFixed(2)} ms`);
}

async function listAll(client: Awaited<ReturnType<typeof connected>>): Promise<number> {
  return (await client.listTools(undefined, { cacheMode: 'bypass' })).tools.length;
}

async function rawList(url: string): Promise<string> {
  let text = '';
  let cursor: string | undefined;
  do {
    const params = cursor === undefined ? {} : { cursor };
    const page = await rawPage(url, params);
    text += page;
    const data = page.startsWith('{') ? page : page.slice(page.indexOf('data: {') + 6);
    cursor = (JSON.parse(data) as { result: { nextCursor?: string } }).result.nextCursor;
  } while (cursor !== undefined);
  return text;
}

async function rawPage(url: string, params: object): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params }),
  });
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  return response.text();
}
