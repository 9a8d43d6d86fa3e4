import { expect } from 'chai';
import { ToolCatalog } from '../../core/index.js';
import type { BoundTool, Json, JsonObject, ToolDefinition } from '../../core/index.js';

function bind(inputSchema: unknown): BoundTool {
  return new ToolCatalog([{ name: 't', inputSchema } as ToolDefinition], new Set()).bound[0]!;
}

function fault(inputSchema: unknown, args: JsonObject): string | undefined {
  const error = bind(inputSchema).checkArguments(args);
  if (error === null) return undefined;
  expect(error.code).to.equal('tool/arguments');
  expect(error.tool).to.equal('t');
  return error.message;
}

const WEATHER = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    days: { type: 'integer', minimum: 1, maximum: 7 },
    unit: { enum: ['c', 'f'] },
    tags: {
      type: 'array',
      items: {
        type: 'object',
        properties: { key: { type: 'string', pattern: '^a+$' } },
        required: ['key'],
        additionalProperties: false,
      },
    },
    note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    id: { type: 'string', format: 'uuid' },
  },
  required: ['city'],
  additionalProperties: false,
};

describe('argument check', () => {
  const cases: [name: string, args: JsonObject, message: string | undefined][] = [
    ['what fits', { city: 'Oslo', days: 3, unit: 'c', tags: [{ key: 'aa' }], note: null }, undefined],
    ['a missing parameter', {}, 'call t: missing "city"'],
    [
      'all names at once',
      { citty: 'x', zzz: 1 },
      'call t: missing "city"; no parameter "citty", did you mean "city"?; no parameter "zzz"',
    ],
    ['a wrong type', { city: 5 }, 'call t: parameter "city": got an integer, want a string'],
    [
      'a number out of range',
      { city: 'x', days: 9 },
      'call t: parameter "days": got an integer, want at most 7',
    ],
    [
      'a number that is not whole',
      { city: 'x', days: 1.5 },
      'call t: parameter "days": got a number, want an integer',
    ],
    [
      'a huge integer',
      { city: 'x', days: 2n ** 70n },
      'call t: parameter "days": got an integer, want at most 7',
    ],
    [
      'none of the options',
      { city: 'x', unit: 'k' },
      'call t: parameter "unit": got a string, want one of "c", "f"',
    ],
    [
      'a key missing inside',
      { city: 'x', tags: [{ key: 'a' }, {}] },
      'call t: parameter "tags[1]": got an object, want the key "key"',
    ],
    [
      'a key unknown inside',
      { city: 'x', tags: [{ key: 'a', kye: 1 }] },
      'call t: parameter "tags[0]": got an object, want no key "kye", did you mean "key"?',
    ],
    [
      'a pattern',
      { city: 'x', tags: [{ key: 'b' }] },
      'call t: parameter "tags[0].key": got a string, want a string that matches ^a+$',
    ],
    [
      'neither of two types',
      { city: 'x', note: 5 },
      'call t: parameter "note": got an integer, want a string or null',
    ],
    [
      'a format',
      { city: 'x', id: '5' },
      'call t: parameter "id": got a string, want a string in the format uuid',
    ],
  ];
  for (const [name, args, message] of cases) {
    it(`judges ${name}`, () => {
      expect(fault(WEATHER, args)).to.equal(message);
    });
  }

  it('names the parameters in the hint', () => {
    const hint = bind(WEATHER).checkArguments({})?.hint;
    expect(hint).to.equal(
      'its parameters: city, days (optional), unit (optional), tags (optional), note (optional), id (optional)',
    );
  });

  it('never shows a value', () => {
    const secret = 'hunter2';
    const schema = {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { enum: ['x'] }, c: { pattern: '^x$' }, d: { maxLength: 2 } },
    };
    for (const key of ['a', 'b', 'c', 'd']) {
      const error = bind(schema).checkArguments({ [key]: secret });
      expect(error).not.to.equal(null);
      expect(JSON.stringify([error?.message, error?.hint])).not.to.include(secret);
    }
  });

  it('lets integers beyond 2^53 be integers', () => {
    const schema = {
      type: 'object',
      properties: { id: { type: 'integer', minimum: 0 }, ids: { type: 'array', items: { type: 'integer' } } },
    };
    expect(fault(schema, { id: 2n ** 64n, ids: [1, 2n ** 90n] })).to.equal(undefined);
    expect(fault(schema, { id: -(2n ** 64n) })).to.equal(
      'call t: parameter "id": got an integer, want at least 0',
    );
    expect(fault(schema, { id: 10n ** 400n })).to.equal(undefined);
  });

  it('reads tuples and definitions as drafts before 2020-12 spell them', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: {
        pair: {
          type: 'array',
          items: [{ type: 'string' }, { $ref: '#/definitions/n' }],
          additionalItems: false,
        },
      },
      definitions: { n: { type: 'number' } },
    };
    expect(fault(schema, { pair: ['a', 1] })).to.equal(undefined);
    expect(fault(schema, { pair: ['a', 'b'] })).to.equal(
      'call t: parameter "pair[1]": got a string, want a number',
    );
    expect(fault(schema, { pair: ['a', 1, 2] })).to.match(/pair/);
  });

  it('checks schemas that point at themselves', () => {
    const schema = { type: 'object', properties: { child: { $ref: '#' }, name: { type: 'string' } } };
    expect(fault(schema, { child: { child: { name: 'x' } } })).to.equal(undefined);
    expect(fault(schema, { child: { child: { name: 5 } } })).to.equal(
      'call t: parameter "child.child.name": got an integer, want a string',
    );
  });

  it('judges parameters named like parts of objects', () => {
    const schema = {
      type: 'object',
      properties: { constructor: { type: 'string' } },
      required: ['constructor'],
      additionalProperties: false,
    };
    expect(fault(schema, {})).to.equal('call t: missing "constructor"');
    expect(fault(schema, { constructor: 'x' })).to.equal(undefined);
    expect(fault(schema, { constructor: 'x', toString: 1 })).to.match(/no parameter "toString"/);
  });

  const unusable: [name: string, schema: unknown][] = [
    ['points elsewhere', { type: 'object', properties: { a: { $ref: 'https://evil.example/schema' } } }],
    ['points nowhere', { type: 'object', properties: { a: { $ref: '#/$defs/missing' } } }],
    ['is no object', 'nonsense'],
    ['is null', null],
    [
      'has a property __proto__',
      JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}'),
    ],
    ['goes round in a ring', { $ref: '#' }],
    [
      'is huge',
      {
        type: 'object',
        properties: Object.fromEntries(
          Array.from({ length: 20_000 }, (_, n) => [`p${String(n)}`, { minLength: 1 }]),
        ),
      },
    ],
    ['is deep', Array.from({ length: 5_000 }).reduce<Json>((inner) => ({ not: inner }), { minimum: 1 })],
    [
      'has a pattern of keys that may take for ever',
      { type: 'object', patternProperties: { '^(a+)+$': { type: 'string' } }, additionalProperties: false },
    ],
  ];
  for (const [name, schema] of unusable) {
    it(`lets arguments through when the schema ${name}, and says why`, () => {
      const bound = bind(schema);
      const args = JSON.parse('{"a":1,"p0":"x","__proto__":1}') as JsonObject;
      expect(bound.checkArguments(args)).to.equal(null);
      expect(bound.checkArguments(args)).to.equal(null);
      expect(bound.problem).to.match(/^its input schema cannot be checked: /);
    });
  }

  it('gives up on a schema whose check would take for ever', () => {
    const double = (n: number): Json => ({
      anyOf: [{ $ref: `#/$defs/d${String(n)}` }, { $ref: `#/$defs/d${String(n)}` }],
    });
    const $defs = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`d${String(n)}`, double(n + 1)]));
    const bound = bind({
      type: 'object',
      properties: { x: double(0) },
      $defs: { ...$defs, d40: { type: 'number' } },
    });
    expect(bound.checkArguments({ x: 's' })).to.equal(null);
    expect(bound.problem).to.include('takes too long');
    expect(bound.checkArguments({ x: 1 })).to.equal(null);
  });

  it('runs no pattern that may take for ever', () => {
    const schema = { type: 'object', properties: { s: { type: 'string', pattern: '^(a+)+$' } } };
    expect(fault(schema, { s: `${'a'.repeat(5_000)}!` })).to.equal(undefined);
  });

  it('runs nothing that a schema smuggles in', () => {
    const name = '"]; globalThis.smuggled = true; //';
    const schema = {
      type: 'object',
      properties: { [name]: { type: 'number', minLength: 1 } },
      required: [name],
      $async: true,
    };
    expect(fault(schema, { [name]: 'x' })).to.match(/want a number/);
    expect('smuggled' in globalThis).to.equal(false);
  });
});
