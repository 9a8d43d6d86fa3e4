import { expect } from 'chai';
import { ToolscriptError } from '../../../core/index.js';
import type { Failure, ScriptHost, ScriptResult, ScriptRuntime } from '../../../core/index.js';
import { RUNTIME_CHECK_NAMES, runtimeChecks } from '../../../core/testing/index.js';
import type { RuntimeScripts } from '../../../core/testing/index.js';
import { createMontyRuntime } from '../../../runtimes/monty/index.js';
import { createQuickjsRuntime } from '../../../runtimes/quickjs/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { JAVASCRIPT, PYTHON, STARLARK } from './languages.js';

interface Ours {
  readonly make: () => ScriptRuntime | Promise<ScriptRuntime>;
  readonly scripts: RuntimeScripts;
}

const ours: Readonly<Record<string, Ours>> = {
  starlark: { make: () => createStarlarkRuntime(), scripts: STARLARK },
  quickjs: { make: createQuickjsRuntime, scripts: JAVASCRIPT },
  monty: { make: createMontyRuntime, scripts: PYTHON },
};

const starlark = createStarlarkRuntime();
const run: ScriptRuntime['run'] = (script, host) => starlark.run(script, host);
const signature: ScriptRuntime['signature'] = (tool, most) => starlark.signature(tool, most);

/** A runtime whose results or whose host are not as they should be. */
function running(
  result: (result: ScriptResult, host: ScriptHost) => ScriptResult | Promise<ScriptResult>,
  world: (host: ScriptHost) => Partial<ScriptHost> = () => ({}),
): Partial<ScriptRuntime> {
  return {
    async run(script, host) {
      const seen: ScriptHost = {
        meter: host.meter,
        clock: host.clock,
        signal: host.signal,
        callTool: (tool, args) => host.callTool(tool, args),
        findTools: (text, limit) => host.findTools(text, limit),
        print: (line) => {
          host.print(line);
        },
        progress: (...step) => {
          host.progress(...step);
        },
        ...world(host),
      };
      return result(await run(script, seen), host);
    },
  };
}

const same = (result: ScriptResult): ScriptResult => result;
const answer = (value: string): ScriptResult => ({ ok: true, value, text: JSON.stringify(value) });
const broke: ScriptResult = { ok: false, error: { code: 'internal', message: 'broken' } };
const never = (): Promise<never> => new Promise(() => undefined);
const failing = (error: Extract<ScriptResult, { ok: false }>['error']): Partial<ScriptRuntime> =>
  running((result) => (result.ok ? result : { ok: false, error }));
const deaf = (): Partial<ScriptHost> => ({ signal: new AbortController().signal });
let marks = 0;
let turn: Promise<unknown> = Promise.resolve();
let last = 0;

/** Calls of one script one after another. */
const inTurn = (host: ScriptHost): Partial<ScriptHost> => ({
  callTool(tool, args) {
    const mine = turn.then(() => host.callTool(tool, args));
    turn = mine.catch(() => undefined);
    return mine;
  },
});

