import { expect } from 'chai';
import fc from 'fast-check';
import type { Release, ToolscriptError } from '../../../../core/index.js';
import { Turns } from '../../../../plugins/limits/traffic/turns.js';
import { HandClock, settled } from '../../../support/hand-clock.js';

const QUEUE = { perCaller: 100, inAll: 1_000, maxWaitMs: 10_000 };
const never = new AbortController().signal;

describe('turns', () => {
  let clock: HandClock;
  beforeEach(() => (clock = new HandClock()));

  /** Takes turns and remembers who got one, in order. */
  class Crowd {
    readonly started: string[] = [];
    readonly refused: [string, ToolscriptError][] = [];
    readonly releases: Release[] = [];
    constructor(readonly turns: Turns) {}

    async take(id: string, signal = never): Promise<void> {
      try {
        const release = await this.turns.take(id, signal);
        this.started.push(id);
        this.releases.push(release);
      } catch (error) {
        this.refused.push([id, error as ToolscriptError]);
      }
    }

    async end(count = 1): Promise<void> {
      for (let index = 0; index < count; index += 1) this.releases.shift()!();
      await settled();
    }
  }

  it('start at once while there is room, and cost no promise', () => {
    const turns = new Turns('scripts', { inAll: 2 }, QUEUE, clock);
    expect(turns.take('ann', never)).to.be.a('function');
    expect(turns.take('ann', never)).to.be.a('function');
    expect(turns.take('ann', never)).to.be.a('promise');
  });

  it('go round by caller, not by who came first', async () => {
    const crowd = new Crowd(new Turns('scripts', { inAll: 1 }, QUEUE, clock));
    for (const id of ['ann', 'ann', 'ann', 'ann', 'bob', 'cy', 'bob']) void crowd.take(id);
    await settled();
    for (let index = 0; index < 6; index += 1) await crowd.end();
    expect(crowd.started).to.deep.equal(['ann', 'ann', 'bob', 'cy', 'ann', 'bob', 'ann']);
  });

  it('let nobody have more than a share, however much room there is', async () => {
    const crowd = new Crowd(new Turns('scripts', { perCaller: 2, inAll: 10 }, QUEUE, clock));
    for (const id of ['ann', 'ann', 'ann', 'bob']) void crowd.take(id);
    await settled();
    expect(crowd.started).to.deep.equal(['ann', 'ann', 'bob']);
    await crowd.end();
    expect(crowd.started).to.deep.equal(['ann', 'ann', 'bob', 'ann']);
  });

  it('refuse who would wait beyond the bounds, of one caller and of all, and say when to come again', async () => {
    const queue = { perCaller: 2, inAll: 3, maxWaitMs: 10_000 };
    const crowd = new Crowd(new Turns('scripts', { inAll: 1 }, queue, clock));
    for (const id of ['ann', 'ann', 'ann', 'ann', 'bob', 'cy']) void crowd.take(id);
    await settled();
    expect(crowd.refused.map(([id]) => id)).to.deep.equal(['ann', 'cy']);
    const [[, error]] = crowd.refused as [[string, ToolscriptError]];
    expect(error).to.include({
      code: 'limit/refused',
      message: 'wait for a turn among the scripts: too many wait already',
      retryAfterMs: 100,
    });
  });

  it('refuse who has waited too long', async () => {
    const crowd = new Crowd(new Turns('calls', { inAll: 1 }, QUEUE, clock));
    void crowd.take('ann');
    void crowd.take('bob');
    await clock.advance(9_999);
    expect(crowd.refused).to.be.empty;
    await clock.advance(1);
    expect(crowd.refused[0]![1].message).to.equal('wait for a turn among the calls: no turn within 10000 ms');
    await crowd.end();
    expect(crowd.started).to.deep.equal(['ann']);
  });

  it('forget who waits no more', async () => {
    const turns = new Turns('scripts', { inAll: 1 }, QUEUE, clock);
    const crowd = new Crowd(turns);
    const leaver = new AbortController();
    void crowd.take('ann');
    void crowd.take('bob', leaver.signal);
    void crowd.take('cy');
    await settled();
    leaver.abort();
    void crowd.take('dan', AbortSignal.abort());
    await settled();
    expect(crowd.refused.map(([id]) => id)).to.deep.equal(['bob', 'dan']);
    expect(turns.callers).to.equal(2);
    await crowd.end();
    expect(crowd.started).to.deep.equal(['ann', 'cy']);
    await crowd.end();
    expect([turns.callers, clock.pending]).to.deep.equal([0, 0]);
  });

  it('are given back once, however often somebody says so', async () => {
    const crowd = new Crowd(new Turns('scripts', { inAll: 1 }, QUEUE, clock));
    for (const id of ['ann', 'bob', 'cy']) void crowd.take(id);
    await settled();
    const [release] = crowd.releases as [Release];
    release();
    release();
    await settled();
    expect(crowd.started).to.deep.equal(['ann', 'bob']);
  });

  it('tell to come again later, the longer turns take', async () => {
    const queue = { perCaller: 0, inAll: 0, maxWaitMs: 0 };
    const crowd = new Crowd(new Turns('scripts', { inAll: 1 }, queue, clock));
    for (let turn = 0; turn < 30; turn += 1) {
      await crowd.take('ann');
      await clock.advance(2_000);
      await crowd.end();
    }
    await crowd.take('ann');
    await crowd.take('bob');
    expect(crowd.refused[0]![1].retryAfterMs).to.be.within(1_990, 2_000);
  });

  it('hold their bounds, lose nobody and keep nothing, whatever happens in whatever order', async () => {
    const step = fc.record({ act: fc.constantFrom('take', 'end', 'leave', 'wait'), who: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const time = new HandClock();
        const queue = { perCaller: 3, inAll: 6, maxWaitMs: 100 };
        const turns = new Turns('scripts', { perCaller: 2, inAll: 3 }, queue, time);
        const working: { id: string; release: Release }[] = [];
        const leavers: AbortController[] = [];
        let [asked, answered] = [0, 0];
        for (const { act, who } of steps) {
          const id = `caller ${who}`;
          if (act === 'take') {
            const leaver = new AbortController();
            leavers.push(leaver);
            asked += 1;
            void Promise.resolve()
              .then(() => turns.take(id, leaver.signal))
              .then(
                (release) => working.push({ id, release }),
                () => (answered += 1),
              );
          }
          if (act === 'end') {
            const [ended] = working.splice(who % Math.max(working.length, 1), 1);
            ended?.release();
            if (ended !== undefined) answered += 1;
          }
          if (act === 'leave') leavers.shift()?.abort();
          if (act === 'wait') await time.advance(60);
          await settled();
          expect(working.length).to.be.at.most(3);
          for (const { id: worker } of working) {
            expect(working.filter((other) => other.id === worker).length).to.be.at.most(2);
          }
        }
        for (let round = 0; round < steps.length && answered < asked; round += 1) {
          answered += working.length;
          for (const { release } of working.splice(0)) release();
          await settled();
        }
        expect({ answered, callers: turns.callers, timers: time.pending }).to.deep.equal({
          answered: asked,
          callers: 0,
          timers: 0,
        });
      }),
      { numRuns: 60 },
    );
  });
});
