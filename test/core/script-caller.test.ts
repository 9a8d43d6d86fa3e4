import { expect } from 'chai';
import sinon from 'sinon';
import { createCodeMode, ToolscriptError } from '../../core/index.js';
import type {
  CodeMode,
  CodeModeParts,
  JsonObject,
  LimitPolicy,
  Outcome,
  Progress,
  RunRequest,
  ScriptResult,
  TelemetryEvent,
} from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, settle, textResult, until } from '../support/test-tools.js';

const plan = (value: unknown): string => JSON.stringify(value);

function failure(outcome: Outcome): Extract<Outcome, { ok: false }>['error'] {
  if (outcome.ok) throw new Error(`no failure: ${outcome.text}`);
  return outcome.error;
}

async function rejection(promise: Promise<unknown>): Promise<ToolscriptError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).to.be.instanceOf(ToolscriptError);
  return thrown as ToolscriptError;
}

describe('a run', () => {
  let codeMode: CodeMode;
  let events: TelemetryEvent[] = [];
  const dispatcher = answering([definition('a'), definition('a-b')], () => textResult('x'));

  async function compose(parts: Partial<CodeModeParts> = {}): Promise<CodeMode> {
    events = [];
    const sinks = [{ record: (event: TelemetryEvent) => void events.push(event) }];
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, sinks, ...parts });
    return codeMode;
  }
  afterEach(() => codeMode.close());

  it('answers value, text, logs, calls and usage', async () => {
    await compose();
    const script = plan({ all: [{ print: 'one' }, { data: 'x' }, { print: '€' }] });
    const outcome = await codeMode.run({ script, data: { x: { b: 1, a: [2n ** 60n] } } });
    expect(outcome).to.deep.include({ ok: true, logs: ['one', '€'], calls: [], tally: [] });
    expect(outcome).to.have.property('text', '[null,{"b":1,"a":[1152921504606846976]},null]');
    expect(outcome.usage).to.include({ outputBytes: 45, logBytes: 8, toolCalls: 0, steps: 0 });
  });

  it('takes an empty script', async () => {
    await compose();
    expect(await codeMode.run({ script: '' })).to.include({ ok: true, value: null, text: 'null' });
  });

  it('tells the sinks of start and end with the hash of the script, never its text', async () => {
    await compose();
    const script = plan({
      all: [{ call: 'a', args: { password: 'hunter2' } }, { value: 'hunter2' }, { print: 'hunter2' }],
    });
    await codeMode.run({ script, data: { secret: 'hunter2' }, caller: { id: 'me' } });
    expect(events.map(({ name }) => name)).to.deep.equal([
      'script.started',
      'tool.started',
      'tool.called',
      'script.finished',
    ]);
    const [started, sent, called, finished] = events as [
      TelemetryEvent,
      TelemetryEvent,
      TelemetryEvent,
      TelemetryEvent,
    ];
    const { runId } = started as { runId: string };
    expect(runId).to.match(/^[0-9a-f-]{36}$/);
    expect(started).to.deep.include({
      runId,
      caller: { id: 'me' },
      runtime: 'plan',
      scriptBytes: script.length,
      tools: 2,
    });
    expect(started)
      .to.have.property('scriptHash')
      .that.matches(/^[0-9a-f]{64}$/);
    expect(sent).to.include({ runId, callId: `${runId}/1`, tool: 'a', mode: 'script' });
    expect(called).to.include({ runId, callId: `${runId}/1`, tool: 'a', code: 'ok', status: 'succeeded' });
    expect(finished).to.include({ runId, code: 'ok' });
    expect(JSON.stringify(events)).not.to.include('hunter2');
  });

  const badScripts: [name: string, script: unknown, code: string, message: RegExp][] = [
    ['missing', undefined, 'script/syntax', /^read the script: got nothing, want the script's text$/],
    ['a number', 7, 'script/syntax', /got an integer/],
    ['an object', {}, 'script/syntax', /got an object/],
    ['too large', 'x'.repeat(300_000), 'limit/script-size', /more than 262144 bytes/],
  ];
  for (const [name, script, code, message] of badScripts) {
    it(`answers ${code} when the script is ${name}, and tells that it refused`, async () => {
      await compose();
      const error = failure(await codeMode.run({ script } as RunRequest));
      expect(error.code).to.equal(code);
      expect(error.message).to.match(message);
      const names = events.map((event) => event.name).filter((event) => event !== 'limit.met');
      expect(names).to.deep.equal(['script.refused']);
      expect(events.at(-1)).to.include({ code, scriptHash: '' });
    });
  }

  const badData: [name: string, data: unknown, message: string][] = [
    ['a list', [1], 'read data: got an array, want an object'],
    ['text', '{"a": 1}', 'read data: got a string, want an object'],
    ['no JSON', { a: [Number.NaN] }, 'read data: NaN at .a[0], want JSON'],
    [
      'a key that is no identifier',
      { 'a-c': 1 },
      'read data: the key "a-c" cannot be the name of a variable: want letters, digits and _, no digit first',
    ],
    [
      'an empty key',
      { '': 1 },
      'read data: the key "" cannot be the name of a variable: want letters, digits and _, no digit first',
    ],
    ['a name of the language', { print: 1 }, 'read data: the key "print" is a name of the language'],
    ["a tool's name", { a_b: 1 }, 'read data: the key "a_b" is the name of the tool "a-b"'],
  ];
  for (const [name, data, message] of badData) {
    it(`answers script/name when data is or has ${name}`, async () => {
      await compose();
      const error = failure(await codeMode.run({ script: '', data: data as JsonObject }));
      expect(error).to.include({ code: 'script/name', message });
    });
  }

  it('names every bad key at once, and refuses data that is too large', async () => {
    await compose({ limits: { dataBytes: 50 } });
    const error = failure(await codeMode.run({ script: '', data: { print: 1, '1': 2, a: 3, ok: 4 } }));
    expect(error.also).to.have.length(2);
    expect(failure(await codeMode.run({ script: '', data: { x: 'y'.repeat(50) } })).code).to.equal(
      'limit/script-size',
    );
    const proto = JSON.parse('{"__proto__": 1, "constructor": 2}') as JsonObject;
    expect((await codeMode.run({ script: plan({ data: 'constructor' }), data: proto })).ok).to.equal(true);
  });

  it('refuses a result and logs over their limits', async () => {
    await compose({ limits: { outputBytes: 5, logBytes: 5 } });
    expect(failure(await codeMode.run({ script: plan({ value: 'abcd' }) })).code).to.equal('limit/output');
    expect((await codeMode.run({ script: plan({ value: 'abc' }) })).ok).to.equal(true);
    const outcome = await codeMode.run({ script: plan({ all: [{ print: 'ab' }, { print: 'cde' }] }) });
    expect(failure(outcome).code).to.equal('limit/logs');
    expect(outcome.logs).to.deep.equal(['ab']);
  });

  it("takes the request's limits before the policy's", async () => {
    const uses: unknown[] = [];
    await compose({
      limits: { limitsFor: (caller, use) => (uses.push([caller.id, use]), { toolCalls: 0, outputBytes: 5 }) },
    });
    const script = plan({ all: [{ call: 'a' }] });
    expect(failure(await codeMode.run({ script })).code).to.equal('limit/tool-calls');
    expect((await codeMode.run({ script, limits: { toolCalls: 1 } })).ok).to.equal(true);
    expect(uses).to.deep.equal([
      ['anonymous', 'script'],
      ['anonymous', 'script'],
    ]);
  });

  it('rejects host misuse with config/invalid and every fault', async () => {
    await compose();
    const faults: [request: unknown, message: RegExp][] = [
      [undefined, /want an object/],
      [
        { script: '', limits: { steps: 0, memroyBytes: 1, parallel: 1.5 } },
        /steps is 0, want a whole number from 1 to .*; limits: no limit "memroyBytes", did you mean "memoryBytes"\?; limits: parallel is 1.5/,
      ],
      [{ script: '', caller: { id: 7 } }, /caller needs an id/],
      [{ script: '', signal: {} }, /signal is an object, want an AbortSignal/],
      [{ script: '', onProgress: 1 }, /onProgress/],
    ];
    for (const [request, message] of faults) {
      const error = await rejection(codeMode.run(request as RunRequest));
      expect(error.code).to.equal('config/invalid');
      expect(error.message).to.match(message);
    }
    expect(events).to.deep.equal([]);
  });

  const policies: [name: string, limitsFor: NonNullable<LimitPolicy['limitsFor']>, message: string][] = [
    [
      'refuses',
      () => {
        throw new ToolscriptError({ code: 'limit/refused', message: 'too many scripts this hour' });
      },
      'too many scripts this hour',
    ],
    [
      'throws',
      () => {
        throw new Error('database down at /secret');
      },
      'ask for limits: the policy failed, which refuses',
    ],
    ['rejects', () => Promise.reject(new Error('x')), 'ask for limits: the policy failed, which refuses'],
    ['answers nothing', () => undefined as never, 'ask for limits: the policy failed, which refuses'],
    [
      'answers limits out of range',
      () => ({ steps: -1 }),
      'ask for limits: the policy failed, which refuses',
    ],
  ];
  for (const [name, limitsFor, message] of policies) {
    it(`answers limit/refused when the policy ${name}`, async () => {
      await compose({ limits: { limitsFor } });
      expect(failure(await codeMode.run({ script: '' }))).to.include({ code: 'limit/refused', message });
    });
  }

  const listings: [name: string, listTools: () => never, code: string][] = [
    [
      'throws',
      () => {
        throw new Error('x');
      },
      'backend/unavailable',
    ],
    ['answers no list', () => 7 as never, 'backend/unavailable'],
    [
      'rejects with a code',
      () => Promise.reject(new ToolscriptError({ code: 'backend/unavailable', message: 'down' })) as never,
      'backend/unavailable',
    ],
  ];
  for (const [name, listTools, code] of listings) {
    it(`answers ${code} when listing the tools ${name}`, async () => {
      await compose({ dispatcher: { ...dispatcher, listTools } });
      expect(failure(await codeMode.run({ script: '' })).code).to.equal(code);
    });
  }

  it('leaves out what cannot be a tool, and one named like its own', async () => {
    const tools = [
      definition('execute_tool_script'),
      null,
      { name: 7 },
      {},
      definition('x'.repeat(513)),
      definition('a'),
    ] as never;
    await compose({ dispatcher: answering(tools, () => textResult('x')) });
    expect((await codeMode.listTools()).map(({ name }) => name)).to.deep.equal(['a']);
    expect(await codeMode.listTools()).to.equal(await codeMode.listTools());
    expect((await codeMode.run({ script: plan({ call: 'a' }) })).ok).to.equal(true);
  });

  const brokenRuntimes: [name: string, run: () => unknown][] = [
    ['rejects', () => Promise.reject(new TypeError('broken at /secret/path.ts:1'))],
    [
      'throws',
      () => {
        throw new TypeError('broken at /secret/path.ts:1');
      },
    ],
    ['answers nothing', () => Promise.resolve(undefined)],
    ['answers no text', () => Promise.resolve({ ok: true, value: 1 })],
    ['answers no error', () => Promise.resolve({ ok: false })],
    ['throws nothing', () => Promise.reject(undefined)],
  ];
  for (const [name, run] of brokenRuntimes) {
    it(`answers internal, and no text of ours, when the runtime ${name}`, async () => {
      await compose({ runtime: createPlanRuntime({ run: run as () => Promise<ScriptResult> }) });
      const outcome = await codeMode.run({ script: '' });
      expect(failure(outcome).code).to.equal('internal');
      expect(JSON.stringify(outcome)).not.to.match(/secret|path/);
      expect(events.at(-1)).to.include({ name: 'script.finished', code: 'internal' });
    });
  }

  it('cuts error text, hints, traces and lists, and lets nothing else of an error out', async () => {
    const long = 'x'.repeat(100_000);
    const frame = { function: long, line: 1, column: 2, path: '/secret' };
    const also = Array.from({ length: 100 }, () => ({
      code: 'script/name',
      message: long,
      stack: '/secret',
    }));
    const error = {
      code: 'script/runtime',
      message: long,
      hint: long,
      tool: long,
      stack: '/secret',
      position: { line: 1, column: 1, file: '/secret' },
      backtrace: Array.from({ length: 1_000 }, () => frame),
      also,
    };
    await compose({
      runtime: createPlanRuntime({ run: () => Promise.resolve({ ok: false, error } as never) }),
    });
    const text = JSON.stringify(await codeMode.run({ script: '' }));
    expect(text).to.have.length.below(100_000);
    expect(text).not.to.include('secret');
  });

  it('passes progress on, forward only, until the outcome', async () => {
    await compose();
    const steps: Progress[] = [];
    const script = plan({
      all: [{ progress: [1, 3, 'one'] }, { progress: [1] }, { progress: [0] }, { progress: [2, 3] }],
    });
    await codeMode.run({ script, onProgress: (step) => void steps.push(step) });
    expect(steps).to.deep.equal([
      { progress: 1, total: 3, message: 'one' },
      { progress: 2, total: 3 },
    ]);
    const throwing = await codeMode.run({
      script,
      onProgress: () => {
        throw new Error('x');
      },
    });
    const rejecting = await codeMode.run({
      script,
      onProgress: () => Promise.reject(new Error('x')) as never,
    });
    expect([throwing.ok, rejecting.ok]).to.deep.equal([true, true]);
  });

  it('lets only so many steps of progress through at once', async () => {
    await compose();
    const steps: Progress[] = [];
    const script = plan({ all: Array.from({ length: 5_000 }, (_, n) => ({ progress: [n] })) });
    await codeMode.run({ script, onProgress: (step) => void steps.push(step) });
    expect(steps.length).to.be.within(100, 200);
  });
});

