import { expect } from 'chai';
import { readdir, readFile } from 'node:fs/promises';
import { createCodeMode, ToolscriptError } from '../../core/index.js';
import type { BackendState, CodeModeParts, TelemetryEvent } from '../../core/index.js';
import { createContainer, TOKENS } from '../../core/injection.js';
import { Lifecycle } from '../../core/lifecycle.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, settle, textResult, until } from '../support/test-tools.js';

describe('lifecycle', () => {
  it('closes once, the last first, each after the other', async () => {
    const closed: string[] = [];
    const lifecycle = new Lifecycle();
    for (const name of ['a', 'b', 'c']) {
      lifecycle.own({
        close: async () => {
          closed.push(`${name} begins`);
          await settle();
          closed.push(`${name} ends`);
        },
      });
    }
    lifecycle.own({});
    await Promise.all([lifecycle.close(), lifecycle.close()]);
    expect(closed).to.deep.equal(['c begins', 'c ends', 'b begins', 'b ends', 'a begins', 'a ends']);
  });

  it('closes the rest when one fails, and tells all failures', async () => {
    const closed: string[] = [];
    const lifecycle = new Lifecycle();
    lifecycle.own({ close: () => void closed.push('a') });
    lifecycle.own({
      close: () => {
        throw new Error('b');
      },
    });
    lifecycle.own({ close: () => void closed.push('c') });
    lifecycle.own({ close: () => Promise.reject(new Error('d')) });
    const failure: unknown = await lifecycle.close().catch((thrown: unknown) => thrown);
    expect(failure).to.be.instanceOf(AggregateError);
    expect((failure as AggregateError).errors.map(String)).to.deep.equal(['Error: d', 'Error: b']);
    expect(closed).to.deep.equal(['c', 'a']);
  });
});

