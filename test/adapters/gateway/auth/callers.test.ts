/** Callers with tokens, over HTTP, with real clients of each line: who they are inside, and what they may. */
import { Writable } from 'node:stream';
import {
  Client as ClientV2,
  discoverOAuthProtectedResourceMetadata,
  extractWWWAuthenticateParams,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect } from 'chai';
import { createCodeMode, type CallRequest, type CodeMode } from '../../../../core/index.js';
import { createAuthenticator } from '../../../../adapters/gateway/auth/authentication.js';
import { createGateway, type HttpDoor } from '../../../../adapters/gateway/index.js';
import { createMcpDispatcher } from '../../../../plugins/dispatchers/mcp/index.js';
import { createLogSink } from '../../../../plugins/telemetry/log/log-sink.js';
import { createStarlarkRuntime } from '../../../../runtimes/starlark/plug/index.js';
import { everything } from '../../../support/backends/index.js';
import { AUDIENCE, ISSUER, now, signingKey, tokenOf, type SigningKey } from './identity-provider.js';
import { recordingBackend, type RecordingBackend } from './recording-backend.js';

const STATIC = 'static-token-0123456789';

interface Client {
  list(): Promise<string[]>;
  call(name: string, args?: Record<string, unknown>): Promise<unknown>;
  close(): Promise<void>;
}

type Connect = (url: string, token: string) => Promise<Client>;

const bearing = (token: string) => ({ requestInit: { headers: { authorization: `Bearer ${token}` } } });

