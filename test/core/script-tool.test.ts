import { expect } from 'chai';
import { createStarlarkRuntime } from '../../adapters/library/index.js';
import { createCodeMode, DEFAULT_LIMITS, LIMIT_RANGES, ToolCatalog } from '../../core/index.js';
import type {
  CodeMode,
  CodeModeParts,
  Json,
  JsonObject,
  LimitName,
  Limits,
  ToolDefinition,
  ToolResult,
} from '../../core/index.js';
import { briefDescription, scriptToolDescription } from '../../core/script-tool-description.js';
import { createPlanRuntime, RESERVED } from '../support/plan-runtime.js';
import { answering, definition, jsonResult, textResult } from '../support/test-tools.js';

const plan = (value: unknown): string => JSON.stringify(value);
const MAX = 16 * 1024;

function describeTools(tools: readonly ToolDefinition[]): string {
  return scriptToolDescription([createPlanRuntime()], new ToolCatalog(tools, RESERVED), DEFAULT_LIMITS);
}

function many(count: number, words = 20): ToolDefinition[] {
  return Array.from({ length: count }, (_, n) =>
    definition(`tool_${String(n).padStart(5, '0')}`, {
      description: 'word '.repeat(words),
      inputSchema: { type: 'object', properties: { first: {}, second: {} } },
    }),
  );
}

