import { expect } from 'chai';
import { createCodeMode } from '../../../../adapters/library/index.js';
import { ANONYMOUS, defineTool, ToolscriptError } from '../../../../core/index.js';
import type { Json, Progress, Tool, ToolCall, ToolContext, ToolResult } from '../../../../core/index.js';
import { createInProcessDispatcher } from '../../../../plugins/dispatchers/in-process/index.js';

const inputSchema = { type: 'object' };

function tool(call: Tool['call'], name = 't'): Tool {
  return defineTool({ name, inputSchema, call });
}

function call(tools: readonly Tool[], fields: Partial<ToolCall> = {}): Promise<ToolResult> {
  const { signal } = new AbortController();
  return createInProcessDispatcher(tools).callTool({
    tool: 't',
    args: {},
    caller: ANONYMOUS,
    signal,
    ...fields,
  });
}

const answer = (value: unknown): Promise<ToolResult> => call([tool(() => value as Json)]);

/** Two references to each level: as text it has 2^levels leaves. */
function shared(levels: number, join = (part: unknown): unknown => [part, part]): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = join(value);
  return value;
}

const sharedObjects = (levels: number): unknown => shared(levels, (part) => ({ a: part, b: part }));
const sharedWriters = (levels: number): unknown => shared(levels, (part) => ({ toJSON: () => [part, part] }));

/** Each step is met from the top before it is met from the next. */
function ladder(steps: number): unknown[] {
  const all: unknown[][] = [[]];
  for (let i = 1; i < steps; i++) all.push([all[i - 1]]);
  return all;
}