async function connectV2(url: string, token: string, mode: 'legacy' | 'auto'): Promise<Client> {
  const client = new ClientV2({ name: 'v2', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new HttpV2(new URL(url), bearing(token)));
  return {
    list: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: (name, args = {}) => client.callTool({ name, arguments: args }),
    close: () => client.close(),
  };
}

const CLIENTS: Readonly<Record<string, Connect>> = {
  'SDK 1.x': async (url, token) => {
    const client = new ClientV1({ name: 'v1', version: '1' });
    await client.connect(new HttpV1(new URL(url), bearing(token)));
    return {
      list: async () => (await client.listTools()).tools.map(({ name }) => name),
      call: (name, args = {}) => client.callTool({ name, arguments: args }),
      close: () => client.close(),
    };
  },
  'SDK 2.x, 2025-11-25': (url, token) => connectV2(url, token, 'legacy'),
  'SDK 2.x, 2026-07-28': (url, token) => connectV2(url, token, 'auto'),
};

describe('callers over HTTP', () => {
  let key: SigningKey;
  let backend: RecordingBackend;
  let codeMode: CodeMode;
  let door: HttpDoor;
  let jwt: string;
  const asked: CallRequest[] = [];
  const logged: string[] = [];
  const told: string[] = [];
  const errors: Error[] = [];

  before(async () => {
    key = await signingKey('k1');
    jwt = await tokenOf(key, { roles: ['dev'], scope: 'tools' });
    process.env['PLANTED_TOKEN'] = jwt;
    backend = await recordingBackend();
    const servers = { recorder: { url: backend.url }, everything: everything() };
    const stream = new Writable({
      write(chunk, _encoding, done) {
        logged.push(String(chunk));
        done();
      },
    });
    codeMode = await createCodeMode({
      runtime: createStarlarkRuntime(),
      dispatcher: createMcpDispatcher({ servers, onDiagnostic: (line) => logged.push(line) }),
      sinks: [
        createLogSink({ level: 'info', name: 'test', stream }),
        { record: (event) => void told.push(JSON.stringify(event)) },
      ],
      limits: {
        authorize: (request) => {
          asked.push(request);
          return request.tool.name === 'write' ? { allow: false, reason: 'read only' } : { allow: true };
        },
      },
    });
    await codeMode.listTools();
    const gateway = createGateway({ codeMode, scriptTool: true, onError: (error) => errors.push(error) });
    const authenticator = createAuthenticator(
      {
        tokens: [{ id: 'ci', token: STATIC, roles: ['bot'] }],
        jwt: { issuer: ISSUER, audience: AUDIENCE, keys: [{ ...key.jwk }] },
      },
      { now },
    );
    door = await gateway.serveHttp({ authenticator });
  });
  after(async () => {
    delete process.env['PLANTED_TOKEN'];
    await door.close();
    await codeMode.close();
    await backend.close();
  });

  for (const [name, connect] of Object.entries(CLIENTS)) {
    it(`are known by their token inside scripts and outside (${name})`, async () => {
      const client = await connect(door.url, jwt);
      asked.length = 0;
      expect(await client.list()).to.include.members(['read', 'write', 'execute_tool_script']);
      await client.call('read');
      await client.call('execute_tool_script', { script: 'return [read(), attempt(write).ok]' });
      expect(asked.map(({ tool, mode }) => `${tool.name} ${mode}`)).to.deep.equal([
        'read direct',
        'execute_tool_script direct',
        'read script',
        'write script',
      ]);
      for (const { caller } of asked) {
        expect(caller.id).to.equal('alice');
        expect(caller.claims).to.deep.include({ roles: ['dev'], scopes: ['tools'], iss: ISSUER });
      }
      await client.close();
    });

    it(`may have a token that is known beforehand (${name})`, async () => {
      const client = await connect(door.url, STATIC);
      asked.length = 0;
      expect(await client.call('write')).to.deep.include({ isError: true });
      expect(asked[0]?.caller).to.deep.include({ id: 'ci' });
      expect(asked[0]?.caller.claims).to.deep.include({ roles: ['bot'] });
      await client.close();
    });

    it(`are turned away without one (${name})`, async () => {
      const refused: unknown = await connect(door.url, 'not-a-token-that-is-known').catch(
        (error: unknown) => error,
      );
      expect(refused).to.be.instanceOf(Error);
    });
  }

  it('find no trace of their token anywhere behind the door', async () => {
    const client = await CLIENTS['SDK 2.x, 2026-07-28']!(door.url, jwt);
    const script = [
      'everything = [read(), attempt(write)]',
      'everything.append(attempt(lambda: call_tool("get-env")))',
      'everything.append(attempt(lambda: call_tool("no-such-tool", x=1)) if False else None)',
      'print(everything)',
      'return everything',
    ].join('\n');
    const answers = [
      await client.call('execute_tool_script', { script, data: { a: 1 } }),
      await client.call('get-env'),
      await client.call('write'),
      await client.call('execute_tool_script', { script: 'fail("x")' }),
      await client.call('nothing').catch((error: unknown) => error),
    ];
    await client.close();
    const [, , signature] = jwt.split('.');
    const everywhere = [
      ...answers.map((answer) => JSON.stringify(answer) + String(answer)),
      ...backend.seen,
      ...logged,
      ...told,
      ...errors.map((error) => `${error.message} ${error.stack ?? ''}`),
      JSON.stringify(asked),
    ];
    expect(answers[1]).to.have.property('content');
    expect(JSON.stringify(answers[1])).to.include('PATH');
    expect(backend.seen.length).to.be.above(3);
    expect(told.length).to.be.above(3);
    expect(logged.length).to.be.above(1);
    for (const text of everywhere) {
      expect(text).not.to.include(signature);
      expect(text).not.to.include(STATIC);
      expect(text.toLowerCase()).not.to.include('bearer ');
    }
  });

  const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const post = (
    token: string | undefined,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    fetch(door.url, {
      method: 'POST',
      headers: { ...HEADERS, ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'by hand', version: '1' },
    },
  };
  const list = { jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} };

  it('cannot use, close or listen on the session of another', async () => {
    const opened = await post(jwt, initialize);
    await opened.text();
    const session = { 'mcp-session-id': opened.headers.get('mcp-session-id')! };
    const unknown = await post(STATIC, list, { 'mcp-session-id': 'no-such-session' });
    const foreign = await post(STATIC, list, session);
    expect([foreign.status, await foreign.text()]).to.deep.equal([unknown.status, await unknown.text()]);
    expect(foreign.status).to.equal(404);
    for (const method of ['GET', 'DELETE']) {
      const headers = { ...HEADERS, ...session, authorization: `Bearer ${STATIC}` };
      expect((await fetch(door.url, { method, headers })).status).to.equal(404);
    }
    expect((await post(undefined, list, session)).status).to.equal(401);
    expect((await post(jwt, list, session)).status).to.equal(200);
    const renewed = await tokenOf(key, { jti: 'another' });
    expect((await post(renewed, list, session)).status).to.equal(200);
  });

  it('are told where tokens come from, before and instead of anything else', async () => {
    const refused = await post(undefined, list);
    expect(refused.status).to.equal(401);
    const challenge = refused.headers.get('www-authenticate');
    expect(challenge).to.equal(
      `Bearer resource_metadata="${new URL('/.well-known/oauth-protected-resource/mcp', AUDIENCE).href}"`,
    );
    for (const path of ['', '/mcp']) {
      const metadata = await fetch(new URL(`/.well-known/oauth-protected-resource${path}`, door.url));
      expect(await metadata.json()).to.deep.include({ resource: AUDIENCE, authorization_servers: [ISSUER] });
    }
  });

  it('find what they need by the discovery of the SDK', async () => {
    const challenge = extractWWWAuthenticateParams(await post('not-a-token-that-is-known', list));
    expect(challenge.error).to.equal('invalid_token');
    expect(challenge.resourceMetadataUrl?.href).to.equal(
      new URL('/.well-known/oauth-protected-resource/mcp', AUDIENCE).href,
    );
    const metadata = await discoverOAuthProtectedResourceMetadata(door.url);
    expect(metadata).to.deep.include({ resource: AUDIENCE, authorization_servers: [ISSUER] });
  });

  it('are asked for their token with every request, whatever the body', async () => {
    for (const body of [list, initialize, {}, { jsonrpc: '2.0', id: 1, method: 'ping' }])
      expect((await post(undefined, body)).status).to.equal(401);
    expect((await post(await tokenOf(key, { exp: 1 }), list)).headers.get('www-authenticate')).to.include(
      'expired',
    );
  });
});
