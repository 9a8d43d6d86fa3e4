import { expect } from 'chai';
import { McpServer } from '@modelcontextprotocol/server';
import { HandClock } from '../../../support/hand-clock.js';
import type { Exchange } from '../../../../adapters/gateway/http/exchanges.js';
import { DEFAULT_HTTP_BOUNDS } from '../../../../adapters/gateway/http/options.js';
import { HttpSessions } from '../../../../adapters/gateway/http/sessions.js';

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

/** An exchange that ends by hand. */
class HandExchange implements Exchange {
  readonly signal = new AbortController().signal;
  readonly #listeners: (() => void)[] = [];

  onEnd(listener: () => void): void {
    this.#listeners.push(listener);
  }

  end(): void {
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

const request = (method: string, params: object = {}, headers = {}): Request =>
  new Request('http://127.0.0.1/mcp', {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });

describe('sessions over HTTP', () => {
  let clock: HandClock;
  let sessions: HttpSessions;

  beforeEach(() => {
    clock = new HandClock();
    sessions = new HttpSessions({
      makeServer: () => new McpServer({ name: 'x', version: '1' }),
      clock,
      bounds: { ...DEFAULT_HTTP_BOUNDS, maxSessions: 3, sessionIdleMs: 1_000 },
      onError: (error) => {
        throw error;
      },
    });
  });

  afterEach(() => sessions.close());

  async function open(): Promise<string> {
    const clientInfo = { name: 'by hand', version: '1' };
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const exchange = new HandExchange();
    const response = await sessions.open(request('initialize', params), {}, exchange);
    await response.text();
    exchange.end();
    return response.headers.get('mcp-session-id') ?? String(response.status);
  }

  async function ping(id: string, exchange: HandExchange): Promise<number | undefined> {
    const response = await sessions.serve(id, request('ping', {}, { 'mcp-session-id': id }), {}, exchange);
    return response?.status;
  }

  async function isOpen(id: string): Promise<boolean> {
    const exchange = new HandExchange();
    const status = await ping(id, exchange);
    exchange.end();
    return status === 200;
  }

  /** Something stays under way. */
  async function hold(id: string): Promise<HandExchange> {
    const exchange = new HandExchange();
    expect(await ping(id, exchange)).to.equal(200);
    return exchange;
  }

  it('are told apart by ids that nobody can guess', async () => {
    const ids = [await open(), await open()];
    expect(new Set(ids).size).to.equal(2);
    for (const id of ids) expect(id).to.match(/^[0-9a-f-]{36}$/);
    expect(sessions.serve('__proto__', request('ping'), {}, new HandExchange())).to.equal(undefined);
  });

  it('make room beyond the bound: the one unused for longest ends', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    await isOpen(first);
    const fourth = await open();
    expect(await Promise.all([first, second, third, fourth].map(isOpen))).to.deep.equal([
      true,
      false,
      true,
      true,
    ]);
  });

  it('in use never make room: when all are, the newcomer is told to come back', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    const held = [await hold(first), await hold(third)];
    const fourth = await open();
    expect(await isOpen(second)).to.equal(false);
    held.push(await hold(fourth));
    const refused = await sessions.open(request('initialize'), {}, new HandExchange());
    expect([refused.status, refused.headers.get('retry-after')]).to.deep.equal([503, '5']);
    expect(await refused.json()).to.deep.equal({
      jsonrpc: '2.0',
      error: { code: -32_603, message: 'All sessions are in use: try again later' },
      id: null,
    });
    for (const exchange of held) exchange.end();
    expect(await open()).to.match(/^[0-9a-f-]{36}$/);
    expect(await isOpen(first)).to.equal(false);
  });

  it('in use are not ended for being old, and count as unused from then', async () => {
    const first = await open();
    const exchange = await hold(first);
    await clock.advance(5_000);
    exchange.end();
    await clock.advance(999);
    const again = await hold(first);
    await clock.advance(5_000);
    again.end();
    await clock.advance(2_000);
    expect(await isOpen(first)).to.equal(false);
    expect(clock.pending).to.equal(0);
  });

  it('end when unused for too long, whether or not another is opened', async () => {
    const [first, second] = [await open(), await open()];
    await clock.advance(900);
    await isOpen(second);
    await clock.advance(100);
    expect(await Promise.all([first, second].map(isOpen))).to.deep.equal([false, true]);
    await clock.advance(999);
    expect(await isOpen(second)).to.equal(true);
    await clock.advance(1_000);
    expect(await isOpen(second)).to.equal(false);
    expect(clock.pending).to.equal(0);
  });
});
