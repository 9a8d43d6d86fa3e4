import { expect } from 'chai';
import fc from 'fast-check';
import { toolShape } from '../../core/index.js';
import type { Json, JsonObject, Shape } from '../../core/index.js';
import { inputSchemas, schemas } from '../support/random-schemas.js';

/** The shape of one parameter, with definitions beside it. */
function shape(schema: Json, around: JsonObject = {}): Shape {
  const inputSchema = { type: 'object', properties: { p: schema }, ...around } as JsonObject;
  return toolShape({ name: 't', inputSchema }).parameters[0]!.shape;
}

const STRING = { kind: 'simple', type: 'string' };
const INTEGER = { kind: 'simple', type: 'integer' };
const NULL = { kind: 'simple', type: 'null' };
const field = (name: string, isRequired: boolean, shape: object): object => ({ name, isRequired, shape });
const object = (...fields: object[]): object => ({ kind: 'object', fields, isCut: false, others: null });
const union = (...options: object[]): object => ({ kind: 'union', options, isCut: false });

describe('the shape of a schema', () => {
  const string = { type: 'string' };
  const integer = { type: 'integer' };
  const a = { properties: { a: integer }, required: ['a'] };
  const b = { properties: { b: string } };
  const shapes: [name: string, schema: Json, expected: object][] = [
    ['everything', true, { kind: 'any' }],
    ['nothing', false, { kind: 'never' }],
    ['nothing, as zod writes it', { not: {} }, { kind: 'never' }],
    ['no schema', 'text', { kind: 'any' }],
    ['no type', { description: 'x' }, { kind: 'any' }],
    ['a telling format', { type: 'string', format: 'date' }, { ...STRING, format: 'date' }],
    ['a format that says nothing', { type: 'string', format: 'phone\nnumber' }, STRING],
    ['types', { type: ['string', 'null'] }, union(STRING, NULL)],
    ['nullable', { type: 'string', nullable: true }, union(STRING, NULL)],
    ['a type that its keywords imply', { minLength: 1 }, STRING],
    ['a choice', { anyOf: [string, integer] }, union(STRING, INTEGER)],
    ['a choice of one', { oneOf: [string, false] }, STRING],
    ['a choice with everything', { anyOf: [string, {}] }, { kind: 'any' }],
    ['a constant', { const: 3 }, { kind: 'literal', value: 3 }],
    ['a constant with parts', { const: { a: 1 } }, object()],
    ['an enumeration, by its type', { type: 'string', enum: ['a', 1] }, { kind: 'literal', value: 'a' }],
    ['allOf', { allOf: [a, b] }, object(field('a', true, INTEGER), field('b', false, STRING))],
    ['keywords beside a choice', { ...b, anyOf: [{ required: ['b'] }] }, object(field('b', false, STRING))],
    [
      'a choice of objects beside fields',
      { ...b, oneOf: [a, { properties: { c: integer } }] },
      union(
        object(field('b', false, STRING), field('a', true, INTEGER)),
        object(field('b', false, STRING), field('c', false, INTEGER)),
      ),
    ],
    ['a contradiction', { allOf: [string, integer] }, { kind: 'never' }],
    ['integers among numbers', { allOf: [{ type: 'number' }, integer] }, INTEGER],
    ['a tuple', { prefixItems: [string], items: integer }, { kind: 'tuple', items: [STRING], rest: INTEGER }],
    ['a tuple of older drafts', { items: [string] }, { kind: 'tuple', items: [STRING], rest: null }],
    ['a map', { additionalProperties: integer }, { ...object(), others: INTEGER }],
    ['a map by patterns', { patternProperties: { '^x': integer } }, { ...object(), others: INTEGER }],
    [
      'a key that is required and not described',
      { type: 'object', required: ['x'] },
      object(field('x', true, { kind: 'any' })),
    ],
    ['a reference', { $ref: '#/$defs/a~1b' }, INTEGER],
    ['a reference of older drafts', { $ref: '#/definitions/text' }, STRING],
    ['an encoded reference', { $ref: '#/%24defs/a~1b' }, INTEGER],
    ['a reference to nothing', { $ref: '#/$defs/nobody' }, { kind: 'any' }],
    ['a reference elsewhere', { $ref: 'https://schemas.example/x' }, { kind: 'any' }],
    ['keywords beside a reference', { $ref: '#/$defs/a~1b', enum: [1] }, { kind: 'literal', value: 1 }],
    ['a reference to itself', { $ref: '#/properties/p' }, { kind: 'untold' }],
    ['references in a ring', { $ref: '#/$defs/ring' }, { kind: 'untold' }],
  ];
  for (const [name, schema, expected] of shapes) {
    it(`reads ${name}`, () => {
      const around = {
        $defs: { 'a/b': integer, ring: { $ref: '#/$defs/gnir' }, gnir: { $ref: '#/$defs/ring' } },
        definitions: { text: string },
      };
      expect(shape(schema, around)).to.deep.equal(expected);
    });
  }

  it('goes once around what contains itself', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' } } };
    const some = { kind: 'object', fields: [], isCut: true, others: null };
    expect(shape({ $ref: '#/$defs/node' }, { $defs: { node } })).to.deep.equal(
      object(field('next', false, some)),
    );
  });
});

