import { expect } from 'chai';
import { ANONYMOUS } from '../../../../../core/index.js';
import { createMcpDispatcher } from '../../../../../plugins/dispatchers/mcp/index.js';
import { httpFixture, type HttpFixture } from '../../../../support/backends/http-fixture.js';
import { call, changedUntil, failureOf, textOf } from '../calling.js';

describe('servers over HTTP that misbehave', () => {
  let server: HttpFixture;
  let dispatcher: ReturnType<typeof createMcpDispatcher>;

  const isUp = (): boolean => dispatcher.backends?.()[0]?.up === true;

  before(async () => {
    server = await httpFixture();
    dispatcher = createMcpDispatcher({
      servers: { web: { url: server.url, headers: { Authorization: 'Bearer of bad news' } } },
      startupWaitMs: Number.POSITIVE_INFINITY,
      clock: {
        now: () => performance.now(),
        after: (delayMs, callback) => {
          const timer = setTimeout(callback, delayMs < 20_000 ? 10 : delayMs);
          return () => clearTimeout(timer);
        },
      },
    });
    await dispatcher.listTools(ANONYMOUS);
  });

  beforeEach(() => changedUntil(dispatcher, isUp));

  after(() => Promise.all([dispatcher.close(), server.close()]));

  it('are sent the headers of the configuration', async () => {
    expect(textOf(await call(dispatcher, 'headers'))).to.equal('Bearer of bad news');
  });

  it('fail a call with backend/unavailable when the connection ends before the answer, and no other', async () => {
    const other = call(dispatcher, 'slow');
    for (const tool of ['ends', 'breaks', 'status_500']) {
      const failure = await failureOf(call(dispatcher, tool));
      expect(failure, tool).to.include({ code: 'backend/unavailable', tool });
      expect(failure.message, tool).to.match(
        /^call \w+: (the connection to server "web" was lost|server "web" answered with HTTP status 500)$/,
      );
    }
    expect(textOf(await other)).to.equal('done');
    expect(isUp()).to.equal(true);
  });

  it('fail the call alone when they answer what cannot be read', async () => {
    for (const tool of ['garbage', 'page', 'status_400']) {
      expect(await failureOf(call(dispatcher, tool)), tool).to.include({ code: 'tool/failed', tool });
      expect(isUp(), tool).to.equal(true);
    }
  });

  it('are read no further than the bound', async () => {
    expect(await failureOf(call(dispatcher, 'endless'))).to.include({
      code: 'tool/failed',
      message: 'call endless: the server answered with more than 67108864 bytes',
    });
    expect(isUp()).to.equal(true);
  });

  it('are left when the caller leaves', async () => {
    const waiting = failureOf(call(dispatcher, 'hangs', {}, { signal: AbortSignal.timeout(20) }));
    expect(await waiting).to.include({ code: 'cancelled' });
  });

  it('are connected to again when they forgot the session', async () => {
    server.forget();
    const again = changedUntil(dispatcher, () => !isUp()).then(() => changedUntil(dispatcher, isUp));
    expect(await failureOf(call(dispatcher, 'headers'))).to.include({
      code: 'backend/unavailable',
      message: 'call headers: server "web" answered with HTTP status 404',
    });
    await again;
    expect(textOf(await call(dispatcher, 'headers'))).to.equal('Bearer of bad news');
  });

  it('are lost when nobody listens any more, and found when they are back', async () => {
    const again = changedUntil(dispatcher, () => !isUp());
    await server.close();
    expect(await failureOf(call(dispatcher, 'headers'))).to.include({ code: 'backend/unavailable' });
    await again;
    expect(await failureOf(call(dispatcher, 'headers'))).to.include({
      code: 'backend/unavailable',
      message: 'call headers: server "web" is down',
    });
    const back = changedUntil(dispatcher, isUp);
    server = await httpFixture(Number(new URL(server.url).port));
    await back;
    expect(textOf(await call(dispatcher, 'headers'))).to.equal('Bearer of bad news');
  });
});
