import { expect } from 'chai';
import { createGateway } from '../../../../adapters/gateway/index.js';
import { FloodGuard } from '../../../../adapters/gateway/http/flood-guard.js';
import { noTools } from '../../../../core/index.js';
import { compose } from '../composed.js';

describe('a flood from one address', () => {
  const statusOf = async (guard: FloodGuard, address: string): Promise<number> =>
    (await guard.refusal(address))?.status ?? 200;

  it('is stopped, and says when to come again', async () => {
    const guard = new FloodGuard(2);
    expect([await statusOf(guard, '192.0.2.1'), await statusOf(guard, '192.0.2.1')]).to.deep.equal([
      200, 200,
    ]);
    const refused = await guard.refusal('192.0.2.1');
    expect(refused?.status).to.equal(429);
    expect(Number(refused?.headers.get('retry-after'))).to.be.within(59, 60);
  });

  it('of IPv6 is one of a whole network', async () => {
    const guard = new FloodGuard(1);
    expect(await statusOf(guard, '2001:db8:0:1::7')).to.equal(200);
    expect(await statusOf(guard, '2001:db8:0:1:ffff:2:3:4')).to.equal(429);
    expect(await statusOf(guard, '2001:db8::1:0:0:0:9')).to.equal(429);
    expect(await statusOf(guard, '2001:db8:0:2::7')).to.equal(200);
  });

  it('is refused before anything else is looked at; those behind a trusted proxy are told apart', async () => {
    const codeMode = await compose(noTools);
    const gateway = createGateway({ codeMode, scriptTool: false });
    const door = await gateway.serveHttp({ requestsPerMinute: 1, trustedProxies: ['127.0.0.0/8'] });
    const from = async (address: string): Promise<number> =>
      (await fetch(door.url, { method: 'PUT', headers: { 'x-forwarded-for': address } })).status;
    expect(await from('192.0.2.1')).to.equal(405);
    expect(await from('192.0.2.1')).to.equal(429);
    expect(await from('192.0.2.2')).to.equal(405);
    expect(await from('198.51.100.9, 192.0.2.2')).to.equal(429);
    await door.close();
    await codeMode.close();
  });
});