describe('the shape of a tool', () => {
  it('has the parameters with defaults and descriptions, in order', () => {
    const inputSchema = {
      type: 'object',
      properties: { b: { type: 'string', default: 'x', description: 'B.' }, a: { type: 'integer' } },
      required: ['a'],
    };
    expect(toolShape({ name: 't', inputSchema }).parameters).to.deep.equal([
      { name: 'b', isRequired: false, shape: STRING, default: 'x', description: 'B.' },
      { name: 'a', isRequired: true, shape: INTEGER },
    ]);
  });

  it('finds parameters behind a reference, in allOf and in several forms', () => {
    const a = { type: 'object', properties: { a: {}, both: {} }, required: ['a', 'both'] };
    const b = { type: 'object', properties: { b: {}, both: {} }, required: ['b', 'both'] };
    const names = (inputSchema: JsonObject): string[] =>
      toolShape({ name: 't', inputSchema }).parameters.map(
        ({ name, isRequired }) => name + (isRequired ? '' : '?'),
      );
    expect(names({ $ref: '#/$defs/a', $defs: { a } })).to.deep.equal(['a', 'both']);
    expect(names({ allOf: [a, b] })).to.deep.equal(['a', 'both', 'b']);
    expect(names({ type: 'object', oneOf: [a, b] })).to.deep.equal(['a?', 'both', 'b?']);
  });

  it('unwraps a result as a script gets it', () => {
    const result = (outputSchema: JsonObject): Shape | null =>
      toolShape({ name: 't', inputSchema: {}, outputSchema }).result;
    expect(result({ type: 'object', properties: { result: { type: 'string' } } })).to.deep.equal(STRING);
    expect(toolShape({ name: 't', inputSchema: {} }).result).to.equal(null);
  });

  it('never throws, and names every parameter', () => {
    fc.assert(
      fc.property(inputSchemas, (inputSchema) => {
        const names = toolShape({ name: 't', inputSchema }).parameters.map(({ name }) => name);
        expect(names).to.include.members(Object.keys(inputSchema['properties']!));
        expect(new Set(names).size).to.equal(names.length);
      }),
    );
    fc.assert(
      fc.property(schemas, (inputSchema) => {
        toolShape({
          name: 't',
          inputSchema: inputSchema as JsonObject,
          outputSchema: inputSchema as JsonObject,
        });
      }),
    );
  });

  const wide = (count: number, make: (n: number) => Json): JsonObject =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${String(n)}`, make(n)]));
  const nested = (levels: number, wrap: (inner: JsonObject) => JsonObject): JsonObject => {
    let schema: JsonObject = { type: 'string' };
    for (let level = 0; level < levels; level += 1) schema = wrap(schema);
    return schema;
  };
  const everywhere = wide(100, () => ({ $ref: '#/$defs/many' }));
  const forms = Array.from({ length: 30 }, () => ({ $ref: '#/$defs/forms' }));
  const hostile: [name: string, schema: JsonObject][] = [
    ['50,000 parameters', { type: 'object', properties: wide(50_000, () => ({ type: 'string' })) }],
    [
      '100,000 levels',
      { type: 'object', properties: { p: nested(100_000, (items) => ({ type: 'array', items })) } },
    ],
    ['100,000 levels of allOf', nested(100_000, (inner) => ({ allOf: [inner] }))],
    [
      'a tree that branches by a hundred at each level',
      { properties: everywhere, $defs: { many: { type: 'object', properties: everywhere } } },
    ],
    [
      'forms of forms of forms',
      {
        allOf: forms,
        $defs: {
          forms: { anyOf: forms.map((_, n) => ({ properties: { [`p${String(n)}`]: {} }, allOf: forms })) },
        },
      },
    ],
    [
      'a wide object at every turn',
      {
        properties: wide(5_000, () => ({ $ref: '#/$defs/wide' })),
        $defs: {
          wide: {
            type: 'object',
            properties: wide(50_000, () => true),
            required: Array.from({ length: 50_000 }, (_, n) => `k${String(n)}`),
          },
        },
      },
    ],
    ['a long enumeration', { properties: { p: { enum: Array.from({ length: 100_000 }, (_, n) => n) } } }],
    ['a long reference', { properties: { p: { $ref: `#/${'a/'.repeat(500_000)}` } } }],
  ];
  for (const [name, inputSchema] of hostile) {
    it(`is read in a short time for ${name}`, () => {
      const before = process.cpuUsage();
      const { parameters } = toolShape({ name: 't', inputSchema, outputSchema: inputSchema });
      const { user } = process.cpuUsage(before);
      expect(user / 1000, 'ms').to.be.lessThan(1_000);
      expect(JSON.stringify(parameters).length).to.be.lessThan(20_000_000);
    });
  }
});