describe('in-process dispatcher', () => {
  it('lists the tools as they were given, without their code, always the same array', () => {
    const given = defineTool({
      name: 't',
      title: 'T',
      description: 'd',
      inputSchema,
      annotations: { readOnlyHint: true },
      call: () => 1,
    });
    const dispatcher = createInProcessDispatcher([given]);
    expect(dispatcher.listTools(ANONYMOUS)).to.deep.equal([
      { name: 't', title: 'T', description: 'd', inputSchema, annotations: { readOnlyHint: true } },
    ]);
    expect(dispatcher.listTools(ANONYMOUS)).to.equal(dispatcher.listTools({ id: 'me' }));
  });

  it('hands arguments, caller, signal, meta and progress to the tool', async () => {
    const steps: Progress[] = [];
    let seen: ToolContext | undefined;
    const given = tool((args, context) => {
      seen = context;
      context.progress({ progress: 1 });
      return args;
    });
    const { signal } = new AbortController();
    const result = await call([given], {
      args: { a: 1 },
      caller: { id: 'me' },
      signal,
      meta: { m: 1 },
      onProgress: (step) => steps.push(step),
    });
    expect(result.structuredContent).to.deep.equal({ a: 1 });
    expect(seen).to.deep.include({ caller: { id: 'me' }, meta: { m: 1 } });
    expect(seen?.signal).to.equal(signal);
    expect(steps).to.deep.equal([{ progress: 1 }]);
    expect(
      (await call([tool((_args, context) => (context.progress({ progress: 1 }), context.meta))]))
        .structuredContent,
    ).to.deep.equal({});
  });

  const answers: [name: string, value: unknown, structured: unknown, text: string][] = [
    ['an object', { a: 1 }, { a: 1 }, '{"a":1}'],
    ['an object with result alone', { result: 1 }, { result: { result: 1 } }, '{"result":1}'],
    ['a list', [1, 'x'], { result: [1, 'x'] }, '[1,"x"]'],
    ['a string', 'hello', { result: 'hello' }, 'hello'],
    ['null', null, { result: null }, 'null'],
    ['a large integer', 2n ** 64n, { result: 2n ** 64n }, '"18446744073709551616"'],
    [
      'an object with content that is no list',
      { content: 'file text' },
      { content: 'file text' },
      '{"content":"file text"}',
    ],
    ['undefined fields', { a: undefined, b: [undefined] }, { b: [null] }, '{"b":[null]}'],
    ['a date', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }, '{"at":"1970-01-01T00:00:00.000Z"}'],
  ];
  for (const [name, value, structuredContent, text] of answers) {
    it(`answers ${name} as a result`, async () => {
      expect(await answer(value)).to.deep.equal({ content: [{ type: 'text', text }], structuredContent });
    });
  }

  it('answers nothing as an empty result, and a result as it is', async () => {
    expect(await answer(undefined)).to.deep.equal({ content: [] });
    const result = { content: [{ type: 'text', text: 'no' }], isError: true, _meta: { x: 1 } };
    expect(await answer(result)).to.deep.equal(result);
    expect(await answer(Promise.resolve(result))).to.deep.equal(result);
  });

  it('keeps keys such as __proto__ as data', async () => {
    const { structuredContent } = await answer(JSON.parse('{"__proto__": {"x": 1}, "a": 2}'));
    expect(Object.keys(structuredContent as object)).to.deep.equal(['__proto__', 'a']);
    expect((structuredContent as { x?: unknown }).x).to.equal(undefined);
  });

  it('gives what stands in several places in each of them', async () => {
    const part = { n: [1] };
    const { structuredContent } = await answer({ a: part, b: [part, part] });
    expect(structuredContent).to.deep.equal({ a: { n: [1] }, b: [{ n: [1] }, { n: [1] }] });
    expect((structuredContent as { a: unknown }).a).not.to.equal(part);
  });

  it('gives a hole in an array as null', async () => {
    expect(await answer({ list: new Array<unknown>(2) })).to.deep.include({
      structuredContent: { list: [null, null] },
    });
  });

  it('ends a script with tool/failed where an answer shares itself', async () => {
    const codeMode = await createCodeMode({ tools: [tool(() => ({ tree: shared(60) }) as Json, 'tree')] });
    try {
      const outcome = await codeMode.run({ script: 'return tree()' });
      expect(outcome).to.have.nested.property('error.code', 'tool/failed');
      expect(outcome).to.have.nested.property('error.message').that.contains('more than 64 MiB');
    } finally {
      await codeMode.close();
    }
  });

  const cycle: unknown[] = [];
  cycle.push(cycle);
  const noJson: [name: string, value: unknown, message: RegExp][] = [
    ['NaN', { a: [Number.NaN] }, /^answered NaN at a\[0\], want JSON$/],
    ['a function', { f: () => 1 }, /^answered a function at f, want JSON$/],
    ['a symbol', Symbol('x'), /^answered a symbol, want JSON$/],
    ['a cycle', cycle, /nested more than 500 deep/],
    ['a tree that shares itself', shared(60), /^answered more than 64 MiB as JSON text, want less at once$/],
    ['objects that share themselves', sharedObjects(60), /more than 64 MiB/],
    ['what writes itself as JSON that it shares', sharedWriters(60), /more than 64 MiB/],
    ['long steps down a shared ladder', ladder(2_000), /nested more than 500 deep/],
    ['a long empty array', new Array<unknown>(4e9), /more than 64 MiB/],
  ];
  for (const [name, value, message] of noJson) {
    it(`rejects an answer with ${name}`, async () => {
      const thrown: unknown = await answer(value).catch((error: unknown) => error);
      expect((thrown as Error).message).to.match(message);
    });
  }

  it('passes on what a tool throws, at once or later', async () => {
    const error = new Error('on fire');
    const throwing = tool(() => {
      throw error;
    });
    const rejecting = tool(() => Promise.reject(error));
    for (const given of [throwing, rejecting]) {
      expect(await call([given]).catch((thrown: unknown) => thrown)).to.equal(error);
    }
  });

  it('rejects an unknown tool with the nearest name', async () => {
    const thrown: unknown = await call([tool(() => 1)], { tool: 'tt' }).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(ToolscriptError).with.property('code', 'tool/unknown');
    expect((thrown as Error).message).to.equal('call a tool: no tool named "tt"');
    expect(
      await call([tool(() => 1)], { tool: '__proto__' }).catch(
        (error: unknown) => (error as ToolscriptError).code,
      ),
    ).to.equal('tool/unknown');
  });

  it('refuses tools that are none, and two with one name, all at once', () => {
    const tools = [
      tool(() => 1, 'a'),
      tool(() => 2, 'a'),
      { name: 'b', inputSchema },
      null,
      { name: '', inputSchema, call: () => 1 },
      { name: 'c', call: () => 1 },
    ];
    expect(() => createInProcessDispatcher(tools as Tool[]))
      .to.throw(
        'tools: tool "b" needs a call; tools[3] needs a name; tool "" needs a name; tool "c" needs an inputSchema; two tools named "a"',
      )
      .with.property('code', 'config/invalid');
  });
});
