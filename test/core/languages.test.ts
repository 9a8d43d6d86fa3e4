import { expect } from 'chai';
import { createCodeMode, ToolscriptError } from '../../core/index.js';
import type { CodeMode, CodeModeParts, JsonObject, LimitPolicy, TelemetryEvent } from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, jsonResult } from '../support/test-tools.js';

const plan = (value: unknown): string => JSON.stringify(value);

const first = createPlanRuntime();
const second = createPlanRuntime({
  name: 'second-engine',
  language: 'second',
  guide: 'Another language, told at length.',
  briefGuide: 'Another language.',
  reservedNames: new Set(['for', 'read']),
  examples: [{ script: 'an example' }],
  run: ({ source, catalog }) => {
    const value = `${source} by ${catalog.bound.map(({ scriptName }) => scriptName).join()}`;
    return Promise.resolve({ ok: true, value, text: JSON.stringify(value) });
  },
});

describe('several languages', () => {
  let codeMode: CodeMode;
  let events: TelemetryEvent[];

  beforeEach(() => (events = []));
  afterEach(() => codeMode.close());

  async function compose(policy: LimitPolicy = {}, parts: Partial<CodeModeParts> = {}) {
    codeMode = await createCodeMode({
      runtime: [first, second],
      dispatcher: answering([definition('read')], () => jsonResult(1)),
      limits: [policy],
      sinks: [{ record: (event) => void events.push(event) }],
      ...parts,
    });
  }

  async function parameters(id = 'me'): Promise<JsonObject> {
    const tool = await codeMode.scriptTool({ id });
    return (tool!.inputSchema as { properties: JsonObject }).properties;
  }

  it('run in the first unless another is asked for, each with its own names for the tools', async () => {
    await compose();
    expect(await codeMode.run({ script: plan({ call: 'read' }) })).to.include({ ok: true, value: 1 });
    const asked = { script: 'x', language: 'second' };
    expect(await codeMode.run(asked)).to.include({ ok: true, value: 'x by read_' });
    expect(await codeMode.callScriptTool(asked)).to.deep.include({
      structuredContent: { result: 'x by read_' },
    });
    const runtimes = events.flatMap((event) => (event.name === 'script.finished' ? [event.runtime] : []));
    expect(runtimes).to.deep.equal(['plan', 'second-engine', 'second-engine']);
  });

  it('are told with the tool: a parameter, a guide each, examples that say which', async () => {
    await compose();
    expect(await parameters())
      .to.have.property('language')
      .that.deep.includes({
        enum: ['plan', 'second'],
        default: 'plan',
      });
    const { description, inputSchema } = (await codeMode.scriptTool())!;
    expect(description).to.include('The parameter language chooses: plan, second; plan when absent.');
    expect(description).to.include('With language "second": Another language.');
    expect(inputSchema)
      .to.have.property('examples')
      .that.deep.equals([{ script: 'an example', language: 'second' }]);
  });

  it('leave one language alone without the parameter, which may be sent all the same', async () => {
    await compose({}, { runtime: first });
    expect(await parameters()).not.to.have.property('language');
    expect(await codeMode.run({ script: plan({ value: 2 }), language: 'plan' })).to.include({ value: 2 });
  });

  const wrong: [name: string, language: unknown, message: string][] = [
    ['nearly one', 'secnod', 'run: no language named "secnod", did you mean "second"?'],
    ['no text', 7, 'run: language is an integer, want a string'],
    ['a name of every object', 'constructor', 'run: no language named "constructor"'],
  ];
  for (const [name, language, message] of wrong) {
    it(`refuse one that is ${name}`, async () => {
      await compose();
      const outcome = await codeMode.run({ script: '', language: language as string });
      expect(outcome).to.have.property('error').that.deep.equals({
        code: 'tool/arguments',
        message,
        hint: 'the languages: plan, second',
      });
    });
  }

  it('are chosen by the policy for each caller, who learns of no other', async () => {
    await compose({
      languagesFor: ({ id }, names) =>
        id === 'me' ? names.toReversed() : names.filter((name) => name === 'plan'),
    });
    expect(await codeMode.run({ script: 'x', caller: { id: 'me' } })).to.include({ value: 'x by read_' });
    expect(await parameters('you'))
      .to.have.property('language')
      .that.deep.includes({ enum: ['plan'] });
    const outcome = await codeMode.run({ script: 'x', language: 'second', caller: { id: 'you' } });
    expect(outcome).to.have.nested.property('error.hint', 'the languages: plan');
  });

  it('are none, and the tool is not there, where the policy leaves none or fails', async () => {
    await compose({
      languagesFor: () => {
        throw new Error('broken');
      },
    });
    expect(await codeMode.scriptTool()).to.equal(undefined);
    expect(await codeMode.run({ script: '' })).to.have.nested.property('error.code', 'limit/refused');
  });

  it('are each there once', async () => {
    await compose();
    const refused: unknown = await createCodeMode({ runtime: [first, createPlanRuntime()] }).catch(
      (error: unknown) => error,
    );
    expect(refused).to.be.instanceOf(ToolscriptError);
    expect(refused).to.have.property('message', 'compose: runtime has plan twice, want each language once');
  });
});
