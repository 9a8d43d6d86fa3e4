import { expect } from 'chai';
import { ToolCatalog } from '../../../../core/index.js';
import type { JsonObject } from '../../../../core/index.js';
import { toolSignature } from '../../../../runtimes/starlark/plug/tool-signature.js';

function signature(inputSchema: JsonObject, outputSchema?: JsonObject): string {
  const tool = { name: 'tool', inputSchema, ...(outputSchema !== undefined && { outputSchema }) };
  return toolSignature(new ToolCatalog([tool], new Set()).byName('tool')!);
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
    [{ $ref: '#/$defs/node' }, 'any'],
    [{ enum: Array.from({ length: 20 }, (_, n) => n) }, '0|1|2|3|4|5|6|7|8|9|10|11|…'],
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

  it('passes a parameter whose name is no identifier in **{…}', () => {
    const schema = { type: 'object', properties: { a: { type: 'integer' }, 'user-id': { type: 'string' } } };
    expect(signature(schema)).to.equal('tool(a: int = ..., **{"user-id": str})');
  });

  it('tells what comes back, unwrapped as a script gets it', () => {
    const none = { type: 'object' };
    const result = { type: 'object', properties: { result: { type: 'array', items: { type: 'integer' } } } };
    expect(signature(none, result)).to.equal('tool() -> list[int]');
    expect(
      signature(none, { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] }),
    ).to.equal('tool() -> {id: int}');
  });

  it('stays short and on one line whatever the schema', () => {
    let deep: JsonObject = { type: 'string' };
    for (let level = 0; level < 10_000; level += 1) deep = { type: 'array', items: deep };
    expect(type(deep)).to.equal('list[list[list[list]]]');
    const hostile = {
      type: 'object',
      properties: { 'a\nb': { const: 'x\ny' }, __proto__: { type: 'integer' } },
    };
    expect(signature(hostile)).not.to.include('\n');
    const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`p${n}`, { type: 'object' }]));
    expect(type({ type: 'object', properties: wide }).length).to.be.lessThan(300);
  });
});