const broken: readonly (readonly [check: string, change: () => Partial<ScriptRuntime>, message: RegExp])[] = [
  ['says what it is', () => ({ name: '' }), /name: want/],
  ['says what it is', () => ({ language: '' }), /language: want/],
  ['says what it is', () => ({ reservedNames: ['for'] as never }), /want a set/],
  [
    'says what it is',
    () => Object.defineProperty({}, 'reservedNames', { enumerable: true, get: () => new Set(['for']) }),
    /another set/,
  ],
  ['says what it is', () => ({ examples: [{ script: '' }] }), /want scripts/],
  ['has a short guide that never changes', () => ({ guide: '' }), /guide: want a text/],
  ['has a short guide that never changes', () => ({ guide: 'x'.repeat(5_000) }), /5000 bytes, want 4000/],
  [
    'has a short guide that never changes',
    () => ({ briefGuide: 'x'.repeat(1_001) }),
    /1001 bytes, want 1000/,
  ],
  [
    'has a short guide that never changes',
    () => Object.defineProperty({}, 'guide', { enumerable: true, get: () => `guide ${String((last += 1))}` }),
    /another text/,
  ],
  [
    'writes signatures in one line, with the name and what must be given',
    () => ({ signature: () => 7 as never }),
    /signature: want a text/,
  ],
  [
    'writes signatures in one line, with the name and what must be given',
    () => ({ signature: (tool) => `${signature(tool)}\n` }),
    /several lines/,
  ],
  [
    'writes signatures in one line, with the name and what must be given',
    () => ({ signature: () => 'f()' }),
    /does not say its name/,
  ],
  [
    'writes signatures in one line, with the name and what must be given',
    () => ({ signature: ({ scriptName }) => `${scriptName}()` }),
    /does not say (text|value)/,
  ],
  [
    'writes signatures within the length, always the same',
    () => ({ signature: (tool) => signature(tool, 10_000) }),
    /units, want 60 about/,
  ],
  [
    'writes signatures within the length, always the same',
    () => ({ signature: (tool, most) => `${signature(tool, most)} ${String((last += 1))}` }),
    /another text/,
  ],
  [
    'works beside tools named as its own names',
    () => ({
      run: (script, host) =>
        script.catalog.bound.length > 2 ? Promise.reject(new Error('shadowed')) : run(script, host),
    }),
    /rejected \(shadowed\)/,
  ],
  ['closes, also twice, and without a run', () => ({ close: never }), /no end within/],
  [
    'closes, also twice, and without a run',
    () => {
      let closes = 0;
      return {
        close() {
          closes += 1;
          if (closes > 1) throw new Error('closed before');
        },
      };
    },
    /closed before/,
  ],
  [
    'answers values, and texts that say the same',
    () => running((result) => (result.ok ? { ...result, text: '0' } : result)),
    /text: got 0/,
  ],
  [
    'answers values, and texts that say the same',
    () =>
      running((result) => (result.ok ? { ...result, text: result.text.replace(/0{20}/, '0e19') } : result)),
    /text: got/,
  ],
  ['answers values, and texts that say the same', () => running(() => ({}) as never), /no result with ok/],
  [
    'answers values, and texts that say the same',
    () => running((result) => ({ ...result, text: undefined }) as never),
    /a value without its text/,
  ],
  ['answers values, and texts that say the same', () => running(() => answer('x')), /value: got "x"/],
  [
    'gives scripts their data, digit by digit',
    () => ({
      run: (script, host) => run({ ...script, data: rounded(script.data) as typeof script.data }, host),
    }),
    /value: got/,
  ],
  [
    'says where it cannot read a script',
    () => failing({ code: 'script/syntax', message: 'x', position: { line: 9, column: 1 } }),
    /is not in the script/,
  ],
  ['says where it cannot read a script', () => failing({ code: 'script/syntax', message: 'x' }), /got none/],
  [
    'answers a failure for a script that fails',
    () => running((result) => (result.ok ? result : Promise.reject(new Error('1 // 0')))),
    /rejected \(1 \/\/ 0\), want a result/,
  ],
  [
    'answers a failure for a script that fails',
    () => failing({ code: 'zero' as 'internal', message: 'x' }),
    /the code zero, want one of the table/,
  ],
  [
    'answers a failure for a script that fails',
    () => failing({ code: 'script/runtime', message: '' }),
    /a failure without a message/,
  ],
  [
    'answers a failure for what is no script at all',
    () => running((result) => (result.ok ? result : Promise.reject(new Error('?')))),
    /rejected/,
  ],
  [
    'keeps nothing from one run to the next',
    () => running(() => ({ ok: true, value: (marks += 1) > 1, text: String(marks > 1) })),
    /value: got true/,
  ],
  [
    'counts in whole numbers',
    () =>
      running((result, { meter }) => {
        meter.report({ steps: 0.5 });
        return result;
      }),
    /want whole numbers/,
  ],
  ['lets a check pass what runs', () => ({ check: () => refusal('no') }), /refused \(no\)/],
  [
    'asks the host nothing for a check',
    () => ({
      check: (_script, host) => {
        host.print('x');
        return undefined;
      },
    }),
    /asked the host 1 times/,
  ],
  ['refuses in a check what it refuses in a run', () => ({ check: () => undefined }), /let an unreadable/],
  ['refuses in a check what it refuses in a run', () => ({ check: () => refusal('no') }), /got .*"no"/],
  [
    'never refuses in a check alone',
    () => ({ check: () => refusal('no') }),
    /answered a value|want the fail/,
  ],
  ['never refuses in a check alone', () => ({ check: never }), /no end within/],
  [
    'calls tools of the catalog, with the arguments as they are',
    () => running(same, (host) => ({ callTool: (tool) => host.callTool(tool, {}) })),
    /want/,
  ],
  [
    'calls tools of the catalog, with the arguments as they are',
    () =>
      running(same, (host) => ({
        async callTool(tool, args) {
          await host.callTool(tool, args);
          return host.callTool(tool, args);
        },
      })),
    /asked 2 times, want once/,
  ],
  [
    'calls tools of the catalog, with the arguments as they are',
    () => running(same, (host) => ({ callTool: (tool, args) => host.callTool({ ...tool }, args) })),
    /another tool/,
  ],
  [
    'gives scripts what tools answer',
    () =>
      running(same, (host) => ({
        async callTool(tool, args) {
          const reply = await host.callTool(tool, args);
          return 'text' in reply ? { json: reply.text } : reply;
        },
      })),
    /value: got "\{/,
  ],
  [
    'fails as the tool that fails',
    () => failing({ code: 'script/runtime', message: 'x' }),
    /want the failure tool\/failed/,
  ],
  [
    'lets a script go on after a tool that fails',
    () => running(same, () => ({ callTool: () => Promise.reject(outOfCalls()) })),
    /limit\/tool-calls/,
  ],
  [
    'lets no script catch a limit',
    () => running((result) => (result.ok ? result : answer('caught'))),
    /answered a value, want the failure limit\/tool-calls/,
  ],
  [
    'calls at the same time, and keeps the order',
    () => running(same, inTurn),
    /1 calls at the same time, want 3/,
  ],
  [
    'calls at the same time, and keeps the order',
    () => running(() => ({ ok: true, value: ['c', 'b', 'a'], text: '["c","b","a"]' })),
    /value: got/,
  ],
  ['keeps runs at the same time apart', () => running(same, inTurn), /1 scripts at the same time, want 10/],
  ['keeps runs at the same time apart', () => running(() => answer('run 0')), /want "run 1"/],
  [
    'hands on what is printed, within the limit',
    () => running(same, () => ({ print: () => undefined })),
    /print: got \[\]/,
  ],
  ['hands on what is printed, within the limit', () => running(() => broke), /failed, want a result/],
  [
    'hands on what is printed, within the limit',
    () => running((result) => (result.ok ? result : answer(''))),
    /want the failure limit\/logs/,
  ],
  [
    'hands on how far the script is',
    () =>
      running(same, (host) => ({
        progress: (done) => {
          host.progress(done);
        },
      })),
    /want 1 of 2/,
  ],
  [
    'looks for tools through the host',
    () => running(same, () => ({ findTools: () => Promise.resolve([]) })),
    /findTools: got \[\]/,
  ],
  [
    'looks for tools through the host',
    () => running(same, (host) => ({ findTools: (text) => host.findTools(text, 0.5) })),
    /limit 0.5/,
  ],
  ['looks for tools through the host', () => running(() => broke), /failed, want a result/],
  ['ends an endless loop in its time', () => endless(/while/), /no end within/],
  [
    'ends an endless loop in its time',
    () => {
      let isBroken = false;
      return running((result) => {
        const was = isBroken;
        isBroken ||= !result.ok;
        return was ? answer('broken') : result;
      });
    },
    /value: got "broken"/,
  ],
  [
    'ends endless recursion',
    () => failing({ code: 'internal', message: 'stack overflow' }),
    /stack overflow, want/,
  ],
  ['ends a script that keeps more and more', () => endless(/append/), /no end within/],
  ['ends soon after the signal, for its reason', () => running(same, deaf), /no end within/],
  [
    'ends soon after the signal, for its reason',
    () => failing({ code: 'internal', message: 'aborted' }),
    /want the failure cancelled/,
  ],
  ['asks nothing after the signal', () => running(same, deaf), /asked after the signal/],
  [
    'starts nothing when the signal came before',
    () =>
      running((result, host) => {
        host.print('x');
        return result;
      }),
    /asked after the signal/,
  ],
  ['starts nothing when the signal came before', () => running(same, deaf), /want the failure cancelled/],
];

