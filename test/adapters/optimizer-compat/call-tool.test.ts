/** Every shape in which models call `call_tool`, and what becomes of it. */
import { expect } from 'chai';
import type { JsonObject, ToolCall } from '../../../core/index.js';
import { ToolscriptError } from '../../../core/index.js';
import { answering, definition, jsonResult, textResult } from '../../support/test-tools.js';
import { optimized, textOf, type Optimized } from './optimized.js';

const parameters = (...names: string[]): { inputSchema: JsonObject } => ({
  inputSchema: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, {}])) },
});

const TOOLS = [
  definition('search-notes', parameters('query', 'limit')),
  definition('make', parameters('name', 'size')),
  definition('proxy', parameters('parameters', 'mode')),
  definition('audit', parameters('tool_name', 'by')),
  definition('rpc', parameters('arguments', 'method')),
  definition('open'),
  definition('strict', {
    inputSchema: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
  }),
];

/** What is given, and the tool and arguments that it comes to. */
const SHAPES: readonly (readonly [string, JsonObject, string, JsonObject])[] = [
  ['as described', { tool_name: 'make', parameters: { name: 'x' } }, 'make', { name: 'x' }],
  ['no parameters', { tool_name: 'open' }, 'open', {}],
  ['parameters that are null', { tool_name: 'open', parameters: null }, 'open', {}],
  ['parameters that are an empty text', { tool_name: 'open', parameters: '' }, 'open', {}],
  ['parameters as JSON text', { tool_name: 'make', parameters: '{"name":"x"}' }, 'make', { name: 'x' }],
  ['the name within parameters', { parameters: { tool_name: 'make', name: 'x' } }, 'make', { name: 'x' }],
  ['an empty name at the top', { tool_name: '', parameters: { tool_name: 'open' } }, 'open', {}],
  ['the name within parameters of JSON text', { parameters: '{"tool_name":"open","a":1}' }, 'open', { a: 1 }],
  [
    'a name at both places: the top wins',
    { tool_name: 'open', parameters: { tool_name: 'make' } },
    'open',
    { tool_name: 'make' },
  ],
  [
    'the name within parameters, of a tool that takes a tool_name',
    { parameters: { tool_name: 'audit', by: 'me' } },
    'audit',
    { tool_name: 'audit', by: 'me' },
  ],
  [
    'the whole call within parameters',
    { parameters: { tool_name: 'open', parameters: { a: 1 } } },
    'open',
    { a: 1 },
  ],
  [
    'parameters within parameters',
    { tool_name: 'make', parameters: { parameters: { name: 'x' } } },
    'make',
    { name: 'x' },
  ],
  [
    'parameters of a tool that takes parameters',
    { tool_name: 'proxy', parameters: { parameters: { a: 1 } } },
    'proxy',
    { parameters: { a: 1 } },
  ],
  [
    'parameters of a tool of unknown parameters',
    { tool_name: 'open', parameters: { parameters: { a: 1 } } },
    'open',
    { parameters: { a: 1 } },
  ],
  ['arguments beside the name', { tool_name: 'make', name: 'x', size: 2 }, 'make', { name: 'x', size: 2 }],
  [
    'arguments in `arguments`, as MCP has them',
    { tool_name: 'make', arguments: { name: 'x' } },
    'make',
    { name: 'x' },
  ],
  [
    '`arguments` of a tool that takes them',
    { tool_name: 'rpc', arguments: { a: 1 } },
    'rpc',
    { arguments: { a: 1 } },
  ],
  ["a script's shape", { name: 'search-notes', query: 'x' }, 'search-notes', { query: 'x' }],
  ["a script's name with parameters", { name: 'make', parameters: { name: 'x' } }, 'make', { name: 'x' }],
  [
    "a script's name of the tool",
    { tool_name: 'search_notes', parameters: { query: 'x' } },
    'search-notes',
    { query: 'x' },
  ],
  ["MCP's own shape", { name: 'make', arguments: { name: 'x' } }, 'make', { name: 'x' }],
  [
    'an argument beside parameters that the tool takes',
    { tool_name: 'search-notes', parameters: { query: 'x' }, limit: 3 },
    'search-notes',
    { query: 'x', limit: 3 },
  ],
  [
    'arguments of which one is named parameters',
    { tool_name: 'proxy', parameters: { a: 1 }, mode: 'fast' },
    'proxy',
    { parameters: { a: 1 }, mode: 'fast' },
  ],
  [
    'through itself',
    { tool_name: 'call_tool', parameters: { tool_name: 'make', parameters: { name: 'x' } } },
    'make',
    { name: 'x' },
  ],
];

const KEYS = 'want {"tool_name": "name", "parameters": {"its argument": value}}';

