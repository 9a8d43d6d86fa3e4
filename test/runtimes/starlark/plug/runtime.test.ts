import { expect } from 'chai';
import { createCodeMode, createStarlarkRuntime, defineTool } from '../../../../adapters/library/index.js';
import type { CodeMode, JsonObject, Outcome } from '../../../../adapters/library/index.js';
import { prepare } from '../../../../runtimes/starlark/index.js';

const object = { type: 'object' } as const;
const PNG = { type: 'image', data: 'iVBORw0KGgo=', mimeType: 'image/png' };

let sent: JsonObject[];
const seen = (args: JsonObject): JsonObject => {
  sent.push(args);
  return args;
};

const tools = [
  defineTool({
    name: 'get-sum',
    description: 'Adds two numbers.',
    inputSchema: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer' } },
      required: ['a', 'b'],
    },
    call: ({ a, b }) => Number(a) + Number(b),
  }),
  defineTool({
    name: 'note',
    inputSchema: {
      type: 'object',
      properties: { title: { type: 'string' }, fields: { type: 'object' }, 'x-id': { type: 'integer' } },
    },
    call: seen,
  }),
  defineTool({ name: 'store', inputSchema: { type: 'object', properties: { value: {} } }, call: seen }),
  defineTool({
    name: 'takes_parameters',
    inputSchema: { type: 'object', properties: { parameters: { type: 'object' } } },
    call: seen,
  }),
  defineTool({
    name: 'filtered',
    inputSchema: {
      type: 'object',
      properties: {
        filter: { type: 'object', properties: { since: { type: 'string' } }, required: ['since'] },
      },
    },
    call: seen,
  }),
  defineTool({ name: 'print', inputSchema: object, call: () => 'a tool' }),
  defineTool({ name: 'for', inputSchema: object, call: () => 'for' }),
  defineTool({ name: '2nd', inputSchema: object, call: () => 'second' }),
  defineTool({ name: 'get.sum', inputSchema: object, call: () => 'the other one' }),
  defineTool({
    name: 'text_tool',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
    call: ({ text }) => ({ content: [{ type: 'text', text: text ?? '' }] }),
  }),
  defineTool({ name: 'nothing', inputSchema: object, call: () => ({ content: [] }) }),
  defineTool({ name: 'picture', inputSchema: object, call: () => ({ content: [PNG] }) }),
  defineTool({
    name: 'chart',
    inputSchema: object,
    call: () => ({ structuredContent: { points: 3 }, content: [PNG] }),
  }),
  defineTool({
    name: 'refuses',
    inputSchema: object,
    call: () => ({ content: [{ type: 'text', text: 'quota is used up' }], isError: true }),
  }),
];

