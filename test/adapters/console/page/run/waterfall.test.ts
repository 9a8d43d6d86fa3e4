import { expect } from 'chai';
import fc from 'fast-check';
import type { CallBar } from '../../../../../adapters/console/api.js';
import { callTally } from '../../../../../adapters/console/page/run/call-tally.js';
import { phasesOf } from '../../../../../adapters/console/page/run/phases.js';
import { endMs, reachedMs, sentMs } from '../../../../../adapters/console/page/run/run-clock.js';
import { ticksOf } from '../../../../../adapters/console/page/run/time-scale.js';
import { scrollFor, visibleRows } from '../../../../../adapters/console/page/run/visible-rows.js';
import { call, exampleRun } from '../../../../console/example-data.js';

describe('the clock of a run', () => {
  it('reaches the end of one that is over, and now of one that runs', () => {
    expect(reachedMs(exampleRun(), 0)).to.equal(645);
    expect(reachedMs(exampleRun({ state: 'running', askedAt: 1_000 }), 3_000)).to.equal(2_000);
  });

  it('never runs backwards where the clock of the page is behind', () => {
    expect(reachedMs(exampleRun({ state: 'running', askedAt: 5_000 }), 3_000)).to.equal(645);
  });

  it('lets a call that is on its way last until now', () => {
    const running = call(0, { state: 'running', startedMs: 10, queuedMs: 5, ranMs: 0 });
    expect([sentMs(running, 100), endMs(running, 100)]).to.deep.equal([15, 100]);
    const queued = call(0, { state: 'queued', startedMs: 10, queuedMs: 0, ranMs: 0 });
    expect([sentMs(queued, 100), endMs(queued, 100)]).to.deep.equal([100, 100]);
  });
});

describe('the phases of a run', () => {
  it('are the queue, computing and waiting, side by side calls waited for once', () => {
    const calls = [
      call(0, { startedMs: 100, ranMs: 200 }),
      call(1, { startedMs: 150, queuedMs: 50, ranMs: 200 }),
      call(2, { startedMs: 350, queuedMs: 300, ranMs: 0, state: 'unsent' }),
    ];
    const run = exampleRun({ queuedMs: 50, calls, usage: { ...exampleRun().usage, wallTimeMs: 950 } });
    expect(phasesOf(run, 1_000)).to.deep.equal([
      { kind: 'queue', fromMs: 0, toMs: 50 },
      { kind: 'compute', fromMs: 50, toMs: 100 },
      { kind: 'wait', fromMs: 100, toMs: 400 },
      { kind: 'compute', fromMs: 400, toMs: 1_000 },
    ]);
  });

  it('follow one another in time, and are few for many calls', () => {
    const bars = fc.array(
      fc.record({ startedMs: fc.nat(9_000), queuedMs: fc.nat(500), ranMs: fc.nat(500) }),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(bars, (times) => {
        const calls = times.map((time, index) => call(index, time)).sort((a, b) => a.startedMs - b.startedMs);
        const phases = phasesOf(exampleRun({ queuedMs: 0, calls }), 10_000);
        phases.forEach(({ fromMs, toMs }, index) => {
          expect(toMs).to.be.at.least(fromMs);
          expect(fromMs).to.be.at.least(phases[index - 1]?.toMs ?? 0);
        });
      }),
    );
    const many = Array.from({ length: 10_000 }, (_, index) => call(index, { startedMs: index, ranMs: 0.5 }));
    expect(phasesOf(exampleRun({ calls: many, queuedMs: 0 }), 10_000).length).to.be.below(1_001);
  });

  it('are the queue alone for one that was refused', () => {
    const run = exampleRun({ state: 'refused', calls: [], queuedMs: 30 });
    expect(phasesOf(run, 30)).to.deep.equal([{ kind: 'queue', fromMs: 0, toMs: 30 }]);
  });
});

describe('the axis of time', () => {
  it('has marks at round figures', () => {
    expect(ticksOf(652, 6).map(({ text }) => text)).to.deep.equal(['0', '200 ms', '400 ms', '600 ms']);
    expect(ticksOf(2_000, 4).map(({ text }) => text)).to.deep.equal([
      '0',
      '500 ms',
      '1.0 s',
      '1.5 s',
      '2.0 s',
    ]);
    expect(ticksOf(0, 6)).to.have.length(1);
  });

  it('never has many marks, and none beyond the end', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (span) => {
        const ticks = ticksOf(span, 6);
        expect(ticks.length).to.be.within(1, 8);
        expect(ticks.at(-1)!.atMs).to.be.at.most(span * 1.000001);
      }),
    );
  });
});

describe('the rows in sight', () => {
  it('are those in sight and a few around', () => {
    expect(visibleRows(0, 240, 24, 10_000)).to.deep.equal([0, 18]);
    expect(visibleRows(24_000, 240, 24, 10_000)).to.deep.equal([992, 1_018]);
    expect(visibleRows(1e9, 240, 24, 100)).to.deep.equal([100, 100]);
  });

  it('move no further than a row needs to be among them', () => {
    expect(scrollFor(5, 0, 240, 24)).to.equal(0);
    expect(scrollFor(10, 0, 240, 24)).to.equal(24);
    expect(scrollFor(2, 480, 240, 24)).to.equal(48);
  });
});

describe('the ledger', () => {
  it('counts by tool what became of the calls, a tool of two servers twice', () => {
    const states: CallBar['state'][] = ['succeeded', 'failed', 'unknown', 'unsent'];
    const calls = states.map((state, index) => call(index, { state, ranMs: 10 }));
    const tallies = callTally([...calls, call(9, { backend: 'other', ranMs: 5 })]);
    expect(
      tallies.map(({ backend, calls, failed, unknown, unsent, ranMs }) => [
        backend,
        calls,
        failed,
        unknown,
        unsent,
        ranMs,
      ]),
    ).to.deep.equal([
      ['metrics', 4, 1, 1, 1, 40],
      ['other', 1, 0, 0, 0, 5],
    ]);
  });

  it('takes __proto__ for a name', () => {
    expect(callTally([call(0, { tool: '__proto__' })])[0]!.calls).to.equal(1);
  });
});