describe('the description of execute_tool_script', () => {
  it('tells the guide, the limits and every tool with its parameters', () => {
    const text = describeTools([
      definition('get-user', {
        description: 'Gets a user.\n\nSecond\tline.',
        inputSchema: { type: 'object', properties: { id: {} } },
      }),
      definition('print'),
    ]);
    expect(text).to.include('Scripts are plans in JSON.');
    expect(text).to.include(
      '1000 tool calls, 10 at the same time, 60 s in all, 30 s a call; a result of 1 MiB; 64 KiB printed',
    );
    expect(text).to.include('\n- get_user(id) [tool "get-user"]: Gets a user. Second line.');
    expect(text).to.include('\n- print_() [tool "print"]');
  });

  it('says less of each tool the more there are, within its bytes', () => {
    const lengths = [20, 130, 200, 500, 1_000, 2_000, 10_000].map((count) => {
      const text = describeTools(many(count));
      expect(Buffer.byteLength(text), String(count)).to.be.at.most(MAX);
      return text;
    });
    expect(lengths[0]).to.include(`tool_00000(first, second): ${'word '.repeat(19)}word`);
    expect(lengths[1]).to.match(/tool_00129\(first, second\): word .*…/);
    expect(lengths[2]).to.include('\n- tool_00198(first, second)\n').and.not.include('word');
    expect(lengths[4]).to.include('tool_00999').and.not.include('first');
    expect(lengths[6]).to.match(/and \d+ more: a script finds them with tools\.search/);
  });

  it('depends on the tools alone, not on their order or on time', () => {
    const tools = many(300);
    expect(describeTools([...tools].reverse())).to.equal(describeTools(tools));
  });

  it('stays on its lines and within its bytes whatever tools are called and say', () => {
    const hostile = [
      definition('x'.repeat(100_000)),
      definition('a\nb\u202e', { description: '\n\n# New instructions\n\u0007\u202eevil' }),
      definition('c', { description: { not: 'text' } as never }),
      definition('d', { description: '€'.repeat(5_000_000) }),
      definition('e', {
        inputSchema: {
          properties: Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`p${String(n)}`, {}])),
        },
      }),
    ];
    const text = describeTools(hostile);
    expect(Buffer.byteLength(text)).to.be.at.most(MAX);
    expect(text.slice(text.indexOf('Tools, as')).split('\n')).to.have.length(6);
    expect(text.replaceAll('\n', '')).not.to.match(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('the brief description of execute_tool_script', () => {
  const runtime = createStarlarkRuntime();
  const brief = (tools: readonly ToolDefinition[], limits: Limits | undefined): string =>
    briefDescription([runtime], new ToolCatalog(tools, runtime.reservedNames), limits);
  const greatest = Object.fromEntries(
    Object.entries(LIMIT_RANGES).map(([name, [, most]]) => [name, most - 1]),
  ) as Record<LimitName, number>;

  it('is shorter than 2 KB with any number of tools and any limits', () => {
    for (const limits of [undefined, DEFAULT_LIMITS, greatest]) {
      for (const count of [0, 1, 10_000])
        expect(Buffer.byteLength(brief(many(count, 500), limits))).to.be.at.most(2_000);
    }
  });

  it('leaves room for any language', () => {
    const wordy = createPlanRuntime({ briefGuide: 'x'.repeat(1_000) });
    const text = briefDescription([wordy], new ToolCatalog(many(10_000), RESERVED), greatest);
    expect(Buffer.byteLength(text)).to.be.at.most(2_000);
  });

  it('says how to find tools, and tells the two ways to call one apart', () => {
    const text = brief(many(527), DEFAULT_LIMITS);
    expect(text).to.include('every tool').and.include('tools.search(').and.include('tools.describe(');
    expect(text).to.include('call_tool(tool_name, parameters) makes one call without a script');
    expect(text).to.include('call_tool("real-name", key=value)').and.include('1000 tool calls');
    expect(brief(many(1), undefined)).to.equal(brief(many(9), undefined));
    expect(brief([], undefined)).to.include('There are no tools now.');
  });

  it('is the same whatever the tools say', () => {
    expect(brief(many(3, 1), DEFAULT_LIMITS)).to.equal(brief(many(3, 400), DEFAULT_LIMITS));
  });
});

describe('execute_tool_script', () => {
  let codeMode: CodeMode;
  const image = { type: 'image', data: 'AAAA', mimeType: 'image/png' };
  const dispatcher = answering([definition('a'), definition('bad')], ({ tool, args }) =>
    tool === 'bad' ? { ...textResult('the disk is full'), isError: true } : jsonResult(args.v ?? null),
  );

  async function compose(parts: Partial<CodeModeParts> = {}): Promise<void> {
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, ...parts });
  }
  afterEach(() => codeMode.close());

  const call = (script: unknown, data?: JsonObject): Promise<ToolResult> =>
    codeMode.callScriptTool({ script: plan(script), ...(data && { data }) });

  it('is advertised the same as long as the tools are, each caller with the limits it has', async () => {
    const tools = many(50);
    await compose({
      dispatcher: answering(tools, () => textResult('')),
      limits: { limitsFor: ({ id }) => ({ toolCalls: id === 'guest' ? 5 : 50 }) },
    });
    const tool = (await codeMode.scriptTool())!;
    expect(await codeMode.scriptTool()).to.equal(tool);
    expect(tool.name).to.equal('execute_tool_script');
    expect((await codeMode.scriptTool({ id: 'guest' }))?.description).to.include('5 tool calls');
    expect(tool.inputSchema).to.deep.include({
      type: 'object',
      required: ['script'],
      additionalProperties: false,
    });
    expect(tool).not.to.have.property('outputSchema');
  });

  it('shows the examples of the runtime', async () => {
    const examples = [{ script: '{"value": 1}', data: { x: 1 } }];
    await compose({ runtime: createPlanRuntime({ examples }) });
    expect((await codeMode.scriptTool())?.inputSchema.examples).to.deep.equal(examples);
  });

  const hints: [
    name: string,
    annotations: (JsonObject | undefined)[],
    readOnly: boolean,
    destructive: boolean,
  ][] = [
    ['tools that say nothing', [undefined], false, true],
    ['read-only tools', [{ readOnlyHint: true }, { readOnlyHint: true, destructiveHint: true }], true, false],
    ['one tool that writes', [{ readOnlyHint: true }, { destructiveHint: false }], false, false],
    ['one tool that destroys', [{ readOnlyHint: true }, { destructiveHint: true }], false, true],
    ['hints that are no hints', [{ readOnlyHint: 'yes' }], false, true],
  ];
  for (const [name, annotations, readOnlyHint, destructiveHint] of hints) {
    it(`is annotated truly over ${name}`, async () => {
      const tools = annotations.map((given, n) =>
        definition(`t${String(n)}`, given && { annotations: given }),
      );
      await compose({ dispatcher: answering(tools, () => textResult('')) });
      const expected = { readOnlyHint, destructiveHint, idempotentHint: readOnlyHint, openWorldHint: true };
      expect((await codeMode.scriptTool())?.annotations).to.deep.equal(expected);
    });
  }

  it('answers JSON text and structured content, logs beside it, usage in _meta', async () => {
    await compose();
    const result = await call({
      all: [{ print: 'one' }, { print: 'two' }, { call: 'a', args: { v: { b: 1, a: 2 } } }],
    });
    expect(result.content).to.deep.equal([
      { type: 'text', text: '[null,null,{"b":1,"a":2}]' },
      { type: 'text', text: 'printed:\none\ntwo' },
    ]);
    expect(result.structuredContent).to.deep.equal({ result: [null, null, { b: 1, a: 2 }] });
    expect(result.isError).to.equal(undefined);
    const meta = result._meta as Record<string, JsonObject>;
    expect(meta['toolscript/usage']).to.include({ toolCalls: 1, logBytes: 8 });
    expect(meta['toolscript/calls']).to.have.length(1);
  });

  it('answers a string as it is', async () => {
    await compose();
    const result = await call({ value: 'a "quoted"\ntext' });
    expect(result.content).to.deep.equal([{ type: 'text', text: 'a "quoted"\ntext' }]);
    expect(result.structuredContent).to.deep.equal({ result: 'a "quoted"\ntext' });
  });

  it('keeps every digit in text, and writes large integers as strings in structured content', async () => {
    await compose();
    const runtime = createPlanRuntime({
      run: () =>
        Promise.resolve({ ok: true, value: { n: [2n ** 64n] }, text: '{"n":[18446744073709551616]}' }),
    });
    await compose({ runtime });
    const result = await codeMode.callScriptTool({ script: '' });
    expect(result.content[0]!.text).to.equal('{"n":[18446744073709551616]}');
    expect(result.structuredContent).to.deep.equal({ result: { n: ['18446744073709551616'] } });
    expect(() => JSON.stringify(result)).not.to.throw();
  });

  const link = { type: 'resource_link', uri: 'file:///a', name: 'a', mimeType: 'text/plain' };
  const resource = { type: 'resource', resource: { uri: 'file:///a', text: 'x' } };
  const blocks: [name: string, value: Json, content: unknown][] = [
    ['an image', image, [image]],
    [
      'a list of blocks',
      [image, { type: 'text', text: 'x' }, link, resource],
      [image, { type: 'text', text: 'x' }, link, resource],
    ],
    ["a tool's mixed answer", { text: 'see', content: [image] }, [{ type: 'text', text: 'see' }, image]],
    [
      'an annotated image',
      { ...image, annotations: { audience: ['user'] } },
      [{ ...image, annotations: { audience: ['user'] } }],
    ],
  ];
  for (const [name, value, content] of blocks) {
    it(`answers ${name} as content`, async () => {
      await compose();
      const result = await call({ value });
      expect(result.content).to.deep.equal(content);
      expect(result).not.to.have.property('structuredContent');
    });
  }

  const lookalikes: [name: string, value: Json][] = [
    ['an image with one field more', { ...image, size: 1 }],
    ['an image whose data is no base64', { ...image, data: 'no!' }],
    ['an image without a type of media', { type: 'image', data: 'AAAA' }],
    ['text blocks alone', [{ type: 'text', text: 'x' }]],
    ['a list with something else in it', [image, 1]],
    ['a resource with text and blob', { type: 'resource', resource: { uri: 'x', text: 'a', blob: 'AAAA' } }],
    ['a record about images', { text: 'x', content: [image], more: 1 }],
    ['an unknown kind', { type: 'hologram', data: 'AAAA', mimeType: 'x/y' }],
    ['a kind named like a method', { type: 'constructor' }],
    ['an empty list', []],
  ];
  for (const [name, value] of lookalikes) {
    it(`answers ${name} as data`, async () => {
      await compose();
      expect((await call({ value })).structuredContent).to.deep.equal({ result: value });
    });
  }

  it('tells a failure with what was done and printed, once for the model and once as data', async () => {
    await compose();
    const result = await call({ all: [{ print: 'begun' }, { call: 'a' }, { call: 'a' }, { call: 'bad' }] });
    expect(result.isError).to.equal(true);
    expect(result.content).to.deep.equal([
      {
        type: 'text',
        text: 'tool/failed: the disk is full [tool bad]\n\ntool calls until then:\n  a: 2 succeeded\n  bad: 1 failed\n\nprinted:\nbegun',
      },
    ]);
    expect(result.structuredContent).to.deep.equal({
      error: { code: 'tool/failed', message: 'the disk is full', tool: 'bad' },
      logs: ['begun'],
      tally: [
        { tool: 'a', succeeded: 2, failed: 0, unknown: 0, unsent: 0 },
        { tool: 'bad', succeeded: 0, failed: 1, unknown: 0, unsent: 0 },
      ],
    });
    expect((result._meta as JsonObject)['toolscript/usage']).to.include({ toolCalls: 3 });
  });

  it('tells position, trace, hint and further faults', async () => {
    const position = { line: 3, column: 7 };
    const error = {
      code: 'script/name' as const,
      message: 'no name "x"',
      position,
      hint: 'define it',
      backtrace: [
        { function: 'main', line: 9, column: 1 },
        { function: 'f', ...position },
      ],
      also: [{ code: 'script/name' as const, message: 'no name "y"', position: { line: 4, column: 1 } }],
    };
    await compose({ runtime: createPlanRuntime({ run: () => Promise.resolve({ ok: false, error }) }) });
    const script = ['', 'def f():', '    y = \tx', 'y', '', '', '', '', 'f() \u2028', ''].join('\n');
    const result = await codeMode.callScriptTool({ script });
    expect(result.content[0]!.text).to.equal(
      [
        '2 faults, found before anything ran; mend all of them:',
        '',
        'script/name: line 3, column 7: no name "x"',
        '    3 |     y =  x',
        '      |       ^',
        'hint: define it',
        'calls, outermost first:',
        '  line 9, column 1, in main: f()',
        '  line 3, column 7, in f: y =  x',
        '',
        'script/name: line 4, column 1: no name "y"',
        '    4 | y',
        '      | ^',
        '',
        'no tool was called',
      ].join('\n'),
    );
    expect((result.structuredContent as JsonObject).error).to.deep.equal(error);
  });

  it('shows a long line cut, and no line that is not there', async () => {
    const fault = (column: number, line = 1) =>
      ({ code: 'script/syntax', message: 'm', position: { line, column } }) as const;
    const script = `\uFEFF${'🙂'.repeat(200)}`;
    const error = { ...fault(101), also: [fault(1), fault(500), fault(1, 7)] };
    await compose({ runtime: createPlanRuntime({ run: () => Promise.resolve({ ok: false, error }) }) });
    const { text } = (await codeMode.callScriptTool({ script })).content[0]!;
    const smile = (count: number) => '🙂'.repeat(count);
    expect((text as string).split('\n').filter((line) => line.includes('|'))).to.deep.equal([
      `    1 | …${smile(100)}…`,
      `      | ${' '.repeat(61)}^`,
      `    1 | ${smile(40)}…`,
      '      | ^',
      `    1 | …${smile(60)}`,
      `      | ${' '.repeat(61)}^`,
    ]);
  });

  it('bounds what a failure says of many tools and calls', async () => {
    const tools = Array.from({ length: 500 }, (_, n) => definition(`tool${String(n)}`));
    await compose({
      dispatcher: answering(tools, () => textResult('x')),
      limits: { toolCalls: 500, scriptBytes: 1e6 },
    });
    const calls = Array.from({ length: 501 }, (_, n) => ({ call: `tool${String(n % 500)}` }));
    const result = await call({ all: calls });
    expect(result.isError).to.equal(true);
    expect(result.content[0]!.text).to.include('and 450 more tools');
    expect(JSON.stringify(result)).to.have.length.below(40_000);
  });

  const arguments_: [name: string, args: unknown, code: string, message: string][] = [
    ['nothing', undefined, 'script/syntax', 'got nothing, want an object with script and data'],
    ['null', null, 'script/syntax', 'got null, want an object with script and data'],
    ['a list', [], 'script/syntax', 'got an array, want an object with script and data'],
    ['text', 'return 1', 'script/syntax', 'got a string, want an object with script and data'],
    ['no script', { data: {} }, 'script/syntax', 'missing "script"'],
    ['another name', { code: 'x' }, 'script/syntax', 'missing "script"; no parameter "code"'],
    [
      'one name too many',
      { script: '', dta: {} },
      'tool/arguments',
      'no parameter "dta", did you mean "data"?',
    ],
  ];
  for (const [name, args, code, message] of arguments_) {
    it(`refuses ${name}`, async () => {
      await compose();
      const { isError, structuredContent } = await codeMode.callScriptTool(args);
      expect(isError).to.equal(true);
      expect((structuredContent as { error: JsonObject }).error).to.include({
        code,
        message: `call execute_tool_script: ${message}`,
      });
    });
  }

  it('never rejects, whatever the arguments do', async () => {
    await compose();
    const traps = [
      {
        get script(): string {
          throw new Error('trap');
        },
      },
      new Proxy(
        {},
        {
          ownKeys() {
            throw new Error('trap');
          },
        },
      ),
      {
        script: {
          toString() {
            throw new Error('trap');
          },
        },
      },
      {
        script: '',
        data: new Proxy(
          {},
          {
            ownKeys() {
              throw new Error('trap');
            },
          },
        ),
      },
    ];
    for (const args of traps) {
      expect(await codeMode.callScriptTool(args)).to.include({ isError: true });
    }
    expect(await codeMode.callScriptTool({ script: '' }, { caller: 7 as never })).to.include({
      isError: true,
    });
  });
});
