import { expect } from 'chai';
import { DEFAULT_LIMITS, LIMIT_RANGES, Meter } from '../../core/index.js';
import type { Clock, LimitName, Limits } from '../../core/index.js';

function meterOf(limits: Partial<Limits> = {}): { meter: Meter; time: { now: number } } {
  const time = { now: 1_000 };
  const clock: Clock = { now: () => time.now, after: () => () => undefined };
  return { meter: new Meter({ ...DEFAULT_LIMITS, ...limits }, clock), time };
}

describe('meter', () => {
  it('has an error for every limit, which says the limit and how to stay within it', () => {
    const { meter } = meterOf();
    for (const name of Object.keys(LIMIT_RANGES) as LimitName[]) {
      const { code, message, hint } = meter.exceeded(name);
      expect(code).to.match(/^(limit|tool)\//);
      expect(message)
        .to.include(String(DEFAULT_LIMITS[name]))
        .and.to.match(/^[a-z][^.]*$/);
      expect(hint).to.match(/^[a-z].*[^.]$/);
    }
    expect(meter.exceeded('valueBytes', 'make a list').message).to.equal(
      'make a list: more than 16777216 bytes in one value',
    );
  });

  it('counts calls up to the limit', () => {
    const { meter } = meterOf({ toolCalls: 1 });
    meter.countToolCall();
    expect(() => {
      meter.countToolCall();
    })
      .to.throw('more than 1 calls')
      .with.property('code', 'limit/tool-calls');
    expect(meter.usage().toolCalls).to.equal(1);
  });

  it('counts printed bytes with line ends, and keeps counting after a line that is too long', () => {
    const { meter } = meterOf({ logBytes: 10 });
    meter.countLog('€€');
    expect(() => {
      meter.countLog('abc');
    })
      .to.throw()
      .with.property('code', 'limit/logs');
    meter.countLog('ab');
    expect(meter.usage().logBytes).to.equal(10);
  });

  it('counts script and output in bytes, not characters', () => {
    const { meter } = meterOf({ scriptBytes: 5, outputBytes: 6 });
    expect(meter.checkScript('€a')).to.equal(4);
    expect(() => meter.checkScript('€€'))
      .to.throw()
      .with.property('code', 'limit/script-size');
    meter.countOutput('"€"');
    expect(() => {
      meter.countOutput('"€€"');
    })
      .to.throw()
      .with.property('code', 'limit/output');
    expect(meter.usage().outputBytes).to.equal(5);
  });

  it('counts waits that overlap once', () => {
    const { meter, time } = meterOf();
    const endFirst = meter.beginCall();
    time.now += 10;
    const endSecond = meter.beginWait();
    time.now += 10;
    endFirst();
    time.now += 10;
    endSecond();
    time.now += 100;
    const endThird = meter.beginCall();
    time.now += 5;
    expect(meter.usage()).to.include({ waitMs: 35, wallTimeMs: 135, parallelPeak: 1 });
    endThird();
  });

  it('takes what the runtime reports, field by field', () => {
    const { meter } = meterOf();
    meter.report({ steps: 5, branches: 2 });
    meter.report({ steps: 7, memoryBytes: 9 });
    expect(meter.usage()).to.include({ steps: 7, memoryBytes: 9, branches: 2 });
  });
});
