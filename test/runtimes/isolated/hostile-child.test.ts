import { expect } from 'chai';

import { defineTool } from '../../../adapters/library/index.js';
import type { Outcome } from '../../../core/index.js';
import { gone, HOSTILE, isolated, type Isolated } from './isolated-scripts.js';

const MIB = 1024 * 1024;

describe('A child that was broken into', () => {
  let apart: Isolated;
  let called: number;
  const tool = defineTool({
    name: 'tool',
    description: 'Counts its calls.',
    inputSchema: { type: 'object' },
    call: () => (called += 1),
  });

  before(async () => {
    apart = await isolated({ ...HOSTILE, processes: 1, scriptsAtOnce: 2, memoryBytes: 256 * MIB }, [tool], {
      toolCalls: 3,
    });
  });

  beforeEach(() => {
    called = 0;
    apart.reports.length = 0;
  });

  after(() => apart.codeMode.close());

  const run = (script: string, data = {}, wallTimeMs = 20_000): Promise<Outcome> =>
    apart.codeMode.run({ script, data, limits: { wallTimeMs } });

  const works = async (): Promise<void> => {
    const outcome = await run('value', { value: 7 });
    expect(outcome.ok && outcome.value).to.equal(7);
  };

  it('has no environment', async () => {
    const outcome = await run('environment');
    expect(outcome.ok && outcome.value).to.eql([]);
  });

  it('costs its own scripts alone when it is killed, and is replaced', async () => {
    const { value: pid } = (await run('pid')) as { value: number };
    const sleeping = run('sleep');
    const called = run('call', { x: 1 });
    expect((await called).ok).to.equal(true);
    process.kill(pid, 'SIGKILL');
    const outcome = await sleeping;
    expect(outcome.ok || outcome.error).to.deep.include({
      code: 'internal',
      message: 'run the script: the process that ran it ended (SIGKILL)',
    });
    await works();
  });

  it('says what it had called before it was lost', async () => {
    const { value: pid } = (await run('pid')) as { value: number };
    const calling = run('manyCalls');
    while (called === 0) await new Promise(setImmediate);
    process.kill(pid, 'SIGKILL');
    const outcome = await calling;
    expect(outcome.calls[0]).to.deep.include({ tool: 'tool', status: 'succeeded' });
  });

  for (const what of ['heap', 'native']) {
    it(`dies at its wall when it takes a gigabyte of ${what} memory`, async () => {
      const outcome = await run(what);
      expect(outcome.ok || outcome.error.code).to.equal('limit/memory');
      await works();
    });
  }

  it('is ended when it hangs past its wall time', async () => {
    const { value: pid } = (await run('pid')) as { value: number };
    const outcome = await run('hang', {}, 100);
    expect(outcome.ok || outcome.error.code).to.equal('limit/wall-time');
    await gone(pid);
    await works();
  });

  it('is ended when it does not end a script that was cancelled', async () => {
    const { value: pid } = (await run('pid')) as { value: number };
    const leaving = new AbortController();
    const running = apart.codeMode.run({ script: 'deaf', signal: leaving.signal });
    while (called === 0) await new Promise(setImmediate);
    leaving.abort();
    const outcome = await running;
    expect(outcome.ok || outcome.error.code).to.equal('cancelled');
    await gone(pid);
    await works();
  });

  it('calls nothing after the end', async () => {
    const leaving = new AbortController();
    const running = apart.codeMode.run({ script: 'callsAfterEnd', signal: leaving.signal });
    await run('value', { value: 1 });
    leaving.abort();
    await running;
    await works();
    expect(called).to.equal(0);
  });

  it('calls no more tools than allowed, whatever it counts itself', async () => {
    const outcome = await run('manyCalls');
    expect(called).to.equal(3);
    expect(outcome.calls.length).to.equal(3);
  });

  for (const [what, script, data] of [
    ['prints more than allowed', 'printsBeyond', {}],
    ['floods', 'flood', {}],
    ['speaks of a script that it does not have', 'lies', { says: { type: 'wait', id: 99, waits: true } }],
    [
      'calls a tool that its script does not have',
      'lies',
      { says: { type: 'call', call: 1, tool: 'other', args: {}, usage: {} } },
    ],
    ['begins twice', 'lies', { says: { type: 'ready' } }],
    ['announces a message of 4 GiB', 'raw', { hex: 'ffffffff00' }],
  ] as const) {
    it(`is ended when it ${what}`, async () => {
      const outcome = await run(script, data);
      expect(outcome.ok || outcome.error.message).to.match(/did not keep to its part, and was ended/);
      await works();
    });
  }
});
