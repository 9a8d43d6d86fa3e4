/** What the optimizer lists, to whom, and what passes through it. */
import { expect } from 'chai';
import {
  ToolscriptError,
  type Caller,
  type LimitPolicy,
  type RequestContext,
  type TelemetryEvent,
  type ToolDefinition,
  type ToolResult,
} from '../../../core/index.js';
import { createOptimizer, type OptimizerOptions } from '../../../adapters/optimizer-compat/index.js';
import { answering, definition, textResult } from '../../support/test-tools.js';
import { foundIn, optimized, textOf } from './optimized.js';

const TOOLS = ['mail_read', 'mail_send', 'weather'].map((name) => definition(name));
const namesOf = (tools: readonly ToolDefinition[]): string[] => tools.map(({ name }) => name);
const ANN: Caller = { id: 'ann' };
const BEN: Caller = { id: 'ben' };

const BENS = ['mail_read', 'execute_tool_script'];

/** Ben may read mails, also by script, and nothing else. */
function bensRights(): LimitPolicy {
  const parts = new WeakMap<readonly ToolDefinition[], readonly ToolDefinition[]>();
  return {
    visibleTools: (caller, tools) => {
      if (caller.id !== 'ben') return tools;
      const part = parts.get(tools) ?? tools.filter(({ name }) => BENS.includes(name));
      parts.set(tools, part);
      return part;
    },
    authorize: ({ caller, tool }) =>
      caller.id !== 'ben' || BENS.includes(tool.name) ? { allow: true } : { allow: false, hidden: true },
  };
}

describe('an optimizer', () => {
  it('refuses options that are none', async () => {
    const { optimizer } = await optimized({});
    for (const options of [
      { maxTools: 0 },
      { maxTools: 51 },
      { maxTools: 1.5 },
      { maxTokens: -1 },
      { pinned: '*' },
      { pinned: [1] },
    ]) {
      expect(() => createOptimizer(optimizer, options as OptimizerOptions))
        .to.throw(ToolscriptError, /^optimize: (maxTools|maxTokens|pinned) must be /)
        .with.property('code', 'config/invalid');
    }
    await optimizer.close();
  });
});

describe('what the optimizer lists', () => {
  it('is two tools, those that are pinned, and a brief execute_tool_script', async () => {
    const dispatcher = answering(TOOLS, () => textResult('done'));
    const { optimizer } = await optimized({ dispatcher }, { pinned: ['mail_*'], scripts: true });
    expect(namesOf(await optimizer.listTools())).to.deep.equal([
      'find_tool',
      'call_tool',
      'mail_read',
      'mail_send',
    ]);
    const tool = await optimizer.scriptTool();
    expect(tool?.description).to.have.length.below(2_048).and.contain('tools.search');
    await optimizer.close();
  });

  it('is the same array while nothing that is listed changed', async () => {
    let tools: readonly ToolDefinition[] = TOOLS;
    const dispatcher = { ...answering([], () => textResult('done')), listTools: () => tools };
    const { optimizer } = await optimized({ dispatcher }, { pinned: ['weather'] });
    const before = await optimizer.listTools();
    tools = [...TOOLS, definition('more')];
    expect(await optimizer.listTools()).to.equal(before);
    tools = tools.filter(({ name }) => name !== 'weather');
    expect(namesOf(await optimizer.listTools())).to.deep.equal(['find_tool', 'call_tool']);
    await optimizer.close();
  });

  it('says honestly what the tools do', async () => {
    const { optimizer } = await optimized({});
    const [find, call] = await optimizer.listTools();
    expect(find?.annotations).to.include({ readOnlyHint: true, idempotentHint: true });
    expect(call?.annotations).to.include({ readOnlyHint: false, destructiveHint: true });
    await optimizer.close();
  });
});

describe('two callers of one optimizer', () => {
  it('list, find and call their own tools alone', async () => {
    const dispatcher = answering(TOOLS, ({ tool }) => textResult(tool));
    const options = { pinned: ['mail_*'], scripts: true };
    const { optimizer, call, find } = await optimized({ dispatcher, limits: [bensRights()] }, options);
    const [anns, bens] = await Promise.all([optimizer.listTools(ANN), optimizer.listTools(BEN)]);
    expect(namesOf(anns)).to.deep.equal(['find_tool', 'call_tool', 'mail_read', 'mail_send']);
    expect(namesOf(bens)).to.deep.equal(['find_tool', 'call_tool', 'mail_read']);
    expect(await find('mail', ANN)).to.deep.equal(['mail_read', 'mail_send']);
    expect(await find('mail', BEN)).to.deep.equal(['mail_read']);
    const send = (caller: Caller) =>
      call('call_tool', { tool_name: 'mail_send', parameters: {} }, { caller });
    expect(textOf(await send(ANN))).to.equal('mail_send');
    const refused = await send(BEN);
    expect(textOf(refused)).to.equal(
      'tool not found: mail_send; near it are mail_read; find_tool finds tools by what they do',
    );
    const absent = await call('call_tool', { tool_name: 'mail_sent', parameters: {} }, { caller: BEN });
    expect(textOf(absent)).to.equal(textOf(refused).replace('send', 'sent'));
    const script = 'return [tool for tool in tools.search("mail")]';
    const found = await call(
      'call_tool',
      { tool_name: 'execute_tool_script', parameters: { script } },
      { caller: BEN },
    );
    expect(textOf(found)).to.contain('mail_read').and.not.contain('mail_send');
    await optimizer.close();
  });

  it('measure what is their own', async () => {
    const dispatcher = answering(TOOLS, () => textResult('done'));
    const { optimizer, call } = await optimized({ dispatcher, limits: [bensRights()] });
    const metrics = async (caller: Caller): Promise<unknown> =>
      (await call('find_tool', { tool_description: 'zzz' }, { caller })).structuredContent;
    expect(await metrics(ANN))
      .to.have.nested.property('token_metrics.baseline_tokens')
      .above(30);
    expect(await metrics(BEN))
      .to.have.nested.property('token_metrics.baseline_tokens')
      .below(15);
    await optimizer.close();
  });
});

