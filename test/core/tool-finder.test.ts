import { expect } from 'chai';
import { createCodeMode, ToolscriptError } from '../../core/index.js';
import type {
  CodeMode,
  CodeModeParts,
  LimitPolicy,
  TelemetryEvent,
  ToolDefinition,
  ToolDispatcher,
  ToolIndex,
} from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, textResult } from '../support/test-tools.js';

const TOOLS = ['mail-send', 'mail-read', 'weather'].map((name) => definition(name));

const listing = (tools: readonly ToolDefinition[]): ToolDispatcher =>
  answering(tools, () => textResult('done'));

/** An index that answers tools in this order, whatever is asked. */
const ranking = (...names: string[]): ToolIndex => ({
  name: names.join('+'),
  search: (tools) => names.map((name) => tools.find((tool) => tool.name === name)!),
});

const failing: ToolIndex = { name: 'broken', search: () => Promise.reject(new Error('no service')) };

describe('finding tools', () => {
  let codeMode: CodeMode;
  let events: TelemetryEvent[];

  beforeEach(() => (events = []));
  afterEach(() => codeMode.close());

  async function compose(parts: Partial<CodeModeParts> = {}): Promise<void> {
    const sinks = [{ record: (event: TelemetryEvent) => void events.push(event) }];
    codeMode = await createCodeMode({
      runtime: createPlanRuntime(),
      dispatcher: listing(TOOLS),
      sinks,
      ...parts,
    });
  }

  const found = async (text: string, limit = 10): Promise<string[]> =>
    (await codeMode.findTools({ text, limit })).tools.map(({ tool }) => tool.name);

  it('goes by the words of name and description where no index is given', async () => {
    await compose();
    expect(await found('send mail')).to.deep.equal(['mail-send', 'mail-read']);
    expect(await found('unlike all')).to.deep.equal([]);
  });

  it('lets an index know which server a tool comes from', async () => {
    const origin = { backend: 'post', tool: 'send' };
    let learnt: unknown;
    await compose({
      dispatcher: { ...listing(TOOLS), origin: () => origin },
      indexes: [{ ...ranking('weather'), learn: (originOf) => (learnt = originOf('mail-send')) }],
    });
    expect(learnt).to.equal(origin);
  });

  it('shows how a script calls what was found', async () => {
    await compose();
    const { tools } = await codeMode.findTools({ text: 'send', limit: 1 });
    expect(tools[0]).to.include({ scriptName: 'mail_send', signature: 'mail_send()' });
  });

  it('makes one ranking of several', async () => {
    await compose({ indexes: [ranking('mail-read', 'mail-send'), ranking('weather', 'mail-send')] });
    expect(await found('x')).to.deep.equal(['mail-send', 'mail-read', 'weather']);
    expect(await found('x', 1)).to.deep.equal(['mail-send']);
  });

  it('goes on without an index that fails, and tells of it', async () => {
    await compose({ indexes: [failing, ranking('weather')] });
    expect(await found('x')).to.deep.equal(['weather']);
    expect(events).to.deep.include({ name: 'index.failed', index: 'broken', message: 'no service' });
  });

  it('fails when every index does', async () => {
    await compose({ indexes: [failing] });
    const error: unknown = await codeMode
      .findTools({ text: 'x', limit: 1 })
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ToolscriptError).with.property('code', 'backend/unavailable');
  });

  it('never answers what the caller may not see, nor a tool twice', async () => {
    const hidden = definition('hidden');
    const index: ToolIndex = { search: (tools) => [hidden, tools[0]!, tools[0]!] };
    await compose({ indexes: [index] });
    expect(await found('x')).to.have.length(1);
  });

  it('asks an index about the tools of the caller alone', async () => {
    const seen: string[][] = [];
    const index: ToolIndex = {
      search: (tools) => {
        seen.push(tools.map(({ name }) => name));
        return tools;
      },
    };
    const limits = { visibleTools: () => TOOLS.slice(0, 1) };
    await compose({ indexes: [index], dispatcher: listing(TOOLS), limits });
    expect(await found('x')).to.deep.equal(['mail-send']);
    expect(seen).to.deep.equal([['mail-send']]);
  });

  it('hands an index no more than the start of a long query', async () => {
    let met = { text: 0, keywords: 0 };
    const index: ToolIndex = {
      search: (_tools, { text, keywords = [] }) => {
        met = { text: text.length, keywords: keywords.join('').length };
        return [];
      },
    };
    await compose({ indexes: [index] });
    const keywords = Array.from({ length: 1000 }, () => 'w'.repeat(1000));
    await codeMode.findTools({ text: 'x'.repeat(1 << 20), keywords, limit: 1 });
    expect(met).to.deep.equal({ text: 1000, keywords: 5000 });
  });

  it('tells how much of the definitions was spared', async () => {
    await compose();
    const { baselineTokens, returnedTokens } = await codeMode.findTools({ text: 'weather', limit: 1 });
    const bytes = TOOLS.map((tool) => Math.floor(JSON.stringify(tool).length / 4));
    expect(baselineTokens).to.equal(bytes.reduce((sum, tokens) => sum + tokens, 0));
    expect(returnedTokens).to.equal(bytes[2]);
    expect(events.find(({ name }) => name === 'tools.found')).to.deep.include({
      mode: 'direct',
      tools: 3,
      found: 1,
      baselineTokens,
      returnedTokens,
    });
  });

  it('lets a client search when it is its turn', async () => {
    const uses: unknown[] = [];
    const admit: LimitPolicy['admit'] = ({ use, tool }) => {
      uses.push([use, tool]);
      return () => uses.push('given back');
    };
    await compose({ limits: { admit } });
    await found('mail');
    expect(uses).to.deep.equal([['direct', 'find_tool'], 'given back']);
  });

  it('refuses what is no query', async () => {
    await compose();
    const error: unknown = await codeMode
      .findTools({ text: 'x', limit: 0 })
      .catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'config/invalid');
  });

  it('closes its indexes', async () => {
    let isClosed = false;
    await compose({ indexes: [{ search: () => [], close: () => void (isClosed = true) }] });
    await codeMode.close();
    expect(isClosed).to.equal(true);
  });
});
