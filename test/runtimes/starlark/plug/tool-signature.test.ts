import { expect } from 'chai';
import fc from 'fast-check';
import { ToolCatalog } from '../../../../core/index.js';
import type { JsonObject } from '../../../../core/index.js';
import { prepare } from '../../../../runtimes/starlark/index.js';
import { toolSignature } from '../../../../runtimes/starlark/plug/tool-signature.js';
import { inputSchemas } from '../../../support/random-schemas.js';

function signature(inputSchema: JsonObject, outputSchema?: JsonObject, maxLength?: number): string {
  const tool = { name: 'tool', inputSchema, ...(outputSchema !== undefined && { outputSchema }) };
  return toolSignature(new ToolCatalog([tool], new Set()).byName('tool')!, maxLength);
}

/** The signature of one required parameter of this schema, without what is around it. */
function type(schema: JsonObject): string {
  const text = signature({ type: 'object', properties: { p: schema }, required: ['p'] });
  return text.slice('tool(p: '.length, -1);
}

describe('a tool signature', () => {
  const types: [schema: JsonObject, text: string][] = [
    [{ type: 'string' }, 'str'],
    [{ type: 'integer' }, 'int'],
    [{ type: 'number' }, 'float'],
    [{ type: 'boolean' }, 'bool'],
    [{ type: 'null' }, 'None'],
    [{}, 'any'],
    [{ type: ['string', 'null'] }, 'str|None'],
    [{ enum: ['open', 'closed', null, 3] }, '"open"|"closed"|None|3'],
    [{ const: 'x' }, '"x"'],
    [{ anyOf: [{ type: 'integer' }, { type: 'string' }] }, 'int|str'],
    [{ oneOf: [{ type: 'integer' }, { type: 'integer' }] }, 'int'],
    [{ type: 'array', items: { type: 'string' } }, 'list[str]'],
    [{ type: 'array' }, 'list[any]'],
    [{ type: 'object' }, 'dict'],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, 'dict[str, int]'],
    [
      { type: 'object', properties: { a: { type: 'integer' }, 'b-c': { type: 'string' } }, required: ['a'] },
      '{a: int, "b-c"?: str}',
    ],
    [
      { type: 'object', properties: { a: {} }, additionalProperties: { type: 'integer' } },
      '{a?: any, [str]: int}',
    ],
    [{ type: 'object', additionalProperties: false }, '{}'],
    [{ type: 'string', format: 'date-time' }, 'str<date-time>'],
    [{ prefixItems: [{ type: 'number' }, { type: 'number' }] }, 'tuple[float, float]'],
    [{ items: [{ type: 'number' }], additionalItems: { type: 'string' } }, 'tuple[float, *str]'],
    [{ anyOf: [{ type: 'number' }, { not: {} }, { type: 'null' }] }, 'float|None'],
    [
      { oneOf: [{ properties: { kind: { const: 'a' } }, required: ['kind'] }, { type: 'null' }] },
      '{kind: "a"}|None',
    ],
    [{ allOf: [{ properties: { a: { type: 'string' } } }, { required: ['a'], type: 'object' }] }, '{a: str}'],
    [{ $ref: '#/$defs/nobody' }, 'any'],
    [{ $ref: '#/properties/p' }, '…'],
    [{ type: 'object', properties: { next: { $ref: '#/properties/p' } } }, '{next?: {…}}'],
    [{ enum: ['x'.repeat(50), 1] }, 'str|1'],
    [
      { enum: Array.from({ length: 50 }, (_, n) => n) },
      `${Array.from({ length: 40 }, (_, n) => n).join('|')}|…`,
    ],
  ];
  for (const [schema, text] of types) {
    it(`spells ${JSON.stringify(schema).slice(0, 60)} as ${text}`, () => expect(type(schema)).to.equal(text));
  }

  it('shows what may be left out, with its default where one is known', () => {
    const schema = {
      type: 'object',
      properties: {
        query: { type: 'string' },
        limit: { type: 'integer', default: 20 },
        state: { enum: ['open', 'closed'], default: 'open' },
        since: { type: 'string' },
      },
      required: ['query'],
    };
    expect(signature(schema)).to.equal(
      'tool(query: str, limit: int = 20, state: "open"|"closed" = "open", since: str = ...)',
    );
  });

  it('lets a default of None say that None is taken', () => {
    const orNull = (type: string): JsonObject => ({ anyOf: [{ type }, { type: 'null' }], default: null });
    const properties = {
      since: orNull('string'),
      ids: { type: 'array', default: [] },
      x: { default: { a: 1 } },
    };
    expect(signature({ type: 'object', properties })).to.equal(
      'tool(since: str = None, ids: list[any] = [], x: any = ...)',
    );
  });

  it('shows a word of the language where a script can pass it, and what else may be passed', () => {
    const schema = {
      type: 'object',
      properties: { from: { type: 'string' }, to: { type: 'string' } },
      required: ['from'],
      additionalProperties: { type: 'integer' },
    };
    expect(signature(schema)).to.equal('tool(to: str = ..., **dict[str, int], **{from: str})');
  });

  it('passes a parameter whose name is no identifier in **{…}', () => {
    const schema = { type: 'object', properties: { a: { type: 'integer' }, 'user-id': { type: 'string' } } };
    expect(signature(schema)).to.equal('tool(a: int = ..., **{"user-id"?: str})');
  });

  it('tells what comes back, unwrapped as a script gets it', () => {
    const none = { type: 'object' };
    const result = { type: 'object', properties: { result: { type: 'array', items: { type: 'integer' } } } };
    expect(signature(none, result)).to.equal('tool() -> list[int]');
    expect(
      signature(none, { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] }),
    ).to.equal('tool() -> {id: int}');
  });

  it('is on one line whatever the schema', () => {
    let deep: JsonObject = { type: 'string' };
    for (let level = 0; level < 10_000; level += 1) deep = { type: 'array', items: deep };
    expect(type(deep)).to.match(/^(list\[){16}…\]{16}$/);
    const hostile = {
      type: 'object',
      properties: { 'a\nb': { const: 'x\ny' }, __proto__: { type: 'integer' }, 'c\u2028\u202e': {} },
    };
    expect(signature(hostile)).to.equal('tool(**{"a\\nb"?: "x\\ny", "c\\u2028\\u202e"?: any})');
  });
});

