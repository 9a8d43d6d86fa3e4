import { expect } from 'chai';
import { describe, it } from 'mocha';
import { settled } from './hand-clock.js';
import { Workshop, shown } from './workshop.js';

describe('retry', () => {
  it('calls again, each pause twice as long as the one before', async () => {
    const shop = new Workshop();
    const execution = shop.start('return retry(lambda: tool(1), attempts = 4, delay_ms = 100)');
    for (const pause of [100, 200, 400]) {
      await settled();
      await shop.calls[0]!.fail('backend/unavailable');
      await shop.clock.advance(pause - 1);
      expect(shop.calls).to.have.length(0);
      await shop.clock.advance(1);
      expect(shop.calls).to.have.length(1);
    }
    await shop.calls[0]!.answer(7);
    expect(shown(await execution.result, execution)).to.equal('7');
  });

  it('gives the last error when no attempt is left', async () => {
    const shop = new Workshop();
    const execution = shop.start('retry(broken, attempts = 2)');
    await shop.clock.advance(200);
    expect(shown(await execution.result, execution)).to.equal('tool/failed: broken: it failed');
  });

  it('pauses for thirty seconds at the most', async () => {
    const shop = new Workshop();
    const execution = shop.start('retry(broken, 3, 1e9)', { limits: { wallTimeMs: Infinity } });
    await shop.clock.advance(30_000);
    await shop.clock.advance(30_000);
    expect(shown(await execution.result, execution)).to.equal('tool/failed: broken: it failed');
  });

  for (const code of ['tool/arguments', 'tool/denied', 'tool/unknown', 'limit/tool-calls']) {
    it(`does not try again after ${code}`, async () => {
      const shop = new Workshop();
      const execution = shop.start('retry(lambda: tool(1))');
      await settled();
      await shop.calls[0]!.fail(code);
      expect(shown(await execution.result, execution)).to.equal(`${code}: tool: it failed`);
    });
  }

  it('retries at once with a pause of 0', async () => {
    const shop = new Workshop();
    const execution = shop.start('retry(broken, attempts = 300, delay_ms = 0)');
    for (let i = 0; i < 300; i++) await shop.clock.advance(0);
    expect(shown(await execution.result, execution)).to.equal('tool/failed: broken: it failed');
  });

  it('leaves no timer behind when the run is cancelled', async () => {
    const shop = new Workshop();
    const controller = new AbortController();
    const execution = shop.start('retry(broken)', { signal: controller.signal });
    await settled();
    controller.abort();
    expect(shown(await execution.result, execution)).to.equal('cancelled: run: cancelled');
    expect(shop.clock.pending).to.equal(0);
  });

  const WRONG: readonly (readonly [script: string, message: string])[] = [
    ['retry()', 'retry: got nothing for f, want a function'],
    ['retry(5)', 'retry: got int for f, want a function'],
    ['retry(now, 0)', 'retry: got less for attempts, want at least 1'],
    ['retry(now, "3")', 'retry: got string for attempts, want at least 1'],
    ['retry(now, delay_ms = -1)', 'retry: got less for delay_ms, want at least 0'],
    ['retry(now, delay = 1)', 'retry: unexpected keyword argument delay'],
    ['retry(now, 1, attempts = 2)', 'retry: multiple values for parameter attempts'],
  ];
  for (const [script, message] of WRONG) {
    it(`refuses ${script}`, async () => {
      const result = await new Workshop().run(script);
      expect(result.ok ? '' : result.error.message).to.contain(message);
    });
  }
});