/** What is given, and what is said to it. */
const REFUSED: readonly (readonly [string, JsonObject, string])[] = [
  ['nothing', {}, `invalid arguments: tool_name is required: ${KEYS}, got nothing`],
  ['an empty name', { tool_name: '', parameters: {} }, 'tool_name is required'],
  ['a name that is no text', { tool_name: 5 }, 'invalid arguments: tool_name must be a text'],
  [
    'a nested name that is no text',
    { parameters: { tool_name: 5, a: 'secret' } },
    `tool_name is required: ${KEYS}, got "parameters", "tool_name", "a"`,
  ],
  ['a name in other letters', { parameters: { Tool_Name: 'make' } }, 'tool_name is required'],
  ['parameters that are a list', { tool_name: 'make', parameters: [1] }, 'parameters must be an object'],
  ['parameters of broken JSON', { tool_name: 'make', parameters: '{"a":' }, 'parameters must be an object'],
  [
    'parameters of JSON that is no object',
    { tool_name: 'make', parameters: '[1]' },
    'parameters must be an object',
  ],
  [
    'a key beside parameters that the tool does not take',
    { tool_name: 'make', parameters: { name: 'x' }, color: 'red' },
    'invalid arguments: "color" stands beside parameters',
  ],
  [
    'an argument given twice',
    { tool_name: 'make', parameters: { name: 'x' }, name: 'y' },
    'invalid arguments: "name" stands beside parameters',
  ],
  ['a tool that is not there', { tool_name: 'nothing' }, 'tool not found: nothing; find_tool finds'],
  [
    'a tool of nearly that name',
    { tool_name: 'notes search' },
    'tool not found: notes search; near it are search-notes; find_tool finds',
  ],
  [
    'a script where there are none',
    { tool_name: 'execute_tool_script' },
    'tool not found: execute_tool_script',
  ],
  [
    'itself for ever',
    JSON.parse(
      `${'{"tool_name":"call_tool","parameters":'.repeat(10)}{"tool_name":"open"}${'}'.repeat(10)}`,
    ) as JsonObject,
    'tool not found: call_tool',
  ],
];

describe('call_tool', () => {
  let it_: Optimized;
  let calls: ToolCall[];

  beforeEach(async () => {
    const dispatcher = answering(TOOLS, () => textResult('done'));
    calls = dispatcher.calls;
    it_ = await optimized({ dispatcher });
  });
  afterEach(() => it_.optimizer.close());

  for (const [shape, given, tool, args] of SHAPES) {
    it(`takes ${shape}`, async () => {
      const result = await it_.call('call_tool', given);
      expect(result.isError, textOf(result)).to.equal(undefined);
      expect(calls.map((call) => [call.tool, call.args])).to.deep.equal([[tool, args]]);
    });
  }

  for (const [what, given, text] of REFUSED) {
    it(`refuses ${what}`, async () => {
      const result = await it_.call('call_tool', given);
      expect(result.isError).to.equal(true);
      expect(textOf(result)).to.contain(text);
      expect(textOf(result)).not.to.contain('secret');
      expect(calls).to.have.length(0);
    });
  }

  it('says what is wrong with arguments that do not fit', async () => {
    const call = it_.call('call_tool', { tool_name: 'strict', parameters: { id: 'x' } });
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ToolscriptError).with.property('code', 'tool/arguments');
  });

  it('takes __proto__ for any other key', async () => {
    const given = JSON.parse('{"tool_name":"open","parameters":{"__proto__":{"a":1}}}') as JsonObject;
    await it_.call('call_tool', given);
    expect(Object.keys(calls[0]!.args)).to.deep.equal(['__proto__']);
    await it_.call('call_tool', JSON.parse('{"tool_name":"__proto__"}') as JsonObject);
    expect(calls).to.have.length(1);
  });

  it('shows of hostile names and keys one short line', async () => {
    const key = `a\n${'b'.repeat(1_000)}`;
    const result = await it_.call('call_tool', { [key]: 1, parameters: 7 });
    expect(textOf(result)).to.have.length.below(300).and.not.contain('\n');
    const unknown = await it_.call('call_tool', { tool_name: `x\n${'y'.repeat(1_000_000)}` });
    expect(textOf(unknown)).to.have.length.below(400).and.not.contain('\n');
  });

  it('finds through call_tool too', async () => {
    const result = await it_.call('call_tool', {
      tool_name: 'find_tool',
      parameters: { tool_description: 'notes' },
    });
    expect(textOf(result)).to.contain('search-notes');
  });
});

describe('call_tool and scripts', () => {
  it('runs a script, in any shape', async () => {
    const dispatcher = answering([definition('a')], () => jsonResult(5));
    const { call, optimizer } = await optimized({ dispatcher }, { scripts: true });
    const script = 'return [a(), x, call_tool("a")]';
    for (const args of [
      { tool_name: 'execute_tool_script', parameters: { script, data: { x: 1 } } },
      { tool_name: 'execute_tool_script', script, data: { x: 1 } },
      { name: 'execute_tool_script', parameters: JSON.stringify({ script, data: { x: 1 } }) },
    ]) {
      const result = await call('call_tool', args);
      expect(result.structuredContent, textOf(result)).to.deep.equal({ result: [5, 1, 5] });
    }
    await optimizer.close();
  });
});

describe("servers' own tools of the same names", () => {
  it('are found and called, but not listed', async () => {
    const dispatcher = answering([definition('find_tool'), definition('call_tool')], ({ tool }) =>
      textResult(`their ${tool}`),
    );
    const { call, optimizer, find } = await optimized({ dispatcher }, { pinned: ['*'], scripts: true });
    const listed = await optimizer.listTools();
    expect(listed.map(({ name }) => name)).to.deep.equal(['find_tool', 'call_tool']);
    expect(listed[0]!.description).to.contain('Finds tools');
    expect(await find('find tool')).to.include.members(['find_tool', 'call_tool']);
    for (const name of ['find_tool', 'call_tool']) {
      expect(textOf(await call('call_tool', { tool_name: name, parameters: {} }))).to.equal(`their ${name}`);
    }
    const script = 'return [find_tool(), call_tool("call_tool")]';
    const ran = await call('call_tool', { tool_name: 'execute_tool_script', parameters: { script } });
    expect(ran.structuredContent).to.deep.equal({ result: ['their find_tool', 'their call_tool'] });
    await optimizer.close();
  });
});