describe('a tool signature with little room', () => {
  const issue = {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      title: { type: 'string' },
      body: { type: 'string' },
      user: { type: 'object', properties: { login: { type: 'string' } }, required: ['login'] },
      state: { enum: ['open', 'closed'] },
    },
    required: ['id', 'title'],
  };
  const input = {
    type: 'object',
    properties: {
      query: { type: 'string' },
      state: { enum: ['open', 'closed'], default: 'open' },
      limit: { type: 'integer', default: 20 },
      labels: { type: 'array', items: { type: 'string' } },
      filter: issue,
    },
    required: ['query', 'filter'],
  };
  const output = { type: 'object', properties: { result: { type: 'array', items: issue } } };

  const texts: [maxLength: number, text: string][] = [
    [
      400,
      'tool(query: str, state: "open"|"closed" = "open", limit: int = 20, labels: list[str] = ..., ' +
        'filter: {id: int, title: str, body?: str, user?: {login: str}, state?: "open"|"closed"}) -> ' +
        'list[{id: int, title: str, body?: str, user?: {login: str}, state?: "open"|"closed"}]',
    ],
    [
      260,
      'tool(query: str, state: "open"|"closed" = "open", limit: int = 20, labels: list[str] = ..., ' +
        'filter: {id: int, title: str, body?: str, user?: {…}, state?: "open"|"closed"}) -> ' +
        'list[{id: int, title: str, body?: str, user?: {…}, state?: "open"|"closed"}]',
    ],
    [
      182,
      'tool(query: str, state: "open"|"closed" = "open", limit: int = 20, labels: list[str] = ..., ' +
        'filter: {id, title, body?, user?, state?}) -> list[{id, title, body?, user?, state?}]',
    ],
    [
      152,
      'tool(query: str, state: "open"|"closed" = "open", limit: int = 20, labels: list[str] = ..., ' +
        'filter: {id, title, body?, user?, state?}) -> list[{…}]',
    ],
    [70, 'tool(query: str, state=..., limit=..., filter: {…}, …) -> list[{…}]'],
    [40, 'tool(query: str, filter: {…}, …)'],
    [0, 'tool(query, filter, …)'],
  ];
  for (const [maxLength, text] of texts) {
    it(`says so much in ${String(maxLength)}`, () => {
      expect(signature(input, output, maxLength)).to.equal(text);
      if (maxLength > 0) expect(text.length).to.be.at.most(maxLength);
    });
  }

  it('keeps to its length, on one line, the same each time, and names what is required', () => {
    fc.assert(
      fc.property(inputSchemas, fc.integer({ min: 0, max: 800 }), (schema, maxLength) => {
        const text = signature(schema, schema, maxLength);
        const required = (schema['required'] as string[]).filter((name) => /^[A-Za-z_]\w*$/.test(name));
        const names = [...new Set(schema['required'] as string[])];
        const least = names.reduce((sum, name) => sum + 6 * name.length + 10, 30);
        expect(text.length).to.be.at.most(Math.max(maxLength, least));
        expect(text).not.to.match(/(?! )[\p{C}\p{Z}]/u);
        expect(text).to.equal(signature(schema, schema, maxLength));
        for (const name of required) expect(text).to.match(new RegExp(`\\b${name}\\b`));
      }),
    );
  });

  it('names every parameter where there is room', () => {
    fc.assert(
      fc.property(inputSchemas, (schema) => {
        const text = signature(schema, undefined, 1_000_000);
        for (const name of Object.keys(schema['properties']!)) {
          if (/^[A-Za-z_]\w*$/.test(name)) expect(text).to.match(new RegExp(`\\b${name}\\b`));
        }
      }),
    );
  });

  it('writes every name so that a script reads it', () => {
    const schema = { type: 'object', properties: { 'a\u2028"\u{e0041}\u0000\\': { type: 'string' } } };
    const key = /\*\*\{(".*")\?: str\}/.exec(signature(schema))?.[1] ?? '';
    expect(() => prepare(`return f(**{${key}: 1})`, { predeclared: new Map([['f', null]]) })).not.to.throw();
  });

  it('is bounded with more parameters than anybody reads', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, n) => [`parameter_${String(n)}`, issue]),
    );
    const all = { type: 'object', properties, required: Object.keys(properties) };
    expect(signature({ type: 'object', properties }).length).to.be.within(500, 600);
    expect(signature(all).length).to.be.lessThan(2_000);
    expect(signature(all)).to.match(/^tool\(parameter_0, .*, parameter_99, …\)$/);
  });
});
