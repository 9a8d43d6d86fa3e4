import { expect } from 'chai';
import {
  ANONYMOUS,
  ToolscriptError,
  type ContextRequest,
  type ContextSource,
  type JsonObject,
  type ToolCall,
  type ToolDispatcher,
} from '../../../../core/index.js';
import { createJoinedDispatcher } from '../../../../plugins/dispatchers/joined/index.js';
import { answering, definition, textResult } from '../../../support/test-tools.js';
import { call, failureOf, namesOf, textOf } from '../mcp/calling.js';

/** Answers every call with its own name and the tool's. */
const part = (name: string, ...tools: string[]) => ({
  name,
  dispatcher: answering(
    tools.map((tool) => definition(tool)),
    ({ tool }: ToolCall) => textResult(`${name}/${tool}`),
  ),
});

/** What each listed name leads to. */
async function leads(joined: ToolDispatcher): Promise<string[]> {
  const names = await namesOf(joined);
  return Promise.all(names.map(async (name) => `${name} = ${textOf(await call(joined, name))}`));
}

describe('several dispatchers as one', () => {
  it('list their tools in order, under names of their own, and lead each to its dispatcher', async () => {
    const joined = createJoinedDispatcher([part('a', 'x', 'y'), part('b', 'z')]);
    expect(await leads(joined)).to.deep.equal(['x = a/x', 'y = a/y', 'z = b/z']);
  });

  it('keep the names of the earlier one: what comes later takes nobody’s place', async () => {
    const joined = createJoinedDispatcher([
      part('a', 'x', 'b_y'),
      part('b', 'b_x', 'x', 'y'),
      part('my plugin', 'x', 'execute_tool_script', 'x'.repeat(140)),
      part('d', 'x'.repeat(140)),
    ]);
    expect(await leads(joined)).to.deep.equal([
      'x = a/x',
      'b_y = a/b_y',
      'b_x = b/b_x',
      'b_x_2 = b/x',
      'y = b/y',
      'my_plugin_x = my plugin/x',
      'my_plugin_execute_tool_script = my plugin/execute_tool_script',
      `${'x'.repeat(140)} = my plugin/${'x'.repeat(140)}`,
      `d_${'x'.repeat(118)}_2 = d/${'x'.repeat(140)}`,
    ]);
    expect(await failureOf(call(joined, 'nope'))).to.include({ code: 'tool/unknown' });
  });

  it('answer the very same list until one of them answers another', async () => {
    const b = part('b', 'y');
    let tools = b.dispatcher.listTools(ANONYMOUS);
    const joined = createJoinedDispatcher([
      part('a', 'x'),
      { name: 'b', dispatcher: { ...b.dispatcher, listTools: () => tools } },
    ]);
    const before = await joined.listTools(ANONYMOUS);
    expect(await joined.listTools(ANONYMOUS)).to.equal(before);
    tools = [definition('z')];
    expect(await namesOf(joined)).to.deep.equal(['x', 'z']);
  });

  it('list to each caller what each of them lists to that caller, and call no more than that', async () => {
    const own = part('own', 'x');
    const guarded = {
      name: 'guarded',
      dispatcher: {
        ...own.dispatcher,
        listTools: ({ id }: { id: string }) => (id === 'ann' ? [definition('x')] : NOTHING),
      },
    };
    const joined = createJoinedDispatcher([guarded, part('other', 'y')]);
    const names = async (id: string): Promise<string[]> =>
      (await joined.listTools({ id })).map(({ name }) => name);
    expect(await names('ann')).to.deep.equal(['x', 'y']);
    expect(await names('bob')).to.deep.equal(['y']);
    expect(await failureOf(call(joined, 'x', {}, { caller: { id: 'bob' } }))).to.include({
      code: 'tool/unknown',
    });
    expect(textOf(await call(joined, 'x', {}, { caller: { id: 'ann' } }))).to.equal('own/x');
  });

  it('tell of changes and states of all, and are closed all, also when one fails', async () => {
    const closed: string[] = [];
    const watched = (name: string, close: () => void) => {
      const listeners = new Set<() => void>();
      const state = { name, up: true, tools: 0, problems: [] };
      const dispatcher: ToolDispatcher = {
        ...part(name).dispatcher,
        backends: () => [state],
        onChange: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        close,
      };
      return { name, dispatcher, listeners };
    };
    const a = watched('a', () => {
      throw new Error('broken');
    });
    const b = watched('b', () => void closed.push('b'));
    const joined = createJoinedDispatcher([a, b]);
    let told = 0;
    const stop = joined.onChange?.(() => (told += 1));
    for (const listener of [...a.listeners, ...b.listeners]) listener();
    expect(told).to.equal(2);
    stop?.();
    expect(a.listeners.size + b.listeners.size).to.equal(0);
    expect(joined.backends?.().map(({ name }) => name)).to.deep.equal(['a', 'b']);
    const failure = await Promise.resolve(joined.close?.()).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(AggregateError);
    expect(closed).to.deep.equal(['b']);
  });
});

