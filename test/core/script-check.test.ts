import { expect } from 'chai';
import sinon from 'sinon';
import { createOptimizer } from '../../adapters/optimizer-compat/index.js';
import { CodeModeSwitch } from '../../adapters/gateway/index.js';
import { createCodeMode, ToolscriptError } from '../../core/index.js';
import type {
  CheckRequest,
  CodeMode,
  CodeModeParts,
  Failure,
  LimitPolicy,
  ScriptRuntime,
} from '../../core/index.js';
import { createStarlarkRuntime } from '../../runtimes/starlark/plug/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, textResult, until } from '../support/test-tools.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('a check', () => {
  const call = sinon.spy(() => textResult('x'));
  const record = sinon.spy();
  let codeMode: CodeMode;

  async function compose(policy: LimitPolicy = {}, parts: Partial<CodeModeParts> = {}): Promise<CodeMode> {
    codeMode = await createCodeMode({
      runtime: createStarlarkRuntime(),
      dispatcher: answering([definition('read'), definition('erase')], call),
      limits: [policy],
      sinks: [{ record }],
      ...parts,
    });
    return codeMode;
  }

  afterEach(async () => {
    call.resetHistory();
    record.resetHistory();
    await codeMode.close();
  });

  /** What both a check and a run say. */
  async function refusal(request: CheckRequest): Promise<Failure | undefined> {
    const checked = await codeMode.check(request);
    const outcome = await codeMode.run(request);
    expect(checked).to.deep.equal(outcome.ok ? undefined : outcome.error);
    return checked;
  }

  it('lets pass what has no fault: it calls nothing, tells nobody and waits for no turn', async () => {
    const admit = sinon.stub().rejects(new Error('no turn'));
    await compose({ admit });
    const script = 'read(text=name)\nreturn erase()';
    expect(await codeMode.check({ script, data: { name: 'x' } })).to.equal(undefined);
    expect([call.callCount, record.callCount, admit.callCount]).to.deep.equal([0, 0, 0]);
  });

  it('tells all faults at once, each at its place', async () => {
    await compose();
    const { code, position, also } = (await refusal({ script: 'reed()\nx = read()\nreturn tools.gone()' }))!;
    expect({ code, position }).to.deep.equal({ code: 'script/name', position: { line: 1, column: 1 } });
    expect(also?.map((fault) => fault.position?.line)).to.deep.equal([3]);
    expect(call.callCount).to.equal(0);
  });

  it('refuses what a run refuses, in the same words', async () => {
    await compose({ limitsFor: () => ({ scriptBytes: 1_000, dataBytes: 100 }) });
    const requests: [code: string, request: CheckRequest][] = [
      ['script/syntax', { script: 'x = (' }],
      ['script/syntax', { script: 7 as never }],
      ['limit/script-size', { script: '#'.repeat(1_001) }],
      ['limit/script-size', { script: '', data: { x: 'x'.repeat(101) } }],
      ['script/name', { script: '', data: { read: 1 } }],
      ['tool/arguments', { script: '', language: 'basic' }],
      ['tool/arguments', { script: 'call_tool("read", 1, 2, 3)' }],
      ['tool/unknown', { script: 'call_tool("rid")' }],
    ];
    for (const [code, request] of requests) expect((await refusal(request))?.code).to.equal(code);
  });

  it('is of the tools that its caller sees', async () => {
    await compose({ visibleTools: ({ id }, tools) => (id === 'me' ? tools : tools.slice(1)) });
    const script = 'return read()';
    expect(await refusal({ script, caller: { id: 'me' } })).to.equal(undefined);
    const visible = await codeMode.check({ script, caller: { id: 'you' } });
    expect(visible?.code).to.be.oneOf(['script/name', 'tool/unknown']);
  });

  it('is not for whom the policy lets run nothing', async () => {
    await compose({
      authorize: ({ tool }) => ({ allow: tool.name !== 'execute_tool_script', reason: 'no' }),
    });
    expect((await refusal({ script: 'x = (' }))?.code).to.equal('tool/denied');
    await codeMode.close();
    await compose({ visibleTools: (_caller, tools) => tools.filter(({ name }) => name === 'read') });
    expect((await refusal({ script: 'x = (' }))?.code).to.equal('tool/unknown');
  });

  it('says nothing where the runtime tells nothing without running', async () => {
    await compose({}, { runtime: createPlanRuntime() });
    expect(await codeMode.check({ script: 'no plan at all' })).to.equal(undefined);
  });

  it('ends with its caller, its time and its composition', async () => {
    const check = sinon.spy(never);
    const deaf: ScriptRuntime = { ...createPlanRuntime(), check };
    await compose({ limitsFor: () => ({ wallTimeMs: 20 }) }, { runtime: deaf });
    expect((await codeMode.check({ script: '' }))?.code).to.equal('limit/wall-time');
    expect((await codeMode.check({ script: '', signal: AbortSignal.abort() }))?.code).to.equal('cancelled');
    await codeMode.close();
    await compose({}, { runtime: deaf });
    const checked = codeMode.check({ script: '' });
    await until(() => check.callCount > 1);
    await codeMode.close();
    expect((await checked)?.code).to.equal('cancelled');
    const refused: unknown = await codeMode.check({ script: '' }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(ToolscriptError).with.property('code', 'config/invalid');
  });

  it('lets no runtime call anything, and nothing of its faults out', async () => {
    const check: ScriptRuntime['check'] = async ({ catalog }, host) => {
      await host.callTool(catalog.bound[0]!, {}).catch(() => undefined);
      await host.findTools('x', 1).catch(() => undefined);
      throw new TypeError('secret');
    };
    await compose({}, { runtime: { ...createPlanRuntime(), check } });
    const failure = await codeMode.check({ script: '' });
    expect(failure?.code).to.equal('internal');
    expect(failure?.message).not.to.include('secret');
    expect([call.callCount, record.callCount]).to.deep.equal([0, 0]);
  });

  it('goes through whatever stands before a composition', async () => {
    const before = new CodeModeSwitch(createOptimizer(await compose()));
    expect((await before.check({ script: 'reed()' }))?.code).to.equal('script/name');
  });
});
