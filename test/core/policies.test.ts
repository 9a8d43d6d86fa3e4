import { expect } from 'chai';
import sinon from 'sinon';
import { createCodeMode, ToolscriptError } from '../../core/index.js';
import type {
  CallRequest,
  CodeMode,
  CodeModeParts,
  LimitPolicy,
  Outcome,
  PolicyPart,
  TelemetryEvent,
  ToolDefinition,
} from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import {
  answering,
  definition,
  HoldingDispatcher,
  settle,
  textResult,
  until,
} from '../support/test-tools.js';

const plan = (value: unknown): string => JSON.stringify(value);
const TOOLS = ['read', 'write', 'erase'].map((name) => definition(name));
const me = { id: 'me' };
const you = { id: 'you' };

/** Hides these names from everyone but me; answers the same list for the same one. */
function hiding(...names: string[]): LimitPolicy {
  const kept = new WeakMap<readonly ToolDefinition[], readonly ToolDefinition[]>();
  return {
    visibleTools(caller, tools) {
      if (caller.id === 'me') return tools;
      const left = kept.get(tools) ?? tools.filter(({ name }) => !names.includes(name));
      kept.set(tools, left);
      return left;
    },
  };
}

describe('policies', () => {
  let codeMode: CodeMode;
  let events: TelemetryEvent[];

  async function compose(
    limits: PolicyPart | readonly PolicyPart[],
    parts: Partial<CodeModeParts> = {},
  ): Promise<void> {
    events = [];
    const sinks = [{ record: (event: TelemetryEvent) => void events.push(event) }];
    const dispatcher = answering(TOOLS, () => textResult('done'));
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, limits, sinks, ...parts });
  }
  afterEach(() => codeMode.close());

  async function rejection(asked: Promise<unknown>): Promise<ToolscriptError> {
    const thrown = await asked.then(
      (value) => new Error(`answered ${JSON.stringify(value)}`),
      (error: unknown) => error,
    );
    expect(thrown).to.be.instanceOf(ToolscriptError);
    return thrown as ToolscriptError;
  }

  const codeOf = (outcome: Outcome): string => (outcome.ok ? 'ok' : outcome.error.code);

  describe('several', () => {
    it('hold the least of what each names, and leave the rest to the defaults', async () => {
      await compose([
        { toolCalls: 7, outputBytes: 100 },
        { limitsFor: () => ({ toolCalls: 5, wallTimeMs: 90_000 }) },
        { authorize: () => ({ allow: true }) },
      ]);
      const text = (await codeMode.scriptTool())?.description;
      expect(text).to.include('Limits: 5 tool calls, 10 at the same time, 90 s in all');
      expect(text).to.include('a result of 100 bytes');
    });

    it('all must allow; the first denial is the one that counts', async () => {
      const asked: string[] = [];
      const naming = (name: string, allow: boolean): LimitPolicy => ({
        authorize: () => (asked.push(name), allow ? { allow } : { allow, reason: name }),
      });
      await compose([naming('one', true), naming('two', false), naming('three', false)]);
      expect(await rejection(codeMode.callTool('read', {}))).to.include({ code: 'tool/denied' });
      expect(asked).to.deep.equal(['one', 'two']);
      expect(events[0]).to.include({ reason: 'two' });
    });

    it('are closed together, the last first', async () => {
      const closed: number[] = [];
      await compose([1, 2].map((n) => ({ limitsFor: () => ({}), close: () => void closed.push(n) })));
      await codeMode.close();
      expect(closed).to.deep.equal([2, 1]);
    });

    it('refuse when one of them answers limits that are none', async () => {
      await compose([{ steps: 10 }, { limitsFor: () => ({ steps: 'many' }) as never }]);
      expect(codeOf(await codeMode.run({ script: '' }))).to.equal('limit/refused');
    });

    it('are refused at the start with limits that are none', async () => {
      const limits = [{ steps: 10 }, { step: 10 } as never];
      const runtime = createPlanRuntime();
      expect(await rejection(createCodeMode({ runtime, limits }))).to.include({ code: 'config/invalid' });
      await compose([]);
    });
  });

  describe('on scripts', () => {
    it('are asked before one runs, as for a call of execute_tool_script', async () => {
      const asked: CallRequest[] = [];
      await compose({ authorize: (request) => (asked.push(request), { allow: true }) });
      await codeMode.run({ script: plan({ call: 'read' }), data: { n: 1 }, caller: me });
      expect(asked).to.have.length(2);
      const { tool, ...rest } = asked[0]!;
      expect(rest).to.deep.equal({
        caller: me,
        args: { script: plan({ call: 'read' }), data: { n: 1 } },
        mode: 'direct',
      });
      expect(tool).to.equal(await codeMode.scriptTool(me));
      expect(asked[1]).to.include({ mode: 'script', tool: TOOLS[0] });
    });

    it('refuse one by its arguments before anything of it runs', async () => {
      let ran = false;
      const runtime = createPlanRuntime({ run: () => ((ran = true), Promise.reject(new Error('ran'))) });
      await compose({ authorize: () => ({ allow: false, reason: 'no scripts today' }) }, { runtime });
      const outcome = await codeMode.run({ script: plan({ value: 1 }) });
      if (outcome.ok) throw new Error('ran');
      expect(outcome.error).to.deep.equal({
        code: 'tool/denied',
        message: 'call execute_tool_script: refused by the policy',
        tool: 'execute_tool_script',
      });
      expect(ran).to.equal(false);
      expect(events.at(-1)).to.include({ name: 'script.refused', reason: 'no scripts today' });
    });

    it('hide the tool from those who may not use it: to them it is no tool', async () => {
      await compose(hiding('execute_tool_script'));
      expect(await codeMode.scriptTool(you)).to.equal(undefined);
      expect(await codeMode.scriptTool(me)).to.include({ name: 'execute_tool_script' });
      const args = { script: plan({ value: 1 }) };
      const hidden = await rejection(codeMode.callScriptTool(args, { caller: you }));
      const absent = await rejection(codeMode.callTool('execute_tool_xyz', args, { caller: you }));
      expect(hidden.message.replace('execute_tool_script', 'execute_tool_xyz')).to.equal(absent.message);
      expect(Object.keys(hidden)).to.deep.equal(Object.keys(absent));
      expect(hidden.code).to.equal(absent.code);
      expect(codeOf(await codeMode.run({ ...args, caller: you }))).to.equal('tool/unknown');
      expect((await codeMode.callScriptTool(args, { caller: me })).isError).to.equal(undefined);
    });
  });

  describe('on what is visible', () => {
    it('leave out tools everywhere: the list, the description, scripts, direct calls, near names', async () => {
      await compose(hiding('erase'));
      expect((await codeMode.listTools(you)).map(({ name }) => name)).to.deep.equal(['read', 'write']);
      expect((await codeMode.scriptTool(you))?.description).not.to.include('erase');
      expect(codeOf(await codeMode.run({ script: plan({ call: 'erase' }), caller: you }))).to.equal(
        'tool/unknown',
      );
      const absent = await rejection(codeMode.callTool('erasf', {}, { caller: you }));
      expect(absent.message).to.equal('call a tool: no tool named "erasf"');
      expect(await rejection(codeMode.callTool('erase', {}, { caller: you }))).to.include({
        code: 'tool/unknown',
        message: 'call a tool: no tool named "erase"',
      });
      expect((await codeMode.callTool('erase', {}, { caller: me })).content).to.have.length(1);
    });

    it('keep lists by identity', async () => {
      await compose([hiding('erase'), hiding('write')]);
      const list = await codeMode.listTools(you);
      expect(await codeMode.listTools(you)).to.equal(list);
      expect(await codeMode.listTools(me)).to.equal(TOOLS);
      expect(await codeMode.scriptTool(you)).to.equal(await codeMode.scriptTool(you));
    });

    const failures: [name: string, visibleTools: NonNullable<LimitPolicy['visibleTools']>][] = [
      [
        'throw',
        () => {
          throw new Error('down');
        },
      ],
      ['reject', () => Promise.reject(new Error('down'))],
      ['answer nothing', () => undefined as never],
      ['answer a number', () => 7 as never],
      ['answer what they were not asked about', (_caller, tools) => [...tools, definition('extra')]],
      ['answer copies', (_caller, tools) => tools.map((tool) => ({ ...tool }))],
    ];
    for (const [name, visibleTools] of failures) {
      it(`show nothing when they ${name}`, async () => {
        await compose({ visibleTools });
        expect(await codeMode.listTools()).to.deep.equal([]);
        expect(await codeMode.scriptTool()).to.equal(undefined);
        expect(codeOf(await codeMode.run({ script: '' }))).to.equal('tool/unknown');
      });
    }

    it('are waited for as long as the request lasts, and no longer', async () => {
      const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
      try {
        await compose([{ wallTimeMs: 500 }, { visibleTools: () => new Promise(() => undefined) }]);
        const running = codeMode.run({ script: '' });
        await settle();
        await clock.tickAsync(500);
        expect(codeOf(await running)).to.equal('limit/wall-time');
      } finally {
        clock.restore();
      }
    });
  });

  describe('that refuse for now', () => {
    const forNow: LimitPolicy = {
      authorize: ({ tool }) =>
        tool.name === 'execute_tool_script'
          ? { allow: true }
          : { allow: false, reason: 'bucket 7 is empty', code: 'limit/refused', retryAfterMs: 1200.2 },
    };

    it('say when to come again, and not why', async () => {
      await compose(forNow);
      const error = await rejection(codeMode.callTool('read', {}));
      expect(error).to.include({
        code: 'limit/refused',
        message: 'call read: refused by the policy for now',
        hint: 'try again after 1201 ms',
        retryAfterMs: 1201,
      });
      const outcome = await codeMode.run({ script: plan({ call: 'read' }) });
      expect(outcome.ok ? {} : outcome.error).to.include({ code: 'limit/refused', retryAfterMs: 1201 });
      expect(JSON.stringify(outcome)).not.to.include('bucket');
    });

    it('are not believed what is no time', async () => {
      const times = [-1, Number.NaN, '5', Number.POSITIVE_INFINITY];
      const authorize = () => ({ allow: false, code: 'x', retryAfterMs: times.shift() }) as never;
      await compose({ authorize });
      for (const expected of [undefined, undefined, undefined, 86_400_000]) {
        const error = await rejection(codeMode.callTool('read', {}));
        expect([error.code, error.retryAfterMs]).to.deep.equal(['tool/denied', expected]);
      }
    });
  });

  describe('that give turns', () => {
    /** Gives turns when the test says, and counts what comes back. */
    class Turnstile implements LimitPolicy {
      readonly asked: string[] = [];
      readonly waiting: (() => void)[] = [];
      released = 0;

      admit({ use, tool, caller }: Parameters<NonNullable<LimitPolicy['admit']>>[0]): Promise<() => void> {
        this.asked.push(`${caller.id} ${use} ${tool}`);
        return new Promise((resolve) => {
          this.waiting.push(() => resolve(() => void (this.released += 1)));
        });
      }
    }

    it('are asked once for a script and once for a direct call, not for calls in scripts', async () => {
      const turnstile = new Turnstile();
      await compose(turnstile);
      const running = codeMode.run({ script: plan({ call: 'read' }), caller: me });
      const calling = codeMode.callTool('write', {}, { caller: you });
      await until(() => turnstile.waiting.length === 2);
      expect(events.filter(({ name }) => name === 'tool.called')).to.have.length(0);
      for (const give of turnstile.waiting) give();
      expect((await running).ok).to.equal(true);
      await calling;
      expect(turnstile.asked.sort()).to.deep.equal(['me script execute_tool_script', 'you direct write']);
      expect(turnstile.released).to.equal(2);
    });

    it('are waited for within the wall time; a turn that comes too late goes straight back', async () => {
      const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
      try {
        const first = new Turnstile();
        const second = new Turnstile();
        await compose([{ wallTimeMs: 500 }, first, second]);
        const running = codeMode.run({ script: plan({ call: 'read' }) });
        await until(() => first.waiting.length === 1);
        first.waiting[0]!();
        await until(() => second.waiting.length === 1);
        await clock.tickAsync(500);
        expect(codeOf(await running)).to.equal('limit/wall-time');
        expect([first.released, second.released]).to.deep.equal([1, 0]);
        second.waiting[0]!();
        await settle();
        expect([first.released, second.released]).to.deep.equal([1, 1]);
      } finally {
        clock.restore();
      }
    });

    it('are left by who goes away', async () => {
      const turnstile = new Turnstile();
      await compose(turnstile);
      const leaving = new AbortController();
      const calling = rejection(codeMode.callTool('read', {}, { signal: leaving.signal }));
      await until(() => turnstile.waiting.length === 1);
      leaving.abort();
      expect(await calling).to.include({ code: 'cancelled' });
      turnstile.waiting[0]!();
      await settle();
      expect(turnstile.released).to.equal(1);
    });

    it('get the turn back once, also from a call that fails and when giving it back fails', async () => {
      let released = 0;
      const dispatcher = new HoldingDispatcher();
      const admit = () => () => {
        released += 1;
        throw new Error('cannot take it back');
      };
      await compose([{ admit }, { admit: () => async () => Promise.reject(new Error('nor can I')) }], {
        dispatcher,
      });
      const calling = rejection(codeMode.callTool('a', {}));
      await until(() => dispatcher.calls.length === 1);
      expect(released).to.equal(0);
      dispatcher.calls[0]!.fail(new Error('broken'));
      expect(await calling).to.include({ code: 'tool/failed' });
      expect(released).to.equal(1);
    });

    const failures: [name: string, admit: NonNullable<LimitPolicy['admit']>, message: string][] = [
      [
        'throw',
        () => {
          throw new Error('down');
        },
        'wait for a turn: the policy failed, which refuses',
      ],
      ['answer no release', () => 7 as never, 'wait for a turn: the policy failed, which refuses'],
      [
        'refuse',
        () =>
          Promise.reject(
            new ToolscriptError({ code: 'limit/refused', message: 'too many wait', retryAfterMs: 5 }),
          ),
        'too many wait',
      ],
    ];
    for (const [name, admit, message] of failures) {
      it(`refuse with limit/refused when they ${name}`, async () => {
        await compose({ admit });
        expect(await rejection(codeMode.callTool('read', {}))).to.include({ code: 'limit/refused', message });
        const outcome = await codeMode.run({ script: '' });
        expect(outcome.ok ? {} : outcome.error).to.include({ code: 'limit/refused', message });
      });
    }
  });
});