describe('Starlark over tools', () => {
  let codeMode: CodeMode;
  before(async () => {
    codeMode = await createCodeMode({ tools });
  });
  after(() => codeMode.close());
  beforeEach(() => {
    sent = [];
  });

  const answers: [name: string, script: string, text: string][] = [
    ['by name', 'return get_sum(a=1, b=2)', '3'],
    ['by position', 'return get_sum(1, 2)', '3'],
    ['one dict', 'return get_sum({"a": 1, "b": 2})', '3'],
    ['**kwargs', 'return get_sum(**{"a": 1, "b": 2})', '3'],
    ['call_tool by real name', 'return call_tool("get-sum", a=1, b=2)', '3'],
    ['call_tool by script name', 'return call_tool("get_sum", 1, 2)', '3'],
    ['call_tool with one dict', 'return call_tool("get-sum", {"a": 1, "b": 2})', '3'],
    ['the namespace', 'return tools.get_sum(a=1, b=2)', '3'],
    ['as a value', 'f = get_sum\nreturn [f(n, 1) for n in range(2)]', '[1,2]'],
    ['within sorted', 'return sorted([3, 1, 2], key=lambda n: get_sum(a=-n, b=0))', '[3,2,1]'],
    ['a builtin keeps its name', 'print("x")\nreturn print_()', '"a tool"'],
    ['a keyword as a name', 'return for_()', '"for"'],
    ['a leading digit', 'return _2nd()', '"second"'],
    ['two tools of one name', 'return get_sum_2()', '"the other one"'],
    [
      'text that is JSON',
      'return text_tool(text="{\\"id\\": 12345678901234567890}")["id"] + 1',
      '12345678901234567891',
    ],
    ['text that is none', 'return text_tool(text="[not json")', '"[not json"'],
    ['a number with leading zeros', 'return text_tool(text="007")', '"007"'],
    ['nothing', 'return nothing()', 'null'],
    [
      'order of keys',
      'return text_tool(text="{\\"b\\":1,\\"a\\":2,\\"10\\":3,\\"2\\":4}")',
      '{"b":1,"a":2,"10":3,"2":4}',
    ],
    ['other content', 'return picture()["content"][0]["mimeType"]', '"image/png"'],
    ['content beside data', 'r = chart()\nreturn [r, tools.content(r)[0]["type"]]', '[{"points":3},"image"]'],
    ['no content beside data', 'return [tools.content(get_sum(1, 2)), tools.content({})]', '[[],[]]'],
    ['data and its keys', 'return [x, data["x"], data]', '[5,5,{"x":5,"items":[1]}]'],
    ['data is one value', 'items.append(2)\nreturn data["items"]', '[1,2]'],
    ['tools.search', 'return [t["name"] for t in tools.search("adds numbers")][0]', '"get-sum"'],
    ['tools.search with a limit', 'return len(tools.search("sum", limit=1))', '1'],
    ['tools.search for what is not there', 'return tools.search("zebra")', '[]'],
    [
      'what tools.search tells',
      'return tools.search(query="adds two numbers")[0]',
      '{"name":"get-sum","signature":"get_sum(a: int, b: int)","description":"Adds two numbers."}',
    ],
    [
      'searches at the same time as calls',
      'return parallel([lambda: get_sum(1, 2), lambda: tools.search("adds")[0]["name"]])',
      '[3,"get-sum"]',
    ],
    [
      'a tool that was found',
      'hit = tools.search("adds two numbers")[0]\nreturn call_tool(hit["name"], {"a": 1, "b": 2})',
      '3',
    ],
    ["the client's shape", 'return call_tool(tool_name="get-sum", parameters={"a": 1, "b": 2})', '3'],
    ["the protocol's shape", 'return call_tool(name="get-sum", arguments={"a": 1, "b": 2})', '3'],
    ['a name by keyword', 'return call_tool(tool_name="get-sum", a=1, b=2)', '3'],
    ['parameters behind a name', 'p = {"a": 1, "b": 2}\nreturn call_tool("get-sum", parameters=p)', '3'],
    ['no parameters', 'return call_tool(tool_name="nothing", parameters={})', 'null'],
    ['an empty dict', 'return [call_tool("nothing", {}), note({})]', '[null,{}]'],
    [
      'parameters that the tool has',
      'return takes_parameters(parameters={"x": 1})',
      '{"parameters":{"x":1}}',
    ],
    [
      'parameters that the tool has, by name',
      'return call_tool(tool_name="takes_parameters", parameters={"name": "x"})',
      '{"parameters":{"name":"x"}}',
    ],
    [
      'one dict that may be the first parameter, and is',
      'return [store({"value": 1}), store({"other": 1})]',
      '[{"value":{"value":1}},{"value":{"other":1}}]',
    ],
    [
      'one dict that may be the first parameter, and is not',
      'return [filtered({"filter": {"since": "x"}}), filtered({"since": "x"})]',
      '[{"filter":{"since":"x"}},{"filter":{"since":"x"}}]',
    ],
    [
      'all tools by their names',
      'return [n for n in dir(tools) if n in ["search", "describe", "content", "get_sum", "print_", "_2nd"]]',
      '["_2nd","content","describe","get_sum","print_","search"]',
    ],
    ['a tool of the namespace is always the same', 'return tools.get_sum == get_sum', 'true'],
    ['tools.describe', 'return tools.describe("get-sum")["signature"]', '"get_sum(a: int, b: int)"'],
    [
      'a caught failure',
      'r = attempt(refuses)\nreturn [r.ok, r.error.code, r.error.tool, r.error.message]',
      '[false,"tool/failed","refuses","quota is used up"]',
    ],
    [
      'a failure caught by its class',
      'try:\n  refuses()\nexcept ToolError as e:\n  r = [e, str(e), type(e).__name__]\nr',
      '[{"code":"tool/failed","message":"quota is used up","tool":"refuses"},"quota is used up","ToolError"]',
    ],
    ['tools that are imported', 'from tools import get_sum as add, search\nadd(1, 2)', '3'],
    ['an asynchronous script', 'async def main():\n  return await get_sum(1, 2)\nawait main()', '3'],
  ];
  for (const [name, script, text] of answers) {
    it(name, async () => {
      const outcome = await codeMode.run({ script, data: { x: 5, items: [1] } });
      expect(outcome.ok ? outcome.text : outcome.error).to.equal(text);
    });
  }

  it('passes arguments on as they are: order, depth, big integers, odd keys', async () => {
    const script = `
note("t", fields={"b": [1, {"c": None}], "a": True, "__proto__": "kept"}, **{"x-id": 7})
store(value=12345678901234567890)
store(value=struct(z=1, y=(2, 3)))
`;
    const outcome = await codeMode.run({ script });
    expect(outcome.ok, JSON.stringify(outcome)).to.equal(true);
    const [note, big, struct] = sent as [JsonObject, JsonObject, JsonObject];
    expect(Object.keys(note)).to.deep.equal(['title', 'fields', 'x-id']);
    expect(JSON.stringify(note.fields)).to.equal('{"b":[1,{"c":null}],"a":true,"__proto__":"kept"}');
    expect(big.value).to.equal(12345678901234567890n);
    expect(struct.value).to.deep.equal({ z: 1, y: [2, 3] });
  });

  const failures: [script: string, code: string, message: RegExp, hint?: RegExp][] = [
    ['return get_sum(1, 2, 3)', 'tool/arguments', /3 positional arguments, want at most 2/, /a, b/],
    ['return get_sum(1, a=2)', 'tool/arguments', /multiple values for "a"/],
    ['return get_sun(a=1, b=2)', 'script/name', /get_sun/, /get_sum/],
    ['return call_tool("get-sun", a=1)', 'tool/unknown', /get-sun/, /get-sum/],
    ['return call_tool(a=1)', 'script/name', /nothing/, /call_tool\("/],
    ['return call_tool(7)', 'script/name', /int/],
    ['return tools.search()', 'script/name', /missing argument for query/],
    ['return tools.search(" ")', 'script/runtime', /got no words/, /send an email/],
    ['return tools.search("x", limit=0)', 'script/runtime', /less than 1 for limit/],
    ['return find_tool(tool_description="sum")', 'script/name', /find_tool/, /tools\.search\(/],
    ['return search_tools("sum")', 'script/name', /search_tools/, /tools\.search\(/],
    ['return call_tool(tool_name="get-sum", parameters={"a": 1})', 'tool/arguments', /missing "b"/],
    ['p = [1]\nreturn call_tool("get-sum", parameters=p)', 'tool/arguments', /missing "a"/],
    ['return store(value=lambda: 1)', 'script/runtime', /store.*function/],
    ['return refuses()', 'tool/failed', /quota is used up/],
  ];
  for (const [script, code, message, hint] of failures) {
    it(`${script} is ${code}`, async () => {
      const outcome = await codeMode.run({ script });
      expect(outcome.ok).to.equal(false);
      if (outcome.ok) return;
      expect(outcome.error.code, outcome.error.message).to.equal(code);
      expect(outcome.error.message).to.match(message);
      if (hint !== undefined) expect(`${outcome.error.message} ${outcome.error.hint ?? ''}`).to.match(hint);
      expect(sent).to.deep.equal([]);
    });
  }

  it('describes a tool with all that a call of it needs', async () => {
    const inputSchema: JsonObject = {
      type: 'object',
      properties: {
        since: { type: 'string', format: 'date', description: 'The first day.' },
        limit: { type: 'integer', default: 20 },
      },
      required: ['since'],
    };
    const outputSchema = {
      type: 'object',
      properties: { result: { type: 'array', items: { type: 'integer' } } },
    };
    const description = 'Lists days.\n\nAll of them.';
    const days = defineTool({ name: 'list-days', description, inputSchema, outputSchema, call: () => [] });
    const alone = await createCodeMode({ tools: [days] });
    const outcome = await alone.run({ script: 'return tools.describe("list_days")' });
    await alone.close();
    expect(outcome.ok && outcome.value).to.deep.equal({
      name: 'list-days',
      signature: 'list_days(since: str<date>, limit: int = 20) -> list[int]',
      description,
      parameters: {
        since: { type: 'str<date>', required: true, description: 'The first day.' },
        limit: { type: 'int', required: false, default: 20 },
      },
      returns: 'list[int]',
      input_schema: inputSchema,
      output_schema: outputSchema,
    });
  });

  it('counts a search as a call, and has no line for it in the ledger', async () => {
    const limits = { toolCalls: 2 };
    const script = 'tools.search("sum")\nget_sum(1, 2)\n';
    const outcome = await codeMode.run({ script, limits });
    expect([outcome.ok, outcome.usage.toolCalls, outcome.calls.length]).to.deep.equal([true, 2, 1]);
    const refused = await codeMode.run({ script: `${script}tools.search("sum")`, limits });
    expect(!refused.ok && refused.error.code).to.equal('limit/tool-calls');
  });

  it('says where an error is, and by which calls it came', async () => {
    const script =
      'def inner(n):\n    return refuses() + n\n\ndef outer():\n    return [inner(n) for n in range(2)]\n\nreturn outer()';
    const outcome = await codeMode.run({ script });
    expect(!outcome.ok && outcome.error).to.deep.include({
      code: 'tool/failed',
      position: { line: 2, column: 19 },
      backtrace: [
        { function: '<toplevel>', line: 7, column: 13 },
        { function: 'outer', line: 5, column: 18 },
        { function: 'inner', line: 2, column: 19 },
      ],
    });
  });

  it('counts columns in code points', async () => {
    const outcome = await codeMode.run({ script: 'x = "🙂🙂" + nope' });
    expect(!outcome.ok && outcome.error.position).to.deep.equal({ line: 1, column: 12 });
  });

  it('tells all unknown names at once', async () => {
    const outcome = await codeMode.run({ script: 'a = onne\nb = get_sun(1)\nc = twoo' });
    expect(outcome.ok).to.equal(false);
    if (outcome.ok) return;
    expect(
      [outcome.error, ...(outcome.error.also ?? [])].map(({ position }) => position?.line),
    ).to.deep.equal([1, 2, 3]);
  });

  it('reports progress', async () => {
    const steps: unknown[] = [];
    const outcome: Outcome = await codeMode.run({
      script: 'for n in range(3):\n    progress(n, 3, "step %d" % n)\n',
      onProgress: (step) => steps.push(step),
    });
    expect(outcome.ok).to.equal(true);
    expect(steps).to.deep.include({ progress: 2, total: 3, message: 'step 2' });
  });

  it('spends the same steps however its tools are timed', async () => {
    const script = 'return sorted(parallel([lambda n=n: get_sum(a=n, b=n) for n in range(20)]))';
    const runs = await Promise.all(Array.from({ length: 5 }, () => codeMode.run({ script })));
    expect(new Set(runs.map((run) => run.usage.steps)).size).to.equal(1);
  });
});

describe('the dialect', () => {
  it('is open unless said otherwise', async () => {
    const script = 'for n in range(2):\n    pass\nreturn n';
    const open = await createCodeMode({});
    const strict = await createCodeMode({ runtime: createStarlarkRuntime({ dialect: 'strict' }) });
    expect((await open.run({ script })).ok).to.equal(true);
    const refused = await strict.run({ script });
    expect(!refused.ok && refused.error.code).to.match(/^script\//);
    await Promise.all([open.close(), strict.close()]);
  });
});

describe('the examples that a model is shown', () => {
  for (const { script, data = {} } of createStarlarkRuntime().examples ?? []) {
    it(`are scripts: ${script.split('\n')[0]!}`, () => {
      const known = ['list_issues', 'get_issue', 'read_file', ...Object.keys(data)];
      prepare(script, { predeclared: new Map(known.map((name) => [name, null])) });
    });
  }
});
