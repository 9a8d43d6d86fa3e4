import { expect } from 'chai';
import type { CallRequest, LimitPolicy } from '../../../../core/index.js';
import { createTrafficPolicy, type TrafficSettings } from '../../../../plugins/limits/traffic/index.js';
import { freePort, hasRedis, RedisProcess } from '../../../support/redis.js';
import { definition } from '../../../support/test-tools.js';

const request: CallRequest = { caller: { id: 'ann' }, tool: definition('a'), args: {}, mode: 'direct' };
const CALLS = { calls: { count: 3, perSeconds: 60 } };
type OnFailure = NonNullable<NonNullable<TrafficSettings['store']>['onFailure']>;

describe('traffic that is counted in Redis', () => {
  const policies: LimitPolicy[] = [];
  afterEach(() => {
    for (const policy of policies.splice(0)) void policy.close?.();
  });

  async function replica(redis: string, onFailure: OnFailure = 'memory'): Promise<LimitPolicy> {
    const store = { redis, onFailure, prefix: `test-${onFailure}`, timeoutMs: 1_000 };
    const policy = await createTrafficPolicy({ rates: CALLS, store });
    policies.push(policy);
    return policy;
  }

  const isAllowed = async (policy: LimitPolicy): Promise<boolean> => (await policy.authorize!(request)).allow;

  async function allowed(times: number, ...replicas: LimitPolicy[]): Promise<boolean[]> {
    const answers: boolean[] = [];
    for (let time = 0; time < times; time += 1) {
      answers.push(await isAllowed(replicas[time % replicas.length]!));
    }
    return answers;
  }

  it('does what the settings say while there is no server', async () => {
    const nowhere = `redis://127.0.0.1:${await freePort()}`;
    expect(await allowed(4, await replica(nowhere))).to.deep.equal([true, true, true, false]);
    expect(await allowed(4, await replica(nowhere, 'allow'))).to.deep.equal([true, true, true, true]);
    const refusing = await replica(nowhere, 'refuse');
    expect(await refusing.authorize!(request)).to.deep.equal({
      allow: false,
      code: 'limit/refused',
      reason: 'the store of counts fails',
      retryAfterMs: 1_000,
    });
  });

  describe('with a server', function () {
    let redis: RedisProcess | undefined;
    before(async function () {
      if (!hasRedis) this.skip();
      redis = await RedisProcess.start();
    });
    after(() => redis?.stop());

    it('counts all replicas together, and tells the store nothing of the caller', async () => {
      const [one, two] = [await replica(redis!.url), await replica(redis!.url)];
      expect(await allowed(5, one, two)).to.deep.equal([true, true, true, false, false]);
      const { Redis } = await import('ioredis');
      const client = new Redis(redis!.url);
      const keys = await client.keys('*');
      client.disconnect();
      expect(keys).to.have.length(1);
      expect(keys[0]).to.match(/^test-memory:calls:[\w-]{43}$/);
    });

    it('goes on by the settings when the server fails, and with the server when it is back', async () => {
      const [lenient, strict] = [await replica(redis!.url, 'allow'), await replica(redis!.url, 'refuse')];
      expect([await isAllowed(lenient), await isAllowed(strict)]).to.deep.equal([true, true]);
      await redis!.stop();
      expect(await allowed(5, lenient)).to.deep.equal([true, true, true, true, true]);
      expect(await isAllowed(strict)).to.equal(false);
      await redis!.start();
      while (!(await isAllowed(strict))) await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await allowed(3, strict)).to.deep.equal([true, true, false]);
    });
  });
});