const NOTHING: never[] = [];

describe('resources and prompts of several dispatchers', () => {
  /** Knows some prompts, and answers with its name. */
  const source = (name: string, ...prompts: string[]): ContextSource & { followed: string[] } => {
    const list = prompts.map((prompt) => ({ name: prompt, of: name }));
    const followed: string[] = [];
    return {
      followed,
      list: (kind) => (kind === 'prompts' ? list : NOTHING),
      request: ({ params }: ContextRequest): Promise<JsonObject> => {
        const wanted = params['name'] as string;
        if (prompts.includes(wanted)) return Promise.resolve({ from: name });
        const code = wanted === 'down' ? 'backend/unavailable' : 'context/unknown';
        return Promise.reject(new ToolscriptError({ code, message: `${name}: no` }));
      },
      subscribe: (uri) => {
        followed.push(uri);
        return () => followed.pop();
      },
    };
  };
  const over = (...sources: ContextSource[]): ContextSource => {
    const parts = sources.map((context, index) => {
      const { name, dispatcher } = part(String(index));
      return { name, dispatcher: { ...dispatcher, context } };
    });
    return createJoinedDispatcher([part('plain'), ...parts]).context!;
  };
  const ask = (context: ContextSource, name: string): Promise<JsonObject> =>
    context.request({
      method: 'prompts/get',
      params: { name },
      caller: ANONYMOUS,
      signal: new AbortController().signal,
    });

  it('are listed once each, and asked of the first that knows them', async () => {
    const context = over(source('a', 'x', 'y'), source('b', 'x', 'z'));
    const list = await context.list('prompts', ANONYMOUS);
    expect(list.map(({ name, of }) => `${name as string} of ${of as string}`)).to.deep.equal([
      'x of a',
      'y of a',
      'z of b',
    ]);
    expect(await context.list('prompts', ANONYMOUS)).to.equal(list);
    expect(await ask(context, 'x')).to.deep.equal({ from: 'a' });
    expect(await ask(context, 'z')).to.deep.equal({ from: 'b' });
    expect(await failureOf(ask(context, 'none'))).to.include({ code: 'context/unknown', message: 'b: no' });
    expect(await failureOf(ask(context, 'down'))).to.include({
      code: 'backend/unavailable',
      message: 'a: no',
    });
  });

  it('are followed wherever they may be', () => {
    const [a, b] = [source('a'), source('b')];
    const stop = over(a, b).subscribe?.('test://x', () => undefined);
    expect([a.followed, b.followed]).to.deep.equal([['test://x'], ['test://x']]);
    stop?.();
    expect([a.followed, b.followed]).to.deep.equal([[], []]);
  });

  it('are not there where none of them has any', () => {
    expect(createJoinedDispatcher([part('a'), part('b')]).context).to.equal(undefined);
  });
});