describe('a run and time', () => {
  let clock: sinon.SinonFakeTimers;
  let codeMode: CodeMode;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    clock.restore();
  });

  const dispatcher = answering([definition('a')], () => textResult('x'));

  it('ends at the wall time while it waits, and counts the waiting', async () => {
    codeMode = await createCodeMode({
      runtime: createPlanRuntime(),
      dispatcher,
      limits: { wallTimeMs: 500 },
    });
    const fine = codeMode.run({ script: plan({ wait: 400 }) });
    await settle();
    await clock.tickAsync(400);
    expect((await fine).usage).to.include({ wallTimeMs: 400, waitMs: 400 });
    const late = codeMode.run({ script: plan({ wait: 600 }) });
    await settle();
    await clock.tickAsync(500);
    expect(failure(await late).code).to.equal('limit/wall-time');
    expect(clock.countTimers()).to.equal(1);
    await codeMode.close();
  });

  it('answers a while after the wall time even when the runtime does not', async () => {
    codeMode = await createCodeMode({
      runtime: createPlanRuntime(),
      dispatcher,
      limits: { wallTimeMs: 500 },
    });
    const running = codeMode.run({ script: plan({ hang: true }) });
    await settle();
    await clock.tickAsync(749);
    let isOver = false;
    void running.then(() => (isOver = true));
    await settle();
    expect(isOver).to.equal(false);
    await clock.tickAsync(1);
    expect(failure(await running)).to.include({
      code: 'limit/wall-time',
      message: 'run the script: more than 500 ms',
    });
    await codeMode.close();
  });

  it('leaves no timer behind', async () => {
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher });
    await codeMode.run({ script: plan({ call: 'a' }) });
    expect(clock.countTimers()).to.equal(0);
    await codeMode.close();
  });

  const hangs: [name: string, parts: Partial<CodeModeParts>][] = [
    [
      'the list of tools',
      {
        dispatcher: { ...dispatcher, listTools: () => new Promise<never>(() => undefined) },
        limits: { wallTimeMs: 500 },
      },
    ],
    ['the policy', { limits: { limitsFor: () => new Promise<never>(() => undefined) } }],
  ];
  for (const [name, parts] of hangs) {
    it(`ends when ${name} never comes`, async () => {
      codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, ...parts });
      const running = codeMode.run({ script: '' });
      await settle();
      await clock.tickAsync(60_000);
      expect(failure(await running).code).to.equal('limit/wall-time');
      await codeMode.close();
    });
  }

  it('keeps the words of a runtime that knows where it was stopped', async () => {
    const runtime = createPlanRuntime({
      run: (_script, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            resolve({
              ok: false,
              error: { code: 'limit/wall-time', message: 'in the loop', position: { line: 3, column: 1 } },
            });
          });
        }),
    });
    codeMode = await createCodeMode({ runtime, limits: { wallTimeMs: 5 } });
    const running = codeMode.run({ script: '' });
    await settle();
    await clock.tickAsync(5);
    expect(failure(await running)).to.deep.include({
      message: 'in the loop',
      position: { line: 3, column: 1 },
    });
    await codeMode.close();
  });

  it('closing ends what runs, then refuses', async () => {
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher });
    const running = codeMode.run({ script: plan({ wait: 1_000 }) });
    let isWaiting = false;
    void settle().then(() => (isWaiting = true));
    await until(() => isWaiting);
    const closing = codeMode.close();
    expect(failure(await running)).to.include({
      code: 'cancelled',
      message: 'run: the composition is closing',
    });
    await closing;
    expect((await rejection(codeMode.run({ script: '' }))).message).to.equal(
      'run: this composition is closed',
    );
    expect((await rejection(codeMode.listTools())).code).to.equal('config/invalid');
    expect((await rejection(codeMode.callTool('a', {}))).code).to.equal('config/invalid');
    expect(await codeMode.callScriptTool({ script: '' })).to.include({ isError: true });
  });
});
