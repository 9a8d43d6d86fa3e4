import { expect } from 'chai';

import { RunRecorder, type RecorderOptions } from '../../../../adapters/console/record/index.js';
import {
  DEFAULT_LIMITS,
  type EventContent,
  type Events,
  type TelemetryEvent,
} from '../../../../core/index.js';
import { sampleEvents } from '../../../../core/testing/index.js';

const caller = { id: 'ada', claims: { secret: 'claim' } };
const USAGE = {
  steps: 90,
  memoryBytes: 5_000,
  toolCalls: 3,
  branches: 2,
  parallelPeak: 2,
  outputBytes: 2,
  logBytes: 3,
  wallTimeMs: 100,
  waitMs: 60,
};

/** Tells a recorder of one run and its calls. */
class Story {
  readonly recorder: RunRecorder;
  now = 1_000_000;

  constructor(options: RecorderOptions = {}) {
    this.recorder = new RunRecorder({ now: () => this.now, ...options });
  }

  tell(event: TelemetryEvent): this {
    this.recorder.record(Object.freeze(event));
    return this;
  }

  started(runId: string, content?: EventContent, more: Partial<Events['script.started']> = {}): this {
    return this.tell({
      name: 'script.started',
      ...script(runId),
      scriptBytes: 7,
      tools: 4,
      queuedMs: 20,
      limits: DEFAULT_LIMITS,
      ...more,
      ...(content !== undefined && { content }),
    });
  }

  finished(runId: string, content?: EventContent, more: Partial<Events['script.finished']> = {}): this {
    return this.tell({
      name: 'script.finished',
      ...script(runId),
      code: 'ok',
      usage: USAGE,
      resultBytes: 40,
      savedTokens: 9,
      ...more,
      ...(content !== undefined && { content }),
    });
  }

  queued(callId: string, startedMs: number): this {
    return this.tell({ name: 'tool.queued', ...call(callId, startedMs) });
  }

  sent(callId: string, startedMs: number, queuedMs = 0): this {
    return this.tell({ name: 'tool.started', ...call(callId, startedMs), queuedMs });
  }

  called(callId: string, startedMs: number, ranMs: number, more: Partial<TelemetryEvent> = {}): this {
    return this.tell({
      name: 'tool.called',
      ...call(callId, startedMs),
      code: 'ok',
      status: 'succeeded',
      queuedMs: 0,
      ranMs,
      resultBytes: 10,
      steps: startedMs,
      memoryBytes: 10 * startedMs,
      ...more,
    } as TelemetryEvent);
  }

  calls(runId = 'r') {
    return this.recorder.run(runId)?.calls.map(({ id, state }) => `${id} ${state}`);
  }
}

const script = (runId: string) => ({ runId, caller, scriptHash: 'f'.repeat(64), runtime: 'starlark' });
const call = (callId: string, startedMs: number) => ({
  callId,
  runId: callId.split('/')[0]!,
  tool: 'read',
  backend: 'files',
  caller,
  mode: 'script' as const,
  startedMs,
  position: { line: 2, column: 3 },
});