describe('what passes through call_tool', () => {
  it('is the call as a direct one has it', async () => {
    const result: ToolResult = {
      content: [{ type: 'image', data: 'AA==', mimeType: 'image/png' }],
      structuredContent: { a: 1 },
      _meta: { theirs: 1 },
    };
    const dispatcher = answering(TOOLS, () => result);
    const { optimizer, call, events } = await optimized({ dispatcher });
    const context: RequestContext = {
      caller: ANN,
      meta: { trace: 'x' },
      onProgress: () => undefined,
      client: { capabilities: {} },
      input: { state: 's' },
    };
    expect(await call('call_tool', { tool_name: 'weather', parameters: { city: 'x' } }, context)).to.equal(
      result,
    );
    const [made] = dispatcher.calls;
    expect(made).to.include({ tool: 'weather', caller: ANN, onProgress: context.onProgress });
    expect(made).to.deep.include({ args: { city: 'x' }, meta: context.meta, input: context.input });
    expect(events.find(({ name }) => name === 'tool.called')).to.include({
      tool: 'weather',
      mode: 'direct',
      code: 'ok',
    });
    await optimizer.close();
  });

  it('ends with the caller', async () => {
    const dispatcher = answering(TOOLS, () => new Promise(() => undefined));
    const { optimizer, call } = await optimized({ dispatcher });
    const leaving = new AbortController();
    const calling = call('call_tool', { tool_name: 'weather', parameters: {} }, { signal: leaving.signal });
    leaving.abort();
    const error: unknown = await calling.catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ToolscriptError).with.property('code', 'cancelled');
    await optimizer.close();
  });

  it('is what the server answers as an error of the protocol', async () => {
    const rpc = { code: -32_042, message: 'open this first' };
    const dispatcher = answering(TOOLS, () => {
      throw new ToolscriptError({ code: 'tool/unknown', message: 'x', tool: 'weather' }, { rpc });
    });
    const { optimizer, call } = await optimized({ dispatcher });
    const error: unknown = await call('call_tool', { tool_name: 'weather', parameters: {} }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(ToolscriptError);
    await optimizer.close();
  });

  it('reaches a tool that is not listed by its own name too', async () => {
    const dispatcher = answering(TOOLS, ({ tool }) => textResult(tool));
    const { optimizer } = await optimized({ dispatcher });
    expect(textOf(await optimizer.callTool('weather', {}))).to.equal('weather');
    await optimizer.close();
  });
});

describe('what is spared', () => {
  const session = { id: 'ann', session: 's1' };
  const measured = (events: readonly TelemetryEvent[]) =>
    events.filter((event) => event.name === 'savings.measured');
  const many = Array.from({ length: 100 }, (_, index) =>
    definition(`tool_${String(index)}`, { description: 'Does it.' }),
  );

  it('is added up over a session, and told at each change', async () => {
    const dispatcher = answering(many, () => textResult('done'));
    const { optimizer, call, events } = await optimized({ dispatcher }, { scripts: true });
    await optimizer.listTools(session);
    await optimizer.listTools(session);
    expect(measured(events)).to.have.length(1);
    const { sessionId, ...first } = measured(events)[0]!;
    expect(first).to.include({ finds: 0, foundTokens: 0 });
    expect(sessionId).to.be.a('string').and.not.to.equal(session.session);
    const find = () => call('find_tool', { tool_description: 'tool' }, { caller: session });
    await find();
    const result = await find();
    const last = measured(events).at(-1)!;
    expect(measured(events)).to.have.length(3);
    expect(last).to.include({ sessionId, finds: 2 });
    expect(last.baselineTokens).to.be.above(last.listedTokens);
    const { token_metrics: metrics } = result.structuredContent as {
      token_metrics: { session: Record<string, number> };
    };
    const { session: sum, ...others } = metrics;
    expect(sum).to.include({
      finds: 2,
      baseline_tokens: last.baselineTokens,
      seen_tokens: last.listedTokens + last.foundTokens,
    });
    expect(sum['savings_percent']).to.be.within(1, 99);
    expect(Object.keys(others)).to.deep.equal(['baseline_tokens', 'returned_tokens', 'savings_percent']);
    expect(foundIn(result)).to.have.length(8);
    await optimizer.close();
  });

  it('is told of one search alone where there are no sessions', async () => {
    const dispatcher = answering(many, () => textResult('done'));
    const { optimizer, call, events } = await optimized({ dispatcher });
    const find = () => call('find_tool', { tool_description: 'tool' }, { caller: ANN });
    await find();
    await find();
    expect(measured(events).map(({ finds, sessionId }) => [finds, sessionId])).to.deep.equal([
      [1, undefined],
      [1, undefined],
    ]);
    await optimizer.close();
  });

  it('is kept apart for callers and sessions, of which only the last thousand are remembered', async () => {
    const dispatcher = answering(many, () => textResult('done'));
    const { optimizer, events } = await optimized({ dispatcher });
    await optimizer.listTools(session);
    await optimizer.listTools({ ...session, id: 'ben' });
    for (let index = 0; index < 1_000; index += 1)
      await optimizer.listTools({ id: 'x', session: String(index) });
    await optimizer.listTools(session);
    const ids = measured(events).map(({ sessionId }) => sessionId);
    expect(ids).to.have.length(1_003);
    expect(new Set(ids)).to.have.property('size', 1_003);
    await optimizer.close();
  });
});