function refusal(message: string): Failure {
  return { code: 'script/syntax', message };
}

function outOfCalls(): ToolscriptError {
  return new ToolscriptError({ code: 'limit/tool-calls', message: 'call a tool: more than 1' });
}

function endless(source: RegExp): Partial<ScriptRuntime> {
  return { run: (script, host) => (source.test(script.source) ? never() : run(script, host)) };
}

function rounded(data: object): unknown {
  return JSON.parse(
    JSON.stringify(data, (_key, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)),
  );
}

describe('contract of ScriptRuntime', () => {
  for (const [runtime, options] of Object.entries(ours)) {
    describe(runtime, () => {
      for (const { name, run } of runtimeChecks({ ...options, patienceMs: 15_000 })) it(name, run);
    });
  }

  for (const [name, change, message] of broken) {
    it(`is seen to be broken: ${name}, ${String(message)}`, async () => {
      marks = 0;
      turn = Promise.resolve();
      const changes = change();
      const make = (): ScriptRuntime =>
        Object.defineProperties({ ...starlark }, Object.getOwnPropertyDescriptors(changes));
      const checks = runtimeChecks({ make, scripts: STARLARK, patienceMs: 1_000 });
      let failure = 'nothing';
      await checks
        .find((check) => check.name === name)!
        .run()
        .catch((thrown: unknown) => (failure = (thrown as Error).message));
      expect(failure).to.match(message);
    });
  }

  it('has each check seen to fail', () => {
    expect(new Set(broken.map(([name]) => name))).to.deep.equal(new Set(RUNTIME_CHECK_NAMES));
  });

  it('wants a script that answers', async () => {
    const [, check] = runtimeChecks({ make: () => starlark, scripts: { answers: [] } }).filter(({ name }) =>
      /^(says what it is|answers values)/.test(name),
    );
    const failure: unknown = await check!.run().catch((thrown: unknown) => thrown);
    expect(failure)
      .to.have.property('message')
      .that.matches(/want one in answers/);
  });

  it('leaves out what a language cannot say', () => {
    const { answers } = STARLARK;
    const few = runtimeChecks({ make: () => starlark, scripts: { answers } }).map(({ name }) => name);
    expect(few).to.include('answers values, and texts that say the same');
    expect(few).not.to.include('looks for tools through the host');
  });
});
