import { expect } from 'chai';
import type { RunRecord } from '../../../../../adapters/console/api.js';
import { limitRows } from '../../../../../adapters/console/page/run/limit-rows.js';
import { DEFAULT_LIMITS } from '../../../../../core/index.js';
import { exampleRun } from '../../../../console/example-data.js';

describe('the limits of a run', () => {
  const row = (name: string, ...args: Parameters<typeof limitRows>) =>
    limitRows(...args).find((one) => one.name === name)!;

  it('fill as they are used, and are near from four fifths on', () => {
    expect(row('steps', exampleRun(), 0)).to.include({ used: '812,400', most: '1 M', state: 'near' });
    expect(row('toolCalls', exampleRun(), 0)).to.include({
      used: '8',
      most: '1,000',
      share: 0.008,
      state: 'ample',
    });
  });

  it('say which of them was met', () => {
    const run = exampleRun({ code: 'limit/memory', error: { code: 'limit/memory', message: 'too much' } });
    expect(
      limitRows(run, 0)
        .filter(({ state }) => state === 'met')
        .map(({ name }) => name),
    ).to.deep.equal(['memoryBytes']);
  });

  it('let the wall time of a running one pass', () => {
    const run = exampleRun({
      state: 'running',
      askedAt: 0,
      queuedMs: 0,
      usage: { ...exampleRun().usage, wallTimeMs: 0 },
    });
    expect(row('wallTimeMs', run, 30_000)).to.include({ used: '30.0 s', share: 0.5 });
  });

  it('do not warn of as many calls at once as may be, nor divide by nothing', () => {
    const usage = { ...exampleRun().usage, parallelPeak: 10 };
    expect(row('parallel', exampleRun({ usage }), 0).state).to.equal('ample');
    const limits = { ...DEFAULT_LIMITS, toolCalls: 0 };
    expect(row('toolCalls', exampleRun({ limits }), 0).share).to.equal(0);
  });

  it('are none for a run that was refused', () => {
    const refused: { -readonly [Key in keyof RunRecord]: RunRecord[Key] } = exampleRun({ state: 'refused' });
    delete refused.limits;
    expect(limitRows(refused, 0)).to.deep.equal([]);
  });
});