describe('the recorder of the console', () => {
  it('folds the events of a run into its record, at every point of it', () => {
    const story = new Story().started('r', { script: 'return 1' });
    expect(story.recorder.run('r')).to.deep.include({
      id: 'r',
      caller: 'ada',
      runtime: 'starlark',
      from: 'library',
      askedAt: 999_980,
      queuedMs: 20,
      state: 'running',
      scriptBytes: 7,
      script: 'return 1',
      tools: 4,
      limits: DEFAULT_LIMITS,
      calls: [],
    });
    story.queued('r/1', 25).queued('r/2', 25).sent('r/1', 25).sent('r/2', 25, 5);
    expect(story.calls()).to.deep.equal(['r/1 running', 'r/2 running']);
    story.called('r/1', 25, 20).called('r/2', 25, 35, { queuedMs: 5 });
    expect(story.recorder.run('r')?.usage).to.deep.include({
      steps: 25,
      memoryBytes: 250,
      toolCalls: 2,
      parallelPeak: 2,
      wallTimeMs: 65,
      waitMs: 40,
    });
    story.finished('r', { logs: ['one', 'two'], result: '[1]' });
    const { calls, ...run } = story.recorder.run('r')!;
    expect(run).to.deep.include({
      state: 'finished',
      code: 'ok',
      usage: USAGE,
      logs: ['one', 'two'],
      result: '[1]',
      resultBytes: 40,
      savedTokens: 9,
    });
    expect(calls[1]).to.deep.equal({
      id: 'r/2',
      tool: 'read',
      backend: 'files',
      position: { line: 2, column: 3 },
      state: 'succeeded',
      code: 'ok',
      startedMs: 25,
      queuedMs: 5,
      ranMs: 35,
      resultBytes: 10,
    });
  });

  it('says of calls that no event ended what became of them', () => {
    const story = new Story().started('r').queued('r/1', 10).sent('r/2', 10).finished('r');
    expect(story.calls()).to.deep.equal(['r/1 unsent', 'r/2 unknown']);
    expect(story.recorder.run('r')?.calls.map(({ queuedMs, ranMs }) => [queuedMs, ranMs])).to.deep.equal([
      [90, 0],
      [0, 90],
    ]);
  });

  it('keeps why a run failed, and where; without its words what the code means', () => {
    const place = { code: 'tool/failed', position: { line: 3, column: 1 }, tool: 'read' } as const;
    const story = new Story().started('r').finished('r', { error: 'read failed: no' }, place);
    expect(story.recorder.run('r')?.error).to.deep.equal({ message: 'read failed: no', ...place });
    story.started('p').finished('p', undefined, place);
    expect(story.recorder.run('p')?.error?.message).to.equal('the tool answered with an error');
  });

  it('keeps what was refused, and nothing of a claim', () => {
    const story = new Story().tell({
      name: 'script.refused',
      ...script('r'),
      code: 'limit/refused',
      queuedMs: 3,
    });
    expect(story.recorder.run('r')).to.deep.include({ state: 'refused', code: 'limit/refused', tools: 0 });
    expect(JSON.stringify([story.recorder.runs(), story.recorder.run('r')])).not.to.include('claim');
  });

  it('says how a run came: by its request, by the console, else as it was told', () => {
    const story = new Story({ from: 'cli' });
    const request = { requestId: 'q', caller, method: 'tools/call', transport: 'http' } as const;
    story.recorder.announce('c');
    story.tell({ name: 'request.started', ...request }).started('h', {}, { requestId: 'q' });
    story.tell({ name: 'request.finished', ...request, code: 'ok', ranMs: 1 });
    story.started('late', {}, { requestId: 'q' }).started('c');
    expect(story.recorder.runs().map(({ id, from }) => [id, from])).to.deep.equal([
      ['c', 'console'],
      ['late', 'cli'],
      ['h', 'http'],
    ]);
  });

  it('lists runs without what is long, and forgets everything when it is told', () => {
    const story = new Story().started('r', { script: 'x' }).sent('r/1', 1).finished('r', { result: '1' });
    expect(story.recorder.runs()[0])
      .to.deep.include({ calls: [], logs: [] })
      .and.not.have.any.keys('script', 'result');
    story.recorder.forget();
    expect(story.recorder.runs()).to.deep.equal([]);
  });

  describe('is bounded', () => {
    it('in runs: the oldest that is over goes', () => {
      const story = new Story({ bounds: { runs: 2 } });
      story.started('a').finished('a').started('b').finished('b').started('c');
      expect(story.recorder.runs().map(({ id }) => id)).to.deep.equal(['c', 'b']);
      story.called('a/1', 1, 1).finished('a');
      expect(story.recorder.run('a')).to.equal(undefined);
    });

    it('in calls of one run, and counts those that it leaves out', () => {
      const story = new Story().started('r');
      for (let n = 0; n < 1_500; n += 1) story.queued(`r/${n}`, n).sent(`r/${n}`, n).called(`r/${n}`, n, 1);
      expect(story.recorder.run('r')?.calls).to.have.length(1_000);
      expect(story.recorder.run('r')).to.include({ callsLeftOut: 500 });
      expect(story.recorder.run('r')?.usage.toolCalls).to.equal(1_500);
    });

    it('in the length of every text', () => {
      const long = 'x'.repeat(1_000_000);
      const story = new Story().started('r', { script: long }, { runtime: long, caller: { id: long } });
      story.tell({
        name: 'tool.called',
        ...call('r/1', 1),
        tool: long,
        backend: long,
        ...ENDED,
        content: { error: long },
      });
      story.finished(
        'r',
        { logs: [long, long], result: long, error: long },
        { code: 'tool/failed', tool: long },
      );
      expect(JSON.stringify(story.recorder.run('r')).length).to.be.lessThan(500_000);
      expect(JSON.stringify(story.recorder.runs()).length).to.be.lessThan(10_000);
    });

    it('in bytes: first the texts of the oldest go, then their calls', () => {
      const story = new Story({ bounds: { bytes: 110_000 } });
      for (const id of ['a', 'b', 'c']) {
        story.started(id, { script: 'x'.repeat(20_000) });
        for (let n = 0; n < 50; n += 1) story.called(`${id}/${n}`, n, 1);
        story.finished(id);
      }
      const kept = ['a', 'b', 'c'].map((id) => story.recorder.run(id)!);
      expect(kept.map(({ script = '', calls }) => [script.length, calls.length])).to.deep.equal([
        [0, 50],
        [0, 50],
        [20_000, 50],
      ]);
      story.started('d', { script: 'x'.repeat(45_000) });
      expect(story.recorder.run('a')).to.deep.include({ calls: [], callsLeftOut: 50 });
      expect(story.recorder.run('d')?.script).to.have.length(45_000);
    });

    it('in time: texts of what is over for an hour are forgotten, of what goes on never', () => {
      const story = new Story().started('a', { script: 'x' }).finished('a').started('b', { script: 'y' });
      story.now += 3_600_001;
      expect(story.recorder.run('a')?.script).to.equal(undefined);
      expect(story.recorder.run('b')?.script).to.equal('y');
    });

    it('in requests that never end', () => {
      const story = new Story();
      for (let n = 0; n < 20_000; n += 1) {
        story.tell({ name: 'request.started', requestId: `q${n}`, caller, method: 'm', transport: 'stdio' });
      }
      story.started('old', {}, { requestId: 'q1' }).started('new', {}, { requestId: 'q19999' });
      expect(story.recorder.runs().map(({ from }) => from)).to.deep.equal(['stdio', 'library']);
    });
  });

  it('counts calls by the minute, of scripts and of clients, for six hours', () => {
    const story = new Story({});
    story.now = 60_000 * 1_000;
    story
      .called('r/1', 1, 1)
      .called('r/2', 1, 1, { mode: 'direct' })
      .finished('r')
      .finished('s', {}, { code: 'cancelled' });
    story.now += 60_000;
    story.called('r/3', 1, 1);
    expect(story.recorder.usage()).to.deep.equal([
      {
        at: 60_000_000,
        spanMs: 60_000,
        scripts: 2,
        failed: 1,
        scriptCalls: 1,
        directCalls: 1,
        savedTokens: 18,
      },
      {
        at: 60_060_000,
        spanMs: 60_000,
        scripts: 0,
        failed: 0,
        scriptCalls: 1,
        directCalls: 0,
        savedTokens: 0,
      },
    ]);
    for (let n = 0; n < 1_000; n += 1) {
      story.now += 60_000;
      story.called('r/3', 1, 1);
    }
    expect(story.recorder.usage()).to.have.length(360);
  });

  it('tells who listens of each change, until it stops', () => {
    const story = new Story();
    const told: unknown[] = [];
    const stop = story.recorder.onChange((change) => told.push(change));
    story.started('r').sent('r/1', 1).finished('r');
    expect(told).to.deep.equal([{ run: 'r' }, { run: 'r' }, { run: 'r' }, { usage: true }]);
    stop();
    story.started('s');
    expect(told).to.have.length(4);
  });

  it('takes any event with any words, and is a window', () => {
    const { recorder } = new Story();
    for (const text of ['__proto__', '\u0000', 'x'.repeat(100_000), '']) {
      for (const event of sampleEvents(text)) recorder.record(event);
    }
    expect(recorder.runs()).to.have.length(1);
    expect(recorder.isWindow).to.equal(true);
  });
});

const ENDED = { code: 'tool/failed', status: 'failed', queuedMs: 0, ranMs: 1, resultBytes: 0 } as const;
