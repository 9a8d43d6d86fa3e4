/** Tools that answer as no tool should, and their schemas. */
import type { Json, ToolCall, ToolDefinition, ToolDispatcher, ToolResult } from '../../core/index.js';

type Answer = (call: ToolCall) => unknown;

const OBJECT = { type: 'object' } as const;

function data(value: unknown): unknown {
  return { content: [], structuredContent: value };
}

function cyclic(): object {
  const knot: { self?: object } = {};
  knot.self = knot;
  return knot;
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = [value];
  return value;
}

/** Two references to each level: as a tree it has 2^levels leaves. */
function shared(levels: number): unknown {
  let value: unknown = 'leaf';
  for (let i = 0; i < levels; i++) value = [value, value];
  return value;
}

const throwing = new Proxy(
  {},
  {
    get(_target, key) {
      if (key === 'then') return undefined;
      throw new Error('secret of the host');
    },
    ownKeys() {
      throw new Error('secret of the host');
    },
  },
);

/** An object whose property is another value each time. */
function shifting(): object {
  let reads = 0;
  return {
    get value() {
      return ++reads < 2 ? 1 : () => 'a function of the host';
    },
  };
}

/** By name, what each answers. */
const ANSWERS: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['echo', ({ args }) => data(args)],
  ['fails', () => ({ content: [{ type: 'text', text: 'no luck' }], isError: true })],
  ['fails_long', () => ({ content: [{ type: 'text', text: 'x'.repeat(1e6) }], isError: true })],
  ['never', () => new Promise(() => undefined)],
  ['late', () => new Promise((resolve) => setTimeout(() => resolve(data({ late: true })), 30))],
  [
    'throws',
    () => {
      throw new Error('at the host');
    },
  ],
  ['throws_nothing', () => Promise.reject(new Error(''))],
  [
    'throws_undefined',
    () => {
      throw undefined;
    },
  ],
  [
    'throws_proxy',
    () => {
      throw throwing;
    },
  ],
  [
    'overflows',
    () => {
      throw new RangeError('Maximum call stack size exceeded');
    },
  ],
  ['undefined_answer', () => undefined],
  ['null_answer', () => null],
  ['text_answer', () => 'just text'],
  ['function_answer', () => () => 1],
  ['no_content', () => ({})],
  ['bad_content', () => ({ content: [1, null, {}] })],
  ['proxy_answer', () => throwing],
  ['proxy_data', () => data(throwing)],
  ['getter_data', () => data(shifting())],
  [
    'thenable',
    () => ({
      then: (resolve: (value: unknown) => void) => {
        resolve(data({ n: 1 }));
        resolve(data({ n: 2 }));
        throw new Error('after');
      },
    }),
  ],
  [
    'throwing_thenable',
    () => ({
      then: () => {
        throw new Error('a then that throws');
      },
    }),
  ],
  ['then_key', () => data({ then: 'text', constructor: 1, toJSON: 2, valueOf: 3, hasOwnProperty: 4 })],
  [
    'proto_key',
    () => data(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}')),
  ],
  ['cyclic', () => data(cyclic())],
  ['deep', () => data({ deep: nested(100_000) })],
  ['deep_text', () => ({ content: [{ type: 'text', text: '['.repeat(100_000) }] })],
  ['shared', () => data({ tree: shared(40) })],
  ['huge_text', () => ({ content: [{ type: 'text', text: 'x'.repeat(40e6) }] })],
  ['large_json', () => ({ content: [{ type: 'text', text: `[${'1,'.repeat(2e6)}1]` }] })],
  ['nan', () => data({ n: NaN })],
  ['bigint', () => data({ n: 2n ** 200n })],
  ['huge_bigint', () => data({ n: 2n ** 4_000_000n })],
  ['date', () => data({ d: new Date(0) })],
  ['holes', () => data({ list: new Array<unknown>(5) })],
  ['long_array', () => data({ list: new Array<unknown>(4e9) })],
  ['surrogates', () => data({ '\ud800': '\udfff\u2028\u0000' })],
  ['bad_number_text', () => ({ content: [{ type: 'text', text: '1e999999' }] })],
  ['digits_text', () => ({ content: [{ type: 'text', text: '9'.repeat(1e6) }] })],
  ['__proto__', () => data({ name: '__proto__' })],
  ['constructor', () => data({ name: 'constructor' })],
  ['then', () => data({ name: 'then' })],
  ['toString', () => data({ name: 'toString' })],
  ['hasOwnProperty', () => data({ name: 'hasOwnProperty' })],
  ['for', () => data({ name: 'for' })],
  ['print', () => data({ name: 'print' })],
  ['a\u2028b', () => data({ name: 'line separator' })],
  ['strict', ({ args }) => data(args)],
  ['pattern', ({ args }) => data(args)],
  ['unique', ({ args }) => data(args)],
  ['proto_parameter', ({ args }) => data({ keys: Object.keys(args) })],
]);

const SCHEMAS: ReadonlyMap<string, ToolDefinition['inputSchema']> = new Map<
  string,
  ToolDefinition['inputSchema']
>([
  [
    'strict',
    {
      type: 'object',
      properties: { n: { type: 'integer', maximum: 9 } },
      required: ['n'],
      additionalProperties: false,
    },
  ],
  [
    'pattern',
    {
      type: 'object',
      properties: { s: { type: 'string', pattern: '^(a+)+$' }, t: { type: 'string', format: 'email' } },
    },
  ],
  [
    'unique',
    {
      type: 'object',
      properties: {
        list: {
          type: 'array',
          uniqueItems: true,
          items: { anyOf: [{ type: 'object' }, { type: 'integer' }] },
        },
      },
    },
  ],
  [
    'proto_parameter',
    JSON.parse(
      '{"type": "object", "properties": {"__proto__": {"type": "integer"}, "constructor": {"type": "integer"}, "then": {}}}',
    ) as { [key: string]: Json },
  ],
]);

/** The calls that were sent, by name. */
export class HostileDispatcher implements ToolDispatcher {
  readonly sent: string[] = [];

  listTools(): readonly ToolDefinition[] {
    return [...ANSWERS.keys()].map((name) => ({ name, inputSchema: SCHEMAS.get(name) ?? OBJECT }));
  }

  callTool(call: ToolCall): Promise<ToolResult> {
    this.sent.push(call.tool);
    return ANSWERS.get(call.tool)!(call) as Promise<ToolResult>;
  }
}
