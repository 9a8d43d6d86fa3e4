import { expect } from 'chai';
import { McpServer } from '@modelcontextprotocol/server';
import { HandClock } from '../../../support/hand-clock.js';
import { DEFAULT_HTTP_BOUNDS } from '../../../../adapters/gateway/http/options.js';
import { HttpSessions } from '../../../../adapters/gateway/http/sessions.js';

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

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
    const response = await sessions.open(request('initialize', params));
    await response.text();
    return response.headers.get('mcp-session-id') ?? '';
  }

  async function isOpen(id: string): Promise<boolean> {
    const response = await sessions.serve(id, request('ping', {}, { 'mcp-session-id': id }));
    return response?.status === 200;
  }

  it('are told apart by ids that nobody can guess', async () => {
    const ids = [await open(), await open()];
    expect(new Set(ids).size).to.equal(2);
    for (const id of ids) expect(id).to.match(/^[0-9a-f-]{36}$/);
    expect(sessions.serve('__proto__', request('ping'))).to.equal(undefined);
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
