import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import type { HttpDoor } from '../../../adapters/gateway/index.js';
import { fixture } from '../../support/backends/index.js';
import { gatewayOver, type Composed } from './composed.js';

interface Answer {
  readonly result?: Record<string, unknown>;
  readonly error?: { code: number; message: string };
}

type Ask = (method: string, params: object) => Promise<Answer>;

const odd = {
  name: 'strange',
  title: 'Strange',
  inputSchema: { type: 'object', additionalProperties: false, 'x-ours': 1 },
  annotations: { readOnlyHint: true, 'x-risk': 'none' },
  icons: [{ src: 'https://example.com/i.png', sizes: ['48x48'], 'x-tint': 'red' }],
  _meta: { 'x/owner': 'team' },
  invented: { deep: [1, null] },
};

const MODERN_META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'by hand', version: '1' },
};

/** What SDK clients would hide: the JSON itself. */
describe('what the gateway puts on the wire', () => {
  let composed: Composed;
  let door: HttpDoor;
  let stdio: Ask;

  before(async () => {
    composed = await gatewayOver({ fixture: fixture({ tools: [odd, 'echo', 'unlisted', 'text'] }) });
    door = await composed.gateway.serveHttp();
    stdio = await speakStdio(composed);
  });

  after(async () => {
    await door.close();
    await composed.codeMode.close();
  });

  const http: Ask = async (method, params) => {
    const response = await post(door.url, { jsonrpc: '2.0', id: 1, method, params }, {});
    return JSON.parse(/^data: (.*)$/m.exec(response)?.[1] ?? response) as Answer;
  };

  const modernHttp: Ask = async (method, params) => {
    const meta = { ...MODERN_META, ...(params as { _meta?: object })._meta };
    const name = (params as { name?: string }).name;
    const headers = {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(name !== undefined && { 'mcp-name': name }),
    };
    const body = { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: meta } };
    return JSON.parse(await post(door.url, body, headers)) as Answer;
  };

  const ways: Record<string, Ask> = {
    'stdio, 2025-11-25': (method, params) => stdio(method, params),
    'HTTP without a session, 2025-11-25': http,
    'HTTP, 2026-07-28': modernHttp,
  };

  for (const [way, ask] of Object.entries(ways)) {
    it(`has each field of a definition as the backend gave it: ${way}`, async () => {
      const { result } = await ask('tools/list', {});
      const tools = result?.['tools'] as { name: string }[];
      expect(tools[0]).to.deep.equal(odd);
      expect(tools.map(({ name }) => name)).to.deep.equal([
        'strange',
        'echo',
        'unlisted',
        'text',
        'execute_tool_script',
      ]);
      expect(tools[4]).to.include.keys('description', 'inputSchema', 'annotations');
      expect(result).not.to.have.property('nextCursor');
    });

    it(`has each field of a result as the backend gave it: ${way}`, async () => {
      const { result = {} } = await ask('tools/call', { name: 'strange', arguments: {} });
      expect(result['content']).to.deep.equal([{ type: 'hologram', depth: 3 }]);
      const plain = way.includes('2026') ? [1, 2] : { result: [1, 2] };
      expect(result['structuredContent']).to.deep.equal(plain);
      expect(result['extra']).to.deep.equal({ kept: true });
      expect(result['_meta']).to.deep.include({ 'x/trace': 7 });
      expect(result).not.to.have.property('isError');
    });

    it(`passes arguments and _meta on to the backend: ${way}`, async () => {
      const { result = {} } = await ask('tools/call', {
        name: 'echo',
        arguments: { n: 1, list: [null] },
        _meta: { traceparent: '00-aa-bb-01' },
      });
      const [block] = result['content'] as { text: string }[];
      expect(JSON.parse(block?.text ?? '')).to.deep.equal({
        arguments: { n: 1, list: [null] },
        _meta: { traceparent: '00-aa-bb-01' },
      });
    });

    it(`says what is wrong with a request: ${way}`, async () => {
      const cases: [object, string][] = [
        [{ name: 'nowhere' }, 'no tool named "nowhere"'],
        [{ name: 'unlisted' }, 'Unknown tool: unlisted'],
        [{ name: 'echo', arguments: [] }, '"arguments" must be an object'],
        [{ name: 'echo', arguments: 'all' }, '"arguments" must be an object'],
      ];
      for (const [params, words] of cases) {
        const { error } = await ask('tools/call', params);
        expect(error?.code, words).to.equal(-32_602);
        expect(error?.message).to.include(words);
      }
      expect((await ask('tasks/list', {})).error?.code).to.equal(-32_601);
      expect((await ask('nobody/knows', {})).error?.code).to.equal(-32_601);
    });

    it(`makes a failure with a code out of an answer that is none: ${way}`, async () => {
      const { result } = await ask('tools/call', { name: 'text', arguments: {} });
      const message = 'call text: the server answered with something that is not a JSON-RPC response';
      expect(result).to.deep.include({
        content: [{ type: 'text', text: `tool/failed: ${message}` }],
        structuredContent: { error: { code: 'tool/failed', message } },
        isError: true,
      });
    });
  }

  it('answers a method that is not served with 404 where the era wants it', async () => {
    const body = { jsonrpc: '2.0', id: 1, method: 'nobody/knows', params: { _meta: MODERN_META } };
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'nobody/knows',
    };
    const { status } = await fetch(door.url, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(status).to.equal(404);
  });

  it('answers bad arguments of execute_tool_script with what was wanted', async () => {
    for (const args of [{}, { script: 7 }, { script: 'return 1', data: [] }, undefined]) {
      const { result } = await http('tools/call', { name: 'execute_tool_script', arguments: args });
      expect(result?.['isError'], JSON.stringify(args)).to.equal(true);
    }
  });
});

describe('a gateway with code mode off', () => {
  it('lists the backends alone and knows no execute_tool_script', async () => {
    const composed = await gatewayOver(
      { fixture: fixture({ tools: ['echo', 'execute_tool_script'] }) },
      false,
    );
    const ask = await speakStdio(composed);
    const { result } = await ask('tools/list', {});
    const names = (result?.['tools'] as { name: string }[]).map(({ name }) => name);
    expect(names).to.deep.equal(['echo', 'fixture_execute_tool_script']);
    const { error } = await ask('tools/call', {
      name: 'execute_tool_script',
      arguments: { script: 'return 1' },
    });
    expect(error?.code).to.equal(-32_602);
    expect(error?.message).to.match(/^call a tool: no tool named "execute_tool_script"/);
    await composed.codeMode.close();
  });
});

async function post(url: string, body: object, headers: Record<string, string>): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return response.text();
}

/** Speaks to the gateway in lines, after the handshake of 2025-11-25. */
async function speakStdio({ gateway }: Composed): Promise<Ask> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  gateway.serveStdio({ input, output });
  const waiting = new Map<number, (answer: Answer) => void>();
  createInterface({ input: output }).on('line', (line) => {
    const message = JSON.parse(line) as Answer & { id: number };
    waiting.get(message.id)?.(message);
  });
  let id = 0;
  const ask: Ask = (method, params) => {
    id += 1;
    input.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  await ask('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'by hand', version: '1' },
  });
  return ask;
}
