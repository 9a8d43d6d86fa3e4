import { expect } from 'chai';
import { createCodeMode, defineTool } from '../../adapters/library/index.js';
import type { Clock, CodeMode } from '../../core/index.js';

/** A clock whose timers fire when told; time stands still in between. */
class ManualClock implements Clock {
  #now = 0;
  #timers: { at: number; callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Goes to the next timer due, lets what follows from it happen, and so on until nothing is left. */
  async run(done: () => boolean): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (done()) return;
      const next = this.#timers.reduce<{ at: number; callback: () => void } | undefined>(
        (first, timer) => (first === undefined || timer.at < first.at ? timer : first),
        undefined,
      );
      if (next === undefined) continue;
      this.#now = next.at;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.callback();
    }
  }
}

describe('fan-out over a tool that takes 200 ms', () => {
  let clock: ManualClock;
  let codeMode: CodeMode;
  let inFlight: number;
  let peak: number;

  beforeEach(async () => {
    clock = new ManualClock();
    inFlight = 0;
    peak = 0;
    const slow = defineTool({
      name: 'slow',
      inputSchema: { type: 'object', properties: { n: { type: 'integer' } } },
      call: ({ n = null }) => {
        inFlight += 1;
        peak = Math.max(peak, inFlight);
        return new Promise((resolve, reject) => {
          clock.after(200, () => {
            inFlight -= 1;
            if (n === 13) reject(new Error('thirteen is out'));
            else resolve(n);
          });
        });
      },
    });
    codeMode = await createCodeMode({ tools: [slow], limits: { parallel: 10 }, clock });
  });
  afterEach(() => codeMode.close());

  async function outcomeOf(script: string): Promise<Awaited<ReturnType<CodeMode['run']>>> {
    let done = false;
    const outcome = codeMode.run({ script }).finally(() => {
      done = true;
    });
    await clock.run(() => done);
    return outcome;
  }

  it('50 calls with limit 10 take five rounds, in order, never more than ten in flight', async () => {
    const outcome = await outcomeOf('return parallel([lambda n=n: slow(n=n + 100) for n in range(50)])');
    expect(outcome.ok && outcome.value).to.deep.equal(Array.from({ length: 50 }, (_, n) => n + 100));
    expect(peak).to.equal(10);
    expect(clock.now()).to.equal(1000);
    expect(outcome.usage.parallelPeak).to.equal(10);
    expect(outcome.usage.wallTimeMs).to.equal(1000);
  });

  it('nested fan-out keeps to the same ten', async () => {
    const outcome = await outcomeOf(`
def group(g):
    return parallel([lambda n=n: slow(n=g * 100 + n) for n in range(5)])
return parallel([lambda g=g: group(g) for g in range(1, 9)])
`);
    expect(outcome.ok).to.equal(true);
    expect(peak).to.equal(10);
    expect(clock.now()).to.equal(800);
  });

  it('one failing branch names its tool, after the others have settled', async () => {
    const outcome = await outcomeOf('return parallel([lambda n=n: slow(n=n) for n in range(20)])');
    expect(outcome.ok).to.equal(false);
    if (outcome.ok) return;
    expect(outcome.error).to.include({ code: 'tool/failed', tool: 'slow' });
    expect(outcome.error.message).to.include('thirteen is out');
    expect(outcome.calls.map((call) => call.status)).to.deep.equal(
      Array.from({ length: 20 }, (_, n) => (n === 13 ? 'failed' : 'succeeded')),
    );
  });

  it('attempt keeps the others', async () => {
    const outcome = await outcomeOf(`
results = parallel([lambda n=n: attempt(slow, n=n) for n in range(11, 15)])
return [r.value if r.ok else r.error.tool + ": " + r.error.message for r in results]
`);
    expect(outcome.ok && outcome.value).to.deep.equal([11, 12, 'slow: thirteen is out', 14].map((v) => v));
  });
});
