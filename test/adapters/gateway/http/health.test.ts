import { request } from 'node:http';
import { expect } from 'chai';
import { createGateway, type HttpDoor, type HttpOptions } from '../../../../adapters/gateway/index.js';
import type { BackendState, CodeMode, ToolDispatcher } from '../../../../core/index.js';
import { definition, textResult } from '../../../support/test-tools.js';
import { compose } from '../composed.js';

const UP: BackendState = { name: 'files', up: true, tools: 1, problems: [] };
const DOWN: BackendState = { name: 'search', up: false, tools: 0, problems: ['secret reason'] };

describe('health over HTTP', () => {
  const open: { door: HttpDoor; codeMode: CodeMode }[] = [];
  afterEach(async () => {
    for (const { door, codeMode } of open.splice(0)) {
      await door.close();
      await codeMode.close();
    }
  });

  async function serve(
    options: HttpOptions = {},
    dispatcher: Partial<ToolDispatcher> = {},
  ): Promise<HttpDoor> {
    const codeMode = await compose({
      listTools: () => [definition('a')],
      callTool: () => Promise.resolve(textResult('done')),
      ...dispatcher,
    });
    const door = await createGateway({ codeMode, scriptTool: false }).serveHttp(options);
    open.push({ door, codeMode });
    return door;
  }

  const get = async (
    door: HttpDoor,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown }> =>
    new Promise((resolve, reject) => {
      request(new URL(path, door.url), { headers }, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode!, body: JSON.parse(text) as unknown }),
        );
      })
        .on('error', reject)
        .end();
    });

  it('is alive while it turns, and ready when the first listing is over', async () => {
    let list: () => void = () => undefined;
    const listed = new Promise<void>((resolve) => (list = resolve));
    const door = await serve({}, { listTools: () => listed.then(() => []) });
    expect(await get(door, '/healthz')).to.deep.equal({ status: 200, body: { status: 'alive' } });
    expect(await get(door, '/readyz')).to.deep.include({ status: 503 });
    list();
    await listed;
    const { status, body } = await get(door, '/readyz');
    expect([status, (body as { status: string }).status]).to.deep.equal([200, 'ready']);
  });

  it('is ready with servers down, unless told otherwise', async () => {
    const some = { backends: () => [UP, DOWN] };
    const none = { backends: () => [DOWN] };
    const cases: [HttpOptions, Partial<ToolDispatcher>, number][] = [
      [{}, none, 200],
      [{ readyWhen: 'any-up' }, some, 200],
      [{ readyWhen: 'any-up' }, none, 503],
      [{ readyWhen: 'any-up' }, {}, 200],
      [{ readyWhen: 'all-up' }, some, 503],
      [{ readyWhen: 'all-up' }, { backends: () => [UP] }, 200],
    ];
    for (const [options, dispatcher, wanted] of cases) {
      const door = await serve(options, dispatcher);
      expect((await get(door, '/readyz')).status, JSON.stringify(options)).to.equal(wanted);
    }
  });

  it('names servers to this machine, without what is wrong with them', async () => {
    const door = await serve({}, { backends: () => [UP, DOWN] });
    expect((await get(door, '/readyz')).body).to.deep.equal({
      status: 'ready',
      backends: [
        { name: 'files', up: true, problems: 0 },
        { name: 'search', up: false, problems: 1 },
      ],
    });
  });

  it('tells a word to whoever asks from elsewhere, by whatever name', async () => {
    const door = await serve({}, { backends: () => [UP] });
    const plain = { status: 200, body: { status: 'ready' } };
    expect(await get(door, '/readyz', { host: '10.1.2.3:8080' })).to.deep.equal(plain);
    expect(await get(door, '/readyz', { 'x-forwarded-for': '203.0.113.7' })).to.deep.equal(plain);
    expect(await get(door, '/readyz', { origin: 'https://evil.example' })).to.deep.equal(plain);
    expect((await get(door, '/healthz', { host: 'pod' })).status).to.equal(200);
  });

  it('names servers to authenticated senders alone, once there is somebody who verifies', async () => {
    const authenticator = {
      authenticate: ({ headers }: Request) =>
        Promise.resolve(
          headers.get('authorization') === 'Bearer right'
            ? { token: 'right', clientId: 'ann', scopes: [] }
            : Response.json({}, { status: 401 }),
        ),
    };
    const door = await serve({ authenticator }, { backends: () => [UP] });
    expect((await get(door, '/readyz')).body).to.deep.equal({ status: 'ready' });
    expect((await get(door, '/readyz', { authorization: 'Bearer wrong' })).status).to.equal(401);
    expect((await get(door, '/readyz', { authorization: 'Bearer right' })).body).to.have.property('backends');
    expect(
      (await get(door, '/readyz', { authorization: 'Bearer right', host: 'evil.example' })).status,
    ).to.equal(403);
  });

  it('counts guesses of tokens like any other request', async () => {
    const authenticator = { authenticate: () => Promise.resolve(Response.json({}, { status: 401 })) };
    const door = await serve({ authenticator, requestsPerMinute: 2 });
    const statuses = [];
    for (let guess = 0; guess < 4; guess += 1) {
      statuses.push((await get(door, '/readyz', { authorization: `Bearer ${guess}` })).status);
    }
    expect(statuses).to.deep.equal([401, 401, 429, 429]);
    expect((await get(door, '/readyz')).status).to.equal(200);
  });
});
