/** What a caller may not know of is answered, byte for byte, as what does not exist. */
import { expect } from 'chai';
import { createCodeMode, type CodeMode, type JsonObject } from '../../../../core/index.js';
import { createAuthenticator, createGateway, type HttpDoor } from '../../../../adapters/gateway/index.js';
import { createAccessList } from '../../../../plugins/limits/access-list/index.js';
import { createStarlarkRuntime } from '../../../../runtimes/starlark/plug/index.js';
import { answering, definition, textResult } from '../../../support/test-tools.js';

const GUEST = 'token-of-the-guest';
const ADMIN = 'token-of-the-admin';
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const MODERN = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'by hand', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

type Request = readonly [method: string, params: JsonObject, name: string];

/** A request of the 2026-07-28 era, which stands alone. */
function modern(url: string, token: string, [method, params, name]: Request): Promise<Response> {
  const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, 'mcp-name': name };
  const body = { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: MODERN } };
  return post(url, token, body, headers);
}

/** A request of the 2025-11-25 era without a session. */
function older(url: string, token: string, [method, params]: Request): Promise<Response> {
  return post(url, token, { jsonrpc: '2.0', id: 1, method, params });
}

function post(
  url: string,
  token: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const authorization = `Bearer ${token}`;
  return fetch(url, {
    method: 'POST',
    headers: { ...HEADERS, ...headers, authorization },
    body: JSON.stringify(body),
  });
}

describe('what a caller may not know of', () => {
  let codeMode: CodeMode;
  let door: HttpDoor;

  before(async () => {
    const tools = [definition('read_note'), definition('hide_note')];
    const items: Record<string, readonly JsonObject[]> = {
      resources: [
        { uri: 'note:open', name: 'open' },
        { uri: 'note:hide', name: 'hide' },
      ],
      resourceTemplates: [],
      prompts: [{ name: 'greet' }, { name: 'hide' }],
    };
    const context = {
      list: (kind: string) => items[kind]!,
      request: ({ method }: { method: string }) =>
        Promise.resolve(method === 'prompts/get' ? { messages: [] } : { contents: [] }),
    };
    const limits = await createAccessList({
      rules: [
        { allow: { tools: ['read_*', 'gone_*'], resources: ['note:open', 'note:gone'], prompts: ['greet'] } },
        {
          callers: { ids: ['admin'] },
          allow: { tools: ['*'], codeMode: true, resources: ['*'], prompts: ['*'] },
        },
      ],
    });
    const dispatcher = { ...answering(tools, () => textResult('done')), context };
    codeMode = await createCodeMode({ runtime: createStarlarkRuntime(), dispatcher, limits });
    const tokens = [
      { id: 'guest', token: GUEST },
      { id: 'admin', token: ADMIN },
    ];
    const gateway = createGateway({ codeMode, scriptTool: true });
    door = await gateway.serveHttp({ authenticator: createAuthenticator({ tokens }) });
  });
  after(async () => {
    await door.close();
    await codeMode.close();
  });

  const calls: readonly (readonly [hidden: string, absent: string, request: (name: string) => Request])[] = [
    ['hide_note', 'lost_note', (name) => ['tools/call', { name, arguments: {} }, name]],
    ['hide_note', 'lost_note', (name) => ['tools/call', { name, arguments: { n: [1] } }, name]],
    [
      'execute_tool_script',
      'exekute_tool_script',
      (name) => ['tools/call', { name, arguments: { script: 'return 1' } }, name],
    ],
    ['execute_tool_script', 'exekute_tool_script', (name) => ['tools/call', { name, arguments: {} }, name]],
    ['hide', 'lost', (name) => ['prompts/get', { name }, name]],
    ['note:hide', 'note:lost', (uri) => ['resources/read', { uri }, uri]],
  ];
  for (const [era, send] of Object.entries({ '2025-11-25': older, '2026-07-28': modern })) {
    for (const [hidden, absent, request] of calls) {
      const [method, params] = request(hidden);
      it(`is answered as what does not exist: ${method} ${JSON.stringify(params)} (${era})`, async () => {
        const [one, other] = await Promise.all(
          [hidden, absent].map((name) => send(door.url, GUEST, request(name))),
        );
        expect(one!.status).to.equal(other!.status);
        const [text, same] = await Promise.all([one!.text(), other!.text()]);
        expect(text).to.include('error');
        expect(text.replaceAll(hidden, absent)).to.equal(same);
        const known = await (await send(door.url, ADMIN, request(hidden))).text();
        expect(known).to.include('result');
      });
    }

    it(`is in no list (${era})`, async () => {
      for (const method of ['tools/list', 'resources/list', 'prompts/list', 'resources/templates/list']) {
        const text = await (await send(door.url, GUEST, [method, {}, ''])).text();
        expect(text)
          .to.include('result')
          .and.not.to.include('hide')
          .and.not.to.include('execute_tool_script');
      }
    });
  }
});