describe('composition', () => {
  const parts = (closed: string[]): CodeModeParts => ({
    runtime: createPlanRuntime({ close: () => void closed.push('runtime') }),
    dispatcher: {
      ...answering([definition('a')], () => textResult('x')),
      close: () => void closed.push('dispatcher'),
    },
    limits: { limitsFor: () => ({}), close: () => void closed.push('policy') },
    sinks: ['first', 'second'].map((name) => ({
      record: () => undefined,
      flush: () => Promise.resolve(void closed.push(`flush ${name}`)),
      close: () => void closed.push(`close ${name}`),
    })),
  });

  it('closes everything in reverse order, sinks last', async () => {
    const closed: string[] = [];
    const codeMode = await createCodeMode(parts(closed));
    await Promise.all([codeMode.close(), codeMode.close()]);
    const sinks = ['flush second', 'flush first', 'close second', 'close first'];
    expect(closed).to.deep.equal(['runtime', 'dispatcher', 'policy', ...sinks]);
  });

  it('closes everything also when one part fails to', async () => {
    const closed: string[] = [];
    const codeMode = await createCodeMode({
      ...parts(closed),
      dispatcher: {
        ...answering([], () => undefined),
        close: () => {
          throw new Error('stuck');
        },
      },
    });
    const failure: unknown = await codeMode.close().catch((thrown: unknown) => thrown);
    expect((failure as AggregateError).errors).to.have.length(1);
    expect(closed).to.include.members(['runtime', 'policy', 'close first', 'close second']);
  });

  it('tells the sinks of the end of what it cut off, before it closes them', async () => {
    const seen: string[] = [];
    const sink = {
      record: ({ name }: TelemetryEvent) => void seen.push(name),
      close: () => void seen.push('closed'),
    };
    const codeMode = await createCodeMode({ runtime: createPlanRuntime(), sinks: [sink] });
    const running = codeMode.run({ script: '{"wait": 60000}' });
    await until(() => seen.includes('script.started'));
    await codeMode.close();
    expect((await running).ok).to.equal(false);
    expect(seen).to.deep.equal(['script.started', 'script.finished', 'closed']);
  });

  it('refuses parts that are none, and limits out of range, with every fault', async () => {
    const faults: [given: unknown, message: RegExp][] = [
      [undefined, /runtime needs run and signature/],
      [
        { runtime: {}, dispatcher: {}, sinks: [{}] },
        /runtime needs .*; dispatcher needs listTools and callTool; sinks need record/,
      ],
      [{ runtime: createPlanRuntime(), clock: 7 }, /clock needs now and after/],
      [
        { runtime: createPlanRuntime(), limits: { steps: 0, wallTime: 5 } },
        /steps is 0.*; limits: no limit "wallTime", did you mean "wallTimeMs"/,
      ],
      [{ runtime: createPlanRuntime(), limits: 7 }, /limits: got an integer, want an object/],
    ];
    for (const [given, message] of faults) {
      const thrown: unknown = await createCodeMode(given as CodeModeParts).catch((error: unknown) => error);
      expect(thrown).to.be.instanceOf(ToolscriptError).with.property('code', 'config/invalid');
      expect((thrown as ToolscriptError).message).to.match(message);
    }
  });

  it('closes what it was given when it cannot be composed', async () => {
    const closed: string[] = [];
    const { runtime, dispatcher } = parts(closed);
    const broken = createCodeMode({ runtime, dispatcher, limits: { steps: 0 } });
    expect(await broken.catch((error: unknown) => (error as ToolscriptError).code)).to.equal(
      'config/invalid',
    );
    expect(closed).to.deep.equal(['runtime', 'dispatcher']);
  });

  it('ends questions that are never answered when it closes', async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const deaf = await createCodeMode({
      runtime: createPlanRuntime(),
      dispatcher: { listTools: never, callTool: never },
    });
    const undecided = await createCodeMode({ runtime: createPlanRuntime(), limits: { limitsFor: never } });
    const questions = [deaf.listTools(), deaf.scriptTool(), deaf.callTool('a', {}), undecided.scriptTool()];
    const codes = questions.map((question) =>
      question.then(String, (thrown: unknown) => (thrown as ToolscriptError).code),
    );
    await Promise.all([deaf.close(), undecided.close()]);
    expect(await Promise.all(codes)).to.deep.equal(Array(4).fill('cancelled'));
  });

  it('keeps compositions apart', async () => {
    const [first, second] = await Promise.all([createCodeMode(parts([])), createCodeMode(parts([]))]);
    await first.close();
    expect((await second.run({ script: '{"call": "a"}' })).ok).to.equal(true);
    await second.close();
  });

  it('registers nothing globally', async () => {
    await (await createCodeMode(parts([]))).close();
    const container = createContainer();
    const registered = Object.values(TOKENS).filter((token) => container.isRegistered(token, true));
    expect(registered).to.deep.equal([]);
  });

  it('names the token of every injected parameter', async () => {
    const folder = new URL('../../core/', import.meta.url);
    const bare: string[] = [];
    for (const file of await readdir(folder)) {
      if (!file.endsWith('.ts')) continue;
      const source = await readFile(new URL(file, folder), 'utf8');
      const [, list = ''] = /@injectable\(\)[^]*?constructor\(([^]*?)\) \{/.exec(source) ?? [];
      bare.push(
        ...list
          .split(/,\s+(?=@|\w+:)/)
          .filter((parameter) => parameter.trim() !== '' && !parameter.trim().startsWith('@inject(TOKENS.')),
      );
    }
    expect(bare).to.deep.equal([]);
  });

  it('tells of changes, and the sinks of each backend that is up or in trouble at the start, or changed', async () => {
    let tell: () => void = () => undefined;
    let states: BackendState[] = [
      { name: 'x', up: false, tools: 0, problems: [] },
      { name: 'y', up: true, tools: 2, problems: [] },
    ];
    const events: TelemetryEvent[] = [];
    const codeMode = await createCodeMode({
      runtime: createPlanRuntime(),
      dispatcher: {
        ...answering([], () => undefined),
        backends: () => states,
        onChange: (listener) => {
          tell = listener;
          return () => (tell = () => undefined);
        },
      },
      sinks: [{ record: (event) => void events.push(event) }],
    });
    let changes = 0;
    codeMode.onChange(() => {
      throw new Error('x');
    });
    const stop = codeMode.onChange(() => (changes += 1));
    tell();
    states = [{ name: 'x', up: true, tools: 3, problems: [] }, states[1]!];
    tell();
    stop();
    tell();
    expect(changes).to.equal(2);
    expect(codeMode.backends()).to.equal(states);
    expect(events).to.deep.equal([
      { name: 'backend.changed', backend: 'x', up: false, tools: 0, problems: [] },
      { name: 'backend.changed', backend: 'y', up: true, tools: 2, problems: [] },
      { name: 'backend.changed', backend: 'x', up: true, tools: 3, problems: [] },
    ]);
    await codeMode.close();
    states = [];
    tell();
    expect(events).to.have.length(3);
  });
});
