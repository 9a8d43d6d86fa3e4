import { expect } from 'chai';
import { createCodeMode, defineTool } from '../../adapters/library/index.js';
import type { CodeMode, Json, ToolResult } from '../../core/index.js';

const anything = { type: 'object' } as const;

/** Answers that no server should give. */
const nonsense: Record<string, unknown> = {
  block_is_null: { content: [null] },
  block_without_type: { content: [{ text: 'x' }] },
  text_is_a_number: { content: [{ type: 'text', text: 7 }] },
  cyclic: cyclic(),
  functions: { structuredContent: { f: () => 1 }, content: [] },
  not_a_number: { structuredContent: { n: Number.NaN }, content: [] },
  undefined_answer: undefined,
};

const tools = [
  defineTool({
    name: 'add',
    inputSchema: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer' } },
      required: ['a', 'b'],
      additionalProperties: false,
    },
    call: ({ a, b }) => Number(a) + Number(b),
  }),
  defineTool({
    name: 'throws',
    inputSchema: anything,
    call: () => {
      throw new Error('the printer is on fire');
    },
  }),
  defineTool({ name: 'hangs', inputSchema: anything, call: () => new Promise<Json>(() => undefined) }),
  defineTool({ name: 'floods', inputSchema: anything, call: () => 'x'.repeat(50_000_000) }),
  ...Object.entries(nonsense).map(([name, answer]) =>
    defineTool({ name, inputSchema: anything, call: () => answer as Json }),
  ),
];

function cyclic(): unknown {
  const answer: Record<string, unknown> = { content: [] };
  answer.structuredContent = answer;
  return answer;
}

interface Case {
  readonly name: string;
  readonly args: unknown;
  readonly code: string;
  readonly says: RegExp;
}

const script = (source: unknown, data?: unknown): unknown => ({
  script: source,
  ...(data !== undefined && { data }),
});

const cases: Case[] = [
  { name: 'no arguments', args: undefined, code: 'script/syntax', says: /script/ },
  { name: 'no script', args: {}, code: 'script/syntax', says: /script/ },
  { name: 'a script that is a number', args: script(7), code: 'script/syntax', says: /number|int/ },
  { name: 'a script that is a list', args: script(['return 1']), code: 'script/syntax', says: /array|list/ },
  { name: 'data that is a list', args: script('return 1', [1]), code: 'script/name', says: /data/ },
  { name: 'data that is text', args: script('return 1', 'x'), code: 'script/name', says: /data/ },
  {
    name: 'data that clashes with a builtin',
    args: script('return 1', { len: 1 }),
    code: 'script/name',
    says: /len/,
  },
  {
    name: 'data that clashes with a tool',
    args: script('return 1', { add: 1 }),
    code: 'script/name',
    says: /add/,
  },
  {
    name: 'data that is no identifier',
    args: script('return 1', { 'a-b': 1 }),
    code: 'script/name',
    says: /a-b/,
  },
  { name: 'an unknown name', args: script('return ad(a=1, b=2)'), code: 'script/name', says: /ad/ },
  { name: 'an unknown tool', args: script('return call_tool("ad", a=1)'), code: 'tool/unknown', says: /ad/ },
  { name: 'a missing argument', args: script('return add(a=1)'), code: 'tool/arguments', says: /b/ },
  {
    name: 'an argument of the wrong type',
    args: script('return add(a="one", b=2)'),
    code: 'tool/arguments',
    says: /a.*integer/,
  },
  {
    name: 'an unknown argument',
    args: script('return add(a=1, b=2, c=3)'),
    code: 'tool/arguments',
    says: /c/,
  },
  {
    name: 'a tool that throws',
    args: script('return throws()'),
    code: 'tool/failed',
    says: /the printer is on fire/,
  },
  { name: 'a tool that hangs', args: script('return hangs()'), code: 'tool/timeout', says: /300 ms/ },
  { name: 'a tool that answers 50 MB', args: script('return floods()'), code: 'tool/failed', says: /bytes/ },
  { name: 'a syntax error', args: script('x = (1 +'), code: 'script/syntax', says: /end of script/ },
  { name: 'an endless loop', args: script('while True:\n    pass'), code: 'limit/steps', says: /steps/ },
  { name: 'a memory bomb', args: script('return [0] * 1000000000'), code: 'limit/memory', says: /bytes/ },
  {
    name: 'recursion without end',
    args: script('def f(n):\n    return f(n + 1)\nreturn f(0)'),
    code: 'limit/depth',
    says: /calls/,
  },
  {
    name: 'a cyclic result',
    args: script('l = []\nl.append(l)\nreturn l'),
    code: 'script/runtime',
    says: /cycl|itself/,
  },
  ...['block_is_null', 'block_without_type', 'text_is_a_number'].map((name) => ({
    name: `nonsense from a tool: ${name}`,
    args: script(`return ${name}()`),
    code: 'tool/failed',
    says: new RegExp(name),
  })),
];

interface Failed {
  readonly error: { readonly code: string; readonly message: string };
}

describe('bad input', () => {
  let codeMode: CodeMode;
  before(async () => {
    codeMode = await createCodeMode({ tools, limits: { toolCallTimeoutMs: 300, steps: 200_000 } });
  });
  after(() => codeMode.close());

  const canary = async (): Promise<void> => {
    const answer = await codeMode.callScriptTool({ script: 'return add(a=x, b=2)', data: { x: 40 } });
    expect(answer.structuredContent).to.deep.equal({ result: 42 });
  };

  for (const { name, args, code, says } of cases) {
    it(`${name} is ${code}, and the next script is unharmed`, async () => {
      const answer = await codeMode.callScriptTool(args);
      expect(answer.isError, text(answer)).to.equal(true);
      const { error } = answer.structuredContent as unknown as Failed;
      expect(error.code, error.message).to.equal(code);
      expect(error.message).to.match(says);
      expect(text(answer)).to.include(code);
      await canary();
    });
  }

  for (const name of ['cyclic', 'functions', 'not_a_number', 'undefined_answer']) {
    it(`what is no JSON from a tool (${name}) is an outcome, and the next script is unharmed`, async () => {
      const answer = await codeMode.callScriptTool({ script: `return attempt(${name}).ok` });
      expect(text(answer)).to.match(/true|false/);
      await canary();
    });
  }

  it('an empty script answers null', async () => {
    for (const empty of ['', '  \n', '# nothing\n']) {
      const answer = await codeMode.callScriptTool({ script: empty });
      expect(answer.structuredContent, text(answer)).to.deep.equal({ result: null });
    }
  });

  it('nothing of our own stack or paths is in what the model reads', async () => {
    for (const { args } of cases) {
      const all = JSON.stringify(await codeMode.callScriptTool(args));
      expect(all).not.to.match(/node_modules|file:\/\/|\.ts:\d|\.js:\d|\bat \w+ \(/);
    }
  });
});

function text(answer: ToolResult): string {
  return answer.content.map((block) => JSON.stringify(block.text)).join('\n');
}
